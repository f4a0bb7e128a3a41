"""News items: what a release says to newsrooms, whatever format writes it.

An item has a guid and a file name, dates in the order receivers check, notes to editors, links, parties, topics; its
text is there as XHTML and as NITF. `lod.formats.newsml` writes items as NewsML-G2, `lod.formats.ninjs` as JSON.
"""
