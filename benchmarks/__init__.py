"""Benchmarks: speed and memory as figures beside those of peers, in one run on one machine.

``make bench`` prints them. Machines differ and are noisy, so what counts is the ratio to a peer, which is measured in
turns with Pilcrow on the same corpus and the same queries.
"""
