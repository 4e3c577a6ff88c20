"""The engine room: keeps paragraphs, and says who matches a query tree, in what order, spread how over the facets.

Nothing in here reads a file format, a web request or a query string, and nothing in here imports another room.
"""
