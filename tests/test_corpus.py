"""Two real archives, whole: 12,694 releases in English and 693 in 24 languages, in somebody else's shape.

The quick tests look at the small one; `slow` ones at the large one.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from lod.formats import FORMATS
from tests.dump.archives import tree
from tests.oracle import from_rdflib, rdfc_hash, read_oxigraph, read_rdflib

NOW = "1795608000"  # 2026-11-25
RDF = [form for form in FORMATS.values() if form.usual and not form.items]
SOURCES = {"doj": "doj/doj.jsonl.gz", "debian": "debian-news/debian-news.jsonl.gz"}


def archive(name: str, corpus: Path, folder: Path) -> Path:
    """The archive of a corpus: its archive.toml, with the source where the corpus is."""
    made = folder / name
    shutil.copytree(Path(__file__).parent / "harvest" / "archives" / name, made)
    config = made / "archive.toml"
    source = (corpus / SOURCES[name]).as_posix()
    text = config.read_text(encoding="utf-8").replace(f'"{Path(SOURCES[name]).name}"', f'"{source}"')
    config.write_text(text + '\n[dump]\ncompression = "none"\n', encoding="utf-8")
    return made


MEASURED = """
import atexit, pathlib, re, sys
from lod.cli import main
peak = pathlib.Path(sys.argv.pop(1))
status = pathlib.Path("/proc/self/status")
if status.exists():
    atexit.register(lambda: peak.write_text(re.search("VmHWM:\\s*([0-9]+)", status.read_text())[1]))
main()
"""
"""An export that leaves behind how much memory it took, in kB.

It is read from the process's own memory: ru_maxrss also counts what the tests held when they started it.
"""


def run(
    archive: Path, out: Path, *options: str, peak: Path = Path(os.devnull), **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MEASURED, str(peak), "export", str(archive), str(out), *options]
    said = {**os.environ, "SOURCE_DATE_EPOCH": NOW, **environment}
    return subprocess.run(command, env=said, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def debian(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("debian")
    done = run(archive("debian", corpus, folder), folder / "out", "--jobs", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def doj(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doj")
    done = run(archive("doj", corpus, folder), folder / "out", "--jobs", "1", peak=folder / "peak")
    assert done.returncode == 1, done.stdout + done.stderr
    return folder


def summary(folder: Path) -> dict[str, int]:
    counts: dict[str, int] = json.loads((folder / "out.report" / "summary.json").read_text())["counts"]
    assert counts["harvested"] == counts["exported"] + counts["rejected"] + counts["withheld"]
    return counts


def test_debian_is_complete(debian: Path) -> None:
    assert summary(debian)["exported"] == 693


def test_debian_is_the_same_graph_in_every_format_and_reader(debian: Path) -> None:
    for path in sorted((debian / "out" / "turtle").iterdir()):
        files = [(debian / "out" / form.name / f"{path.stem}{form.suffix}", form) for form in RDF]
        hashes = {rdfc_hash(read_oxigraph(file.read_bytes(), form)) for file, form in files}
        hashes |= {rdfc_hash(from_rdflib(read_rdflib(file.read_bytes(), form))) for file, form in files}
        assert len(hashes) == 1, path.name


def test_debian_translations_name_what_they_translate(debian: Path) -> None:
    german = (debian / "out" / "turtle" / "2015.ttl").read_text(encoding="utf-8")
    assert "schema:translationOfWork <https://" in german


def valid(folder: Path, standards: Path) -> int:
    """How many items are valid; fails at the first that is not."""
    schema = etree.XMLSchema(etree.parse(standards / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"))
    count = 0
    for path in sorted((folder / "out" / "newsml").rglob("*.xml")):
        schema.assertValid(etree.parse(path))
        count += 1
    return count


def test_debian_items_are_valid(debian: Path, standards: Path) -> None:
    assert valid(debian, standards) >= 693


@pytest.mark.slow
def test_doj_refusals_are_explained(doj: Path) -> None:
    counts = summary(doj)
    assert (counts["harvested"], counts["rejected"]) == (12694, 1)
    rejects = [json.loads(line) for line in (doj / "out.report" / "rejects.jsonl").read_text().splitlines()]
    assert [row["line"] for row in rejects] == [569]  # a sentence where the number should be
    assert all(fault["field"] and fault["reason"] for row in rejects for fault in row["faults"])


@pytest.mark.slow
def test_doj_is_the_same_graph_in_every_format(doj: Path) -> None:
    for path in sorted((doj / "out" / "turtle").iterdir()):
        files = [(doj / "out" / form.name / f"{path.stem}{form.suffix}", form) for form in RDF]
        assert len({rdfc_hash(read_oxigraph(file.read_bytes(), form)) for file, form in files}) == 1, path.name


@pytest.mark.slow
def test_doj_items_are_valid(doj: Path, standards: Path) -> None:
    assert valid(doj, standards) >= 12693


@pytest.mark.slow
def test_doj_is_the_same_bytes_whatever_the_machine(doj: Path, tmp_path: Path) -> None:
    done = run(doj / "doj", tmp_path / "out", "--jobs", "2", PYTHONHASHSEED="4711", TZ="Asia/Tokyo", LC_ALL="C")
    assert done.returncode == 1
    assert tree(tmp_path / "out") == tree(doj / "out")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("jobs", "seed", "zone", "locale"),
    [("1", "0", "UTC", "C"), ("2", "1", "Asia/Tokyo", "tr_TR.UTF-8"), ("3", "2", "America/St_Johns", "de_DE.UTF-8")],
)
def test_debian_is_the_same_bytes_whatever_the_machine(
    debian: Path, tmp_path: Path, jobs: str, seed: str, zone: str, locale: str
) -> None:
    """Also when its records come in another order, in three files, one of them packed."""
    made = shuffled(debian, tmp_path)
    done = run(made, tmp_path / "out", "--jobs", jobs, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(tmp_path / "out") == tree(debian / "out")


def shuffled(debian: Path, folder: Path) -> Path:
    """The archive with its source dealt out to other files."""
    made = folder / "debian"
    shutil.copytree(debian / "debian", made)
    config = made / "archive.toml"
    source = re.search(r'"([^"]*\.jsonl\.gz)"', text := config.read_text(encoding="utf-8"))
    assert source
    with gzip.open(source[1]) as file:
        lines = file.read().splitlines(keepends=True)
    random.Random(5).shuffle(lines)  # noqa: S311 - no secret
    (made / "mehr").mkdir()
    (made / "mehr" / "1.jsonl").write_bytes(b"".join(lines[:400]))
    (made / "mehr" / "2.jsonl.gz").write_bytes(gzip.compress(b"".join(lines[400:500])))
    (made / "mehr" / "3.jsonl").write_bytes(b"".join(lines[500:]))
    config.write_text(text.replace(source[0], '"mehr/*"'), encoding="utf-8")
    return made


@pytest.mark.slow
def test_doj_takes_less_than_300_megabytes(doj: Path) -> None:
    """What the export itself needed at most; only Linux says so in this way."""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc on this system")
    assert int((doj / "peak").read_text()) < 300_000
