"""Makes tests/terms/schemaorg.csv: the names in schema.org, and what belongs to what.

    python tests/derive/derive_terms.py schemaorg-all-https.ttl

Only facts are taken: names, superclasses, domains, ranges, and what has been superseded; no descriptions.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS

SCHEMA = rdflib.Namespace("https://schema.org/")
TARGET = Path(__file__).parents[1] / "terms" / "schemaorg.csv"


def rows(graph: rdflib.Graph) -> list[tuple[str, str, str, str, str]]:
    """Name, kind, superclasses or domains, ranges, successor; sorted by name."""
    kinds = {RDFS.Class: "class", RDF.Property: "property"}
    found = {}
    for kind, word in kinds.items():
        for term in graph.subjects(RDF.type, kind):
            if str(term).startswith(SCHEMA):
                above = RDFS.subClassOf if word == "class" else SCHEMA.domainIncludes
                found[term] = (
                    local(term),
                    word,
                    joined(graph, term, above),
                    joined(graph, term, SCHEMA.rangeIncludes),
                    joined(graph, term, SCHEMA.supersededBy),
                )
    return sorted(found.values())


def joined(graph: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.URIRef) -> str:
    return " ".join(sorted(local(one) for one in graph.objects(term, predicate) if str(one).startswith(SCHEMA)))


def local(term: rdflib.term.Node) -> str:
    return str(term).removeprefix(SCHEMA)


if __name__ == "__main__":
    made = rows(rdflib.Graph().parse(sys.argv[1]))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "kind", "of", "ranges", "superseded_by"))
        writer.writerows(made)
    sys.stdout.write(f"{len(made)} terms in {TARGET}\n")
