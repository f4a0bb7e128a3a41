"""A synthetic archive in the shape of our record, and the same content as flat rows for peers that read CSV.

`python tests/bench/synthetic.py FOLDER --records 10000 --seed 7`: the same seed gives the same bytes. In FOLDER are two
archives of the same records, `flat` with the mapping of the peers and `core` with the whole one, and `records.csv`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    # As a script it finds its siblings by the names they have in the tests.
    sys.path.insert(0, str(ROOT))

from lod.term import slug  # noqa: E402 - found only from here on
from tests.bench import invented  # noqa: E402 - found only from here on

__all__ = ["BASE", "CSV", "LINES", "MAPPINGS", "Made", "make", "records"]

BASE = "https://presse.example.org/"
MAPPINGS = Path(__file__).with_name("mapping")
CSV = "records.csv"
LINES = Path("releases") / "records.jsonl"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_PUBLISHERS = ("stadt-beispielhausen", "kreis-muehlenau", "staedtebund-musterland", "landesamt-fuer-fischerei")
_OFFICIALS = ("anna-beispiel", "greta-ohneland", "cem-oeztuerk")
_CONFIG = """base = "{base}"
title = "Synthetisches Archiv"
description = "Erfundene Pressemitteilungen, zum Messen."
publisher = "stadt-beispielhausen"
language = "de"
time_zone = "Europe/Berlin"
recorded = "2026-11-02T09:00:00+01:00"
mapping = ["{mapping}"]
[dump]
compression = "none"
"""


class Made(NamedTuple):
    """A record as it stands in JSON Lines, and as a row of a table; an empty cell is nothing."""

    record: dict[str, Any]
    row: dict[str, str]


def records(count: int, seed: int) -> Iterator[Made]:
    """Records and rows, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - the same archive in every run
    for number in range(1, count + 1):
        yield _made(random, number)


def make(folder: Path, count: int, seed: int) -> None:
    """Write the two archives and the rows. The records are one file, which both archives hold."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, mapping in (("flat", "bench.toml"), ("core", "core")):
        for part in ("releases", "authorities", "vocab"):
            (folder / name / part).mkdir(parents=True)
        (folder / name / "archive.toml").write_text(_CONFIG.format(base=BASE, mapping=mapping), encoding="utf-8")
        (folder / name / "authorities" / "all.json").write_text(json.dumps(_authorities()), encoding="utf-8")
    shutil.copyfile(MAPPINGS / "bench.toml", folder / "flat" / "vocab" / "bench.toml")
    lines = folder / "flat" / LINES
    with lines.open("wb") as sink, (folder / CSV).open("w", encoding="utf-8", newline="") as rows:
        table: csv.DictWriter[str] | None = None
        for made in records(count, seed):
            sink.write(json.dumps(made.record, ensure_ascii=False).encode() + b"\n")
            if table is None:
                table = csv.DictWriter(rows, list(made.row), lineterminator="\n")
                table.writeheader()
            table.writerow(made.row)
    os.link(lines, folder / "core" / LINES)


def _authorities() -> list[dict[str, Any]]:
    bodies = [{"id": one, "kind": "organisation", "name": one.replace("-", " ").title()} for one in _PUBLISHERS]
    people = [{"id": one, "kind": "person", "name": one.replace("-", " ").title()} for one in _OFFICIALS]
    return [*bodies, *people, {"id": "beispielhausen", "kind": "place", "name": "Beispielhausen"}]


def _made(random: Random, number: int) -> Made:
    """One record with all its fields, and its row."""
    record = {**_identity(random, number), **_content(random, number), **_files(random, number)}
    plain = record.pop("plain")
    kept = {key: value for key, value in record.items() if value is not None}
    return Made(kept, _row(record, f"{record['lead']}\n\n{plain}"))


def _identity(random: Random, number: int) -> dict[str, Any]:
    """Who issued it under which number and when; now and then jointly, at an hour, or changed later."""
    year, count = 1997 + number % 29, number // 29 + 1
    day = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    publisher = _PUBLISHERS[number % 4]
    partner = _PUBLISHERS[(number + 1) % 4] if random.random() < 0.5 else None
    return {
        "number": f"{count}/{year}",
        "identifiers": [{"scheme": "idtype:web", "value": str(400_000 + number)}],
        "language": "de",
        "issued": f"{day}T10:30:00+02:00" if random.random() < 0.2 else day,
        "modified": f"{year + 1}-02-03T09:15:00+01:00" if random.random() < 0.1 else None,
        "recorded": "2026-11-02T09:00:00+01:00",
        "embargo": {"until": f"{year + 1}-01-02T11:00:00+01:00"} if random.random() < 0.05 else None,
        "dateline": {"text": f"{random.choice(invented.PLACES)}, {day}", "places": [{"authority": "beispielhausen"}]},
        "publisher": publisher,
        "issuers": [publisher, partner] if partner else [publisher],
    }


def _content(random: Random, number: int) -> dict[str, Any]:
    """The text, with whom and what it names; `plain` is the body without mark-up."""
    given, family = random.choice(invented.GIVEN), random.choice(invented.FAMILY)
    person = {"name": f"{given} {family}", "honorific": "Dr.", "given": given, "family": family}
    official = random.choice(_OFFICIALS)
    officer = {"name": official.replace("-", " ").title(), "authority": official, "function": "Geschäftsführung"}
    speakers = [person["name"], officer["name"]]
    quoted = [invented.quotation(random, 2 * number + which) for which in range(2)]
    prose = invented.body(random, quoted, speakers, marked=number % 5 == 0)
    return {
        "title": invented.headline(random),
        "subtitle": invented.headline(random) if random.random() < 0.7 else None,
        "kicker": random.choice(invented.KEYWORDS),
        "lead": f"{invented.sentence(random)} {invented.sentence(random)}",
        "body": prose.markdown,
        "plain": prose.plain,
        "boilerplate": [f"Über uns: {invented.sentence(random)}"],
        "notes": [f"Hinweis an die Redaktionen: {invented.sentence(random)}"],
        "contacts": [{"name": "Käthe Groß", "phone": "+49 211 4587-1", "mail": "presse@stadt.example"}],
        "people": [{**person, "function": "Sprecherin", "organisation": "Wasserverband Süd"}, officer],
        "organisations": ["Wasserverband Süd"],
        "places": [{"authority": "beispielhausen"}, random.choice(invented.PLACES)],
        "subjects": [f"medtop:{code}" for code in random.sample(invented.SUBJECTS, 3)],
        "keywords": random.sample(invented.KEYWORDS, 3),
        "genre": "genre:Press_Release",
        "quotations": [
            {"id": f"q{which}", "text": words, "speakers": [speaker]}
            for which, (words, speaker) in enumerate(zip(quoted, speakers, strict=True), 1)
        ],
    }


def _files(random: Random, number: int) -> dict[str, Any]:
    """What came with it, whose it is, and what became of it."""
    changed = [{"version": 2, "at": "2026-02-21T09:30:00+01:00", "kind": "correction", "note": "8 statt 7 Uhr."}]
    url = f"https://stadt.example/presse/{number}"
    corrected = random.random() < 0.05
    picture = {"name": "bild.jpg", "url": f"{url}.jpg", "media_type": "image/jpeg", "role": "picture"}
    return {
        "attachments": [
            {
                "name": "pm.pdf",
                "url": f"{url}.pdf",
                "media_type": "application/pdf",
                "role": "rendition",
                "bytes": 48_213,
            },
            {**picture, "caption": invented.sentence(random), "credit": "Foto: Jäger", "width": 3000, "height": 2000},
        ],
        "rights": {"licence": _LICENCE, "notice": f"© {1997 + number % 29} Stadt Größenwahn"},
        "version": 2 if corrected else 1,
        "changes": changed if corrected else None,
        "source": {
            "file": f"sources/{number}.md",
            "media_type": "text/markdown",
            "bytes": random.randint(1500, 9000),
            "sha256": random.randbytes(32).hex(),
            "url": url,
            "retrieved": "2026-11-01T08:00:00+01:00",
        },
    }


def _row(record: dict[str, Any], text: str) -> dict[str, str]:
    """The record as a row; parts are numbered columns."""
    count, year = record["number"].split("/")
    person, officer = record["people"]
    instant = "T" in record["issued"]
    cells = {
        **{name: record[name] for name in ("publisher", "number", "title", "subtitle", "kicker", "lead", "modified")},
        "year": year,
        "count": count,
        "text": text,
        "partner": record["issuers"][1] if len(record["issuers"]) > 1 else None,
        "genre": record["genre"].removeprefix("genre:"),
        "issued_day": None if instant else record["issued"],
        "issued_at": record["issued"] if instant else None,
        "dateline": record["dateline"]["text"],
        **{f"subject{which}": code.removeprefix("medtop:") for which, code in enumerate(record["subjects"], 1)},
        **{f"keyword{which}": word for which, word in enumerate(record["keywords"], 1)},
        **{f"quotation{which}": one["text"] for which, one in enumerate(record["quotations"], 1)},
        "person": slug(person["name"]),
        **{f"person_{name}": person[name] for name in ("name", "honorific", "given", "family")},
        "official": officer["authority"],
        "source": record["source"]["url"],
        "version": str(record["version"]),
        "licence": record["rights"]["licence"],
        "notice": record["rights"]["notice"],
    }
    return {name: value or "" for name, value in cells.items()}


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args(argv)
    make(arguments.folder, arguments.records, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
