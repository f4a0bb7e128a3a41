"""Checking an archive: the same eyes as an export, and nothing written.

with checked(archive) as verdict:
    verdict.counts, verdict.faults()
"""

from lod.check.checking import checked
from lod.check.verdict import Verdict

__all__ = ["Verdict", "checked"]
