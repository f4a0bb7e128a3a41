"""Archives, open to all or to newsrooms only, and the schema that items are checked against."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from lod.archive import Archive
from tests.formats.newsml.house import AUTHORITIES, CONFIG, House


@pytest.fixture(scope="session")
def make_archive(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Archive]:
    """Opens an archive whose archive.toml has more in it."""

    def make(more: str = "") -> Archive:
        folder = tmp_path_factory.mktemp("archive")
        (folder / "archive.toml").write_text(CONFIG + more, encoding="utf-8")
        (folder / "authorities").mkdir()
        (folder / "authorities" / "all.yaml").write_text(AUTHORITIES, encoding="utf-8")
        return Archive.open(folder)

    return make


@pytest.fixture(scope="session")
def house(make_archive: Callable[[str], Archive]) -> House:
    """An archive as it is by default."""
    return House(make_archive(""))


@pytest.fixture(scope="session")
def newsroom(make_archive: Callable[[str], Archive]) -> House:
    """The same archive with a feed that only newsrooms can read."""
    return House(make_archive('[newsml]\naudience = "press"\n'))


@pytest.fixture(scope="session")
def nitf(make_archive: Callable[[str], Archive]) -> House:
    """The same archive with NITF for XHTML."""
    return House(make_archive('[newsml]\nbody = "nitf"\n'))


@pytest.fixture(scope="session")
def both(make_archive: Callable[[str], Archive]) -> House:
    """The same archive with items in both mark-ups."""
    return House(make_archive('[newsml]\nbody = "both"\n'))


@pytest.fixture(scope="session")
def schema(standards: Path) -> etree.XMLSchema:
    """The schema of NewsML-G2 2.35, conformance level power."""
    return etree.XMLSchema(file=str(standards / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"))
