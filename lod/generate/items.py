"""The reference of news items: every element with its meaning, the field it comes from, and an example."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from lod.archive import Archive
from lod.formats.base import Setting
from lod.formats.newsml import Serializer
from lod.formats.newsml.schemes import scheme_files
from lod.formats.newsml.tables import read_tables
from lod.harvest import harvest, partitions
from lod.mapping import Mapping
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["items_reference"]

_HEAD = """\
# Elements of the news items

Generated (make vocab) from the tables in this folder and the sample archive; do not edit. How a feed is read is
explained in [README.md](README.md). Rows stand in the order of the elements; those marked • stay when a release is
withheld or canceled.

"""
_PAGES = (
    ("item", "The newsItem of a press release"),
    ("media", "The newsItem of a picture or an attachment"),
    ("package", "The packageItem of a release with pictures or attachments"),
    ("scheme", "The knowledgeItem of a scheme of codes"),
    ("catalog", "The catalogItem of the schemes"),
)
_G2 = "http://iptc.org/std/nar/2006-10-01/"
_MANY_BYTES = 1 << 30
_LONGEST = 150


def items_reference() -> str:
    """The reference as Markdown."""
    samples = _samples(Archive.open(vocab_root() / "sample"))
    return _HEAD + "\n".join(_page(name, title, samples[name]) for name, title in _PAGES)


def _samples(archive: Archive) -> dict[str, list[etree._Element]]:
    """Every item of the sample archive by the name of its table."""
    found: dict[str, list[etree._Element]] = {name: [] for name, _ in _PAGES}
    for data in _written(archive):
        root = etree.fromstring(data)
        kind = root.findtext(f"{{{_G2}}}itemMeta/{{{_G2}}}profile", "").removeprefix("press-release-")
        names = {"text": "item", "media": "media", "package": "package"}
        roots = {"knowledgeItem": "scheme", "catalogItem": "catalog"}
        name = names.get(kind) or roots.get(str(etree.QName(root).localname))
        if name:
            found[name].append(root)
    return found


def _written(archive: Archive) -> Iterator[bytes]:
    mapping = Mapping.load(archive)
    serializer = Serializer(Setting({}, {}, archive), audience="press")
    for partition in partitions(archive, _MANY_BYTES):
        for harvested in harvest(archive, partition):
            if harvested.release is not None:
                piece = serializer.encode(mapping.describe(harvested.release))
                yield from (piece.data, *(other.data for other in piece.others))
    yield from (file.data for file in scheme_files(archive))


def _page(name: str, title: str, samples: Sequence[etree._Element]) -> str:
    raw = read_tables(name)
    root = next(key for key in raw if key.endswith("Item"))
    shown: set[str] = set()
    rows = [
        _row(table, row, samples, shown)
        for above in raw[root]
        for table, below in ((above["element"], raw[above["element"]]) if above.get("table") else (root, [above]),)
        for row in below
    ]
    head = ["| element | from | example | what it means |", "|---|---|---|---|"]
    return "\n".join([f"## {title}", "", *head, *rows, ""])


def _row(table: str, row: dict[str, Any], samples: Iterable[etree._Element], shown: set[str]) -> str:
    above = "" if table.endswith("Item") else f"{table}/"
    element, always = row["element"], row.get("set", {})
    path = f"g2:{table}/g2:{element}" if above else f"g2:{element}"
    path += "".join(f"[@{name}='{value}']" for name, value in always.items())
    found = (_shown(one) for root in samples for one in root.xpath(path, namespaces={"g2": _G2}))
    example = next((one for one in found if one not in shown), None)
    if example is not None:
        shown.add(example)
    told = "".join(f' {name}="{value}"' for name, value in always.items())
    cells = (
        f"`{above}{element}{told}`" + (" •" if row.get("kept") else ""),
        ", ".join(f"`{field}`" for field in row.get("fields", ())) or "–",
        f"`{example}`" if example else "–",
        row.get("means", "–"),
    )
    return "| " + " | ".join(cells) + " |"


def _shown(element: etree._Element) -> str:
    """An element on one line, without namespaces, cut where it is long."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", text)
    text = " ".join(re.sub(r">\s+<", "><", text).split()).replace("|", "\\|").replace("`", "'")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
