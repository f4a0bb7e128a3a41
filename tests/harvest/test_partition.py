from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest

from lod.harvest import Partition, harvest, partitions
from lod.harvest.files import NATIVE
from tests.harvest.conftest import Make, everything

RECORD = "id: a{0}\ntitle: Titel\nissuers: [stadt]\n"


def test_small_files_are_put_together_and_packed_ones_stand_alone(make: Make) -> None:
    files = {f"releases/{number}.yaml": RECORD.format(number) for number in range(10)}
    archive = make({**files, "releases/5.jsonl.gz": b"\x1f\x8b"})
    assert [partition.paths for partition in partitions(archive, 130)] == [
        ("releases/0.yaml", "releases/1.yaml", "releases/2.yaml"),
        ("releases/3.yaml", "releases/4.yaml"),
        ("releases/5.jsonl.gz",),
        ("releases/5.yaml", "releases/6.yaml", "releases/7.yaml"),
        ("releases/8.yaml", "releases/9.yaml"),
    ]


def test_files_of_two_sources_are_never_put_together(make: Make) -> None:
    config = '[[sources]]\npath = "x/*.yaml"\n[[sources]]\npath = "y/*.yaml"\n'
    archive = make({"x/a.yaml": "a", "y/b.yaml": "b", "releases/c.yaml": "c"}, config)
    assert [(partition.source, partition.paths) for partition in partitions(archive, 1000)] == [
        (0, ("x/a.yaml",)),
        (1, ("y/b.yaml",)),
        (NATIVE, ("releases/c.yaml",)),
    ]


def test_a_partition_can_be_sent_to_another_process() -> None:
    partition = Partition(0, ("a.jsonl",), 10, 20, 3)
    assert pickle.loads(pickle.dumps(partition)) == partition  # noqa: S301 - our own
    assert hash(partition) == hash(Partition(0, ("a.jsonl",), 10, 20, 3))


def test_ranges_end_with_lines_and_know_their_first(make: Make) -> None:
    archive = make({"releases/a.jsonl": "1234567\n" * 10 + "ende"})
    assert [(part.start, part.end, part.line) for part in partitions(archive, 20)] == [
        (0, 24, 1),
        (24, 48, 4),
        (48, 72, 7),
        (72, 84, 10),
    ]


def test_a_line_longer_than_a_part_is_in_one_part(make: Make) -> None:
    archive = make({"releases/a.jsonl": "x" * 3_000_000 + "\n" + "y\n" * 3})
    assert [(part.start, part.end, part.line) for part in partitions(archive, 1000)] == [
        (0, 3_000_001, 1),
        (3_000_001, 3_000_007, 2),
    ]


@pytest.mark.slow
def test_the_forty_thousandth_file(make: Make) -> None:
    archive = make({f"releases/{number % 7}/{number:05d}.yaml": RECORD.format(number) for number in range(40_000)})
    parts = list(partitions(archive, 100_000))
    assert sum(len(part.paths) for part in parts) == 40_000
    *_, last = harvest(archive, parts[-1])
    assert last.release is not None
    assert str(last.place) == "releases/6/39997.yaml:1"


def test_order_and_faults_do_not_depend_on_the_hash_seed(make: Make) -> None:
    names = [f"releases/{name}.yaml" for name in "zyxwäöü10"]
    archive = make(dict.fromkeys(names, "titel: A\nkiker: B\nissued: x\npeople: [{nme: 1}]\n"))
    code = (
        "import sys; from lod.archive import Archive; from lod.harvest import harvest, partitions\n"
        "archive = Archive.open(sys.argv[1])\n"
        "for part in partitions(archive, 100):\n"
        "    for one in harvest(archive, part):\n"
        "        print(part, *one.faults, sep='\\n')\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(archive.root)],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"},
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("4711", "Europe/Berlin"))
    }
    assert len(outputs) == 1
    assert len(everything(archive)) == len(names)
