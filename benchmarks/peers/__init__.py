"""The peers: other ways to have the same page, each written as its own documentation says to.

They get the same paragraphs with the same facet values (:mod:`benchmarks.peers.rows`), and nothing else of Pilcrow.
Each module has ``NAME``, ``LEFT_OUT`` (the kinds of query that the peer cannot ask, and why), ``missing()``,
``build(directory, documents)`` and ``Reader``.
"""
