from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from lod.archive import Archive
from lod.body import List, Table, plain
from lod.harvest import harvest, partitions
from lod.release import Release
from tests.harvest.archives.ready import ready


@pytest.fixture(scope="module")
def releases(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Release]:
    archive = Archive.open(ready("debian", corpus, tmp_path_factory.mktemp("archive")))
    found = [harvested for part in partitions(archive, 1 << 20) for harvested in harvest(archive, part)]
    assert [fault for harvested in found for fault in harvested.faults] == []
    assert len(found) == 693
    return {harvested.release.path: harvested.release for harvested in found if harvested.release is not None}


def test_every_page_is_a_release_in_its_language(releases: dict[str, Release]) -> None:
    assert len(releases) == 693
    languages = Counter(release.language for release in releases.values())
    assert len(languages) == 24
    assert languages["de"] == 75
    assert languages["en"] == 89


def test_translations_name_their_original(releases: dict[str, Release]) -> None:
    for path, release in releases.items():
        if release.language == "en":
            assert release.translation_of is None
        else:
            assert release.translation_of == re.sub(r"-[a-z]+$", "-en", path)
            assert release.translation_of in releases


def test_titles_have_quotation_marks_of_their_language(releases: dict[str, Release]) -> None:
    assert releases["debian/20120311-de"].title == "Erste „Squeeze“-basierte Debian-Edu-Version veröffentlicht"
    assert releases["debian/20120311-en"].title.count("“") == 1


def test_nothing_of_the_page_language_is_left(releases: dict[str, Release]) -> None:
    residue = re.compile(
        r"</?(?:correction|dsa|url|downcase|define|release|codename|td|tr|th|p|a|li|q|h\d)\b|\$\(|%\d|<:|:>|\\$|#use",
        re.MULTILINE,
    )
    for path, release in releases.items():
        for line in (release.body or "").split("\n"):
            shown = re.sub(r"\]\([^)]*\)", "]", line).removesuffix("\\")
            assert not residue.search(shown), (path, line)


def test_tables_of_corrections(releases: dict[str, Release]) -> None:
    release = releases["debian/20120128-en"]
    tables = [block for block in release.blocks if isinstance(block, Table)]
    assert [len(table.header) for table in tables] == [2, 3, 2]
    assert plain((tables[0],)).split("\n")[1] == "adolc | Remove Visual C++ runtime from windows/ directory"
    assert plain((tables[1],)).split("\n")[-1] == "DSA-2393 | bip | Buffer overflow"
    assert "https://www.debian.org/security/2012/dsa-2393" in (release.body or "")
    assert "[http://ftp.debian.org/debian/dists/squeeze/ChangeLog]" in (release.body or "")


def test_the_page_in_german_whole(releases: dict[str, Release]) -> None:
    release = releases["debian/20120810-de"]
    headings = [line for line in (release.body or "").split("\n") if line.startswith("#")]
    assert headings == ["## Über Debian", "## Kontaktinformationen"]
    assert "neue offizielle Thema „Joy“" in release.text
    assert "[bekannte Probleme](https://www.debian.org/devel/debian-installer/errata)" in (release.body or "")
    assert release.text.endswith("oder schicken eine E-Mail an <press@debian.org>.")
    assert release.source is not None
    assert release.source.url == "https://www.debian.org/News/2012/20120810"


def test_lists_and_chinese_lines(releases: dict[str, Release]) -> None:
    blocks = releases["debian/20150426-ca"].blocks
    (listed,) = [block for block in blocks if isinstance(block, List)]
    assert len(listed.items) == 22
    assert "目前正在维护多个命令行和系统工具软件包。" in releases["debian/20170417-zh"].text
