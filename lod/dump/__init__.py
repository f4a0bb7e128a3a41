"""The loop that writes a dump, and the files that prove it."""

from lod.dump.loop import export, now
from lod.dump.report import Summary

__all__ = ["Summary", "export", "now"]
