"""The indexer: a file goes in, and the document it is, its paragraphs and their facets come out.

It imports the engine room (for the shapes, and to hand paragraphs over) and no other.
"""
