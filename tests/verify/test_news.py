"""Each rule for news items, broken on purpose in an item that keeps them all; and the schema that a user names."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from lod.verify import verify
from lod.verify.news import item_faults, message_faults, schema_faults
from lod.verify.rules import read_rules
from tests.verify.dumps import NEWSML, Dump

GOLDEN = Path(__file__).parents[1] / "formats" / "newsml" / "golden"
NS = {"g2": "http://iptc.org/std/nar/2006-10-01/"}
G2 = "{http://iptc.org/std/nar/2006-10-01/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
META, CONTENT = "g2:itemMeta/", "g2:contentMeta/"

Mistake = Callable[[etree._Element], None]


def one(item: etree._Element, path: str) -> etree._Element:
    found: list[etree._Element] = item.xpath(path, namespaces=NS)
    return found[0]


def text(path: str, value: str) -> Mistake:
    return lambda item: setattr(one(item, path), "text", value)


def attribute(path: str, name: str, value: str | None) -> Mistake:
    def make(item: etree._Element) -> None:
        found = one(item, path)
        if value is None:
            del found.attrib[name]
        else:
            found.set(name, value)

    return make


def gone(path: str) -> Mistake:
    def make(item: etree._Element) -> None:
        for found in item.xpath(path, namespaces=NS):
            found.getparent().remove(found)

    return make


def copied(path: str) -> Mistake:
    def make(item: etree._Element) -> None:
        found = one(item, path)
        found.addnext(deepcopy(found))

    return make


def first(path: str) -> Mistake:
    """The element moves before its like."""

    def make(item: etree._Element) -> None:
        found = one(item, path)
        parent = found.getparent()
        assert parent is not None
        next(iter(parent.iterchildren(found.tag))).addprevious(found)

    return make


def both(*mistakes: Mistake) -> Mistake:
    def make(item: etree._Element) -> None:
        for mistake in mistakes:
            mistake(item)

    return make


MISTAKES: list[tuple[str, Mistake]] = [
    ("news-alias", gone("g2:catalog")),
    ("news-alias", attribute(CONTENT + "g2:genre", "qcode", "exgenre:press")),
    ("news-alias", attribute(META + "g2:itemClass", "qcode", "http://cv.iptc.org/newscodes/ninature/text")),
    ("news-code", attribute(META + "g2:pubStatus", "qcode", "stat:published")),
    ("news-code", attribute(CONTENT + "g2:subject", "qcode", "medtop:99999999")),
    ("news-zone", text(META + "g2:versionCreated", "2026-09-14T13:20:00")),
    ("news-zone", text(META + "g2:embargoed", "2026-09-14")),
    ("news-zone", text(CONTENT + "g2:contentCreated", "14.9.2026")),
    ("news-order", text(META + "g2:firstCreated", "2026-09-14T13:20:01+02:00")),
    ("news-order", text(CONTENT + "g2:contentCreated", "2026-09-15")),
    ("news-language", attribute(".", LANG, "de_DE")),
    ("news-language", attribute(CONTENT + "g2:language", "tag", "ger-man-y")),
    ("news-stopped", attribute(META + "g2:pubStatus", "qcode", "stat:canceled")),
    ("news-stopped", both(attribute(META + "g2:pubStatus", "qcode", "stat:withheld"), gone("//g2:edNote"))),
    ("news-embargo", attribute(META + "g2:pubStatus", "qcode", "stat:withheld")),
    ("news-embargo", both(text(META + "g2:embargoed", ""), gone("//g2:edNote"))),
    ("news-signal", copied(META + "g2:signal")),
    ("news-signal", attribute(".", "version", "1")),
    ("news-contacts", first(META + "g2:edNote[@role='noterole:contacts']")),
    ("news-contacts", attribute(META + "g2:edNote[@role='noterole:contacts']", "pubconstraint", None)),
    ("news-headline", first(CONTENT + "g2:headline[@rank='3']")),
    ("news-rendition", copied("//g2:remoteContent")),
    ("news-rendition", attribute("//g2:remoteContent", "href", "pm.pdf")),
    ("news-rendition", attribute("//g2:remoteContent", "href", "file:///srv/pm.pdf")),
    ("news-rendition", attribute("//g2:remoteContent", "contenttype", None)),
    ("news-rendition", attribute("//g2:remoteContent", "rendition", None)),
    ("news-body", attribute("//g2:inlineXML", "contenttype", "application/xhtml+html")),
    ("news-body", attribute("//g2:inlineXML", "contenttype", "application/nitf+xml")),
    ("news-line", text(CONTENT + "g2:keyword", "Wohn\ngeld")),
    ("news-grammar", attribute(META + "g2:link", "rel", "irel:dependsOn")),
    ("news-grammar", gone(META + "g2:fileName")),
]


@pytest.fixture(name="item")
def _item() -> etree._Element:
    return etree.parse(str(GOLDEN / "release.xml")).getroot()


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")), ids=lambda path: path.name)
def test_what_we_write_keeps_all_rules(path: Path) -> None:
    assert list(item_faults(etree.parse(str(path)).getroot())) == []


@pytest.mark.parametrize("number", range(len(MISTAKES)), ids=lambda number: f"{MISTAKES[number][0]}-{number}")
def test_a_broken_rule_is_found(item: etree._Element, number: int) -> None:
    rule, mistake = MISTAKES[number]
    mistake(item)
    found = {fault.rule for fault in item_faults(item)}
    # The grammar refuses most mistakes, too; and what is not usable may not have much that this item has.
    assert rule in found
    assert found - {"news-grammar", "news-stopped", "news-embargo"} <= {rule}


def test_items_of_others_are_not_held_against_our_grammar(item: etree._Element) -> None:
    one(item, META + "g2:profile").text = "dpa-G2"
    one(item, META + "g2:link").set("rel", "irel:dependsOn")
    assert list(item_faults(item)) == []


def test_a_catalog_elsewhere_may_declare_what_we_do_not_know(item: etree._Element) -> None:
    gone("g2:catalog")(item)
    one(item, META + "g2:profile").text = "x"
    item.insert(1, etree.Element(G2 + "catalogRef", {"href": "https://presse.example.org/cv/catalog_9.xml"}))
    assert list(item_faults(item)) == []


def test_a_message_has_a_header_and_an_item() -> None:
    sent = "<header><sent>{}</sent></header>"
    empty = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">{}<itemSet>{}</itemSet></newsMessage>'
    good = empty.format(sent.format("2026-09-14T13:21:05+02:00"), "<newsItem/>")
    for message, rules in (
        (good, []),
        (empty.format("<header/>", "<newsItem/>"), ["news-message"]),
        (empty.format(sent.format("2026-09-14T13:21:05+02:00"), ""), ["news-message"]),
        (empty.format(sent.format("2026-09-14 13:21"), "<newsItem/>"), ["news-zone"]),
    ):
        assert [fault.rule for fault in message_faults(etree.fromstring(message))] == rules


def dump_of(*versions: tuple[int, str]) -> Dump:
    """A dump in which a release has these versions, by status."""
    dump = Dump()
    status = '<itemMeta><pubStatus qcode="stat:{}"/><edNote>weg</edNote></itemMeta>'
    head = '<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>'
    for version, said in versions:
        item = NEWSML.format(guid="urn:newsml:x.example:20260101:stadt.2026.9", version=version)
        name = f"newsml/2026/9_v{version}.xml"
        dump.files[name] = item.replace("<itemMeta/>", head + status.format(said)).encode()
        dump.rows[name] = {"records": 0}
    return dump


@pytest.mark.parametrize(
    ("versions", "rules"),
    [
        ([(1, "usable"), (2, "canceled")], set()),
        ([(1, "usable"), (2, "withheld"), (3, "usable")], set()),
        ([(1, "canceled"), (2, "canceled")], set()),
        ([(1, "canceled"), (2, "usable")], {"news-final"}),
        ([(2, "canceled"), (10, "withheld")], {"news-final"}),
    ],
    ids=str,
)
def test_a_kill_is_final(tmp_path: Path, versions: list[tuple[int, str]], rules: set[str]) -> None:
    verdict = verify(dump_of(*versions).write(tmp_path / "dump"), jobs=0, quick=True)
    assert set(verdict.findings.by_rule) == rules


def test_the_schema_finds_what_the_rules_do_not(item: etree._Element, standards: Path) -> None:
    path = standards / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"
    assert list(schema_faults(item, path)) == []
    item.append(etree.Element(G2 + "itemMeta"))
    (fault, *_) = schema_faults(item, path)
    assert (fault.rule, "itemMeta" in fault.message) == ("news-schema", True)


def test_a_dump_is_held_against_the_schema_where_one_is_named(exported: Path, tmp_path: Path, standards: Path) -> None:
    assert verify(exported, jobs=0, quick=True, schemas=standards / "newsml-g2").passed
    verdict = verify(exported, jobs=0, quick=True, schemas=tmp_path)
    assert set(verdict.findings.by_rule) == {"news-schemas-missing"}
    (tmp_path / "NewsML-G2_2.35-spec-All-Power.xsd").write_text("", encoding="utf-8")
    verdict = verify(exported, jobs=0, quick=True, schemas=tmp_path)
    assert set(verdict.findings.by_rule) == {"news-schemas-missing"}


def test_every_rule_is_broken_by_a_test() -> None:
    broken = {rule for rule, _ in MISTAKES} | {"news-final", "news-message", "news-schema", "news-schemas-missing"}
    assert broken == {rule for rule in read_rules() if rule.startswith("news-")}
