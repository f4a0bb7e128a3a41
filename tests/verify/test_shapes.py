"""SHACL: breaches are found in the right record, and faster shapes say what the given ones say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph

from lod.verify import Findings, verify
from lod.verify.hoist import hoist
from lod.verify.pieces import Cutter, anywhere, at_records, at_resets
from lod.verify.shapes import SH, Judge, ShapesError, load_shapes
from lod.vocabulary import vocab_root
from tests.verify.dumps import FIRST, Dump, seal

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> . @prefix s: <https://a.example/s#> .
@prefix fabio: <http://purl.org/spar/fabio/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
s:release a sh:NodeShape ; sh:targetClass fabio:PressRelease ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
  sh:property s:headline, s:identifier, s:issued, s:about, s:related .
s:headline a sh:PropertyShape ; sh:path schema:headline ; sh:minCount 1 ; sh:datatype rdf:langString ;
  sh:message "genau ein Titel"@de, "exactly one title"@en .
s:identifier a sh:PropertyShape ; sh:path dcterms:identifier ; sh:maxCount 1 .
s:issued a sh:PropertyShape ; sh:path dcterms:issued ; sh:severity sh:Warning ;
  sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:dateTime ] ) .
s:about a sh:PropertyShape ; sh:path schema:about ; sh:class skos:Concept .
s:related a sh:PropertyShape ; sh:path dcterms:relation ; sh:class fabio:PressRelease .
"""
ABOUT = f"<{FIRST}> <https://schema.org/about> <https://presse.example.org/vocab/subject#rat> .\n"


def judged(dump: Dump, tmp_path: Path, shapes: str = SHAPES) -> dict[str, int]:
    folder = dump.write(tmp_path / "dump")
    path = tmp_path / "shapes.ttl"
    path.write_text(shapes, encoding="utf-8")
    verdict = verify(folder, jobs=0, shapes=path)
    return verdict.findings.by_rule


def test_what_conforms_is_not_reported(tmp_path: Path) -> None:
    assert judged(Dump(), tmp_path) == {}


def test_a_breach_names_record_and_property(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[1].pop()
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, encoding="utf-8")
    verdict = verify(dump.write(tmp_path / "dump"), jobs=0, shapes=path)
    assert [str(one) for one in verdict.findings] == [
        "ntriples/2026.nt: https://presse.example.org/release/stadt/2026/2: schema:headline: exactly one title [shape]"
    ]


def test_advice_is_a_warning(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[0][2] = dump.records[0][2].replace("#date>", "#gYear>").replace("2026-09-14", "2026")
    assert judged(dump, tmp_path) == {"shape-advice": 1}


def test_a_closed_shape_stays_closed(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[0].append(f'<{FIRST}> <https://schema.org/keywords> "Rat"@de .\n')
    assert judged(dump, tmp_path) == {"shape": 1}


def test_classes_of_what_records_share_are_known(tmp_path: Path) -> None:
    dump = Dump()
    dump.records[0].append(ABOUT)
    assert judged(dump, tmp_path / "without") == {"shape": 1}
    concept = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept>"
    dump.concepts.append(f"<https://presse.example.org/vocab/subject#rat> {concept} .\n")
    dump.rows.clear()
    dump.rows.update({f"{name}": {"records": 1} for name in ("ntriples/concepts.nt", "turtle/concepts.ttl")})
    rules = judged(dump, tmp_path / "with")
    assert "shape" not in rules


def test_classes_of_records_elsewhere_are_left_to_them(tmp_path: Path) -> None:
    dump = Dump()
    elsewhere = "https://presse.example.org/release/stadt/1996/7"
    dump.records[0].append(f"<{FIRST}> <http://purl.org/dc/terms/relation> <{elsewhere}> .\n")
    assert judged(dump, tmp_path) == {}


@pytest.mark.parametrize(
    "more",
    [
        's:x a sh:NodeShape ; sh:targetClass s:X ; sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <x:> {} }" ] .',
        "s:x a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ] .",
        "<https://a.example/> <http://www.w3.org/2002/07/owl#imports> <https://attacker.example/shapes.ttl> .",
        's:x sh:js [ sh:jsLibraryURL "https://attacker.example/x.js" ] .',
    ],
)
def test_programs_in_shapes_are_refused(tmp_path: Path, more: str) -> None:
    assert judged(Dump(), tmp_path, SHAPES + more) == {"shapes-core": 1}


@pytest.mark.parametrize(
    "more",
    [
        's:x a sh:PropertyShape ; sh:targetClass fabio:PressRelease ; sh:path schema:headline ; sh:pattern "(" .',
        "s:x a sh:PropertyShape ; sh:targetClass fabio:PressRelease ; sh:minCount 1 .",
        's:x a sh:PropertyShape ; sh:targetClass fabio:PressRelease ; sh:path schema:headline ; sh:minCount "x" .',
        "s:x a sh:NodeShape ; sh:targetClass fabio:PressRelease ; sh:property s:nothing .",
        "s:x a sh:NodeShape ; sh:targetClass fabio:PressRelease ; sh:node s:x .",
        "s:x a sh:NodeShape ; sh:targetClass fabio:PressRelease ; sh:and s:l . s:l rdf:first s:x ; rdf:rest s:l .",
    ],
)
def test_shapes_that_cannot_be_applied_are_a_finding(
    tmp_path: Path, more: str, capfd: pytest.CaptureFixture[str]
) -> None:
    rules = judged(Dump(), tmp_path, SHAPES + more)
    assert set(rules) == {"shapes-core"}
    assert capfd.readouterr() == ("", "")


def test_shapes_that_are_no_turtle_are_refused() -> None:
    with pytest.raises(ShapesError, match="cannot be read"):
        load_shapes(b"keine Formen")
    with pytest.raises(ShapesError, match="longer"):
        load_shapes(b"#" * (5 << 20))


def test_missing_shapes_are_said(tmp_path: Path) -> None:
    verdict = verify(Dump().write(tmp_path / "dump"), jobs=0, shapes=tmp_path / "nichts.ttl")
    assert verdict.findings.by_rule == {"shapes-missing": 1}
    assert verdict.passed


def test_the_shapes_of_the_program_fit_any_base(exported: Path, tmp_path: Path) -> None:
    """Without shapes of its own a dump of another base is held against those of the program."""
    import json
    import shutil

    dump = tmp_path / "dump"
    shutil.copytree(exported, dump)
    (dump / "shapes.ttl").unlink(missing_ok=True)
    manifest = json.loads((dump / "manifest.json").read_bytes())
    manifest["base"] = "https://archiv.stadt-x.example/"
    manifest["files"] = [row for row in manifest["files"] if row["path"].startswith("ntriples/")]
    manifest["formats"] = ["ntriples"]
    del manifest["state"]  # that of the dump as it was
    for path in list(dump.rglob("*")):
        if path.is_file() and path.parent.name != "ntriples":
            path.unlink()
    for row in manifest["files"]:
        import hashlib

        path = dump / row["path"]
        data = path.read_bytes().replace(b"https://presse.example.org/", b"https://archiv.stadt-x.example/")
        path.write_bytes(data)
        row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "graph": None}
    seal(dump, manifest)
    verdict = verify(dump, jobs=0)
    assert [str(one) for one in verdict.findings] == []


def broken(number: int) -> str:
    """A record with some faults."""
    iri = f"https://presse.example.org/release/stadt/2026/{number}"
    faults = [
        f"<{iri}> a <http://purl.org/spar/fabio/PressRelease> .",
        f'<{iri}> <https://schema.org/headline> "Titel {number}" .' if number % 2 else "",
        f'<{iri}> <http://purl.org/dc/terms/identifier> "a", "b" .' if number % 3 else "",
        f'<{iri}> <http://purl.org/dc/terms/issued> "gestern" .' if number % 5 else "",
        f"<{iri}> <https://schema.org/about> <https://a.example/ding> ." if number % 7 else "",
        f'<{iri}> <https://schema.org/fremd> "x" .' if number % 11 else "",
    ]
    return "\n".join(faults)


def results(data: Graph, shapes: Graph) -> set[tuple[str, ...]]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceShape)
    return {
        tuple(str(report.value(result, key)) for key in keys)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_faster_shapes_give_the_same_results() -> None:
    data = Graph().parse(data="\n".join(map(broken, range(1, 40))), format="turtle")
    given_shapes, faster = (Graph().parse(data=SHAPES, format="turtle") for _ in range(2))
    found = results(data, given_shapes)
    assert results(data, hoist(faster)) == found
    assert len(found) > 100
    assert not list(faster.objects(None, SH.property))


def test_faster_shapes_of_the_program_give_the_same_results(exported: Path) -> None:
    text = (exported / "ntriples" / "2026.nt").read_bytes()
    lines = text.splitlines(keepends=True)
    data = Graph().parse(data=b"".join(line for n, line in enumerate(lines) if n % 5), format="nt")
    shapes = (vocab_root() / "shapes.ttl").read_bytes()
    found = results(data, Graph().parse(data=shapes, format="turtle"))
    assert results(data, hoist(Graph().parse(data=shapes, format="turtle"))) == found
    assert len(found) > 20


def test_shapes_that_others_use_are_left_alone() -> None:
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://a.example/s#> .
    s:a a sh:NodeShape ; sh:targetClass s:A ; sh:property s:p ; sh:node s:b .
    s:b a sh:NodeShape ; sh:targetClass s:B ; sh:property s:q .
    s:c a sh:NodeShape ; sh:targetClass s:C ; sh:deactivated true ; sh:property s:r .
    s:p sh:path s:x ; sh:minCount 1 . s:q sh:path s:x ; sh:minCount 1 . s:r sh:path s:x ; sh:minCount 1 ."""
    shapes = hoist(Graph().parse(data=text, format="turtle"))
    assert {str(one)[-1] for one in shapes.objects(None, SH.property)} == {"q", "r"}


def quads(text: str) -> list[Any]:
    return list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=30), st.integers(1, 12))
def test_pieces_never_cut_a_record(sizes: list[int], limit: int) -> None:
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/PressRelease>"
    records = []
    for number, size in enumerate(sizes):
        parts = [
            f"<https://p.example/a/{number:03d}-{part}> <https://p.example/p> <https://p.example/o> .\n"
            for part in range(size)
        ]
        records.append(("".join(parts), f"<https://p.example/r/{number:03d}> {kind} .\n"))
    sorted_text = "".join(parts + root for parts, root in records)
    root_first = "".join(root + parts for parts, root in records)
    for text, border in (
        (sorted_text, at_resets),
        (root_first, at_records(["http://purl.org/spar/fabio/PressRelease"])),
        (sorted_text, anywhere),
    ):
        cutter = Cutter(border, limit)
        pieces = [*cutter.feed(quads(text)), *cutter.finish()]
        assert [quad for piece in pieces for quad in piece] == quads(text)
        if border is not anywhere:
            for piece in pieces[:-1]:
                told = {str(quad.subject)[-7:-1].split("/")[-1][:3] for quad in piece}
                after = {str(quad.subject)[-7:-1].split("/")[-1][:3] for quad in pieces[pieces.index(piece) + 1]}
                assert not told & after


def test_a_piece_without_borders_is_cut_all_the_same() -> None:
    text = "".join(f"<https://p.example/{n:04d}> <https://p.example/p> <https://p.example/o> .\n" for n in range(500))
    cutter = Cutter(at_resets, 10)
    pieces = [*cutter.feed(quads(text)), *cutter.finish()]
    assert max(map(len, pieces)) <= 200
    assert sum(map(len, pieces)) == 500


def test_lexical_forms_reach_the_shapes_untouched() -> None:
    shapes = (
        SHAPES + "\ns:date a sh:PropertyShape ; sh:targetClass fabio:PressRelease ; sh:path dcterms:issued ; "
        'sh:pattern "^2026-09-14T10:00:00Z$" .'
    )
    line = (
        f'<{FIRST}> <http://purl.org/dc/terms/issued> "2026-09-14T10:00:00Z"'
        "^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n"
    )
    kind = f"<{FIRST}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/PressRelease> .\n"
    findings = Findings()
    Judge(load_shapes(shapes.encode()), {}, "https://presse.example.org/").piece(quads(line + kind), "x", findings)
    assert [str(one) for one in findings if "issued" in str(one)] == []
