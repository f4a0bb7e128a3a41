"""Two dumps, their patch, and what is said of them."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.archive import Archive
from lod.change.diff import Diff
from lod.cli import main
from lod.dump import export
from lod.errors import OutputError
from tests.change.reader import Receiver
from tests.dump.archives import CONFIG, make, record

RDF = ("ntriples", "turtle", "jsonld", "nquads", "trig", "rdfxml")


def dump(folder: Path, records: list[dict[str, Any]], *formats: str, config: str = CONFIG) -> Path:
    """A dump of an archive with these records."""
    shutil.rmtree(folder, ignore_errors=True)
    export(Archive.open(make(folder / "archive", records, config=config)), folder / "out", formats or ("ntriples",))
    return folder / "out"


def patched(old: Path, patch: bytes, *, graphs: bool = False) -> Receiver:
    receiver = Receiver(graphs=graphs).take(old)
    receiver.apply(patch.decode())
    return receiver


CHANGED = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Straßen", "Grüße „aus“ § 5", 'Zwei\n"Zeilen"']),
        "body": st.sampled_from(["Erster Absatz.\n\nZweiter.", "Kürzer."]),
        "issued": st.sampled_from(["2016-01-05", "2018-12-24T10:00:00+01:00"]),
        "id": st.sampled_from(["stadt/fest", "stadt/fest/v2"]),
        "people": st.just([{"name": "Änne Groß", "function": "Kämmerin"}]),
        "subjects": st.just(["medtop:20000630"]),
        "keywords": st.just(["Straße"]),
    },
)
ARCHIVES = st.dictionaries(st.integers(1, 6), CHANGED, max_size=4).filter(
    lambda found: len({one.get("id", number) for number, one in found.items()}) == len(found)
)


def records_of(archive: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [record(number, **changed) for number, changed in sorted(archive.items())]


@settings(max_examples=10)
@given(old=ARCHIVES, new=ARCHIVES)
def test_the_old_dump_and_the_patch_are_the_new_dump(
    tmp_path_factory: pytest.TempPathFactory, old: dict[int, dict[str, Any]], new: dict[int, dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    first, second = dump(folder / "old", records_of(old)), dump(folder / "new", records_of(new))
    patch = b"".join(Diff.of(first, second).patch())
    assert patched(first, patch).graph == Receiver().take(second).graph
    back = b"".join(Diff.of(second, first).patch())
    assert patched(second, back).graph == Receiver().take(first).graph
    assert (b"\nA " not in patch and b"\nD " not in patch) == (old == new)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dump, and one in which a release is new, one has changed, one has moved to another year, and one is gone."""
    folder = tmp_path_factory.mktemp("pair")
    before = [record(1), record(2, people=[{"name": "Jörg Groß"}]), record(3), record(4)]
    after = [record(1, title="Neu: „Straßen“"), record(2, people=[]), record(3, issued="2017-02-03"), record(5)]
    return dump(folder / "old", before, *RDF), dump(folder / "new", after, *RDF)


def test_the_patch_is_the_same_whatever_format_the_dumps_hold(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    expected = list(Diff.of(*pair).patch())
    for form in RDF:
        folders = []
        for name, whole in zip(("old", "new"), pair, strict=True):
            folder = tmp_path / form / name
            archive = Archive.open(whole.parent / "archive")
            export(archive, folder, (form,))
            folders.append(folder)
        assert list(Diff.of(*folders).patch()) == expected, form
        assert list(Diff.of(pair[0], folders[1]).patch()) == expected, form


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_packed_dumps_are_read(tmp_path: Path, pair: tuple[Path, Path], compression: str) -> None:
    config = CONFIG.replace('"none"', f'"{compression}"')
    after = [record(1, title="Neu: „Straßen“"), record(2, people=[]), record(3, issued="2017-02-03"), record(5)]
    packed = dump(tmp_path / "new", after, config=config)
    assert list(Diff.of(pair[0], packed).patch()) == list(Diff.of(*pair).patch())


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # the reader's own
def test_rdflib_applies_the_patch(pair: tuple[Path, Path]) -> None:
    """Literals stay as they are only when rdflib is told so before it reads them."""
    held, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        data = rdflib.Dataset()
        for path in sorted((pair[0] / "ntriples").iterdir()):
            data.default_graph.parse(path, format="nt")
        data.parse(data=b"".join(Diff.of(*pair).patch()).decode(), format="patch")
        expected = rdflib.Graph()
        for path in sorted((pair[1] / "ntriples").iterdir()):
            expected.parse(path, format="nt")
        assert set(data.default_graph) == set(expected)
    finally:
        rdflib.NORMALIZE_LITERALS = held


def test_only_what_changed_is_in_the_patch(pair: tuple[Path, Path]) -> None:
    rows = b"".join(Diff.of(*pair).patch()).splitlines()
    one = [row for row in rows if b"/2017/1>" in row.split(b" ")[1]]
    assert len(one) == 6  # headline, title and citation, old and new


def test_what_happened_to_each_release(pair: tuple[Path, Path]) -> None:
    assert list(Diff.of(*pair).sentences("de")) == [
        "Pressemitteilung 3/2016 („Mitteilung 3 über Straßen“) wurde geändert: Datum.",
        "Pressemitteilung 1/2017 („Neu: ‚Straßen‘“) wurde geändert: Titel.",
        "Pressemitteilung 4/2017 fehlt in diesem Stand; von einer Löschung ist nichts bekannt.",
        "Pressemitteilung 2/2018 („Mitteilung 2 über Straßen“) wurde geändert: Personen und Organisationen.",
        "Pressemitteilung 5/2018 („Mitteilung 5 über Straßen“) vom 6. Juli 2018 wurde veröffentlicht.",
    ]
    assert "was changed: title." in next(line for line in Diff.of(*pair).sentences("en") if "1/2017" in line)
    assert list(Diff.of(pair[0], pair[0]).sentences("de")) == ["Nichts hat sich geändert."]


def test_a_correction_is_called_one(tmp_path: Path) -> None:
    change = {"version": 2, "at": "2026-11-12T10:00:00+01:00", "kind": "correction", "note": "Es heißt „fünf“."}
    old = dump(tmp_path / "old", [record(15), record(16)])
    new = dump(tmp_path / "new", [record(15, title="Neu", body="Neu.", version=2, changes=[change]), record(16)])
    told = list(Diff.of(old, new).sentences("de"))
    assert told == ["Pressemitteilung 15/2016 („Neu“) wurde berichtigt: Titel und Text."]


def test_the_state_can_be_computed_with_coreutils(pair: tuple[Path, Path]) -> None:
    import subprocess

    command = "cat hashes/*.txt | LC_ALL=C sort | sha256sum"
    told = subprocess.run(["sh", "-c", command], cwd=pair[1], check=True, capture_output=True, text=True)
    assert told.stdout[:64] == Diff.of(*pair).new.state.sha256


def test_the_command_prints_sentences_a_list_or_a_patch(pair: tuple[Path, Path]) -> None:
    old, new = map(str, pair)
    run = CliRunner().invoke
    assert run(main, ["diff", old, new, "--language", "de"]).stdout.splitlines()[0].startswith("Pressemitteilung")
    assert run(main, ["diff", old, new, "-f", "patch"]).stdout.startswith("H id <https://presse.example.org/changes/0/")
    listed = run(main, ["diff", old, new, "-f", "json"]).stdout
    assert '"counts": {\n    "created": 1,\n    "updated": 3,\n    "withdrawn": 0,' in listed


def test_what_is_no_dump_is_said_in_one_line(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(main, ["diff", str(tmp_path), str(pair[1])])
    assert done.exit_code == 2
    assert done.stderr == f"lod: {tmp_path}: is not a dump: manifest.json: No such file or directory\n"


@pytest.mark.parametrize(
    ("name", "harm", "reason"),
    [
        ("ntriples/2017.nt", lambda data: data.replace(b"Absatz", b"Absatx", 1), "does not hold the records"),
        ("ntriples/2017.nt", lambda data: data[:-200], "does not hold the records"),
        ("hashes/2017.txt", lambda data: data.replace(b"  ", b" "), "is no list of hashes"),
        ("manifest.json", lambda data: data.replace(b'"hashes/2017.txt"', b'"hashes/../../2017.txt"'), "is not a path"),
    ],
    ids=["byte", "end", "list", "path"],
)
def test_a_damaged_dump_is_not_compared(
    tmp_path: Path, pair: tuple[Path, Path], name: str, harm: Any, reason: str
) -> None:
    broken = shutil.copytree(pair[0], tmp_path / "broken")
    (broken / name).write_bytes(harm((broken / name).read_bytes()))
    with pytest.raises(OutputError, match=reason):
        list(Diff.of(broken, pair[1]).patch())


def test_a_packed_file_that_is_cut_off_is_said(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    packed = dump(tmp_path / "new", [record(1, title="Neu")], config=CONFIG.replace('"none"', '"gzip"'))
    path = packed / "ntriples" / "2017.nt.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()))[:-20])
    with pytest.raises(OutputError, match="ends too early"):
        list(Diff.of(pair[0], packed).patch())
