"""Runs a command of `lod` and kills its process, with SIGKILL, before the n-th step on the file system.

Steps are renamings, removals, new folders, files opened for writing, and statements that begin or end a transaction.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

_CHILD = """
import os, signal, sqlite3, sys

left, log = int(sys.argv[1]), sys.argv[2]
steps = 0

def step():
    global steps
    steps += 1
    if steps == left:
        os.kill(os.getpid(), signal.SIGKILL)

def hook(event, arguments):
    if event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}:
        step()
    elif event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        step()
    elif event in {"socket.connect", "ftplib.sendcmd"}:
        step()

from lod.ledger import Ledger

run = Ledger.run

def watched(self, statement, *values):
    if statement in {"COMMIT", "BEGIN IMMEDIATE"}:
        step()
    found = run(self, statement, *values)
    if statement == "COMMIT":
        step()
    return found

Ledger.run = watched
sys.addaudithook(hook)
from lod.cli import main

try:
    main(sys.argv[3:])
finally:
    open(log, "w").write(str(steps))
"""


def steps_of(arguments: list[str], log: Path, **environment: str) -> int:
    """How many steps a command takes when nobody kills it."""
    done = _run(0, arguments, log, environment)
    assert done.returncode == 0, done.stderr
    return int(log.read_text())


def kill_at(step: int, arguments: list[str], log: Path, **environment: str) -> None:
    """Run a command until its n-th step, which it does not take."""
    done = _run(step, arguments, log, environment)
    assert done.returncode == -signal.SIGKILL, (step, done.returncode, done.stderr)


def _run(step: int, arguments: list[str], log: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _CHILD, str(step), str(log), *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
