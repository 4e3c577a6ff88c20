"""The search room: what a person asked, turned into what they see.

The query language, the request, facets, snippets, citations and exports; it imports the engine room and no other.
"""
