"""Lexical forms of XML Schema: what is of a datatype and what is not, and that rdflib reads what is."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime
from typing import Any

import pytest
import rdflib

from lod.mapping.lexical import DATATYPES, lexical
from lod.term import XSD

GOOD = {
    "anyURI": ["https://stadt.example/a?b=c#d", "urn:x", ""],
    "base64Binary": ["", "TWFu", "TWE=", "TQ=="],
    "boolean": ["true", "false", "1", "0"],
    "byte": ["-128", "127"],
    "date": ["2017-07-02", "2016-02-29", "2017-07-02Z", "-0044-03-15", "12017-01-01"],
    "dateTime": ["2017-07-02T10:00:00", "2017-07-02T10:00:00.5+02:00", "2017-07-02T24:00:00Z"],
    "dateTimeStamp": ["2017-07-02T10:00:00Z"],
    "dayTimeDuration": ["P1D", "-PT5M", "P1DT0.5S"],
    "decimal": ["1", "-1.50", ".5", "+1."],
    "double": ["1", "1.5e-7", "INF", "-INF", "NaN"],
    "duration": ["P1Y2M3DT4H5M6.7S", "P1M", "-P1Y"],
    "float": ["1.5", "-0"],
    "gDay": ["---31"],
    "gMonth": ["--12Z"],
    "gMonthDay": ["--02-29"],
    "gYear": ["2017", "-0044", "2017+02:00"],
    "gYearMonth": ["2017-07"],
    "hexBinary": ["", "0fB7"],
    "int": ["-2147483648", "2147483647"],
    "integer": ["0", "-7", "+7", "007", "1" * 100],
    "language": ["de", "zh-Hans-TW"],
    "long": ["9223372036854775807"],
    "negativeInteger": ["-1"],
    "nonNegativeInteger": ["0", "5"],
    "nonPositiveInteger": ["0", "-5"],
    "positiveInteger": ["1"],
    "short": ["-32768"],
    "string": ["", "a\nb"],
    "time": ["10:00:00", "23:59:59.99Z"],
    "token": ["", "zwei Wörter"],
    "unsignedByte": ["0", "255"],
    "unsignedInt": ["4294967295"],
    "unsignedLong": ["18446744073709551615"],
    "unsignedShort": ["65535"],
    "yearMonthDuration": ["P1Y", "-P1Y2M"],
}
BAD = {
    "anyURI": ["a b", "<x>"],
    "base64Binary": ["TWF", "TQ=", "Straße"],
    "boolean": ["True", "ja", ""],
    "byte": ["128", "-129"],
    "date": ["2017-07-32", "2017-02-29", "2017-7-2", "2017-07-02T10:00:00", "3. Juli", "02017-01-01"],
    "dateTime": ["2017-07-02", "2017-07-02 10:00:00", "2017-02-30T10:00:00", "2017-07-02T25:00:00"],
    "dateTimeStamp": ["2017-07-02T10:00:00"],
    "dayTimeDuration": ["P", "P1Y", "PT", "1D"],
    "decimal": ["1e3", "", ".", "1,5"],
    "double": ["1,5", "inf", "e5"],
    "duration": ["P", "PT", "P1DT", "P-1D"],
    "float": ["nan", "x"],
    "gDay": ["31", "---32"],
    "gMonth": ["12", "--13"],
    "gMonthDay": ["02-29", "--02-30-"],
    "gYear": ["17", "2017-"],
    "gYearMonth": ["2017-13", "07-2017"],
    "hexBinary": ["0", "xy"],
    "int": ["2147483648"],
    "integer": ["1.0", "", "Mitteilung 1", "٣", " 1"],
    "language": ["de_DE", "", "deutschland"],
    "long": ["9223372036854775808"],
    "negativeInteger": ["0"],
    "nonNegativeInteger": ["-1"],
    "nonPositiveInteger": ["1"],
    "positiveInteger": ["0"],
    "short": ["32768"],
    "string": [],
    "time": ["10:00", "24:00:01"],
    "token": [" a", "a  b", "a\n"],
    "unsignedByte": ["256", "-1"],
    "unsignedInt": ["4294967296"],
    "unsignedLong": ["18446744073709551616"],
    "unsignedShort": ["65536"],
    "yearMonthDuration": ["P", "P1D"],
}


def test_there_is_an_example_of_every_datatype() -> None:
    assert set(GOOD) == set(BAD) == DATATYPES


@pytest.mark.parametrize("datatype", sorted(DATATYPES))
def test_what_is_of_a_datatype_and_what_is_not(datatype: str) -> None:
    written = lexical(datatype)
    assert [written(text) for text in GOOD[datatype]] == GOOD[datatype]
    assert [text for text in BAD[datatype] if written(text) is not None] == []


# Python, and so rdflib, counts the years from 1 to 9999 and knows no end of a day.
STRANGE = re.compile(r"-0044|12017|.*T24:")


@pytest.mark.parametrize("datatype", sorted(DATATYPES))
def test_rdflib_finds_nothing_wrong_with_what_is_good(datatype: str) -> None:
    for text in GOOD[datatype]:
        if not STRANGE.match(text):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # some readers of rdflib use what rdflib deprecates
                found = rdflib.Literal(text, datatype=rdflib.URIRef(XSD + datatype))
            assert found.ill_typed is not True, text


@pytest.mark.parametrize(
    ("value", "datatype", "text"),
    [
        (True, "boolean", "true"),
        (7, "integer", "7"),
        (-7, "nonNegativeInteger", None),
        (date(2017, 7, 2), "date", "2017-07-02"),
        (datetime(2017, 7, 2, 10, tzinfo=UTC), "dateTime", "2017-07-02T10:00:00+00:00"),
        (datetime(2017, 7, 2, 10, tzinfo=UTC), "date", None),
        (date(2017, 7, 2), "integer", None),
    ],
)
def test_values_of_python_are_written_as_the_datatype_has_them(value: Any, datatype: str, text: str | None) -> None:
    assert lexical(datatype)(value) == text
