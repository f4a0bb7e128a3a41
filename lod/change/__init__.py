"""What changed between two dumps: as RDF Patch, as a list of releases, and as sentences for people.

A dump lists the graph hash (RDFC-1.0) of every record. So only records whose hash differs are read, and memory grows
neither with the dumps nor with what changed.
"""
