"""One task of the proof, in whatever process. What reads RDF is imported only where there is RDF to read."""

from __future__ import annotations

from lod.verify.checked import Checked
from lod.verify.finding import Findings
from lod.verify.plan import GraphTask, ItemsTask, PlainTask, Task
from lod.verify.source import Broken, Source

__all__ = ["work"]


def work(task: Task) -> Checked:
    """Prove the files of one task."""
    if isinstance(task, GraphTask):
        from lod.verify.graph import check_graphs  # noqa: PLC0415 - pyoxigraph comes with it

        return check_graphs(task)
    if isinstance(task, ItemsTask):
        from lod.verify.items import check_items  # noqa: PLC0415 - lxml comes with it

        return check_items(task)
    return _check_bytes(task)


def _check_bytes(task: PlainTask) -> Checked:
    findings = Findings()
    for entry in task.entries:
        try:
            with Source(task.out, entry) as source:
                source.judge(findings)
        except Broken as error:
            findings.add(error.rule, entry.path, error.reason)
    return Checked(findings, ())
