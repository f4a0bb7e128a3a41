"""The ledger: what was published of each release, and which messages told newsrooms so.

It lies in OUT.report/, is private, and is what makes promises possible that outlast an export: a version has one
content, versions only grow, a canceled release stays canceled, and a message that was sent is never sent again.
"""

from lod.ledger.content import digest_of
from lod.ledger.rules import Now, Past, judge, shown
from lod.ledger.store import Ledger, ledger_file, looking

__all__ = ["Ledger", "Now", "Past", "digest_of", "judge", "ledger_file", "looking", "shown"]
