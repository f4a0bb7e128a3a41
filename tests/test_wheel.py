"""The wheel works where there is no checkout, and with nothing but the dependencies it declares."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it runs as for a person with a bare environment, and has to succeed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    kept["SOURCE_DATE_EPOCH"] = "1795608000"  # a message says when it was sent
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, as it is for a release."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    built = list(folder.glob("*.whl"))
    assert len(built) == 1
    assert len(list(folder.glob("*.tar.gz"))) == 1
    return built[0]


def _closure(lines: list[str] | None) -> dict[str, Distribution]:
    """Distributions that these requirements bring, with what they require in turn."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in lines or []]
    while waiting:
        requirement = waiting.pop()
        wanted = [{"extra": extra} for extra in (requirement.extras or [""])]
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        for line in found[name].requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate(extra) for extra in wanted):
                needed.marker = None
                waiting.append(needed)
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment that holds the wheel and its declared dependencies, and nothing else.

    The dependencies are linked from the environment of the tests, so that no network is needed.
    """
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=home)
    packages = next(home.glob("lib/python*/site-packages"))
    declared = next(packages.glob("lod_press-*.dist-info"))
    for dependency in _closure(Distribution.at(declared).requires).values():
        for top in {file.parts[0] for file in dependency.files or []} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(dependency.locate_file(top))))
    return home / "bin"


def test_wheel_holds_the_vocabulary(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "vocab").rglob("*") if path.is_file()]
    assert files
    assert {f"lod/{name}" for name in files} - names == set()
    assert "lod/py.typed" in names


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"lod"}


def test_fresh_environment_has_declared_dependencies_only(installed: Path) -> None:
    program = "import importlib.util as u; print([n for n in ('pytest', 'pyshacl', 'trafilatura') if u.find_spec(n)])"
    assert _run(installed / "python", "-c", program, cwd=installed).strip() == "[]"


def test_installed_package_is_not_the_checkout(installed: Path) -> None:
    place = _run(installed / "python", "-c", "import lod; print(lod.__file__)", cwd=installed).strip()
    assert Path(place).is_relative_to(installed.parent)


def test_installed_command_exports(installed: Path, tmp_path: Path) -> None:
    _run(installed / "lod", "init", "archiv", cwd=tmp_path)
    _run(installed / "lod", "check", "archiv", cwd=tmp_path)
    _run(installed / "lod", "export", "archiv", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "manifest.json").stat().st_size > 0
    for folder in ("turtle", "ntriples", "jsonld", "newsml"):
        assert [path for path in (tmp_path / "out" / folder).rglob("*") if path.is_file()], folder


def test_installed_command_writes_what_the_checkout_writes(installed: Path, tmp_path: Path) -> None:
    _run(installed / "lod", "init", "archiv", cwd=tmp_path)
    _run(installed / "lod", "export", "archiv", "wheel", cwd=tmp_path)
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from lod.cli import main; main()"
    _run(sys.executable, "-c", program, "export", "archiv", "checkout", cwd=tmp_path)
    written = {
        out: {
            path.relative_to(tmp_path / out).as_posix(): path.read_bytes()
            for path in (tmp_path / out).rglob("*")
            if path.is_file()
        }
        for out in ("wheel", "checkout")
    }
    assert written["wheel"]
    assert written["wheel"] == written["checkout"]
