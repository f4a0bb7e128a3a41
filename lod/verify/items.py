"""News items: files that read nothing and fetch nothing, each item with an identity, each identity once."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import orjson
from lxml import etree

from lod.verify.checked import Checked, Counted
from lod.verify.finding import Findings
from lod.verify.news import item_faults, message_faults, schema_faults, status_of
from lod.verify.source import Broken, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.verify.listing import Entry
    from lod.verify.plan import ItemsTask

__all__ = ["check_items"]

_NS = "{http://iptc.org/std/nar/2006-10-01/}"
_KINDS = ("catalogItem", "conceptItem", "knowledgeItem", "newsItem", "packageItem", "planningItem")
_ITEMS = {_NS + kind for kind in _KINDS}
_MESSAGE = _NS + "newsMessage"
_VERSION = re.compile(r"[1-9][0-9]{0,8}")


class _Identity(NamedTuple):
    """What makes an item itself: its guid and version; whether it is a file, or stands in a message; and its status."""

    guid: str
    version: str
    kind: str
    status: str


def check_items(task: ItemsTask) -> Checked:
    """Read the files of a task. Notes for each item: format, guid, version, "item" or "message", status, path."""
    findings, counted, noted = Findings(), [], []
    for entry in task.entries:
        data = _content(task.out, entry, findings)
        read = partial(_newsml, task.schema) if "xml" in entry.media_type else _ninjs
        identities = list(read(data, entry, findings)) if data is not None else []
        noted += ["\t".join((entry.folder, *one, entry.path)) + "\n" for one in identities]
        # Pictures and other mark-ups of a release are files, too, but count as no record.
        items = sum(one.kind == "item" for one in identities)
        records = items if entry.records is None else min(items, entry.records)
        if entry.records not in (None, records):
            findings.add("count-records", entry.path, f"holds {items} items; the manifest says {entry.records} records")
        counted.append(Counted(entry.path, records, None, None))
    task.identities.write_bytes(b"".join(sorted(line.encode("utf-8", "backslashreplace") for line in noted)))
    return Checked(findings, tuple(counted))


def _content(out: Path, entry: Entry, findings: Findings) -> bytes | None:
    """The bytes of a file; None where it cannot be read. Every one of them is proved either way."""
    try:
        with Source(out, entry) as source:
            try:
                data: bytes | None = source.read()
            except Broken:
                data = None
            source.judge(findings)
    except Broken as error:
        findings.add(error.rule, entry.path, error.reason)
        return None
    return data


def _newsml(schema: Path | None, data: bytes, entry: Entry, findings: Findings) -> Iterator[_Identity]:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        findings.add("item-form", entry.path, error.msg or "is not well-formed")
        return
    for fault in schema_faults(root, schema) if schema else ():
        findings.add(fault.rule, entry.path, fault.message)
    if root.tag == _MESSAGE:
        for fault in message_faults(root):
            findings.add(fault.rule, entry.path, fault.message)
        items = [item for item in root.iterfind(f"{_NS}itemSet/*") if item.tag in _ITEMS]
    elif root.tag in _ITEMS:
        items = [root]
    else:
        findings.add("item-standard", entry.path, f"the root is {root.tag!s}")
        return
    for item in items:
        guid = item.get("guid", "")
        if item.get("standard") != "NewsML-G2" or item.get("conformance") != "power":
            findings.add("item-standard", entry.path, "does not declare NewsML-G2 with conformance power", guid)
        for fault in item_faults(item):
            findings.add(fault.rule, entry.path, fault.message, guid)
        kind = "message" if root.tag == _MESSAGE else "item"
        one = _Identity(guid, item.get("version", ""), kind, status_of(item))
        yield from _proper(one, entry, findings)


def _ninjs(data: bytes, entry: Entry, findings: Findings) -> Iterator[_Identity]:
    try:
        item = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        findings.add("item-form", entry.path, str(error))
        return
    standard = item.get("standard") if isinstance(item, dict) else None
    if not isinstance(standard, dict) or standard.get("name") != "ninjs":
        findings.add("item-standard", entry.path, "does not declare the standard ninjs")
        return
    status = f"stat:{item.get('pubStatus', 'usable')}"
    one = _Identity(str(item.get("uri", "")), str(item.get("version", "")), "item", status)
    yield from _proper(one, entry, findings)


def _proper(one: _Identity, entry: Entry, findings: Findings) -> Iterator[_Identity]:
    if not one.guid or any(char.isspace() for char in one.guid) or not _VERSION.fullmatch(one.version):
        findings.add(
            "item-identity", entry.path, f'has the identity "{one.guid}" and version "{one.version}"', one.guid
        )
    else:
        yield one._replace(status=" ".join(one.status.split()))
