"""How well documents are read: the measure is kept, and what was reached once is not lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.bench.extraction import OWN, Measure, floors, main, measure, raised, reader
from tests.bench.scoring import FIELDS


@pytest.fixture(scope="module")
def own() -> Measure:
    pytest.importorskip("lod.ingest.reading", reason="no reader of documents")
    return measure(OWN, reader())


@pytest.fixture(scope="module")
def shared(corpus: Path) -> Measure:
    pytest.importorskip("lod.ingest.reading", reason="no reader of documents")
    return measure(corpus / "docs", reader())


@pytest.mark.parametrize("name", FIELDS)
def test_own_documents_are_read_as_well_as_ever(own: Measure, name: str) -> None:
    assert own.count(name).f1 >= floors()[own.label][name], _told(own, name)


@pytest.mark.parametrize("name", FIELDS)
def test_shared_documents_are_read_as_well_as_ever(shared: Measure, name: str) -> None:
    assert shared.count(name).f1 >= floors()[shared.label][name], _told(shared, name)


def _told(taken: Measure, name: str) -> str:
    return "\n".join(
        f"{document}: {difference}"
        for document, verdict in taken.verdicts.items()
        for difference in verdict.differences
        if difference.startswith(name.split(maxsplit=1)[0][:8])
    )


def test_floors_name_every_field(own: Measure) -> None:
    assert floors()
    assert all(set(fields) == set(FIELDS) for fields in floors().values())


# ------------------------------------------------------------------------------------------------ the command


def _nothing(path: Path) -> Mapping[str, Any]:
    return {}


def test_command_fails_below_the_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OWN)], _nothing) == 1
    printed = capsys.readouterr().out
    assert "below" in printed
    assert "title: 'Bund und Küstenländer" in printed
    assert main([str(OWN), "--no-gate", "--brief"], _nothing) == 0
    assert "Küstenländer" not in capsys.readouterr().out


def test_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OWN), "--json"], _nothing) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["reached"] is False
    assert set(told["folders"][0]["fields"]) == set(FIELDS)
    assert told["folders"][0]["fields"]["title"] | {"found": 0} == told["folders"][0]["fields"]["title"]


def test_command_says_when_there_is_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)], _nothing) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_document_that_cannot_be_read_does_not_stop_the_rest() -> None:
    def read(path: Path) -> Mapping[str, Any]:
        raise ValueError("no text")

    taken = measure(OWN, read)
    assert taken.count("title").expected == len(taken.verdicts)
    assert all(verdict.differences[0] == "cannot be read: ValueError: no text" for verdict in taken.verdicts.values())


def test_floors_only_rise() -> None:
    taken = measure(OWN, _nothing)
    new = raised({taken.label: {"title": 0.5, "kept out": 0.5}, "other": {"title": 0.1}}, [taken])
    assert new[taken.label]["title"] == 0.5
    assert new[taken.label]["kept out"] == 1
    assert new["other"] == {"title": 0.1}
