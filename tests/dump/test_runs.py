"""Runs: whatever the partitioning, the merge gives the same entries in the same order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from lod.dump.runs import Entry, RunWriter, Sighting, merged, repeated, write_sightings

SHARDS = st.sampled_from(["2016", "2017", "undated"])
ENTRIES = st.lists(
    st.builds(
        lambda shard, key, data, prefix: Entry(
            shard,
            key,
            key,
            f"https://x.example/{key}",
            f"{key}.yaml",
            "de",
            ["2017-07-03"],
            len(data),
            [("concept", key)],
            [(prefix,), ()],
            [None, key],
            [(1, f"{key}_p", "x/y")],
            [data, b"<x/>", b"<p/>"],
        ),
        SHARDS,
        st.text("abc0123456789", min_size=1, max_size=6),
        st.binary(max_size=50),
        st.sampled_from(["schema", "dcterms"]),
    ),
    unique_by=lambda entry: entry.key,
    max_size=30,
)


def plain(entry: Entry) -> tuple[object, ...]:
    return (entry.shard, entry.key, entry.statements, entry.files, entry.pieces)


@given(ENTRIES, st.integers(1, 5), st.integers(1, 4000))
def test_the_merge_does_not_depend_on_the_cut(entries: list[Entry], writers: int, limit: int) -> None:
    with TemporaryDirectory() as folder:
        made = [RunWriter(Path(folder), str(number), limit) for number in range(writers)]
        for index, entry in enumerate(entries):
            made[index % writers].add(entry)
        for writer in made:
            writer.flush()
        runs = [run for writer in made for run in writer.runs]
        for shard in ("2016", "2017", "undated"):
            slices = [run[shard] for run in runs if shard in run]
            expected = sorted((entry for entry in entries if entry.shard == shard), key=lambda entry: entry.key)
            assert [plain(entry) for entry in merged(slices)] == [plain(entry) for entry in expected]
            used = {prefix for one in slices for prefix in one.prefixes[0]}
            assert sum(one.records for one in slices) == len(expected)
            assert used == {entry.prefixes[0][0] for entry in expected}


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.booleans()), max_size=20), st.integers(1, 4))
def test_what_occurs_twice_is_found_with_all_its_places(seen: list[tuple[str, bool]], files: int) -> None:
    sightings = [Sighting(path, f"datei{n}.yaml:1", public) for n, (path, public) in enumerate(seen)]
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / str(number) for number in range(files)]
        for number, path in enumerate(paths):
            write_sightings(path, sightings[number::files])
        found = repeated(paths)
    by_path = {path: [one for one in sightings if one.path == path] for path, _ in seen}
    assert {path: sorted(all_) for path, all_ in found.items()} == {
        path: sorted(all_) for path, all_ in by_path.items() if len(all_) > 1
    }
