"""What an export did, in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lod.errors import on_one_line
from lod.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.dump.report import Summary

__all__ = ["told"]


def told(summary: Summary) -> str:
    """Some lines for people: what came in, what went out, what was left out and where to look."""
    return "".join(f"{on_one_line(line)}\n" for line in _lines(summary))


def _lines(summary: Summary) -> Iterator[str]:
    counts = summary.counts
    yield from summary.faults
    if len(summary.faults) < counts.rejected:
        yield "…"
    yield (
        f"{_count(counts.harvested, 'record')} read: {counts.exported:,} exported, {counts.rejected:,} rejected, "
        f"{counts.withheld:,} withheld."
    )
    yield f"Wrote {_count(summary.files, 'file')} ({_size(summary.bytes)}) to {summary.out}:"
    wide = max(map(len, summary.formats))
    for name in summary.formats:
        example = _example(Path(summary.out), name)
        yield f"  {name + '/':<{wide + 1}}  {FORMATS[name].title}" + (f"; open {example}" if example else "")
    yield f"  {'manifest.json':<{wide + 1}}  every file with its size and SHA-256; check with sha256sum -c SHA256SUMS"
    if summary.gone:
        names = ", ".join(f"{name}/" for name in summary.gone)
        yield f"Removed {names}: {summary.out} holds what the last export was asked for; -f can be repeated."
    if summary.change:
        told = Path(summary.out) / summary.change / "en.txt"
        yield f"What changed since the last export: {told}, and for stores and programs beside it"
    if counts.rejected:
        yield f"What was rejected, and why: {summary.report}/rejects.jsonl"
    if counts.warnings:
        yield f"{_count(counts.warnings, 'warning')}: {summary.report}/warnings.txt"


def _example(out: Path, name: str) -> str | None:
    files = sorted(path for path in (out / name).rglob("*") if path.is_file())
    dated = [path for path in files if (path.name if path.parent == out / name else path.parent.name)[:4].isdigit()]
    return str((dated or files)[-1]) if files else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004 - SI units
            return f"{size:.0f} {unit}"
        size //= 1000
    return f"{size} GB"
