"""Kill -9 while messages are delivered, then again: every target has each of them once, and none is half."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from lxml import etree

from tests.deliver.servers import PASSWORD, USER, ftp_server, http_server, sftp_server
from tests.dump.archives import tree
from tests.feed.killed import kill_at, steps_of
from tests.feed.stages import Stage

COUNT = 5


def copy(sent: Path, folder: Path) -> Stage:
    for name in ("out", "out.report"):
        shutil.copytree(sent / name, folder / name)
    return Stage(folder)


def points(steps: int, most: int) -> list[int]:
    return sorted({1 + (steps - 1) * number // (most - 1) for number in range(most)})


def check(inbox: Path, stage: Stage, taken: list[str]) -> None:
    """All messages are there or were taken by their reader, each once and whole."""
    found = sorted(path.name for path in inbox.rglob("*") if path.is_file())
    messages = {path.name: path.read_bytes() for path in (stage.out / "newsml" / "messages").iterdir()}
    assert sorted([*found, *taken]) == sorted(messages)
    for path in inbox.rglob("*.xml"):
        assert path.read_bytes() == messages[path.name]


def test_a_folder_gets_each_message_once_wherever_it_was_killed(sent: Path, tmp_path: Path) -> None:
    """A reader takes away what is whole, as newsrooms do, also between the kill and the next run."""
    log = tmp_path / "log"
    steps = steps_of(["deliver", str(copy(sent, tmp_path / "0").out), str(tmp_path / "0" / "in")], log)
    for at in points(steps, 8):
        stage = copy(sent, tmp_path / str(at))
        inbox = tmp_path / str(at) / "in"
        arguments = ["deliver", str(stage.out), str(inbox)]
        kill_at(at, arguments, log)
        taken = []
        for path in sorted(inbox.glob("[!.]*")):
            etree.parse(path)
            taken.append(path.name)
            path.unlink()
        steps_of(arguments, log)
        check(inbox, stage, taken)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ftp", "sftp"])
def test_a_server_gets_each_message_once_wherever_the_sender_was_killed(sent: Path, tmp_path: Path, kind: str) -> None:
    log, known = tmp_path / "log", tmp_path / "known_hosts"
    (tmp_path / "in").mkdir()
    serving = ftp_server(tmp_path / "in") if kind == "ftp" else sftp_server(tmp_path / "in", known)
    with serving as server:
        address = f"{kind}://{USER}:{PASSWORD}@127.0.0.1:{server.port}/"
        environment = {"LOD_DELIVER_KNOWN_HOSTS": str(known)}
        steps = steps_of(["deliver", str(copy(sent, tmp_path / "0").out), address], log, **environment)
        for at in points(steps, 12):
            for path in server.folder.iterdir():
                path.unlink()
            stage = copy(sent, tmp_path / str(at))
            arguments = ["deliver", str(stage.out), address]
            kill_at(at, arguments, log, **environment)
            taken = [path.name for path in sorted(server.folder.glob("[!.]*"))]
            for name in taken:
                (server.folder / name).unlink()
            steps_of(arguments, log, **environment)
            check(server.folder, stage, taken)


@pytest.mark.slow
def test_a_receiver_of_posts_can_tell_what_came_twice(sent: Path, tmp_path: Path) -> None:
    """Between its answer and our receipt nobody can know; the key of the message tells."""
    log = tmp_path / "log"
    with http_server() as inbox:
        address = f"http://127.0.0.1:{inbox.port}/"
        steps = steps_of(["deliver", str(copy(sent, tmp_path / "0").out), address], log)
        for at in points(steps, 10):
            inbox.requests.clear()
            stage = copy(sent, tmp_path / str(at))
            kill_at(at, ["deliver", str(stage.out), address], log)
            steps_of(["deliver", str(stage.out), address], log)
            keys = [headers["Idempotency-Key"] for headers, _ in inbox.requests]
            assert len(set(keys)) == COUNT
            assert len(keys) <= COUNT + 1
            assert [key for number, key in enumerate(keys) if key not in keys[:number]] == sorted(set(keys))


def test_two_at_a_time_send_everything_once(sent: Path, tmp_path: Path) -> None:
    stage = copy(sent, tmp_path)
    with http_server() as inbox:
        command = [sys.executable, "-m", "lod", "deliver", str(stage.out), f"http://127.0.0.1:{inbox.port}/"]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        told = sorted(process.communicate()[0].split(": ")[1] for process in running)
        assert [process.returncode for process in running] == [0, 0, 0]
        assert len(inbox.requests) == COUNT
    assert told == ["0 messages delivered, last 5\n"] * 2 + ["5 messages delivered, last 5\n"]


def test_who_does_not_want_to_wait_is_told_who_is_at_it(sent: Path, tmp_path: Path) -> None:
    stage = copy(sent, tmp_path)
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        from lod.deliver.target import target_of
        from lod.lock import locked

        target = target_of(str(tmp_path / "in"))
        with locked(stage.out.with_name("out.report") / "receipts" / f"{target.key}.lock", target.shown, "is held by"):
            entered.set()
            leave.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(10)
    command = [sys.executable, "-m", "lod", "deliver", str(stage.out), str(tmp_path / "in"), "--wait", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    leave.set()
    thread.join()
    assert done.returncode == 2
    assert f"is being delivered to by process {os.getpid()}" in done.stderr
    assert tree(tmp_path / "in") == {}
