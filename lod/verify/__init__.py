"""The proof: a dump is read back by readers that did not write it, and held against rules that are data."""

from lod.verify.finding import Finding, Findings
from lod.verify.proof import verify
from lod.verify.verdict import Verdict

__all__ = ["Finding", "Findings", "Verdict", "verify"]
