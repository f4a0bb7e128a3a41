"""How fast a dump is written, beside others that write the same graph: `make bench`, or `python tests/bench/speed.py`.

Everybody runs as a process of its own, one after the other, in several rounds; the table has the medians. First all
graphs are compared on a small archive. Exit code 1 when one of them differs; a goal missed is said, and is no error.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    # As a script it finds its siblings by the names they have in the tests.
    sys.path.insert(0, str(ROOT))

from tests.bench.goals import GOALS, Figures  # noqa: E402 - found only from here on
from tests.bench.peers import HERE, PEERS, Peer, missing  # noqa: E402 - found only from here on
from tests.bench.running import Failed, Taken, run  # noqa: E402 - found only from here on

__all__ = ["alike", "chosen", "main", "synthetic", "table"]

WORK = ROOT / "build" / "bench"
_FEW = 50
_MANY = 50_000  # above this one round has to do


def say(line: str) -> None:
    """What is going on, for whoever waits."""
    sys.stderr.write(line + "\n")


def synthetic(folder: Path, records: int, seed: int) -> Path:
    """A folder with the synthetic archive. Another process makes it, to keep this one small."""
    made = folder / f"archive-{records}-{seed}"
    command = [sys.executable, str(HERE / "synthetic.py"), str(made), "--records", str(records), "--seed", str(seed)]
    subprocess.run(command, check=True, cwd=ROOT)
    return made


def chosen(only: Sequence[str], records: int) -> tuple[list[Peer], dict[str, str]]:
    """Who can be measured, and of everybody else why not."""
    wanted = [peer for peer in PEERS if not only or any(part.lower() in peer.name.lower() for part in only)]
    out: dict[str, str] = {}
    for peer in wanted:
        reason = missing(peer.module) if peer.module else None
        if peer.most and records > peer.most:
            reason = f"left out: too slow above {peer.most} records"
        if reason:
            out[peer.name] = reason
    return [peer for peer in wanted if peer.name not in out], out


def alike(folder: Path, peers: Sequence[Peer], seed: int) -> list[str]:
    """Let everybody map a small archive and compare the graphs: the differences."""
    archive = synthetic(folder, _FEW, seed)
    written = folder / "alike"
    shutil.rmtree(written, ignore_errors=True)
    written.mkdir()
    faults = []
    first = next(peer for peer in PEERS if peer.name == "rdflib ntriples")
    for peer in {first.name: first, **{peer.name: peer for peer in peers if peer.graph}}.values():
        out = written / ("rdflib.ntriples" if peer is first else f"{peer.name}.{peer.formats[0]}")
        try:
            run(peer.command(archive, out), ROOT, folder / "log.txt", limit=120)
        except Failed as error:
            faults.append(f"{peer.name}: {error}")
    compared = subprocess.run(
        [sys.executable, str(HERE / "alike.py"), str(written)], check=False, capture_output=True, text=True, cwd=ROOT
    )
    return [*faults, *(compared.stdout + compared.stderr).splitlines()]


def _measure(peer: Peer, archive: Path, folder: Path, limit: float) -> tuple[Taken, int | None]:
    """What one run took, and how many statements lod counted."""
    out = folder / "out"
    try:
        taken = run(peer.command(archive, out), ROOT, folder / "log.txt", limit=limit)
        manifest = out / "manifest.json"
        return taken, json.loads(manifest.read_bytes())["counts"]["statements"] if manifest.is_file() else None
    finally:
        for path in folder.glob("out*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _rounds(
    peers: list[Peer], archive: Path, arguments: argparse.Namespace, out: dict[str, str]
) -> tuple[dict[str, list[Taken]], dict[str, int]]:
    """All runs of everybody, and the statements by archive; who fails is out. Ctrl-C ends it with what there is."""
    taken: dict[str, list[Taken]] = {}
    counted: dict[str, int] = {}
    turns = [(number, peer) for number in range(1, arguments.rounds + 1) for peer in peers]
    try:
        for number, peer in turns:
            if peer.name in out or (number > 1 and peer.once):
                continue
            try:
                one, statements = _measure(peer, archive, WORK, arguments.limit)
            except Failed as error:
                out[peer.name] = f"failed: {error}"
                continue
            if statements is not None:
                counted[peer.archive] = statements
            taken.setdefault(peer.name, []).append(one)
            say(f"  round {number}, {peer.name}: {one.wall:.2f} s")
    except KeyboardInterrupt:
        out.update({peer.name: "not measured: interrupted" for peer in peers if peer.name not in taken})
    return {name: all_ for name, all_ in taken.items() if name not in out}, counted


def _figures(peer: Peer, taken: Sequence[Taken], records: int, statements: int | None) -> Figures:
    wall = statistics.median(one.wall for one in taken)
    processors = statistics.median(one.processors for one in taken)
    peak = statistics.median(one.peak for one in taken)
    counted = statements / wall if statements is not None and peer.tool != "floor" else None
    return Figures(records / wall, counted, wall, processors, peak)


def table(found: Mapping[str, Figures], out: Mapping[str, str]) -> list[str]:
    """The figures, who is missing, and the goals, as lines."""
    lines = [
        f"{'':<22} {'records/s':>9} {'statem./s':>10} {'wall s':>7} {'CPU s':>7} {'peak MB':>7}   × rdflib ttl / nt"
    ]
    for name, one in found.items():
        statements = f"{one.statements:>10,.0f}" if one.statements is not None else f"{'-':>10}"
        times = " / ".join(
            f"{one.records / found[other].records:>6.1f}" if other in found else f"{'-':>6}"
            for other in ("rdflib turtle", "rdflib ntriples")
        )
        lines.append(
            f"{name:<22} {one.records:>9,.0f} {statements} {one.wall:>7.2f} {one.processors:>7.2f} {one.peak:>7.0f}"
            f"   {times}"
        )
    lines += [f"{name:<22} {reason}" for name, reason in out.items()]
    lines += ["", f"{'goal':<66} {'wanted':>7} {'found':>7}"]
    for goal in GOALS:
        value, verdict = goal.verdict(found)
        shown = f"{value:>7.2f}" if value is not None else f"{'-':>7}"
        lines.append(f"{goal.text:<66} {'≥' if goal.least else '≤'}{goal.target:>6} {shown}   {verdict}")
    return lines


def _as_json(arguments: argparse.Namespace, found: Mapping[str, Figures], out: Mapping[str, str]) -> dict[str, Any]:
    goals = [(goal, *goal.verdict(found)) for goal in GOALS]
    return {
        "records": arguments.records,
        "seed": arguments.seed,
        "rounds": arguments.rounds,
        "peers": {name: one._asdict() for name, one in found.items()},
        "missing": dict(out),
        "goals": [
            {"goal": goal.text, "wanted": goal.target, "least": goal.least, "found": value, "verdict": verdict}
            for goal, value, verdict in goals
        ],
    }


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, help=f"rounds [3, and 1 above {_MANY} records]")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="peers with this in their names")
    parser.add_argument("--limit", type=float, default=600, help="seconds that one run may take [600]")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args(argv)
    arguments.rounds = arguments.rounds or (1 if arguments.records > _MANY else 3)
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    arguments = _arguments(argv)
    WORK.mkdir(parents=True, exist_ok=True)
    peers, out = chosen(arguments.only, arguments.records)
    say(f"Comparing the graphs on {_FEW} records.")
    differing = alike(WORK, peers, arguments.seed)
    if differing:
        sys.stderr.write("".join(f"{line}\n" for line in differing))
        return 1
    say(f"Measuring {len(peers)} on {arguments.records} records.")
    archive = synthetic(WORK, arguments.records, arguments.seed)
    try:
        taken, counted = _rounds(peers, archive, arguments, out)
    finally:
        shutil.rmtree(archive)
    found = {
        peer.name: _figures(peer, taken[peer.name], arguments.records, counted.get(peer.archive))
        for peer in peers
        if peer.name in taken
    }
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(arguments, found, out), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(table(found, out)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
