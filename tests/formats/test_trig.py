from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
from hypothesis import given

from lod.description import Description
from lod.formats import nquads, trig
from lod.formats.base import Setting
from lod.mapping.files import load_files
from tests.formats.test_turtle import EXPECTED, SAMPLE
from tests.strategies import descriptions

SETTING = Setting(load_files(Path()).prefixes, {}, cast("Any", None))


def test_trig_is_turtle_in_a_graph() -> None:
    """But for the indent, and long texts have none."""
    serializer = trig.Serializer(SETTING)
    piece = serializer.encode(SAMPLE)
    text = (serializer.begin(piece.prefixes) + piece.data).decode()
    head, _, body = EXPECTED.partition("\n\n")
    opening = f"{head}\n\n<{SAMPLE.subject}> {{\n"
    assert text.startswith(opening)
    assert text.endswith("\n}\n")
    assert re.sub(r"^    ", "", text[len(opening) : -2], flags=re.MULTILINE) == body


@given(one=descriptions())
def test_the_graph_is_named_by_what_is_described(one: Description) -> None:
    for serializer, form in (
        (trig.Serializer(SETTING), ox.RdfFormat.TRIG),
        (nquads.Serializer(SETTING), ox.RdfFormat.N_QUADS),
    ):
        piece = serializer.encode(one)
        found = list(ox.parse(serializer.begin(piece.prefixes) + piece.data, format=form))
        assert {quad.graph_name for quad in found} <= {ox.NamedNode(one.subject.value)}
        assert len(set(found)) == len(set(one.statements))


def test_quads_are_sorted() -> None:
    lines = nquads.Serializer(SETTING).encode(SAMPLE).data.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(list(SAMPLE.statements))
