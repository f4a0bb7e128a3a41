"""Editions made by hand: whatever is in which shard, exactly the records that differ are found, with all they say."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.change.compare import compare
from lod.change.edition import Edition
from lod.change.patch import CLOSING, opening, rows_by_entry, written
from lod.sorting import Sorter

Records = dict[str, frozenset[str]]

BASE = "https://presse.example.org/"
# Names that begin with one another, and parts that sort before and after their whole.
NAMES = st.sampled_from([f"{BASE}release/{name}" for name in ("a", "a/1", "a/10", "a/15", "a-b", "ä")])
PARTS = st.sampled_from(["", "#number", "/v/1", "-x"])
WORDS = st.sampled_from(['"Straße"@de', '"a\\tb \\" § \\u007F"', f"<{BASE}release/a>", '"1"'])
RECORDS = st.dictionaries(NAMES, st.frozensets(st.tuples(PARTS, WORDS), min_size=1, max_size=5), max_size=6)
SHARDS = st.lists(st.sampled_from(["2016", "2017", "2017-2", "authorities"]), min_size=6, max_size=6)


def lines_of(iri: str, said: frozenset[tuple[str, str]]) -> list[bytes]:
    """A record. No two records describe one subject: its parts carry its name."""
    own = sha256(iri.encode()).hexdigest()[:8]
    return sorted(
        f"<{iri}{part and f'{part}{own}'}> <https://schema.org/name> {word} .\n".encode() for part, word in said
    )


def edition(folder: Path, records: dict[str, frozenset[tuple[str, str]]], shards: list[str]) -> Edition:
    """An edition whose records are dealt out to shards."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "ntriples").mkdir(parents=True)
    (folder / "hashes").mkdir()
    files = []
    for name in sorted(set(shards)):
        its = [lines_of(iri, said) for number, (iri, said) in enumerate(records.items()) if shards[number] == name]
        iris = [iri for number, iri in enumerate(records) if shards[number] == name]
        data = b"".join(b"".join(lines) for lines in its)
        rows = [
            f"{sha256(b''.join(lines)).hexdigest()}  {iri}\n".encode() for lines, iri in zip(its, iris, strict=True)
        ]
        for path, kind, content in (
            (f"ntriples/{name}.nt", "application/n-triples", data),
            (f"hashes/{name}.txt", "text/plain", b"".join(rows)),
        ):
            (folder / path).write_bytes(content)
            files.append({"path": path, "media_type": kind, "sha256": sha256(content).hexdigest()})
    top = {"base": BASE, "counts": {"records": len(records), "statements": 0}, "files": files}
    (folder / "manifest.json").write_text(json.dumps(top), encoding="utf-8")
    return Edition.open(folder)


@given(old=RECORDS, new=RECORDS, left=SHARDS, right=SHARDS, in_memory=st.sampled_from([1, 200, 1 << 20]))
def test_the_records_that_differ_are_found_with_all_they_say(
    tmp_path_factory: pytest.TempPathFactory,
    old: dict[str, frozenset[tuple[str, str]]],
    new: dict[str, frozenset[tuple[str, str]]],
    left: list[str],
    right: list[str],
    in_memory: int,
) -> None:
    folder = tmp_path_factory.getbasetemp() / "editions"
    one, other = edition(folder / "old", old, left), edition(folder / "new", new, right)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lod.change.compare.Sorter", lambda: Sorter(in_memory))
        found = list(compare(one, other))
        gone = [difference.iri for difference in compare(one, other, gone=True)]
    expected = sorted((iri for iri in {*old, *new} if old.get(iri) != new.get(iri)), key=str.encode)
    assert [difference.iri for difference in found] == expected
    assert gone == [iri for iri in expected if iri not in new]
    for difference in found:
        for side, said in ((difference.before, old), (difference.after, new)):
            assert (side.lines if side else None) == (
                lines_of(difference.iri, said[difference.iri]) if difference.iri in said else None
            )
    assert (one.state.sha256 == other.state.sha256) is (old == new)


@given(old=RECORDS, new=RECORDS)
def test_a_patch_is_cut_into_its_records_again(
    tmp_path_factory: pytest.TempPathFactory,
    old: dict[str, frozenset[tuple[str, str]]],
    new: dict[str, frozenset[tuple[str, str]]],
) -> None:
    folder = tmp_path_factory.getbasetemp() / "editions"
    one, other = edition(folder / "old", old, ["2016"] * 6), edition(folder / "new", new, ["2016"] * 6)
    parts = [written(found, discreet=False) for found in compare(one, other)]
    patch = [
        *opening("x:new", "x:old").splitlines(keepends=True),
        *(row for part in parts for row in part.rows),
        CLOSING,
    ]
    assert list(rows_by_entry(patch, [part.entry for part in parts])) == [(part.entry, part.rows) for part in parts]
    for cut in range(len(patch)):
        with pytest.raises(ValueError, match=r"begin|rows|goes on"):
            list(rows_by_entry(patch[:cut] + patch[cut + 1 :], [part.entry for part in parts]))
