"""How well documents are read: `make extraction`, or `python tests/bench/extraction.py FOLDER…`.

For each folder of documents with truth a table of precision, recall and F1 by field, then what differs in each
document. Exit code 1 when a field is below its measure, 2 when there is nothing to measure.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    # As a script it finds its siblings by the names they have in the tests.
    sys.path.insert(0, str(ROOT))

from tests.bench.scoring import FIELDS, Count, Verdict, judge  # noqa: E402 - found only from here on
from tests.bench.truth import Case, cases  # noqa: E402 - found only from here on

__all__ = ["FLOORS", "OWN", "Measure", "floors", "main", "measure", "raised", "reader", "shared_documents"]

OWN = ROOT / "tests" / "ingest" / "docs"
FLOORS = ROOT / "tests" / "ingest" / "extraction_floors.toml"
Reader = Callable[[Path], Mapping[str, Any]]


def shared_documents() -> Path:
    """The folder of sample documents beside the checkout; LOD_CORPUS names another corpus."""
    return Path(os.environ.get("LOD_CORPUS") or ROOT.parent / "shared" / "corpus") / "docs"


@dataclass(frozen=True)
class Measure:
    """The verdicts on the documents of a folder."""

    folder: Path
    verdicts: Mapping[str, Verdict]

    @property
    def label(self) -> str:
        """The last two names of the folder's path."""
        return "/".join(self.folder.resolve().parts[-2:])

    def count(self, name: str) -> Count:
        """The sum of a field over all documents."""
        return sum((verdict.counts.get(name, Count()) for verdict in self.verdicts.values()), Count())

    def below(self) -> list[str]:
        """Fields that do not reach their measure."""
        return [name for name, least in FIELDS.items() if least is not None and self.count(name).f1 < least]

    def scores(self) -> dict[str, float]:
        """F1 of each field, recall where precision cannot be known."""
        return {name: self.count(name).f1 for name in FIELDS}


def reader() -> Reader:
    """The reader of `lod ingest`: path of a document → record."""
    from lod.ingest.document import open_document
    from lod.ingest.reading import read

    return lambda path: read(open_document(path)).record()


def measure(folder: Path, read: Reader) -> Measure:
    """All documents of a folder read and judged. A document that cannot be read has an empty record."""
    return Measure(folder, {case.name: _verdict(case, read) for case in cases(folder)})


def _verdict(case: Case, read: Reader) -> Verdict:
    try:
        record = read(case.path)
    except Exception as error:  # noqa: BLE001 - whatever a reader raises, the other documents are still measured
        verdict = judge(case.truth, {})
        verdict.differences.insert(0, f"cannot be read: {type(error).__name__}: {error}")
        return verdict
    return judge(case.truth, record)


# ------------------------------------------------------------------------------------------------ floors


def floors() -> dict[str, dict[str, float]]:
    """The least F1 by folder and field that was ever reached and must be kept."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def raised(old: Mapping[str, Mapping[str, float]], measures: Sequence[Measure]) -> dict[str, dict[str, float]]:
    """Floors brought up to what was measured, in thousandths; none goes down."""
    new = {label: dict(fields) for label, fields in old.items()}
    for taken in measures:
        fields = new.setdefault(taken.label, {})
        for name, score in taken.scores().items():
            fields[name] = max(fields.get(name, 0.0), int(score * 1000) / 1000)
    return new


def _write_floors(new: Mapping[str, Mapping[str, float]]) -> None:
    lines = ["# F1 of each field that was reached once. Only `extraction.py --raise` writes here, and only upwards."]
    for label, fields in sorted(new.items()):
        lines += ["", f'["{label}"]', *(f'"{name}" = {fields[name]:.3f}' for name in FIELDS if name in fields)]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------------------------ printing


def _table(taken: Measure) -> list[str]:
    lines = [
        f"{taken.label}: {len(taken.verdicts)} documents",
        f"  {'field':<16} {'precision':>9} {'recall':>7} {'F1':>7} {'measure':>8}   right/found/expected",
    ]
    for name, least in FIELDS.items():
        count = taken.count(name)
        state = "" if least is None or count.f1 >= least else "  below"
        demanded = f"{least:.2f}" if least is not None else "-"
        lines.append(
            f"  {name:<16} {count.precision:>9.3f} {count.recall:>7.3f} {count.f1:>7.3f} {demanded:>8}   "
            f"{count.right}/{count.found}/{count.expected}{state}"
        )
    return lines


def _differences(taken: Measure) -> list[str]:
    lines = []
    for name, verdict in taken.verdicts.items():
        if verdict.differences:
            lines += [f"  {name}", *(f"    {difference}" for difference in verdict.differences)]
    return lines


def _as_json(measures: Sequence[Measure]) -> dict[str, Any]:
    return {
        "reached": not any(taken.below() for taken in measures),
        "folders": [
            {
                "folder": taken.label,
                "documents": len(taken.verdicts),
                "below": taken.below(),
                "fields": {name: _figures(taken.count(name), least) for name, least in FIELDS.items()},
                "differences": {
                    name: verdict.differences for name, verdict in taken.verdicts.items() if verdict.differences
                },
            }
            for taken in measures
        ],
    }


def _figures(count: Count, least: float | None) -> dict[str, Any]:
    return {
        "right": count.right,
        "found": count.found,
        "expected": count.expected,
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "measure": least,
    }


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with documents and *.truth.json")
    parser.add_argument("--no-gate", action="store_true", help="exit code 0 whatever the figures are")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--brief", action="store_true", help="print the tables only")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors that the tests keep")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None, read: Reader | None = None) -> int:
    """The command; `read` replaces the reader of `lod ingest`."""
    arguments = _arguments(argv)
    folders = arguments.folders or [folder for folder in (shared_documents(), OWN) if folder.is_dir()]
    empty = [str(folder) for folder in folders if not cases(folder)]
    if empty or not folders:
        sys.stderr.write(f"no documents with truth: {', '.join(empty)}\n")
        return 2
    measures = [measure(folder, read or reader()) for folder in folders]
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(measures), ensure_ascii=False, indent=2) + "\n")
    else:
        for taken in measures:
            lines = [*_table(taken), *([] if arguments.brief else ["", *_differences(taken)]), "", ""]
            sys.stdout.write("\n".join(lines))
    if arguments.lift:
        _write_floors(raised(floors(), measures))
    return int(any(taken.below() for taken in measures) and not arguments.no_gate)


if __name__ == "__main__":
    sys.exit(main())
