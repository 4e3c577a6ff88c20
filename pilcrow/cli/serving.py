"""``pilcrow serve``: the pages and the API on a port of this machine."""

from __future__ import annotations

from pathlib import Path

import click

from pilcrow.cli.options import index_option


@click.command(short_help="Serve the search page.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=5000,
    show_default=True,
    help="The port; the next free one if taken.",
)
@index_option
def serve(*, host: str, port: int, index: Path) -> None:
    """Serve the search page and its JSON until interrupted; a newly built index is taken up without a restart."""
    from pilcrow.engine.generations import check_version, read_manifest
    from webui.serve import serve as run

    check_version(read_manifest(index), index)
    run(index, host, port, say=click.echo)
