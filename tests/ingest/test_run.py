from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from lod.ingest import prepare
from lod.ingest.register import NAME
from lod.ingest.run import ingest_documents

RELEASE = """\
# Neue Brücke fertig

Stadt Beispiel, Pressemitteilung Nr. {number}/2020, 2020-05-03

Der Rat hat zugestimmt. Meinungs austausch.
"""


@pytest.fixture
def docs(tmp_path: Path) -> Any:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.md").write_text(RELEASE.format(number=number))
    return folder


def _files(root: Path) -> Any:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _run(archive: Path, *paths: Path, **options: Any) -> Any:
    results = []
    summary = ingest_documents(archive, paths, tell=results.append, **options)
    return summary, [result.outcome for result in results]


def _record(archive: Path, number: int = 1) -> Any:
    return archive / f"releases/2020/stadt-beispiel-{number}.md"


def test_documents_become_records_with_their_sources(archive: Path, docs: Path, reader: None) -> None:
    summary, outcomes = _run(archive, docs)
    assert [outcome.kind for outcome in outcomes] == ["new"] * 3
    assert not summary.failed
    assert (summary.checks, summary.suspicions, summary.invalid) == (3, 3, 0)
    text = _record(archive).read_text()
    assert text.startswith("---\nid: stadt-beispiel/2020/1\n")
    assert "# check: looks like a issued\nissued: 2020-05-03\n" in text
    source = text.split("file: ")[1].split("\n")[0]
    assert (archive / source).read_bytes() == (docs / "1.md").read_bytes()


def test_a_second_run_changes_nothing(archive: Path, docs: Path, reader: None) -> None:
    _run(archive, docs)
    before = _files(archive)
    for options in ({}, {"update": True}, {"shown": True}):
        summary, outcomes = _run(archive, docs, **options)
        assert [outcome.kind for outcome in outcomes] == ["unchanged"] * 3
        assert _files(archive) == before
        assert not summary.failed


def test_a_lost_register_is_no_harm(archive: Path, docs: Path, reader: None) -> None:
    _run(archive, docs)
    before = _files(archive)
    (archive / NAME).unlink()
    assert [outcome.kind for outcome in _run(archive, docs)[1]] == ["unchanged"] * 3
    assert _files(archive) == before


def test_a_changed_document_shows_what_would_change_and_waits(archive: Path, docs: Path, reader: None) -> None:
    _run(archive, docs)
    before = _record(archive).read_bytes()
    (docs / "1.md").write_text(RELEASE.format(number=1).replace("zugestimmt", "abgelehnt"))
    summary, outcomes = _run(archive, docs)
    assert [outcome.kind for outcome in outcomes] == ["changed", "unchanged", "unchanged"]
    assert "--update" in outcomes[0].message
    assert any(line.startswith("+Der Rat hat abgelehnt") for line in outcomes[0].diff)
    assert summary.failed
    assert _record(archive).read_bytes() == before
    summary, outcomes = _run(archive, docs, update=True)
    assert [outcome.kind for outcome in outcomes] == ["updated", "unchanged", "unchanged"]
    assert not summary.failed
    assert "abgelehnt" in _record(archive).read_text()


def test_an_edited_record_is_kept(archive: Path, docs: Path, reader: None) -> None:
    _run(archive, docs)
    _record(archive).write_text(_record(archive).read_text().replace("Neue Brücke", "Die neue Brücke"))
    before = _record(archive).read_bytes()
    assert _run(archive, docs)[1][0].kind == "unchanged"
    summary, outcomes = _run(archive, docs, update=True)
    assert (outcomes[0].kind, summary.failed) == ("unchanged", False)
    (docs / "1.md").write_text(RELEASE.format(number=1).replace("zugestimmt", "abgelehnt"))
    for options in ({}, {"update": True}):
        summary, outcomes = _run(archive, docs, **options)
        assert (outcomes[0].kind, summary.failed) == ("edited", True)
        assert any("abgelehnt" in line for line in outcomes[0].diff)
        assert _record(archive).read_bytes() == before


def test_a_record_that_a_person_wrote_is_kept(archive: Path, docs: Path, reader: None) -> None:
    _record(archive).parent.mkdir(parents=True)
    _record(archive).write_text("---\ntitle: Von Hand\n---\n")
    summary, outcomes = _run(archive, docs, update=True)
    assert [outcome.kind for outcome in outcomes] == ["taken", "new", "new"]
    assert "not made by lod ingest" in outcomes[0].message
    assert _record(archive).read_text() == "---\ntitle: Von Hand\n---\n"
    assert summary.failed


def test_an_identity_is_minted_once(archive: Path, docs: Path, reader: None) -> None:
    (docs / "4.md").write_text("# Neue Bürgermeisterin\n\nStadt Beispiel, 2020-05-04\n\nSie kommt.\n")
    _run(archive, docs)
    path = archive / "releases/2020/stadt-beispiel-0504-neue-buergermeisterin.md"
    assert path.exists()
    (docs / "4.md").write_text("# Die neue Bürgermeisterin\n\nStadt Beispiel, 2020-05-05\n\nSie kommt.\n")
    _run(archive, docs, update=True)
    text = path.read_text()
    assert "id: stadt-beispiel/2020/0504-neue-buergermeisterin\n" in text
    assert "title: Die neue Bürgermeisterin\n" in text
    assert len(list(path.parent.iterdir())) == 4


@pytest.mark.parametrize("update", [False, True])
def test_two_documents_with_one_identity_collide(archive: Path, docs: Path, reader: None, update: bool) -> None:
    (docs / "9.md").write_text(RELEASE.format(number=1).replace("zugestimmt", "abgelehnt"))
    for _ in range(2):
        summary, outcomes = _run(archive, docs, update=update)
        assert outcomes[-1].kind == "taken"
        assert "has the identity stadt-beispiel/2020/1, as" in outcomes[-1].message
        assert "zugestimmt" in _record(archive).read_text()
        assert summary.failed


def test_the_same_document_twice_is_one_record(archive: Path, docs: Path, reader: None) -> None:
    (docs / "copy.md").write_bytes((docs / "1.md").read_bytes())
    assert [outcome.kind for outcome in _run(archive, docs)[1]] == ["new", "new", "new", "unchanged"]
    assert [outcome.kind for outcome in _run(archive, docs)[1]] == ["unchanged"] * 4


def test_a_removed_record_is_made_again(archive: Path, docs: Path, reader: None) -> None:
    _run(archive, docs)
    _record(archive).unlink()
    assert [outcome.kind for outcome in _run(archive, docs)[1]] == ["new", "unchanged", "unchanged"]


def test_broken_documents_are_listed_and_the_rest_is_read(archive: Path, docs: Path, reader: None) -> None:
    (docs / "0-empty.md").touch()
    (docs / "0-loop.md").symlink_to(docs / "0-loop.md")
    (docs / "0-wrong.pdf").write_text("Text")
    (docs / "2-bug.md").write_text("# BUG\n")
    summary, _outcomes = _run(archive, docs, docs / "missing.md")
    assert summary.outcomes == {"new": 3, "refused": 5}
    reasons = {Path(problem["document"]).name: problem["reason"] for problem in summary.as_json()["problems"]}
    assert reasons["0-empty.md"] == "empty"
    assert reasons["0-loop.md"] == "a link that leads back to itself"
    assert reasons["0-wrong.pdf"] == "wrong suffix: the content is not PDF"
    assert "stumbled" in reasons["2-bug.md"]
    assert reasons["missing.md"] == "no such file or directory"


def test_names_that_are_no_unicode(archive: Path, docs: Path, reader: None) -> None:
    name = os.fsencode(docs) + b"/\xff\xfe.md"
    with open(name, "wb") as file:  # noqa: PTH123 - a Path of bytes does not exist
        file.write(RELEASE.format(number=7).encode())
    for kind in ("new", "unchanged"):
        summary, outcomes = _run(archive, docs)
        assert outcomes[-1].kind == kind
    json.dumps(summary.as_json(), ensure_ascii=False).encode()


def test_an_endless_document_is_given_up(
    archive: Path, docs: Path, reader: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(document: Any) -> None:
        while True:
            pass

    from lod.archive import Archive

    monkeypatch.setattr(prepare, "_workshop", lambda root: (Archive.open(root), endless))
    monkeypatch.setattr(prepare, "_SECONDS", 0.05)
    assert _run(archive, docs / "1.md")[1][0].message == "took longer than 0.05 seconds"


def test_new_names_are_counted(archive: Path, docs: Path, reader: None) -> None:
    summary, _ = _run(archive, docs)
    assert {tuple(name): count for name, count in summary.names.items()} == {
        ("organisation", "Stadt Beispiel"): 3,
        ("person", "Erika Muster"): 3,
    }


def test_records_that_are_not_valid_are_written_and_marked(archive: Path, docs: Path, reader: None) -> None:
    (docs / "1.md").write_text("# Titel\n\nStadt Beispiel, 2020-99-99\n")
    summary, outcomes = _run(archive, docs / "1.md")
    assert (summary.invalid, summary.failed) == (1, True)
    assert "# check: no such day or time" in (archive / outcomes[0].record).read_text()
