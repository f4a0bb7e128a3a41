"""Harvest: the source files of an archive become releases, or faults that name file, line, field and reason.

    for partition in partitions(archive, 8_000_000):     # may go to several processes
        for harvested in harvest(archive, partition):    # one for each record, good or not
            harvested.release or harvested.faults

Files are read in YAML, JSON, JSON Lines, CSV, and Markdown with YAML front matter, plain or packed (.gz, .zst).
"""

from lod.harvest.partition import Partition, partitions
from lod.harvest.reading import harvest
from lod.harvest.record import Harvested

__all__ = ["Harvested", "Partition", "harvest", "partitions"]
