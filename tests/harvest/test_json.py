from __future__ import annotations

from tests.harvest.conftest import Make, everything, told


def test_a_file_is_a_record_or_a_list(make: Make) -> None:
    one = '{"number": "1/2017", "title": "Grüße", "issuers": ["stadt"]}'
    archive = make(
        {"releases/a.json": one, "releases/b.json": f"[{one.replace('1/', '2/')},\n {one.replace('1/', '3/')}]"}
    )
    assert [
        (harvested.release and harvested.release.number, str(harvested.place)) for harvested in everything(archive)
    ] == [
        ("1/2017", "releases/a.json:1"),
        ("2/2017", "releases/b.json:1"),
        ("3/2017", "releases/b.json:2"),
    ]


def test_faults_have_lines(make: Make) -> None:
    text = '{\n "title": "",\n "issuers": [\n  "stadt",\n  "Stadt Köln"\n ]\n}'
    assert told(make({"releases/a.json": text})) == [
        "releases/a.json:2: title: empty",
        'releases/a.json:5: issuers.1.authority: not like "dst": "Stadt Köln"',
    ]


def test_broken_json_tells_line_and_column(make: Make) -> None:
    (fault,) = told(make({"releases/a.json": '{"title": "a",\n "b" 1}'}))
    assert fault.startswith("releases/a.json:2: not JSON: ")
    assert fault.endswith("(column 6)")


def test_a_key_that_occurs_twice_is_a_fault(make: Make) -> None:
    assert told(make({"releases/a.json": '{"title": "a",\n"title": "b"}'})) == [
        'releases/a.json:2: key "title" occurs twice (column 1)'
    ]
