"""One command as a process of its own: how long it took, how much of the processors, how much memory at most."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Timer
from typing import NamedTuple

__all__ = ["Failed", "Taken", "run"]


class Failed(Exception):
    """A command that did not end well; says why in one line."""


class Taken(NamedTuple):
    """What a command took: seconds by the clock, seconds of processors, and the peak of its largest process in MB."""

    wall: float
    processors: float
    peak: float


def run(command: Sequence[str], folder: Path, log: Path, *, limit: float) -> Taken:
    """Run a command in a folder, with what it prints in a log. Raises Failed for another exit code, or past the limit.

    The peak is never less than that of the process that calls, so the caller has to be small.
    """
    with log.open("wb") as sink:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=sink, start_new_session=True)
        timer = Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == -signal.SIGKILL:
        raise Failed(f"not done in {limit:.0f} s, or killed for want of memory")
    if process.returncode:
        raise Failed(_last(log) or f"exit code {process.returncode}")
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _last(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
