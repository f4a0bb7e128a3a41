"""The promises of the project as a whole: names, sizes, dependencies, targets, and that it speaks of itself alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "lod").rglob("*.py"))
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 50
SAY_NOTHING = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "manager",
    "managers",
    "data",
    "core",
    "base_utils",
}
# Which part of the package may use which extra, besides what everybody has.
EXTRA_OF = {
    "address": "cluster",
    "change": "verify",
    "cluster": "cluster",
    "deliver": "deliver",
    "ingest": "ingest",
    "verify": "verify",
}
# Packages that always come with another, and are imported as a part of it.
PART_OF = {"pydantic-core": "pydantic"}


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _files() -> list[Path]:
    """All files of the repository, also those not yet committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of its files")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def _targets() -> dict[str, str]:
    """Targets of the Makefile that a person may call, with what `make help` says of them."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z-]+):.*?## (.+)$", makefile, flags=re.MULTILINE))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _requirements(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


# ------------------------------------------------------------------------------------------------ versions


def test_changelog_and_version_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d\d-\d\d)$", changelog, flags=re.MULTILINE)
    assert newest, "no entry of the form `## [1.2.3] - 2026-01-31`"
    assert newest[1] == _project()["project"]["version"]


def test_package_knows_its_version() -> None:
    lod = import_module("lod")
    assert lod.__version__ == _project()["project"]["version"]


def test_python_version_is_the_same_for_all_tools() -> None:
    project = _project()
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert "--python-version 3.11" in (ROOT / "Makefile").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------ code


def test_there_are_modules() -> None:
    assert len(MODULES) > 3


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_module_is_one_thing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") < MOST_LINES
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    sizes = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_module_has_a_name_that_says_something(path: Path) -> None:
    assert SAY_NOTHING.isdisjoint(path.relative_to(ROOT / "lod").with_suffix("").parts)


def test_public_names_are_all_and_real() -> None:
    lod = import_module("lod")
    assert set(lod.__all__) == {"__version__", *lod._HOMES}
    assert set(lod.__all__) == {"__version__", *lod._HOMES}
    assert [name for name in lod.__all__ if not hasattr(lod, name)] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_module_lists_its_public_names(path: Path) -> None:
    """What `__all__` promises is there. Read from the source, so that no module has to be imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lists = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "__all__" for target in node.targets)
    ]
    if not lists:
        return
    promised = ast.literal_eval(lists[0])
    assert len(promised) == len(set(promised))
    defined = {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    defined |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        defined |= {target.id for target in targets if isinstance(target, ast.Name)}
    lazy = any(name == "__getattr__" for name in defined)
    assert lazy or set(promised) <= defined


@pytest.mark.parametrize("path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=_name)
def test_every_exception_to_a_rule_says_why(path: Path) -> None:
    bare = re.compile(r"#\s*(noqa|pragma:\s*no cover)(:\s*[A-Z0-9, ]+)?\s*$")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if bare.search(line)] == []


def test_every_ruff_exception_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[tool.ruff.lint]") : text.index("[tool.mypy]")]
    exceptions = re.findall(r'^    "[A-Z]+\d+",(.*)$', section, flags=re.MULTILINE)
    assert len(exceptions) > 10
    assert [line for line in exceptions if not re.fullmatch(r" *# \S.{5,}", line)] == []


# ------------------------------------------------------------------------------------------------ dependencies


@cache
def _owners() -> Mapping[str, list[str]]:
    """The distributions of each package. To find out, every file of every distribution is looked at: once is enough."""
    return packages_distributions()


def _imported(path: Path) -> set[str]:
    """Distributions whose packages a module imports, wherever in the module that happens."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    tops = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"lod"}
    distributions = {canonicalize_name(_owners().get(top, [top])[0]) for top in tops}
    return {PART_OF.get(name, name) for name in distributions}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_are_declared(path: Path) -> None:
    """A module uses what everybody has, and at most the extra that belongs to its part of the package."""
    project = _project()["project"]
    part = path.relative_to(ROOT / "lod").with_suffix("").parts[0]
    extra = EXTRA_OF.get(part, "")
    allowed = _requirements(project["dependencies"]) | _requirements(project["optional-dependencies"].get(extra, []))
    assert _imported(path) - allowed == set()


def test_dependencies_are_used() -> None:
    used = set().union(*(_imported(path) for path in MODULES))
    assert _requirements(_project()["project"]["dependencies"]) - used == set()


def test_lock_is_exact_and_names_no_place() -> None:
    lock = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock, flags=re.MULTILINE))
    project = _project()
    extras = [line for lines in project["project"]["optional-dependencies"].values() for line in lines]
    direct = [*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]]
    for requirement in map(Requirement, direct):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{name} is not in the lock: make lock"
        assert requirement.specifier.contains(pinned[name]), f"the lock is older than pyproject.toml: {name}"
    assert re.findall(r"\w+://|^-|^\s*/", lock, flags=re.MULTILINE) == []
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", lock)[1:])


# ------------------------------------------------------------------------------------------------ make and docs


def test_targets_are_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", makefile, flags=re.MULTILINE)
    assert phony
    assert set(phony[1].replace("\\\n", " ").split()) == set(_targets())
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert [
        name
        for name, words in _targets().items()
        if not re.search(rf"^  {name} +{re.escape(words)}$", printed, re.MULTILINE)
    ] == []


def test_targets_that_people_know_exist() -> None:
    known = (
        "help export turtle ntriples jsonld newsml check show verify test test-all lint typecheck imports check-code"
    )
    assert set(f"{known} vocab lock clean extraction".split()) <= set(_targets())


def test_documents_name_targets_that_exist() -> None:
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / ".ci" / "run"]:
        text = document.read_text(encoding="utf-8")
        named = re.findall(r"(?:^|`)make ((?:(?:--)?[a-z-]+(?: |$|(?=`)))+)", text, flags=re.MULTILINE)
        assert {word for words in named for word in words.split() if not word.startswith("--")} <= set(_targets()), (
            document
        )


def test_advice_to_install_names_our_distribution() -> None:
    """Another project on PyPI is called lod; nobody should be sent there."""
    texts = [path.read_text(encoding="utf-8") for path in [*MODULES, ROOT / "README.md"]]
    advised = [name for text in texts for name in re.findall(r"pip install [\"']?([A-Za-z0-9._-]+)", text)]
    assert set(advised) == {_project()["project"]["name"]}


def test_ci_calls_make_only() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in commands if not re.match(r"make |set -euo pipefail$|cd ", line)] == []
    assert commands[-1].endswith("test-all")


def test_targets_read_the_formats_of_the_package() -> None:
    """Each format has a target of its own, so that a new one cannot be forgotten in the Makefile."""
    formats = pytest.importorskip("lod.formats", reason="there are no formats")
    assert set(formats.FORMATS) <= set(_targets())


# ------------------------------------------------------------------------------------------------ the repository


def test_repository_speaks_of_itself_alone() -> None:
    """No file names a place on somebody's machine."""
    place = re.compile(
        rb"(?:^|[\s\"'(=`])(?:file://)?/(?:work|farm|home|root|Users|tmp/[a-z])[/\w]", flags=re.MULTILINE
    )
    files = _files()
    assert files
    found = [f"{_name(path)}: {hit.group()!r}" for path in files for hit in place.finditer(path.read_bytes())]
    assert found == []


def test_text_files_are_utf8_with_unix_lines() -> None:
    texts = [
        path for path in _files() if path.suffix in {".py", ".md", ".toml", ".ttl", ".jsonld", ".json", ".yaml", ".csv"}
    ]
    assert texts
    for path in texts:
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text, path
        assert not text or text.endswith("\n"), path


def test_every_vocabulary_file_has_a_source() -> None:
    """SOURCES.md says of each code table where its facts come from."""
    tables = sorted((ROOT / "vocab" / "schemes").glob("*"))
    if not tables:
        pytest.skip("no code tables")
    sources = (ROOT / "vocab" / "SOURCES.md").read_text(encoding="utf-8")
    assert [_name(path) for path in tables if path.stem not in sources] == []
