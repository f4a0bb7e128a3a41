"""The grammar of our items: it accepts all that is written, and refuses what receivers trip over."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

from lod.body import Block, render
from lod.vocabulary import vocab_root
from tests.body.blocks import exact_blocks
from tests.formats.newsml.house import NS, House
from tests.formats.newsml.test_serializer import FULL, kill

G2 = "{http://iptc.org/std/nar/2006-10-01/}"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.xml"))


@pytest.fixture(scope="module", name="grammar")
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(vocab_root() / "newsml" / "press-release.rng"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_golden_items_are_accepted(grammar: etree.RelaxNG, path: Path) -> None:
    grammar.assertValid(etree.parse(str(path)))


CHANGE = {"version": 2, "at": "2026-09-16T10:00:00+02:00", "kind": "update", "note": "Neu: der Termin."}
EMBARGO = {"until": "2026-09-20T11:00:00+02:00"}
CONTACTS = [{"name": "E. Muster", "channel": "press"}, {"organisation": "Presseamt", "channel": "public"}]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        FULL,
        kill(),
        {**kill(), "status": "withheld", "changes": []},
        {"version": 2},
        {"version": 2, "changes": [CHANGE], "embargo": EMBARGO, "contacts": CONTACTS},
        {"embargo": {"note": "Beginn der Rede"}, "contacts": CONTACTS},
        {"contacts": CONTACTS},
        {"contacts": CONTACTS, "boilerplate": ["Über uns: …"]},
        {"language": "zh-Hant-TW", "title": "新聞稿"},
    ],
)
def test_items_in_every_state_are_accepted(
    house: House, newsroom: House, nitf: House, grammar: etree.RelaxNG, fields: dict[str, Any]
) -> None:
    for one in (house, newsroom, nitf):
        piece = one.piece(one.release(**fields))
        for data in (piece.data, *(other.data for other in piece.others)):
            grammar.assertValid(etree.fromstring(data))


@given(blocks=exact_blocks)
def test_any_body_is_accepted(house: House, nitf: House, grammar: etree.RelaxNG, blocks: tuple[Block, ...]) -> None:
    for one in (house, nitf):
        grammar.assertValid(one.item(body=render(blocks) + "\n\nEnde."))


Mistake = Callable[[etree._Element], None]


def at(item: etree._Element, path: str) -> etree._Element:
    (found, *_) = item.xpath(path, namespaces=NS)
    element: etree._Element = found
    return element


def text(path: str, value: str | None) -> Mistake:
    def make(item: etree._Element) -> None:
        at(item, path).text = value

    return make


def attribute(path: str, name: str, value: str | None) -> Mistake:
    def make(item: etree._Element) -> None:
        found = at(item, path)
        if value is None:
            del found.attrib[name]
        else:
            found.set(name, value)

    return make


def gone(path: str) -> Mistake:
    def make(item: etree._Element) -> None:
        found = at(item, path)
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return make


def swapped(path: str) -> Mistake:
    """The element stands before the one it should follow."""

    def make(item: etree._Element) -> None:
        found = at(item, path)
        before = found.getprevious()
        assert before is not None
        before.addprevious(found)

    return make


def copied(path: str, to: str = ".") -> Mistake:
    """The element stands there once more, behind another one."""

    def make(item: etree._Element) -> None:
        found = at(item, path)
        (found if to == "." else at(item, to)).addnext(deepcopy(found))

    return make


META, CONTENT = "g2:itemMeta/", "g2:contentMeta/"
MISTAKES: dict[str, Mistake] = {
    "conformance is missing": attribute(".", "conformance", None),
    "version zero": attribute(".", "version", "0"),
    "a version with a dot": attribute(".", "version", "1.1"),
    "the guid names the version": attribute(".", "guid", "urn:newsml:presse.example.org:20260101:stadt.2026.17:2"),
    "a language with an underscore": attribute(".", "{http://www.w3.org/XML/1998/namespace}lang", "de_DE"),
    "no catalog": gone("g2:catalogRef"),
    "versionCreated without an offset": text(META + "g2:versionCreated", "2026-09-14T13:20:00"),
    "an offset without a colon": text(META + "g2:versionCreated", "2026-09-14T13:20:00+0200"),
    "a blank for the T": text(META + "g2:firstCreated", "2026-09-14 09:05:00+02:00"),
    "firstCreated is a day": text(META + "g2:firstCreated", "2026-09-14"),
    "embargoed behind pubStatus": swapped(META + "g2:pubStatus"),
    "cancelled with two l": attribute(META + "g2:pubStatus", "qcode", "stat:cancelled"),
    "an invented status": attribute(META + "g2:pubStatus", "qcode", "stat:published"),
    "an IRI as a code": attribute(META + "g2:itemClass", "qcode", "http://cv.iptc.org/newscodes/ninature/text"),
    "a code without an alias": attribute(CONTENT + "g2:genre", "qcode", "Press_Release"),
    "an embargo without a note": gone(META + "g2:edNote[@role='noterole:embargo']"),
    "contacts come first": swapped(META + "g2:edNote[@role='noterole:contacts']"),
    "contacts may be published": attribute(META + "g2:edNote[@role='noterole:contacts']", "pubconstraint", None),
    "contacts are in the body": copied(META + "g2:edNote[@role='noterole:contacts']", "//h:p"),
    "a later version without a signal": gone(META + "g2:signal"),
    "update and correction": copied(META + "g2:signal"),
    "a retired relation": attribute(META + "g2:link", "rel", "irel:associatedWith"),
    "urgency high": text(CONTENT + "g2:urgency", "high"),
    "urgency zero": text(CONTENT + "g2:urgency", "0"),
    "the kicker is the first headline": swapped(CONTENT + "g2:headline[@rank='2']"),
    "a line end in a keyword": text(CONTENT + "g2:keyword", "Wohn\ngeld"),
    "an empty headline": text(CONTENT + "g2:headline", None),
    "a byline in another place": swapped(CONTENT + "g2:by"),
    "text/html": attribute("//g2:inlineXML", "contenttype", "text/html"),
    "text beside the paragraphs": copied("//h:strong", "//h:p"),
    "a relative link": attribute("//h:a", "href", "/wohngeld"),
    "a file of this machine": attribute("//g2:remoteContent", "href", "file:///srv/pm.pdf"),
    "no media type": attribute("//g2:remoteContent", "contenttype", None),
    "no rendition": attribute("//g2:remoteContent", "rendition", None),
    "half a hash": text("//g2:hash", "9f86d081884c7d65"),
    "a kill that keeps the text": attribute(META + "g2:pubStatus", "qcode", "stat:canceled"),
    "a first version that names one before": attribute(".", "version", "1"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_refused(newsroom: House, grammar: etree.RelaxNG, name: str) -> None:
    item = etree.parse(str(GOLDEN[[path.name for path in GOLDEN].index("release.xml")])).getroot()
    before = etree.tostring(item)
    MISTAKES[name](item)
    assert etree.tostring(item) != before
    assert not grammar.validate(item), f"accepted: {name}"


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 25
