"""The records of one file of a dump, one after the other, as sorted lines of canonical N-Triples."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from lod.errors import MissingExtra, OutputError

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["Damaged", "File", "Lines", "cut", "parsed"]

Lines = list[bytes]

_READERS = {
    "application/n-triples": "N_TRIPLES",
    "application/n-quads": "N_QUADS",
    "text/turtle": "TURTLE",
    "application/trig": "TRIG",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RECORD = "http://purl.org/spar/fabio/PressRelease"
_WINDOW = 1 << 27  # what `zstd --ultra` needs at most without --long


class Damaged(OutputError):
    """A dump, or a file of it, is not there or not what an export wrote."""


class File(NamedTuple):
    """A file of a dump: where it is, its media type, and its SHA-256 as stored."""

    path: Path
    media_type: str
    sha256: str

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The content, unpacked. Raises Damaged where it cannot be read to its end."""
        try:
            with self.path.open("rb") as file:
                yield _unpacked(file, self.path.suffix)
        except EOFError:
            raise Damaged(str(self.path), "ends too early") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Damaged(str(self.path), f"cannot be unpacked: {error}") from None
        except OSError as error:
            raise Damaged(str(self.path), f"cannot be read: {error.strerror}") from None


def _unpacked(file: IO[bytes], suffix: str) -> IO[bytes]:
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(file))
    if suffix == ".zst":
        import zstandard  # noqa: PLC0415 - only where a file needs it

        stream = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(file, read_across_frames=True)
        return cast("IO[bytes]", io.BufferedReader(cast("Any", stream), 1 << 18))
    return file


def cut(file: File, rows: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, Lines]]:
    """The records of N-Triples, cut where the graph hashes say that one is whole; that also proves them.

    `rows` are IRI and hash of each record, in their order. Raises Damaged where file and list disagree.
    """
    waiting = iter(rows)
    with file.opened() as content:
        row = next(waiting, None)
        digest, lines, subject = sha256(), Lines(), b""
        for line in content:
            other = line[: line.find(b" ")]
            if other != subject and lines and row and digest.hexdigest().encode() == row[1]:
                yield row[0], lines
                row, digest, lines = next(waiting, None), sha256(), []
            subject = other
            digest.update(line)
            lines.append(line)
        if lines and row and digest.hexdigest().encode() == row[1]:
            yield row[0], lines
            row, lines = next(waiting, None), []
    if lines or row:
        raise Damaged(str(file.path), "does not hold the records that its list of hashes names; run lod verify")


def parsed(file: File) -> Iterator[tuple[bytes, Lines]]:
    """The records of a file in any RDF format. Raises Damaged, and MissingExtra where no reader is installed.

    In N-Quads and TriG a record is a graph. Elsewhere it begins with its own subject, which says that it is a press
    release; what releases share has one subject each.
    """
    try:
        from pyoxigraph import RdfFormat, parse  # noqa: PLC0415 - only for dumps without N-Triples
    except ImportError:
        raise MissingExtra(f"reading {file.path.name}", "verify") from None
    form = getattr(RdfFormat, _READERS.get(file.media_type.partition("+gzip")[0].partition("+zstd")[0], ""), None)
    if form is None:
        raise Damaged(str(file.path), f"is of a media type that is not known: {file.media_type}")
    with file.opened() as content:
        try:
            for iri, quads in _records(parse(content, format=form), graphs=form.supports_datasets):
                yield iri, _lines(quads)
        except (SyntaxError, ValueError) as error:
            raise Damaged(str(file.path), f"cannot be read: {error}") from None


def _records(quads: Iterable[Quad], *, graphs: bool) -> Iterator[tuple[bytes, list[Quad]]]:
    record: list[Quad] = []
    name, subject, start = "", "", 0
    of_releases = False
    for quad in quads:
        graph, found = getattr(quad.graph_name, "value", ""), str(getattr(quad.subject, "value", quad.subject))
        if graphs and graph and graph != name and record:
            yield name.encode(), record
            record = []
        if graphs and graph:
            name = graph
            record.append(quad)
            continue
        if found != subject:
            subject, start = found, len(record)
        release = quad.predicate.value == _TYPE and getattr(quad.object, "value", "") == _RECORD
        of_releases |= release
        begins = (release and found != name) if of_releases else found != name
        if begins and start:
            yield name.encode(), record[:start]
            record, start = record[start:], 0
        if begins:
            name = found
        record.append(quad)
    if record:
        yield name.encode(), record


def _lines(quads: Iterable[Quad]) -> Lines:
    from pyoxigraph import RdfFormat, serialize  # noqa: PLC0415 - as above

    data = serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES) or b""
    return sorted(set(data.splitlines(keepends=True)))
