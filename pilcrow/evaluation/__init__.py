"""Measuring Pilcrow against judgements made by hand, so that a figure in a note is a command that anyone can repeat.

Each module scores values that are handed to it: it neither parses files nor opens an index by itself.
"""
