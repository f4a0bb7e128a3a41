"""Remote: an archive and a dump on another file system. Both have a copy on this machine while they are worked on.

    with at_hand(place_of("s3://bucket/archive"), place_of("s3://bucket/out"), Means()) as here:
        publish(Archive.open(here.archive), here.out, ["turtle"], jobs=here.engine)

A dump is whole in its copy before the first of its files is sent; vocab/cluster.md says what a reader sees meanwhile.
"""

from lod.remote.hand import Here, Means, at_hand
from lod.remote.mirror import fetched

__all__ = ["Here", "Means", "at_hand", "fetched"]
