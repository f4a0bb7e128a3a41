from __future__ import annotations

import os
from pathlib import Path

import pytest

from lod.errors import ConfigError
from lod.harvest.files import NATIVE, Found, format_of, found
from lod.source import Source
from tests.harvest.conftest import Make, everything, told

RECORD = "id: {id}\ntitle: Titel\nissuers: [stadt]\n"


def _record(name: str) -> str:
    return RECORD.format(id=name)


def _ids(make: Make) -> list[str]:
    return [harvested.release.path for harvested in everything(make()) if harvested.release is not None]


def test_formats_by_suffix_and_by_word() -> None:
    names = ["a.yaml", "a.YML", "a.json", "a.jsonl.gz", "a.ndjson", "a.csv.zst", "a.b.md", "a.txt", "a", "gz"]
    expected = ["yaml", "yaml", "json", "jsonl", "jsonl", "csv", "markdown", None, None, None]
    assert [format_of(name) for name in names] == expected
    assert format_of("a.txt", Source(path=("a.txt",), format="csv")) == "csv"


def test_files_come_in_the_order_of_their_paths(make: Make) -> None:
    names = ["b.yaml", "a/z.yaml", "a.yaml", "10.yaml", "9.yaml", "Ä.yaml", "a/b/c.json"]
    archive = make({f"releases/{name}": "x" for name in names})
    assert [file.path for file in found(archive)] == sorted(f"releases/{name}" for name in names)


def test_other_files_are_left_alone(make: Make) -> None:
    names = [".hidden.yaml", "a.yaml~", "bild.jpg", "README", ".git/a.yaml", "text.txt", "pm.pdf"]
    assert found(make({f"releases/{name}": "x" for name in names})) == []


@pytest.mark.parametrize("name", ["a.yaml.bak", "a.json.xz", "a.csv.zip"])
def test_what_was_meant_as_records_is_told(make: Make, name: str) -> None:
    assert told(make({f"releases/{name}": "x"})) == [
        f"releases/{name}: not a kind of file that records are read from; there are csv, json, jsonl, markdown, yaml"
    ]


def test_an_archive_without_records(make: Make) -> None:
    archive = make()
    (archive.root / "releases").mkdir()
    assert found(archive) == []


def test_an_archive_without_a_place_for_records(make: Make) -> None:
    with pytest.raises(ConfigError) as caught:
        found(make())
    told = "archive.toml: no folder releases/ beside this file, and no [[sources]]: there is nothing to read"
    assert str(caught.value) == told


def test_links_inside_are_followed_once(make: Make) -> None:
    archive = make({"releases/a.yaml": _record("a"), "alt/b.yaml": _record("b")})
    releases = archive.root / "releases"
    (releases / "alt").symlink_to("../alt")
    (releases / "noch-einmal").symlink_to("../alt")
    (releases / "c.yaml").symlink_to("a.yaml")
    assert _ids(make) == ["a", "b"]


def test_links_in_circles_are_told(make: Make) -> None:
    archive = make({"releases/a/x.yaml": _record("x"), "releases/b/y.yaml": _record("y")})
    releases = archive.root / "releases"
    (releases / "a" / "b").symlink_to("../b")
    (releases / "b" / "a").symlink_to("../a")
    (releases / "selbst").symlink_to("selbst")
    (releases / "oben").symlink_to("..")
    assert told(archive) == [
        "releases/oben: a link that leads in a circle",
        "releases/selbst: a link that leads in a circle",
    ]
    assert _ids(make) == ["x", "y"]


def test_links_out_of_the_archive_are_told_and_not_read(make: Make, tmp_path: Path) -> None:
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "s.yaml").write_text(_record("s"))
    archive = make({"releases/a.yaml": _record("a")})
    (archive.root / "releases" / "s.yaml").symlink_to(tmp_path / "geheim" / "s.yaml")
    (archive.root / "releases" / "ordner").symlink_to(tmp_path / "geheim")
    (archive.root / "releases" / "weg.yaml").symlink_to("nirgends")
    assert told(archive) == [
        "releases/ordner: a link that leads out of the archive; name its target in [[sources]] to read it",
        "releases/s.yaml: a link that leads out of the archive; name its target in [[sources]] to read it",
        "releases/weg.yaml: a link to nothing",
    ]
    assert _ids(make) == ["a"]


def test_a_source_may_lead_anywhere_and_through_links(make: Make, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "tief").mkdir(parents=True)
    (tmp_path / "elsewhere" / "1.yaml").write_text(_record("eins"))
    (tmp_path / "elsewhere" / "tief" / "2.yaml").write_text(_record("zwei"))
    config = '[[sources]]\npath = ["../elsewhere/*.yaml", "link.yaml"]\n[[sources]]\npath = "../elsewhere"\n'
    archive = make(config=config)
    (archive.root / "link.yaml").symlink_to(tmp_path / "elsewhere" / "1.yaml")
    assert found(archive) == [Found(0, "../elsewhere/1.yaml"), Found(1, "../elsewhere/tief/2.yaml")]
    assert [str(harvested.place) for harvested in everything(archive)] == [
        "../elsewhere/1.yaml:1",
        "../elsewhere/tief/2.yaml:1",
    ]


def test_a_file_that_a_source_names_is_not_read_as_ours_too(make: Make) -> None:
    config = '[[sources]]\npath = "releases/fremd/*.json"\n'
    archive = make({"releases/a.yaml": "x", "releases/fremd/b.json": "{}"}, config)
    assert found(archive) == [Found(0, "releases/fremd/b.json"), Found(NATIVE, "releases/a.yaml")]


@pytest.mark.parametrize("pattern", ["nichts.jsonl", "nirgends/*.jsonl", "../nirgends/**/*.yaml"])
def test_a_source_that_leads_to_nothing_is_an_error(make: Make, pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"archive\.toml: sources\.0\.path: no such file or folder"):
        found(make(config=f'[[sources]]\npath = "{pattern}"\n'))


def test_an_empty_folder_of_a_pattern_is_none(make: Make) -> None:
    archive = make({"eingang/lies.txt": "x"}, '[[sources]]\npath = "eingang/*.jsonl"\n')
    assert found(archive) == []


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_names_that_are_no_utf8_are_written_out(make: Make) -> None:
    archive = make({"releases/x.yaml": "x"})
    try:
        (archive.root / "releases/x.yaml").rename(archive.root / "releases" / os.fsdecode(b"k\xf6ln.yaml"))
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    assert told(archive) == ['releases/k\\xf6ln.yaml:1: a mapping is needed, found "x"']
