"""The same archive and the same instant give the same feed, whatever machine writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from lxml import etree

from tests.dump.archives import record, tree
from tests.feed.stages import NS, Stage, step

FIRST = "1795608600"  # 2026-11-25T12:10:00Z
SECOND = "1795612200"


def feed(stage: Stage, *, jobs: int, **environment: str) -> None:
    command = [sys.executable, "-m", "lod", "feed", str(stage.archive), str(stage.out), "--jobs", str(jobs)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_zone_seed_jobs_and_clock_change_nothing(tmp_path: Path) -> None:
    folders = []
    for jobs, seed, zone in ((1, "0", "UTC"), (2, "4711", "Asia/Tokyo")):
        stage = Stage(tmp_path / str(jobs))
        stage.write([record(1), record(2), record(4)], files=3)
        feed(stage, jobs=jobs, SOURCE_DATE_EPOCH=FIRST, PYTHONHASHSEED=seed, TZ=zone)
        stage.write([record(1, **step("cancel")), record(2, **step("update")), record(4)], files=3)
        feed(stage, jobs=jobs, SOURCE_DATE_EPOCH=SECOND, PYTHONHASHSEED=seed, TZ=zone)
        folders.append(tree(stage.out))
    assert folders[0] == folders[1]
    sent = {
        name.rpartition("/")[2]: etree.fromstring(data).findtext(".//g2:sent", namespaces=NS)
        for name, data in folders[0].items()
        if "/messages/" in name
    }
    assert sent["000000000003_stadt.2018.2_v1.xml"] == "2026-11-25T13:10:00+01:00"
    assert {datetime.fromisoformat(str(one)).timestamp() for one in sent.values()} == {float(FIRST), float(SECOND)}
