from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from lod.archive import Archive
from lod.formats.newsml.schemes import scheme_files
from tests.formats.newsml.house import House, texts

G2 = "http://iptc.org/std/nar/2006-10-01/"


@pytest.fixture(scope="module", name="files")
def _files(house: House) -> dict[str, etree._Element]:
    return {file.path: etree.fromstring(file.data) for file in scheme_files(house.archive)}


def test_every_own_scheme_is_an_item(files: dict[str, etree._Element], house: House) -> None:
    own = {alias for alias in house.archive.vocabulary.aliases if house.archive.vocabulary.scheme(alias).own}
    assert {"noterole", "headlinerole", "idtype", "pubconstraint", "rendition", "grouprole"} <= own
    assert {f"cv/{alias}.xml" for alias in own} < set(files)


def test_they_are_valid(files: dict[str, etree._Element], schema: etree.XMLSchema) -> None:
    for name, item in files.items():
        if etree.QName(item).localname != "catalog":
            schema.assertValid(item)
        assert item.nsmap == {None: G2}, name


def test_a_scheme_has_the_iris_of_the_rdf(files: dict[str, etree._Element], house: House) -> None:
    item = files["cv/noterole.xml"]
    (meta,) = item.iter("{*}schemeMeta")
    assert (meta.get("uri"), meta.get("preferredalias")) == ("https://presse.example.org/cv/noterole/", "noterole")
    for code in texts(item, "//g2:conceptId/@qcode"):
        concept = house.archive.vocabulary.concept(code)
        assert concept.iri == str(meta.get("uri")) + code.partition(":")[2]
    names = item.xpath("//g2:concept[g2:conceptId/@qcode='noterole:embargo']/g2:name", namespaces={"g2": G2})
    assert [name.text for name in names] == ["Sperrfrist", "embargo"]


def test_the_catalog_declares_every_own_scheme(files: dict[str, etree._Element]) -> None:
    (name,) = (name for name in files if name.startswith("cv/catalog_"))
    catalog = files[name]
    declared = {one.get("alias"): one.get("uri") for one in catalog.iter("{*}scheme")}
    items = {path for path in files if not path.startswith("cv/catalog")}
    assert {f"cv/{alias}.xml" for alias in declared} == items
    assert name == f"cv/catalog_{len(declared)}.xml"
    assert catalog.get("url") == f"https://presse.example.org/newsml/{name}"
    inside = files["cv/catalog-item.xml"].find(".//{*}catalog")
    assert inside is not None
    assert dict(inside.attrib) == dict(catalog.attrib)


def test_an_item_declares_what_the_catalog_does(files: dict[str, etree._Element], house: House) -> None:
    (name,) = (name for name in files if name.startswith("cv/catalog_"))
    declared = {one.get("alias"): one.get("uri") for one in files[name].iter("{*}scheme")}
    for one in house.item(notes=["Termin"]).iter("{*}scheme"):
        assert declared[one.get("alias")] == one.get("uri")


def test_a_code_that_is_retired_stays_and_the_version_grows(
    make_archive: Callable[[str], Archive], schema: etree.XMLSchema
) -> None:
    archive = make_archive("")
    (archive.root / "vocab").mkdir()
    table = archive.root / "vocab" / "thema.csv"
    head = "# alias: thema\n# iri: vocab/thema#\n# title@de: Themen\ncode,label@de,introduced,retired,broad_match\n"
    first = "rueckfuehrung,Rückführung,2026-02-01,,medtop:20000634\n"
    for row, version in ((first, "1"), (first + "wohngeld,Wohngeld,2026-03-01,2026-04-01,\n", "3")):
        table.write_text(head + row, encoding="utf-8")
        files = {file.path: file.data for file in scheme_files(Archive.open(archive.root))}
        item = etree.fromstring(files["cv/thema.xml"])
        schema.assertValid(item)
        assert item.get("version") == version
    assert texts(item, "//g2:conceptId/@retired") == ["2026-04-01"]
    assert texts(item, "//g2:versionCreated") == ["2026-04-01T00:00:00+02:00"]
    assert texts(item, "//g2:broader/@uri") == ["http://cv.iptc.org/newscodes/mediatopic/20000634"]


def test_there_is_nothing_but_files_below_cv(house: House) -> None:
    assert all(Path(file.path).parts[0] == "cv" for file in scheme_files(house.archive))
