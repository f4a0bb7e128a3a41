"""NewsML-G2 files: XML that reads nothing and fetches nothing, items with an identity, each identity once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lod.verify.checked import Checked, Counted
from lod.verify.finding import Findings
from lod.verify.source import Broken, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.verify.listing import Entry
    from lod.verify.plan import ItemsTask

__all__ = ["check_items"]

_NS = "{http://iptc.org/std/nar/2006-10-01/}"
_ITEMS = {
    _NS + name for name in ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "catalogItem", "planningItem")
}
_MESSAGE = _NS + "newsMessage"
_VERSION = re.compile(r"[1-9][0-9]{0,8}")


class _Identity(NamedTuple):
    guid: str
    version: str


def check_items(task: ItemsTask) -> Checked:
    """Read the files of a task. Notes a line for each item: guid, version, "item" or "message", path."""
    findings, counted, noted = Findings(), [], []
    for entry in task.entries:
        root = _root(task.out, entry, findings)
        message = root is not None and root.tag == _MESSAGE
        identities = list(_identities(root, entry, findings)) if root is not None else []
        noted += [
            f"{one.guid}\t{one.version}\t{'message' if message else 'item'}\t{entry.path}\n" for one in identities
        ]
        records = 0 if message else len(identities)
        if root is not None and not message and entry.records not in (None, records):
            findings.add("count-records", entry.path, f"holds {records} records; the manifest says {entry.records}")
        counted.append(Counted(entry.path, records, None, None))
    task.identities.write_bytes(b"".join(sorted(line.encode("utf-8", "backslashreplace") for line in noted)))
    return Checked(findings, tuple(counted))


def _root(out: Path, entry: Entry, findings: Findings) -> etree._Element | None:
    """The root of a file; None where it cannot be read. Every byte of the file is proved either way."""
    try:
        with Source(out, entry) as source:
            try:
                data = source.read()
            except Broken:
                data = None
            source.judge(findings)
    except Broken as error:
        findings.add(error.rule, entry.path, error.reason)
        return None
    if data is None:
        return None
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        findings.add("newsml-xml", entry.path, error.msg or "is not well-formed")
        return None


def _identities(root: etree._Element, entry: Entry, findings: Findings) -> Iterator[_Identity]:
    if root.tag == _MESSAGE:
        items = [item for item in root.iterfind(f"{_NS}itemSet/*") if item.tag in _ITEMS]
    elif root.tag in _ITEMS:
        items = [root]
    else:
        findings.add("newsml-root", entry.path, f"the root is {root.tag!s}")
        return
    for item in items:
        guid, version = item.get("guid", "").strip(), item.get("version", "")
        if item.get("standard") != "NewsML-G2" or item.get("conformance") != "power":
            findings.add("newsml-root", entry.path, "does not declare NewsML-G2 with conformance power", guid)
        if not guid or any(char.isspace() for char in guid) or not _VERSION.fullmatch(version):
            findings.add("newsml-identity", entry.path, f'has guid "{guid}" and version "{version}"', guid)
        else:
            yield _Identity(guid, version)
