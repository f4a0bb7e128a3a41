"""What an export writes is proved; whatever is changed after that is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.archive import Archive
from lod.dump import export
from lod.errors import OutputError
from lod.formats import FORMATS
from lod.sample import make_archive
from lod.verify import Verdict, verify
from tests.verify.dumps import Dump


def found(verdict: Verdict) -> list[str]:
    return [str(finding) for finding in verdict.findings]


def proved(out: Path) -> Verdict:
    """Without shapes and other processes, which take most of the time."""
    return verify(out, jobs=0, quick=True)


def test_an_export_is_proved(exported: Path) -> None:
    verdict = verify(exported, jobs=0)
    assert found(verdict) == []
    assert verdict.passed
    manifest = json.loads((exported / "manifest.json").read_bytes())
    assert verdict.proved["records"] == manifest["counts"]["records"] > 0
    assert verdict.proved["files"] == len(manifest["files"])


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_packed_export_is_proved(compression: str, tmp_path: Path) -> None:
    make_archive(tmp_path / "archive")
    config = tmp_path / "archive" / "archive.toml"
    text = config.read_text(encoding="utf-8").replace('compression = "none"', f'compression = "{compression}"')
    config.write_text(text, encoding="utf-8")
    export(Archive.open(tmp_path / "archive"), tmp_path / "out", list(FORMATS))
    assert found(proved(tmp_path / "out")) == []
    assert any(path.suffix in (".gz", ".zst") for path in (tmp_path / "out" / "ntriples").iterdir())


def test_other_processes_come_to_the_same(dump: Path) -> None:
    (dump / "turtle" / "2026.ttl").write_bytes(b"<https://a.example/> a <b> .")
    here, there = verify(dump, jobs=0), verify(dump, jobs=2)
    assert found(here) == found(there)
    assert here.summary() == there.summary()
    assert not here.passed


@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_made_by_hand_is_proved(tmp_path: Path, packed: bool) -> None:
    assert found(proved(Dump(packed=packed).write(tmp_path))) == []


def flips(folder: Path, step: int) -> Iterator[tuple[Path, int]]:
    """Each place that is to be flipped: every so many bytes of every file, and its last byte."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        for at in {*range(0, size, step), size - 1}:
            yield path, at


@pytest.mark.parametrize(("packed", "bit"), [(False, 0x01), (True, 0x20)])
def test_a_changed_byte_anywhere_is_found(tmp_path: Path, packed: bool, bit: int) -> None:
    Dump(packed=packed).write(tmp_path)
    hidden = []
    places = list(flips(tmp_path, 41))
    for path, at in places:
        data = path.read_bytes()
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        try:
            passed = proved(tmp_path).passed
        except OutputError:
            passed = False
        if passed:
            hidden.append((path.name, at))
        path.write_bytes(data)
    assert hidden == []
    assert len(places) > 100
    assert proved(tmp_path).passed


@pytest.mark.slow
@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_every_changed_byte_of_an_export_is_found(dump: Path, bit: int) -> None:
    for path, at in flips(dump, 997):
        data = path.read_bytes()
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        assert not proved(dump).passed, (path, at)
        path.write_bytes(data)


def test_a_missing_an_added_and_a_shortened_file_are_found(tmp_path: Path) -> None:
    Dump().write(tmp_path)
    (tmp_path / "turtle" / "2026.ttl").unlink()
    (tmp_path / "ntriples" / "2026.nt.bak").write_text("alt")
    item = tmp_path / "newsml" / "2026" / "1_v1.xml"
    item.write_bytes(item.read_bytes()[:-20])
    rules = proved(tmp_path).findings.by_rule
    assert {"file-missing", "file-unlisted", "file-size", "file-digest"} <= set(rules)


def test_a_finding_names_file_record_and_property(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[1][-1] = dump.records[1][-1].replace("@de", "")
    lines = found(proved(dump.write(tmp_path)))
    where = "ntriples/2026.nt: https://presse.example.org/release/stadt/2026/2: schema:headline: "
    assert lines == [where + '"Gebührensatzung nach § 6 geändert" has no language tag [literal-language]']


def test_statements_that_one_format_has_alone_are_named(tmp_path: Path) -> None:
    good = Dump()
    changed = Dump()
    changed.records[0][-1] = changed.records[0][-1].replace("Straße", "Strasse")
    changed.write(tmp_path / "other")
    good.files["turtle/2026.ttl"] = (tmp_path / "other" / "turtle" / "2026.ttl").read_bytes()
    lines = found(proved(good.write(tmp_path / "dump")))
    where = "turtle/2026.ttl: https://presse.example.org/release/stadt/2026/1: schema:headline: "
    differences = [line.removeprefix(where) for line in lines if line.endswith("[graph-differs]")]
    assert differences == [
        'has what ntriples/2026.nt has not: "Bürgermeister eröffnet Strasse „Am Markt“"@de [graph-differs]',
        'has not what ntriples/2026.nt has: "Bürgermeister eröffnet Straße „Am Markt“"@de [graph-differs]',
    ]
    assert [line for line in lines if "hashes/2026.txt" in line and "/release/stadt/2026/1:" in line]


def test_named_graphs_are_the_same_graph_without_the_names(tmp_path: Path) -> None:
    dump = Dump(formats=["turtle", "ntriples", "jsonld", "newsml", "nquads"])
    assert found(proved(dump.write(tmp_path / "whole"))) == []
    dump.files["nquads/2026.nq"] = (tmp_path / "whole" / "nquads" / "2026.nq").read_bytes().replace(b"-14", b"-15", 1)
    rules = proved(dump.write(tmp_path / "changed")).findings.by_rule
    assert rules == {"graph-differs": 2}


def test_one_format_alone_is_proved(tmp_path: Path) -> None:
    for form in ("turtle", "jsonld", "ntriples"):
        assert found(proved(Dump(formats=[form]).write(tmp_path / form))) == []


def test_what_is_no_dump_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        verify(tmp_path / "nichts")
    with pytest.raises(OutputError, match=r"it has no manifest\.json"):
        verify(tmp_path)
    shutil.copyfile(__file__, tmp_path / "datei")
    with pytest.raises(OutputError, match="is not a folder"):
        verify(tmp_path / "datei")


@pytest.mark.parametrize("text", ["", "[]", '{"base": 1}', '{"base": "https://a.example/"}', "{" * 5000])
def test_a_manifest_of_another_form_is_one_finding(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    verdict = proved(tmp_path)
    assert list(verdict.findings.by_rule) == ["manifest-form"]
    assert not verdict.passed


def test_findings_are_counted_and_not_all_kept(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[0] += [
        f'<https://presse.example.org/release/stadt/2026/1> <https://schema.org/keywords> "Wort {n}" .\n'
        for n in range(60)
    ]
    verdict = proved(dump.write(tmp_path))
    assert verdict.errors == 60
    assert len(list(verdict.findings)) == 20
    assert "40 more of the same" in "\n".join(verdict.lines())
