from __future__ import annotations

import gzip
import itertools
import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring

from lod.archive import Archive
from lod.harvest import Harvested, harvest, partitions
from tests.harvest.archives.ready import ready


@pytest.fixture(scope="module")
def archive(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(ready("doj", corpus, tmp_path_factory.mktemp("archive")))


def _records(archive: Archive) -> Iterator[tuple[Harvested, dict[str, Any]]]:
    (partition,) = partitions(archive, 1 << 20)
    with gzip.open(archive.root / "doj.jsonl.gz") as source:
        yield from zip(harvest(archive, partition), map(json.loads, source), strict=False)


def _shown(html: str) -> str:
    """The text of a page as a browser has it, read without our help."""
    page = document_fromstring(f"<div>{html}</div>")
    for element in page.xpath("//script|//style|//title|//object|//noscript|//iframe"):
        element.drop_tree()
    text = page.text_content().translate({code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)})
    return unicodedata.normalize("NFC", text)


def _words(text: str) -> str:
    """The characters that are read, without blanks and marks of lists and tables."""
    plain = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"))
    return "".join(char for char in plain if not char.isspace() and char != "|")


def test_the_first_release(archive: Archive) -> None:
    harvested, source = next(_records(archive))
    release = harvested.release
    assert release is not None
    assert str(harvested.place) == "doj.jsonl.gz:1"
    assert (release.path, release.number, release.issued, release.language) == (
        "doj/0",
        "18-484",
        date(2018, 4, 13),
        "en",
    )
    assert release.title == source["title"]
    assert release.body is not None
    assert release.body.startswith("A federal grand jury sitting in Miami, Florida, returned")
    assert release.body.endswith("found on the divisions [website](http://www.justice.gov/tax).")
    assert release.body.count("\n\n") == 6
    assert [organisation.name for organisation in release.organisations] == source["components"]
    assert release.keywords == ("Tax",)
    assert release.source is not None
    assert release.source.url == source["url"]


def test_attachments_are_addresses(archive: Archive) -> None:
    harvested, _ = next(itertools.islice(_records(archive), 2, None))
    assert harvested.release is not None
    assert [(file.name, file.url) for file in harvested.release.attachments] == [
        ("1052906.pdf", "https://www.justice.gov/opa/press-release/file/1052906/download")
    ]


@pytest.mark.slow
def test_one_record_of_all_is_refused_and_no_word_of_the_others_is_lost(archive: Archive) -> None:
    refused, numbers, days = [], {}, set()
    count = 0
    for harvested, source in _records(archive):
        count += 1
        if harvested.release is None:
            refused.extend(map(str, harvested.faults))
            continue
        numbers[source["pr_number"]] = harvested.release.number
        days.add(type(harvested.release.issued))
        assert _same_but_numbers(_words(_shown(source["body_html"])), _words(harvested.release.text)), source["id"]
    assert count == 12_694
    (fault,) = refused
    assert fault.startswith("doj.jsonl.gz:569: number: not as the source's pattern says ")
    assert fault.endswith(': "Fraudsters Allegedly Scammed Elderly Victims Out of Hundreds…" (from "pr_number")')
    assert days == {date}
    assert {printed: numbers[printed] for printed in ("18 - 476", "17- 297", "18-", "17-616 and 17-618", None)} == {
        "18 - 476": "18-476",
        "17- 297": "17-297",
        "18-": "18-",
        "17-616 and 17-618": "17-616 and 17-618",
        None: None,
    }


def _same_but_numbers(expected: str, found: str) -> bool:
    """Whether texts differ only in the numbers of list items, which the plain text has and the source does not."""
    at = 0
    for char in found:
        if at < len(expected) and char == expected[at]:
            at += 1
        elif char not in "0123456789.":
            return False
    return at == len(expected)
