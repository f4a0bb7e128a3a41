"""Small dumps made by hand, and broken by hand: the manifest is made last, so that it vouches for what was broken."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

BASE = "https://presse.example.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FIRST, SECOND = f"{BASE}release/stadt/2026/1", f"{BASE}release/stadt/2026/2"
SCHEMA, DCTERMS = "https://schema.org/", "http://purl.org/dc/terms/"
NEWSML = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" standard="NewsML-G2"'
    ' standardversion="2.35" conformance="power"><itemMeta/></newsItem>\n'
)
RDF = ("turtle", "ntriples", "jsonld", "nquads")
MEDIA = {
    "nt": "application/n-triples",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "xml": "application/vnd.iptc.g2.newsitem+xml",
    "json": "application/json",
    "txt": "text/plain",
}


def statement(subject: str, predicate: str, value: str) -> str:
    """A line of N-Triples; `value` is written as it is."""
    return f"<{subject}> <{predicate}> {value} .\n"


def release(iri: str, title: str) -> list[str]:
    """A small record of two subjects."""
    return [
        statement(f"{BASE}activity/{iri.rpartition('/')[2]}", TYPE, "<http://www.w3.org/ns/prov#Activity>"),
        statement(iri, f"{DCTERMS}identifier", f'"{iri}"'),
        statement(iri, f"{DCTERMS}issued", '"2026-09-14"^^<http://www.w3.org/2001/XMLSchema#date>'),
        statement(iri, TYPE, "<http://purl.org/spar/fabio/PressRelease>"),
        statement(iri, f"{SCHEMA}headline", f'"{title}"@de'),
    ]


def canonical(lines: list[str]) -> bytes:
    """Lines as one graph in canonical N-Quads."""
    return "".join(sorted(set(lines))).encode()


@dataclass
class Dump:
    """What a dump is made of. `records` are the records of the shard 2026, each as lines of N-Triples.

    `files` replace or add contents by path; None takes one away. `rows` change what the manifest says of a path.
    """

    records: list[list[str]] = field(
        default_factory=lambda: [
            release(FIRST, "Bürgermeister eröffnet Straße „Am Markt“"),
            release(SECOND, "Gebührensatzung nach § 6 geändert"),
        ]
    )
    concepts: list[str] = field(
        default_factory=lambda: [
            statement(f"{BASE}vocab/subject#rat", "http://www.w3.org/2004/02/skos/core#prefLabel", '"Rat"@de'),
        ]
    )
    formats: list[str] = field(default_factory=lambda: ["turtle", "ntriples", "jsonld", "newsml"])
    files: dict[str, bytes | None] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    top: dict[str, Any] = field(default_factory=dict)
    packed: bool = False

    def write(self, folder: Path) -> Path:
        """Write the dump and its lists."""
        contents = {**self._made(), **self.files}
        stored = {path: data for path, data in contents.items() if data is not None}
        for path, data in stored.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        rows = [self._row(path, data) for path, data in sorted(stored.items())]
        counts = {"records": len(self.records), "statements": self._statements()}
        top = {"manifest": 1, "base": BASE, "title": "Testarchiv", "formats": self.formats, "counts": counts}
        seal(folder, {**top, **self.top, "files": [row for row in rows if row]})
        return folder

    def _statements(self) -> int:
        return sum(map(len, self.records)) + len(self.concepts)

    def _made(self) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        for name, records in (("2026", self.records), ("concepts", [[line] for line in self.concepts])):
            lines = [line for record in records for line in record]
            made[f"ntriples/{name}.nt"] = "".join("".join(sorted(record)) for record in records).encode()
            made[f"turtle/{name}.ttl"] = "\n".join("".join(root_first(record)) for record in records).encode()
            if "jsonld" in self.formats:
                made[f"jsonld/{name}.jsonld"] = jsonld(records)
            if "ntriples" in self.formats:
                made[f"hashes/{name}.txt"] = b"".join(map(_hash_row, records))
            self.rows.setdefault(f"ntriples/{name}.nt", {}).setdefault("graph", _sha(canonical(lines)))
            made[f"nquads/{name}.nq"] = nquads(records)
        for number in range(1, len(self.records) + 1):
            guid = f"urn:newsml:presse.example.org:20260101:stadt.2026.{number}"
            made[f"newsml/2026/{number}_v1.xml"] = NEWSML.format(guid=guid, version=1).encode()
        made = {path: data for path, data in made.items() if path.split("/")[0] in [*self.formats, "hashes"]}
        if self.packed:
            rdf = {path for path in made if path.split("/")[0] in RDF}
            made = {path + ".gz" * (path in rdf): packed(data) if path in rdf else data for path, data in made.items()}
        return made

    def _row(self, path: str, data: bytes) -> dict[str, Any] | None:
        change = self.rows.get(path.removesuffix(".gz"), {})
        if change.get("path") == "":
            return None
        row: dict[str, Any] = {"path": path, "media_type": MEDIA.get(path.removesuffix(".gz").rpartition(".")[2], "")}
        row |= {"bytes": len(data), "sha256": _sha(data)}
        if path.endswith(".gz"):
            content = gzip.decompress(data)
            row |= {"unpacked_bytes": len(content), "unpacked_sha256": _sha(content)}
        shard = path.rsplit("/", maxsplit=1)[-1].split(".", maxsplit=1)[0]
        if path.split("/", maxsplit=1)[0] in RDF:
            shared = shard == "concepts"
            row["records"] = len(self.concepts) if shared else len(self.records)
            row["statements"] = len(self.concepts) if shared else sum(map(len, self.records))
        elif path.startswith("newsml/"):
            row["records"] = 1
        return {**row, **change}


def root_first(record: list[str]) -> list[str]:
    """A record as Turtle and JSON-LD have it: what it is about comes before its parts."""
    return sorted(record, key=lambda line: "/activity/" in line.partition(" ")[0])


def _root(record: list[str]) -> str:
    line = next((line for line in record if "PressRelease" in line), record[0])
    return line[1:].partition(">")[0]


def nquads(records: list[list[str]]) -> bytes:
    """Records as N-Quads, each in a graph with its name."""
    return "".join(line[:-2] + f"<{_root(record)}> .\n" for record in records for line in record).encode()


def _hash_row(record: list[str]) -> bytes:
    return f"{_sha(canonical(record))}  {_root(record)}\n".encode()


def seal(folder: Path, manifest: dict[str, Any]) -> None:
    """Write manifest.json and SHA256SUMS."""
    data = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    (folder / "manifest.json").write_bytes(data)
    rows = [(row["path"], row["sha256"]) for row in manifest["files"] if "path" in row and "sha256" in row]
    rows.append(("manifest.json", _sha(data)))
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {path}\n" for path, digest in sorted(rows)))


def jsonld(records: list[list[str]], context: bytes = b'{"id":"@id"}') -> bytes:
    """Records as JSON-LD, one a line, as dumps have it."""
    lines = []
    for record in records:
        nodes: dict[str, dict[str, Any]] = {}
        for quad in ox.parse("".join(root_first(record)), format=ox.RdfFormat.N_TRIPLES):
            subject = str(quad.subject).strip("<>")
            node = nodes.setdefault(subject, {"id": subject})
            node.setdefault(quad.predicate.value, []).append(_value(quad.object))
        root, *others = nodes.values()
        lines.append(json.dumps({**root, **({"@included": others} if others else {})}, ensure_ascii=False).encode())
    return b'{\n"@context": ' + context + b',\n"@graph": [\n' + b",\n".join(lines) + b"\n]\n}\n"


def _value(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return {"id": str(term).strip("<>")}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value, "@type": term.datatype.value}


def packed(data: bytes) -> bytes:
    """Gzip without name and time."""
    return gzip.compress(data, mtime=0)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
