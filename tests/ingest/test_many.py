"""Ten thousand documents in one call, in two processes."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.test_media import RELEASE

MANY = 10_000
MEGABYTES = 400


@pytest.mark.slow
def test_ten_thousand_documents_in_bounded_memory(archive: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    for at in range(MANY):
        path = docs / f"{at // 500:02d}" / f"{at:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RELEASE.replace("47/2021", f"{at + 1}/2021"))
    command = [sys.executable, "-m", "lod", "ingest", str(docs), "--archive", str(archive), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[0] == f"{MANY} documents: {MANY} new."
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((archive / "releases" / "2021").iterdir())) == MANY
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert largest / (1 << 20 if sys.platform == "darwin" else 1 << 10) < MEGABYTES


def test_processes_make_no_difference(archive: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for at in range(40):
        (docs / f"{at}.md").write_text(
            RELEASE.replace("47/2021", f"{at % 35 + 1}/2021").replace("früher", f"früher {at}")
        )
    found = []
    for jobs in (1, 2):
        command = [sys.executable, "-m", "lod", "ingest", str(docs), "--archive", str(archive), "--jobs", str(jobs)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        files = {path.relative_to(archive): path.read_bytes() for path in archive.rglob("*") if path.is_file()}
        found.append((done.returncode, done.stdout, done.stderr, files))
        for path in files:
            if path.parts[0] in {"releases", "sources"}:
                (archive / path).unlink()
    assert found[0] == found[1]
    assert found[0][1].startswith("40 documents: 35 new, 5 taken.\n")
