from __future__ import annotations

import gzip
import json

import pytest
import zstandard

from lod.archive import Archive
from lod.errors import Place
from lod.harvest import harvest, partitions
from tests.harvest.conftest import Make, everything, told


def _line(number: int) -> str:
    return json.dumps({"number": f"{number}/2017", "title": "Maß", "issuers": ["stadt"]}, ensure_ascii=False) + "\n"


LINES = "".join(_line(number) for number in range(1, 4))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", LINES.encode()),
        ("a.ndjson", LINES.encode()),
        ("a.JSONL", b"\xef\xbb\xbf" + LINES.replace("\n", "\r\n").encode()),
        ("a.jsonl.gz", gzip.compress(LINES.encode(), mtime=0)),
        (
            "a.jsonl.gz",
            gzip.compress(_line(1).encode(), mtime=0) + gzip.compress((_line(2) + _line(3)).encode(), mtime=0),
        ),
        ("a.jsonl.zst", zstandard.compress(LINES.encode())),
        ("a.jsonl.zst", zstandard.compress(_line(1).encode()) + zstandard.compress((_line(2) + _line(3)).encode())),
    ],
)
def test_records_plain_and_packed(make: Make, name: str, data: bytes) -> None:
    found = everything(make({f"releases/{name}": data}))
    assert [harvested.release and harvested.release.number for harvested in found] == ["1/2017", "2/2017", "3/2017"]
    assert [harvested.place.line for harvested in found] == [1, 2, 3]


def test_blank_lines_are_no_records_but_count(make: Make) -> None:
    found = everything(make({"releases/a.jsonl": f"\n{_line(1)}   \n{_line(2).strip()}"}))
    assert [harvested.place.line for harvested in found] == [2, 4]


def test_a_bad_line_is_one_refused_record_with_all_its_faults(make: Make) -> None:
    bad = (
        '{"number": 7, "titel": "x", "title": "y", "issued": "gestern", '
        '"people": [{"name": "A"}, {"name": 5.5, "x": 1}]}\n'
    )
    archive = make({"releases/a.jsonl": _line(1) + bad + '{"title": \n' + _line(2)})
    found = everything(archive)
    assert [harvested.release is None for harvested in found] == [False, True, True, False]
    assert {(fault.field, fault.place.line) for fault in found[1].faults} == {
        ("titel", 2),
        ("issued", 2),
        ("issuers", 2),
        ("people.1.x", 2),
    }
    assert found[1].raw == bad.encode()
    assert [str(fault) for fault in found[2].faults] == ["releases/a.jsonl:3: not JSON: Expecting value (column 10)"]


def test_a_line_that_is_too_long_is_a_fault_and_the_next_is_read(make: Make) -> None:
    config = '[[sources]]\npath = "a.jsonl"\nlongest = 1000\n'
    long = json.dumps({"title": "x" * 5_000}) + "\n"
    found = everything(make({"a.jsonl": _line(1) + long + _line(2)}, config))
    assert [harvested.release is not None for harvested in found] == [True, False, True]
    assert str(found[1].faults[0]) == "a.jsonl:2: longer than 1000 bytes; raise `longest` of the source"
    assert len(found[1].raw) == 1000


@pytest.mark.slow
def test_fifty_megabytes_in_a_line(make: Make) -> None:
    data = gzip.compress(b'{"title": "' + b"x" * 50_000_000 + b'"}\n' + _line(2).encode(), 1)
    found = everything(make({"releases/a.jsonl.gz": data}))
    assert [str(fault) for fault in found[0].faults] == [
        "releases/a.jsonl.gz:1: longer than 16000000 bytes; raise `longest` of the source"
    ]
    assert found[1].release is not None


@pytest.mark.parametrize("size", [1, 60, 100, 150, 1_000, 100_000])
def test_ranges_of_a_file_together_are_the_file(make: Make, size: int) -> None:
    lines = "\n".join([_line(number) * (number % 3) for number in range(1, 40)]) + _line(99).strip()
    archive = make({"releases/a.jsonl": lines})
    expected = [(place.line, number) for place, number in _numbers(archive, 1 << 30)]
    assert [(place.line, number) for place, number in _numbers(archive, size)] == expected
    assert len(expected) == 40
    if size < 1_000:
        assert len(list(partitions(archive, size))) > 5


def _numbers(archive: Archive, size: int) -> list[tuple[Place, str | None]]:
    return [
        (harvested.place, harvested.release.number if harvested.release else None)
        for partition in partitions(archive, size)
        for harvested in harvest(archive, partition)
    ]


def test_numbers_and_bytes_that_are_no_text(make: Make) -> None:
    assert told(make({"releases/a.jsonl": b'"nur Text"\n[1]\n{"title": "\xe4"}\n'})) == [
        'releases/a.jsonl:1: a mapping is needed, found "nur Text"',
        "releases/a.jsonl:2: a mapping is needed, found a list",
        "releases/a.jsonl:3: not UTF-8: byte 0xE4 (column 12)",
    ]


SOURCE = """
[[sources]]
path = "other.jsonl"
fields.title = "headline"
fields.number = "no"
fields.issuers = {value = ["stadt"]}
"""


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "x", "issuers": ["stadt"], "title": "y"}', 'key "title" occurs twice (column 38)'),
        ('{"title": "x", "titl\\u0065": "x"}', 'key "title" occurs twice (column 16)'),
        ('{"rights": {"holder": "A", "holder": "A"}}', 'key "holder" occurs twice (column 28)'),
        ('{"people": [{"name": "A"}, {"name": "B", "name": "C"}]}', 'key "name" occurs twice (column 42)'),
        ('{"number": NaN}', "not JSON: NaN is not a number of JSON"),
        ('{"number": -Infinity}', "not JSON: -Infinity is not a number of JSON"),
    ],
)
@pytest.mark.parametrize("name", ["releases/a.jsonl", "other.jsonl"])
def test_what_other_readers_pass_over_is_a_fault(make: Make, name: str, line: str, reason: str) -> None:
    """The first line is good: a source that is only broken would prove nothing."""
    good = _line(1) if name.startswith("releases") else '{"headline": "Maß", "no": "1/2017"}\n'
    found = everything(make({name: good + line + "\n"}, SOURCE if name == "other.jsonl" else ""))
    assert [harvested.release is not None for harvested in found] == [True, False]
    assert [str(fault) for fault in found[1].faults] == [f"{name}:2: {reason}"]


@pytest.mark.parametrize("digits", ["1.10", "2.0", "1.000000000000000001", "17", "12345678901234567890"])
def test_numbers_keep_their_digits(make: Make, digits: str) -> None:
    line = f'{{"title": {digits}, "id": "a", "issuers": ["stadt"]}}\n'
    other = f'{{"headline": {digits}, "no": "1/2017"}}\n'
    found = everything(make({"releases/a.jsonl": line, "other.jsonl": other}, SOURCE))
    assert [harvested.release and harvested.release.title for harvested in found] == [digits, digits]


def test_half_a_surrogate_pair(make: Make) -> None:
    (fault,) = told(make({"releases/a.jsonl": '{"title": "\\ud83d", "issuers": ["stadt"], "id": "a"}\n'}))
    assert fault.startswith("releases/a.jsonl:1: ")
