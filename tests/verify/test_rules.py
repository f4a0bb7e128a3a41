"""Each rule of the table, broken on purpose: it is found, at the right file and record, and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.verify import verify
from lod.verify.rules import read_rules, told
from lod.verify.terms import read_terms
from tests.verify.dumps import (
    BASE,
    DCTERMS,
    FIRST,
    NEWSML,
    SCHEMA,
    SECOND,
    Dump,
    jsonld,
    nquads,
    packed,
    seal,
    statement,
)

Break = Callable[[Dump], None]
BROKEN: dict[str, list[tuple[Break | None, Callable[[Path], None] | None, set[str]]]] = {}
# Rules that other tests break: they need shapes, a reader that breaks down, or several exports.
ELSEWHERE = {
    *("reader-crashed", "shape", "shape-advice", "shapes-core", "shapes-missing"),
    *("change-chain", "change-cleared", "change-list", "change-patch", "change-state"),
}


def breaks(rule: str, *also: str) -> Callable[[Break], Break]:
    """What is done to a dump before its lists are made. Other rules may be broken by it as well."""

    def register(change: Break) -> Break:
        BROKEN.setdefault(rule, []).append((change, None, {rule, *also}))
        return change

    return register


def spoils(rule: str, *also: str) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """What is done to the folder of a whole dump."""

    def register(change: Callable[[Path], None]) -> Callable[[Path], None]:
        BROKEN.setdefault(rule, []).append((None, change, {rule, *also}))
        return change

    return register


def say(predicate: str, value: str, subject: str = FIRST) -> Break:
    """Adds a statement to the first record."""
    return lambda dump: dump.records[0].append(statement(subject, predicate, value))


# ------------------------------------------------------------------------------------------------ files


@breaks("manifest-form")
def _row_without_digest(dump: Dump) -> None:
    dump.files["extra.txt"] = b"Text"
    dump.rows["extra.txt"] = {"sha256": "ABC"}


BROKEN["manifest-form"][0][2].update({"file-unlisted", "sums-differ"})


@breaks("path-portable", "file-missing")
def _path_that_leaves(dump: Dump) -> None:
    dump.files["extra.txt"] = b"Text"
    dump.rows["extra.txt"] = {"path": "../extra.txt"}


BROKEN["path-portable"][0][2].add("file-unlisted")


@spoils("path-twice")
def _row_twice(folder: Path) -> None:
    import json

    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"].append(manifest["files"][0])
    seal(folder, {**manifest, "files": manifest["files"]})
    lines = sorted(set((folder / "SHA256SUMS").read_text().splitlines(keepends=True)), key=lambda line: line[66:])
    (folder / "SHA256SUMS").write_text("".join(lines))


@spoils("file-missing", "total-records", "total-statements")
def _no_file(folder: Path) -> None:
    (folder / "turtle" / "2026.ttl").unlink()


@spoils("file-unlisted")
def _leftover(folder: Path) -> None:
    (folder / "turtle" / ".DS_Store").write_bytes(b"")


@spoils("file-kind", "file-missing", "total-records", "total-statements")
def _link(folder: Path) -> None:
    target = folder / "turtle" / "2026.ttl"
    target.rename(folder.parent / "woanders.ttl")
    target.symlink_to(folder.parent / "woanders.ttl")


@spoils("file-size", "file-digest")
def _longer(folder: Path) -> None:
    with (folder / "turtle" / "2026.ttl").open("ab") as file:
        file.write(b"\n")


@spoils("file-digest")
def _changed(folder: Path) -> None:
    path = folder / "turtle" / "2026.ttl"
    path.write_bytes(path.read_bytes().replace(b"\n\n", b"\n "))


@spoils("sums-missing")
def _no_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()


@spoils("sums-differ")
def _other_sums(folder: Path) -> None:
    path = folder / "SHA256SUMS"
    path.write_text("".join(reversed(path.read_text().splitlines(keepends=True))))


@breaks("unpack", "total-records", "total-statements")
def _goes_on(dump: Dump) -> None:
    dump.packed = True
    content = packed(b"<https://a.example/> <https://a.example/> <https://a.example/> .\n")
    dump.files["turtle/2026.ttl.gz"] = content + packed(b"")


@breaks("content-size")
def _other_size(dump: Dump) -> None:
    dump.packed = True
    dump.rows["ntriples/2026.nt"] = {"unpacked_bytes": 99_999}


@breaks("content-digest")
def _other_content(dump: Dump) -> None:
    dump.packed = True
    dump.rows["ntriples/2026.nt"] = {"unpacked_sha256": "0" * 64}


# ------------------------------------------------------------------------------------------------ counts


@breaks("count-records")
def _records(dump: Dump) -> None:
    dump.rows["turtle/2026.ttl"] = {"records": 3}


@breaks("count-statements")
def _statements(dump: Dump) -> None:
    dump.rows["turtle/2026.ttl"] = {"statements": 3}


@breaks("total-records")
def _total_records(dump: Dump) -> None:
    dump.top["counts"] = {"records": 7, "statements": 11}


@breaks("total-statements")
def _total_statements(dump: Dump) -> None:
    dump.top["counts"] = {"records": 2, "statements": 12}


@breaks("format-gap", "total-statements")
def _gap(dump: Dump) -> None:
    dump.files["turtle/concepts.ttl"] = None


@breaks("statement-twice")
def _twice(dump: Dump) -> None:
    dump.formats = ["ntriples"]
    dump.records[0].append(dump.records[0][-1])


@breaks("record-twice", "total-records", "total-statements")
def _record_in_two_shards(dump: Dump) -> None:
    dump.formats = ["ntriples"]
    made = "".join(sorted(dump.records[0])).encode()
    dump.files["ntriples/2027.nt"] = made
    dump.rows["ntriples/2027.nt"] = {"records": 1, "statements": 5}


@breaks("record-hash")
def _other_hash(dump: Dump) -> None:
    dump.files["hashes/2026.txt"] = f"{'0' * 64}  {FIRST}\n{'1' * 64}  {SECOND}\n".encode()


@breaks("record-hash")
def _other_order(dump: Dump) -> None:
    dump.files["hashes/2026.txt"] = f"{'1' * 64}  {SECOND}\n{'0' * 64}  {FIRST}\n".encode()


# ------------------------------------------------------------------------------------------------ graph


@breaks("syntax", "total-records", "total-statements")
def _no_turtle(dump: Dump) -> None:
    dump.files["turtle/2026.ttl"] = b"<https://a.example/> <https://a.example/> ."


@breaks("syntax", "total-records", "total-statements")
def _more_after_the_graph(dump: Dump) -> None:
    dump.files["jsonld/2026.jsonld"] = jsonld(dump.records) + b"{}"


@breaks("graph-differs", "record-hash")
def _other_graph(dump: Dump) -> None:
    records = [list(record) for record in dump.records]
    records[1][2] = records[1][2].replace("2026-09-14", "2026-09-15")
    dump.files["jsonld/2026.jsonld"] = jsonld(records)


BROKEN["graph-differs"][0][2].remove("record-hash")  # Turtle comes first, and agrees with its hashes


@breaks("graph-hash")
def _other_graph_hash(dump: Dump) -> None:
    dump.rows["jsonld/2026.jsonld"] = {"graph": "0" * 64}


@breaks("graph-name")
def _other_graph_name(dump: Dump) -> None:
    dump.formats = [*dump.formats, "nquads"]
    lines = nquads(dump.records).replace(f"<{SECOND}> .\n".encode(), f"<{SECOND}/v/1> .\n".encode())
    dump.files["nquads/2026.nq"] = lines


@breaks("graph-name")
def _no_graph_name(dump: Dump) -> None:
    dump.formats = ["nquads"]
    dump.files["nquads/2026.nq"] = "".join(line for record in dump.records for line in record).encode()


@breaks("blank-node")
def _blank_node(dump: Dump) -> None:
    dump.formats = ["ntriples"]
    dump.records[0].append(f"<{FIRST}> <{SCHEMA}about> _:b .\n")


@breaks("statement-rdf12")
def _triple_term(dump: Dump) -> None:
    dump.formats = ["ntriples"]
    dump.records[0].append(f"<{FIRST}> <{SCHEMA}about> <<( <{FIRST}> <{SCHEMA}about> <{SECOND}> )>> .\n")


@breaks("statement-rdf12")
def _direction(dump: Dump) -> None:
    dump.formats = ["ntriples"]
    dump.records[0].append(f'<{FIRST}> <{SCHEMA}keywords> "Rat"@de--ltr .\n')


breaks("iri-schema-http")(say("http://schema.org/about", f"<{SECOND}>"))
breaks("iri-schema-http")(say(f"{SCHEMA}about", "<http://schema.org/Event>"))
breaks("iri-schema-http")(say(f"{SCHEMA}dateCreated", '"2026"^^<http://schema.org/Date>'))
breaks("iri-file")(say(f"{SCHEMA}about", "<file:///home/anna/rat.pdf>"))
breaks("iri-scheme")(say(f"{SCHEMA}about", "<javascript:alert(1)>"))
breaks("iri-base")(say(f"{SCHEMA}about", "<http://presse.example.org/release/stadt/2026/2>"))
breaks("iri-base")(say(f"{SCHEMA}about", f"<{SECOND}>", "https://other.example/release/stadt/2026/1"))
breaks("iri-characters")(say(f"{SCHEMA}about", f"<{BASE}straße>"))
breaks("iri-characters")(say(f"{SCHEMA}about", "<https://other.example/a\u0308>"))
breaks("iri-characters")(say(f"{SCHEMA}about", "<https://other.example/\u202eabc>"))


@breaks("iri-relative")
def _relative(dump: Dump) -> None:
    dump.formats = ["turtle"]
    dump.records[0].append(f"<{FIRST}> <{SCHEMA}about> <../2> .\n")
    dump.files["turtle/2026.ttl"] = "".join(dump.records[0] + dump.records[1]).encode()


breaks("literal-language")(say(f"{SCHEMA}abstract", '"Der Rat tagt."'))
breaks("literal-untagged")(say("https://mine.example/ns#ressort", '"Kultur"'))
breaks("literal-code")(say(f"{DCTERMS}identifier", '"15/2017"@de'))
breaks("literal-form")(say(f"{DCTERMS}modified", '"2026-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'))
breaks("literal-form")(say(f"{DCTERMS}modified", '"2026-02-03T10:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'))
breaks("literal-form")(say(f"{SCHEMA}position", '"drei"^^<http://www.w3.org/2001/XMLSchema#integer>'))
breaks("literal-link")(say(f"{SCHEMA}url", '"https://a.example/ä b"^^<http://www.w3.org/2001/XMLSchema#anyURI>'))
breaks("literal-characters")(say(f"{SCHEMA}keywords", '"Rat\\u0001haus"@de'))
breaks("literal-characters")(say(f"{SCHEMA}keywords", '"Rat\u2066haus"@de'))
breaks("literal-normal")(say(f"{SCHEMA}keywords", '"A\u0308mter"@de'))
breaks("same-as")(say("http://www.w3.org/2002/07/owl#sameAs", "<http://www.wikidata.org/entity/Q64>"))


# ------------------------------------------------------------------------------------------------ items


@breaks("item-form", "total-records", "count-records")
def _no_xml(dump: Dump) -> None:
    dump.files["newsml/2026/1_v1.xml"] = b"<newsItem>"


@breaks("item-form", "total-records", "count-records")
def _doctype(dump: Dump) -> None:
    dump.files["newsml/2026/1_v1.xml"] = b'<!DOCTYPE newsItem SYSTEM "file:///etc/passwd"><newsItem/>'


@breaks("item-standard", "total-records", "count-records")
def _other_root(dump: Dump) -> None:
    dump.files["newsml/2026/1_v1.xml"] = b"<rss/>"


@breaks("item-standard")
def _not_power(dump: Dump) -> None:
    item = NEWSML.format(guid="urn:newsml:presse.example.org:20260101:stadt.2026.1", version=1)
    dump.files["newsml/2026/1_v1.xml"] = item.replace("power", "core").encode()


@breaks("item-identity", "total-records", "count-records")
def _version_zero(dump: Dump) -> None:
    dump.files["newsml/2026/1_v1.xml"] = NEWSML.format(guid="urn:newsml:a:1:b", version=0).encode()


@breaks("item-twice")
def _same_item(dump: Dump) -> None:
    guid = "urn:newsml:presse.example.org:20260101:stadt.2026.2"
    dump.files["newsml/2026/1_v1.xml"] = NEWSML.format(guid=guid, version=1).encode()


@breaks("item-message")
def _unknown_in_message(dump: Dump) -> None:
    item = NEWSML.format(guid="urn:newsml:presse.example.org:20260101:stadt.2026.1", version=9)
    head = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-11-25T09:00:00Z</sent></header>'
    message = head + "<itemSet>{}</itemSet></newsMessage>"
    dump.files["newsml/feed.xml"] = message.format(item).encode()
    dump.rows["newsml/feed.xml"] = {"records": 0}


CASES = [(rule, number) for rule, cases in BROKEN.items() for number in range(len(cases))]


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_a_broken_rule_is_found(rule: str, number: int, tmp_path: Path) -> None:
    change, spoil, expected = BROKEN[rule][number]
    dump = Dump()
    if change:
        change(dump)
    folder = dump.write(tmp_path / "dump")
    if spoil:
        spoil(folder)
    verdict = verify(folder, jobs=0, quick=True)
    assert set(verdict.findings.by_rule) == expected
    assert verdict.passed == (read_rules()[rule].severity == "warning")


def test_every_rule_is_broken_by_a_test() -> None:
    news = {rule for rule in read_rules() if rule.startswith(("news-", "feed-"))}  # see test_news.py, test_feeds.py
    assert set(BROKEN) | ELSEWHERE == set(read_rules()) - news


def test_every_rule_has_a_severity_and_says_why() -> None:
    rules = read_rules()
    assert {rule.severity for rule in rules.values()} == {"error", "warning"}
    assert all(rule.says.endswith(".") and rule.reason.endswith(".") for rule in rules.values())
    text = told(rules)
    assert all(rule.id in text and rule.reason in text for rule in rules.values())
    assert len(rules) > 40


def test_terms_name_rules_and_read_once() -> None:
    terms = read_terms()
    rules = read_rules()
    assert {rule for rule, _ in terms.iris} | set(terms.properties.values()) <= set(rules)
    assert terms is read_terms()
    assert terms.short("https://schema.org/headline") == "schema:headline"
    assert terms.short("https://elsewhere.example/x") == "https://elsewhere.example/x"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = Dump().write(tmp_path / "dump")
    path = folder / "turtle" / "2026.ttl"
    path.unlink()
    os.mkfifo(path)
    verdict = verify(folder, jobs=0, quick=True)
    assert verdict.findings.by_rule["file-kind"] == 1
