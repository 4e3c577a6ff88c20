"""What a site can be told, as one frozen value; the table itself is read by the command line too."""

from pilcrow.settings import Settings

__all__ = ["Settings"]
