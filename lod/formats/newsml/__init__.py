"""NewsML-G2 2.35 for news agencies: each version of a release is a newsItem in a file of its own, valid and immutable.

What an item says, and in which order, stands in `vocab/newsml/item.toml`; the tables there drive the builder.
"""

from lod.formats.newsml.serializer import Serializer
from lod.formats.newsml.tables import crosswalk

__all__ = ["Serializer", "crosswalk"]
