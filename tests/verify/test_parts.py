"""The parts of the proof by themselves: sorting, reading by lines, hashes, findings, processes."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.sorting import Sorter
from lod.verify import Findings
from lod.verify.finding import shown
from lod.verify.hashes import RecordHashes
from lod.verify.lines import read_lines
from lod.verify.listing import Entry
from lod.verify.pool import spread
from tests.verify.dumps import Dump, jsonld

LINES = st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line).map(lambda line: line + b"\n"))


@given(st.lists(LINES, max_size=8), st.integers(1, 40))
def test_lines_are_sorted_whether_they_fit_in_memory_or_not(batches: list[list[bytes]], in_memory: int) -> None:
    every = [line for batch in batches for line in batch]
    with Sorter(in_memory) as small, Sorter() as large:
        for batch in batches:
            small.add(batch)
            large.add(batch)
        for sorter in (small, large):
            assert list(sorter.lines()) == sorted(every)
            assert list(sorter.distinct()) == sorted(set(every))
            assert list(sorter.distinct()) == sorted(set(every))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(TEXT, max_size=6))
def test_the_graph_hash_is_the_one_of_rdfc(texts: list[str]) -> None:
    """Without blank nodes sorting canonical lines is all that RDFC-1.0 does."""
    node = ox.NamedNode("https://a.example/s")
    quads = [ox.Quad(node, ox.NamedNode("https://a.example/p"), ox.Literal(text, language="de")) for text in texts]
    with Sorter(20) as sorter:
        sorter.add((ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
        ours = hashlib.sha256(b"".join(sorter.distinct())).hexdigest()
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted((ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    assert ours == hashlib.sha256(b"".join(lines)).hexdigest()


def graph(data: bytes) -> set[str]:
    return {str(quad) for quad in read_lines(io.BytesIO(data), "relative:/")}


@pytest.mark.parametrize("count", [0, 1, 2, 199, 200, 201, 450])
def test_json_ld_read_by_lines_is_what_the_whole_is(count: int) -> None:
    records = [[f'<https://a.example/{n}> <https://a.example/p> "Straße {n}"@de .\n'] for n in range(count)]
    data = jsonld(records)
    if not count:
        data = data.replace(b"[\n\n]", b"[\n]")
    whole = {str(quad) for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD)}
    assert graph(data) == whole
    assert len(whole) == count


def test_json_ld_in_another_layout_is_read_as_a_whole() -> None:
    data = b'[{"@id": "https://a.example/1", "https://a.example/p": [{"@value": "x"}]}]'
    assert graph(data) == {'<https://a.example/1> <https://a.example/p> "x"'}
    assert graph(b'{\n"@context": {},\n"@id": "https://a.example/1"}') == set()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b"\n]\n}\n", b"\n]\n}\nmehr", "line"),
        (b"\n]\n}\n", b"\n]\n", "line"),
        (b"\n]\n}\n", b",\n]\n}\n", "line"),
        (b'"@value"', b'"@value', "lines 4 to 5"),
    ],
)
def test_json_ld_that_is_damaged_says_where(old: bytes, new: bytes, where: str) -> None:
    data = jsonld([[f'<https://a.example/{n}> <https://a.example/p> "x"@de .\n'] for n in (1, 2)])
    with pytest.raises(SyntaxError, match=where):
        graph(data.replace(old, new, 1))


def test_hashes_of_records_hold_in_their_order(tmp_path: Path) -> None:
    dump = Dump()
    dump.write(tmp_path)
    path = tmp_path / "hashes" / "2026.txt"
    entry = Entry("hashes/2026.txt", "text/plain", path.stat().st_size, "0" * 64)
    quads = list(ox.parse((tmp_path / "jsonld" / "2026.jsonld").read_bytes(), format=ox.RdfFormat.JSON_LD))
    findings = Findings()
    hashes = RecordHashes(tmp_path, entry, findings)
    hashes.feed(quads[:3])
    hashes.feed(quads[3:])
    hashes.finish()
    assert len(findings) == 0
    hashes = RecordHashes(tmp_path, entry, findings)
    hashes.feed(quads[:-1])
    hashes.finish()
    assert [one.record.rpartition("/")[2] for one in findings] == ["2"]


def test_findings_are_bounded_and_counted() -> None:
    findings, others = Findings(), Findings()
    for number in range(100):
        findings.add("syntax", "a.ttl", f"Fehler {number}")
        others.add("syntax", "b.ttl", f"Fehler {number}")
    findings.extend(others)
    assert len(findings) == 200
    assert findings.by_rule == {"syntax": 200}
    assert [str(one) for one in findings][20] == "b.ttl: Fehler 0 [syntax]"
    assert len(list(findings)) == 40


@given(st.text(max_size=300))
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    assert len(shown(text, 50)) <= 6 * 50
    assert "\n" not in shown(text)
    assert not set(shown(text)) & {"\x1b", "\x07", "\r", "\u202e", "\u2028"}


def end(number: int) -> int:
    """Ends its process for one number; twice the others."""
    if number == 3:
        os._exit(9)
    return 2 * number


def test_a_process_that_breaks_down_takes_no_other_task_with_it() -> None:
    assert dict(spread(end, range(6), 2)) == {0: 0, 1: 2, 2: 4, 3: None, 4: 8, 5: 10}
    assert dict(spread(end, [], 2)) == {}
    assert dict(spread(end, [1, 2], 0)) == {0: 2, 1: 4}
