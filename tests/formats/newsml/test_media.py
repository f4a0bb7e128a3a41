from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from lod.formats.base import File
from lod.vocabulary import vocab_root
from tests.formats.newsml.house import House, texts

GUID = "urn:newsml:presse.example.org:20260101:stadt.2026.17"
IRI = "https://presse.example.org/release/stadt/2026/17"
PHOTO = {
    "name": "foto.jpg",
    "url": "https://stadt.example/foto.jpg",
    "media_type": "image/jpeg",
    "bytes": 2345678,
    "sha256": "ab" * 32,
    "role": "picture",
    "title": "Der neue Radweg",
    "caption": "Der neue Radweg am Rathaus, am 10. September 2026.",
    "credit": "Stadt/Max Muster",
    "rights": "Honorarfrei bei Nennung des Fotografen.",
    "width": 3000,
    "height": 2000,
}
STUDY = {"name": "studie.pdf", "url": "https://stadt.example/studie.pdf", "media_type": "application/pdf"}
FIELDS: dict[str, Any] = {"body": "Text.", "attachments": [STUDY, PHOTO]}


@pytest.fixture(scope="module", name="files")
def _files(house: House) -> dict[str, File]:
    return {file.path: file for file in house.piece(house.release(**FIELDS)).others}


def item(files: dict[str, File], path: str) -> etree._Element:
    return etree.fromstring(files[path].data)


def test_each_picture_and_attachment_is_an_item_and_a_package_ties_them(files: dict[str, File]) -> None:
    news, package = "application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.packageitem+xml"
    assert {path: file.media_type for path, file in files.items()} == {
        "2026/stadt.2026.17_studie.pdf_v1.xml": news,
        "2026/stadt.2026.17_foto.jpg_v1.xml": news,
        "2026/stadt.2026.17__package_v1.xml": package,
    }


def test_they_are_valid(files: dict[str, File], schema: etree.XMLSchema) -> None:
    for file in files.values():
        schema.assertValid(etree.fromstring(file.data))


def test_a_picture(files: dict[str, File]) -> None:
    photo = item(files, "2026/stadt.2026.17_foto.jpg_v1.xml")
    assert photo.get("guid") == GUID + "_foto.jpg"
    assert texts(photo, "//g2:itemClass[not(parent::g2:link)]/@qcode") == ["ninat:picture"]
    assert texts(photo, "//g2:headline") == ["Der neue Radweg"]
    assert texts(photo, "//g2:description[@role='drol:caption']") == [PHOTO["caption"]]
    assert texts(photo, "//g2:creditline") == ["Stadt/Max Muster"]
    assert texts(photo, "//g2:usageTerms") == ["Honorarfrei bei Nennung des Fotografen."]
    assert texts(photo, "//g2:altId[@type='idtype:iri']") == [IRI + "/file/foto.jpg"]
    assert texts(photo, "//g2:link/@residref") == [GUID]
    (remote,) = photo.iter("{*}remoteContent")
    assert dict(remote.attrib) == {
        "rendition": "rnd:highRes",
        "href": "https://stadt.example/foto.jpg",
        "contenttype": "image/jpeg",
        "size": "2345678",
        "width": "3000",
        "height": "2000",
    }
    assert texts(photo, "//g2:hash") == ["ab" * 32]


def test_an_attachment(files: dict[str, File]) -> None:
    study = item(files, "2026/stadt.2026.17_studie.pdf_v1.xml")
    assert texts(study, "//g2:itemMeta/g2:itemClass/@qcode") == ["ninat:text"]
    assert texts(study, "//g2:headline") == ["Städte fordern schnellere Bescheide"]
    assert texts(study, "//g2:usageTerms/@href") == ["http://rightsstatements.org/vocab/CNE/1.0/"]
    assert texts(study, "//g2:remoteContent/@rendition") == ["rendition:studie.pdf"]


def test_the_package_names_the_release_first(files: dict[str, File]) -> None:
    package = item(files, "2026/stadt.2026.17__package_v1.xml")
    own = "stadt.2026.17__package"  # ids are unique in a message of several packages
    assert texts(package, "//g2:groupSet/@root") == [f"root.{own}"]
    assert texts(package, "//g2:groupRef/@idref") == [f"main.{own}", f"pictures.{own}", f"attachments.{own}"]
    assert texts(package, "//g2:group/@role") == [
        "grouprole:root",
        "grouprole:main",
        "grouprole:pictures",
        "grouprole:attachments",
    ]
    assert texts(package, "//g2:itemRef/@residref") == [GUID, GUID + "_foto.jpg", GUID + "_studie.pdf"]
    assert texts(package, "//g2:itemRef/g2:itemClass/@qcode") == ["ninat:text", "ninat:picture", "ninat:text"]


def test_the_release_links_them(house: House) -> None:
    release = house.item(**FIELDS)
    assert texts(release, "//g2:link[@rel='irel:seeAlso']/@residref") == [GUID + "_studie.pdf", GUID + "_foto.jpg"]
    assert texts(release, "//g2:link/g2:itemClass/@qcode") == ["ninat:text", "ninat:picture"]


def test_without_them_there_is_no_package(house: House) -> None:
    rendition = {**STUDY, "role": "rendition"}
    assert house.piece(house.release(body="Text.", attachments=[rendition])).others == ()


def test_after_a_kill_nothing_of_them_is_left(house: House) -> None:
    piece = house.piece(house.release(**FIELDS, status="canceled"))
    assert piece.others == ()
    assert b"foto.jpg" not in piece.data


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_what_came_with_a_release_is_stopped_with_it(both: House, schema: etree.XMLSchema, status: str) -> None:
    grammar = etree.RelaxNG(file=str(vocab_root() / "newsml" / "press-release.rng"))
    kind = {"canceled": "cancel", "withheld": "withhold"}[status]
    change = {"version": 2, "at": "2026-09-16T10:00:00+02:00", "kind": kind, "note": "Falsche Zahlen."}
    release = both.release(**FIELDS, version=2, status=status, changes=[change])
    description = both.mapping.describe(release)
    description.former = dict.fromkeys(("studie.pdf", "foto.jpg", "_package"), status)
    files = both.serializer.encode(description).others
    files = tuple(file for file in files if not file.path.endswith("stadt.2026.17_v2.xml"))
    assert [file.path for file in files] == [
        f"{folder}2026/stadt.2026.17_{name}_v2.xml"
        for folder in ("", "nitf/")
        for name in ("studie.pdf", "foto.jpg", "_package")
    ]
    for file in files:
        item = etree.fromstring(file.data)
        schema.assertValid(item)
        grammar.assertValid(item)
        assert texts(item, "//g2:pubStatus/@qcode") == [f"stat:{status}"]
        assert texts(item, "//g2:edNote")[0].endswith("Falsche Zahlen.")
        assert not any(gone in file.data for gone in (b"Radweg", b"Muster", b"/file/", b"remoteContent", b"itemRef"))
    assert texts(etree.fromstring(files[1].data), "//g2:itemMeta/g2:itemClass/@qcode") == ["ninat:picture"]


def test_an_embargo_holds_for_what_comes_with_the_release(house: House) -> None:
    piece = house.piece(house.release(**FIELDS, embargo={"until": "2026-09-20T11:00:00+02:00"}))
    for file in piece.others:
        assert texts(etree.fromstring(file.data), "//g2:embargoed") == ["2026-09-20T11:00:00+02:00"]
        assert texts(etree.fromstring(file.data), "//g2:edNote") == ["Sperrfrist: 20.09.2026, 11:00 Uhr (UTC+02:00)."]
