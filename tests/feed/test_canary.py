"""Canary strings in all that must stay private: not one byte of them below the public folder."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from lod.formats import FORMATS
from tests.dump.archives import record, tree
from tests.feed.stages import Stage, step

EVERYWHERE = {
    "title": "KANARI-title",
    "subtitle": "KANARI-subtitle",
    "kicker": "KANARI-kicker",
    "lead": "KANARI-lead",
    "body": "KANARI-body **KANARI-strong** [KANARI-link](https://kanari.example/)",
    "boilerplate": ["KANARI-boilerplate"],
    "notes": ["KANARI-notes"],
    "dateline": {"text": "KANARI-dateline", "places": ["KANARI-dateplace"]},
    "contacts": [
        {"name": "KANARI-contact", "mail": "kanari@stadt.example", "channel": "public"},
        {"name": "KANARI-press", "phone": "KANARI-phone"},
    ],
    "people": [{"name": "KANARI Person", "function": "KANARI-function", "organisation": "KANARI-at"}],
    "organisations": ["KANARI-organisation"],
    "places": ["KANARI-place"],
    "keywords": ["KANARI-keyword"],
    "identifiers": [{"scheme": "idtype:web", "value": "KANARI-identifier"}],
    "quotations": [{"id": "q1", "text": "KANARI-body", "speakers": ["KANARI Person"]}],
    "attachments": [
        {"name": "kanari.pdf", "media_type": "application/pdf", "role": "rendition"},
        {"name": "kanari.jpg", "media_type": "image/jpeg", "role": "picture", "caption": "KANARI-caption"},
    ],
    "rights": {"notice": "KANARI-rights", "holder": "KANARI-holder", "usage_terms": "KANARI-terms"},
    "source": {"file": "sources/kanari.md", "url": "https://kanari.example/source"},
    "subjects": ["medtop:20000645"],
}
LATER = {"until": "2027-01-01T00:00:00+01:00", "note": "KANARI-embargo"}
OPEN = 'body = "both"'


def found(folder: Path, *canaries: str) -> dict[str, list[str]]:
    """The files that hold a canary, in their bytes, unpacked, or in their names; whatever its case."""
    held = {}
    for name, data in tree(folder).items():
        plain = gzip.decompress(data) if name.endswith(".gz") else data
        said = name.lower().encode() + b"\n" + plain.lower()
        held[name] = [canary for canary in canaries if canary.lower().encode() in said]
    return {name: canaries_ for name, canaries_ in held.items() if canaries_}


@pytest.mark.parametrize(
    "hidden",
    [
        {"embargo": LATER},
        {"embargo": {"note": "KANARI: bis zur Rede"}},
        {"status": "withheld"},
        step("withhold"),
        {"embargo": LATER, **step("withhold")},
        {"embargo": LATER, **step("cancel")},
    ],
    ids=["embargo", "embargo without end", "withheld", "withheld with history", "both", "killed under embargo"],
)
def test_nothing_of_what_is_hidden_is_below_out(tmp_path: Path, hidden: dict[str, Any]) -> None:
    stage = Stage(tmp_path, OPEN)
    canary = record(4, id="stadt/2017/kanari-geheime-fusion", **EVERYWHERE, **hidden)
    done = stage.export(record(1), canary, record(2), formats=list(FORMATS))
    assert (done.dump.counts.exported, done.dump.counts.withheld, done.dump.counts.rejected) == (2, 1, 0)
    assert found(stage.out, "kanari", "20000645", "4/2017") == {}


def test_the_canaries_sing_when_they_may(tmp_path: Path) -> None:
    """The test above is worth something only if the same record is found once it is public."""
    stage = Stage(tmp_path, newsml='audience = "press"')
    stage.export(record(4, id="stadt/2017/kanari-geheime-fusion", **EVERYWHERE), formats=list(FORMATS))
    said = " ".join(data.decode("utf-8", "replace") for data in tree(stage.out).values())
    silent = [word for word in str(EVERYWHERE).split("'") if word.startswith("KANARI-") and word.split()[0] not in said]
    assert silent == []


@pytest.mark.parametrize("relation", ["related", "replaces", "replaced_by", "translation_of"])
def test_a_public_release_does_not_name_a_hidden_one(tmp_path: Path, relation: str) -> None:
    stage = Stage(tmp_path)
    hush = "stadt/2017/kanari-geheime-fusion"
    named: Any = ["stadt/2018/2", hush] if relation == "related" else hush
    told = record(1, **{relation: named})
    hidden = record(4, id=hush, embargo={"until": "2026-11-25T13:02:30+01:00"})
    stage.export(told, record(2), hidden, formats=list(FORMATS))
    assert found(stage.out, "kanari") == {}
    if relation == "related":
        assert "dcterms:relation <https://presse.example.org/release/stadt/2018/2>" in read(stage, "turtle/2017.ttl")
    for _ in range(2):  # the embargo ends between the two
        done = stage.export(told, record(2), hidden, formats=list(FORMATS))
        assert done.dump.counts.rejected == 0
    assert hush in read(stage, "turtle/2017.ttl")


def read(stage: Stage, name: str) -> str:
    return (stage.out / name).read_text(encoding="utf-8")


def test_contacts_for_newsrooms_are_nowhere_in_public(tmp_path: Path) -> None:
    stage = Stage(tmp_path, OPEN)
    contacts = [
        {"name": "KANARI-name", "role": "KANARI-role", "organisation": "KANARI-office", "phone": "KANARI-phone"},
        {"mail": "kanari@stadt.example", "url": "https://kanari.example/", "channel": "press"},
        {"mail": "offen@stadt.example", "channel": "public"},
    ]
    stage.export(record(1, contacts=contacts), formats=list(FORMATS))
    assert found(stage.out, "kanari") == {}
    assert found(stage.out, "offen@stadt.example")


def test_a_feed_for_the_press_is_not_made_public(tmp_path: Path) -> None:
    stage = Stage(tmp_path, newsml='audience = "press"')
    told = record(1, contacts=[{"mail": "kanari@stadt.example"}])
    stage.export(told)
    assert found(stage.out, "kanari")
    stage.config = stage.config.replace('audience = "press"', "")
    with pytest.raises(Exception, match=r"newsml\.audience: .* has messages for newsrooms only"):
        stage.export(told)


@pytest.mark.parametrize("kind", ["cancel", "withhold"])
def test_after_a_kill_nothing_of_the_text_is_left(tmp_path: Path, kind: str) -> None:
    stage = Stage(tmp_path, OPEN)
    stage.export(record(1), record(4, **EVERYWHERE), formats=list(FORMATS))
    stage.export(record(1), record(4, **EVERYWHERE, **step("update")), formats=list(FORMATS))
    assert len(found(stage.out, "kanari-body")) > 8
    stage.export(record(1), record(4, **EVERYWHERE, **step("update", kind)), formats=list(FORMATS))
    # What a tombstone keeps: whose rights they are, other identifiers, and the names of files that are to be deleted.
    kept = ("kanari-rights", "kanari-holder", "kanari-terms", "kanari-identifier")
    gone = [word for word in str(EVERYWHERE).lower().split("'") if word.startswith("kanari-") and word not in kept]
    assert found(stage.out, *(word.split()[0] for word in gone), "kanari person") == {}
