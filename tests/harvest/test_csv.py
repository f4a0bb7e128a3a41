from __future__ import annotations

from tests.harvest.conftest import Make, everything, told

HEADER = "number;title;issued;issuers;dateline.text;people.0.name;people.0.function;people.1.name;keywords;notes\n"
ROW = (
    '15/2017;"Titel; mit ""Zeichen""";2017-07-03;stadt;Düsseldorf, 3. Juli;'
    'Gerd Landsberg;HGF;;"Flucht; Integration";Hinweis\n'
)


def test_a_row_is_a_record(make: Make) -> None:
    (harvested,) = everything(make({"releases/a.csv": "\ufeff" + HEADER + ROW}))
    release = harvested.release
    assert release is not None
    assert release.title == 'Titel; mit "Zeichen"'
    assert release.dateline is not None
    assert release.dateline.text == "Düsseldorf, 3. Juli"
    assert [(person.name, person.function) for person in release.people] == [("Gerd Landsberg", "HGF")]
    assert release.keywords == ("Flucht", "Integration")
    assert release.notes == ("Hinweis",)


def test_a_cell_may_have_lines_and_the_row_begins_where_it_begins(make: Make) -> None:
    text = 'id,title,issuers,body\na,A,stadt,"eins\n\nzwei"\nb,,stadt,x\n'
    first, second = everything(make({"releases/a.csv": text}))
    assert first.release is not None
    assert first.release.body == "eins\n\nzwei"
    assert [str(fault) for fault in second.faults] == ["releases/a.csv:5: title: missing"]


def test_blank_lines_before_the_header_and_between_rows_count(make: Make) -> None:
    found = everything(make({"releases/a.csv": "\n\nid,title,issuers\n\na,A,stadt\n"}))
    assert [(harvested.place.line, harvested.release is not None) for harvested in found] == [(5, True)]


def test_rows_that_do_not_fit_are_refused_and_the_next_is_read(make: Make) -> None:
    text = 'id,title,issuers\na,A\nb,B,stadt,zuviel\nc,"C"x,stadt\nd,D,stadt\n'
    found = everything(make({"releases/a.csv": text}))
    assert [harvested.release is not None for harvested in found] == [False, False, False, True]
    assert [str(harvested.faults[0]) for harvested in found[:2]] == [
        "releases/a.csv:2: the row has 2 cells, the header 3",
        "releases/a.csv:3: the row has 4 cells, the header 3",
    ]
    assert str(found[2].faults[0]).startswith("releases/a.csv:4: not CSV: ")


def test_a_quote_that_never_ends(make: Make) -> None:
    (fault,) = told(make({"releases/a.csv": 'id,title,issuers\na,"A,stadt\nb,B,stadt\n'}))
    assert fault == "releases/a.csv:2: not CSV: unexpected end of data"


def test_two_columns_of_one_name(make: Make) -> None:
    assert told(make({"releases/a.csv": "id,title,title\na,b,c\n"})) == [
        'releases/a.csv:1: two columns are called "title"'
    ]


def test_an_unknown_column_is_told_for_each_row(make: Make) -> None:
    assert told(make({"releases/a.csv": "id,titel,issuers,title\na,b,stadt,c\n"})) == [
        'releases/a.csv:2: titel: unknown field, did you mean "title"?'
    ]


def test_bytes_of_another_encoding_name_the_column(make: Make) -> None:
    data = "id,title,issuers\na,Köln,stadt\nb,Bonn,stadt\n".encode("latin-1")
    first, second = everything(make({"releases/a.csv": data}))
    assert str(first.faults[0]) == (
        "releases/a.csv:2: column title: byte 0xF6 does not fit the encoding; name it in the source"
    )
    assert second.release is not None
    assert first.raw == ["a", r"K\xf6ln", "stadt"]  # as a report can hold it


def test_encoding_and_delimiter_of_a_source(make: Make) -> None:
    config = '[[sources]]\npath = "a.txt"\nformat = "csv"\nencoding = "cp1252"\ndelimiter = "|"\n'
    (harvested,) = everything(make({"a.txt": "id|title|issuers\na|Köln – „alt“|stadt\n".encode("cp1252")}, config))
    assert harvested.release is not None
    assert harvested.release.title == "Köln – „alt“"


def test_a_long_cell(make: Make) -> None:
    (harvested,) = everything(make({"releases/a.csv": f"id,title,issuers,body\na,A,stadt,{'Wort ' * 60_000}\n"}))
    assert harvested.release is not None


def test_a_header_alone_holds_no_record(make: Make) -> None:
    assert told(make({"releases/a.csv": "id,title\n"})) == ["releases/a.csv: holds no record"]
