from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from lod.archive import Archive
from lod.description import Description
from lod.errors import ConfigError
from lod.term import IRI
from tests.formats.newsml.house import House, texts

BASE = "https://presse.example.org/"
GUID = "urn:newsml:presse.example.org:20260101:"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

FULL: dict[str, Any] = {
    "identifiers": [
        {"scheme": "idtype:urn", "value": "urn:nbn:de:hbz:6-1234"},
        {"scheme": "https://other.example/ids", "value": "4711"},
    ],
    "subtitle": "Gemeinsame Erklärung",
    "kicker": "Wohngeld",
    "lead": "Die Städte verlangen einfachere Regeln.",
    "body": "Anträge sollen in **vier Wochen** entschieden sein.\n\n- erstens\n- zweitens",
    "boilerplate": ["Über die Stadt: …"],
    "notes": ["Bildtermin um 10 Uhr."],
    "issuers": ["stadt", {"authority": "bund"}, {"name": "Landkreis Beispiel"}],
    "dateline": {
        "text": "Beispielhausen, 14. September 2026",
        "places": [{"authority": "beispielhausen"}, "Musterstadt"],
    },
    "people": [
        {
            "name": "Anna Beispiel",
            "function": "Oberbürgermeisterin",
            "organisation": {"authority": "stadt"},
            "authority": "anna-beispiel",
        },
        {"name": "Jörg Groß", "honorific": "Dr."},
    ],
    "organisations": ["Bundesbauministerium"],
    "places": [{"authority": "beispielhausen"}],
    "subjects": ["medtop:20000612"],
    "keywords": ["Wohngeld", "§ 24"],
    "attachments": [
        {
            "name": "pm.pdf",
            "url": "https://stadt.example/pm.pdf",
            "media_type": "application/pdf",
            "bytes": 48213,
            "sha256": "9f" * 32,
            "role": "rendition",
        },
        {"name": "pm-gross.pdf", "file": "files/pm-gross.pdf", "media_type": "application/pdf", "role": "rendition"},
        {"name": "foto.jpg", "url": "https://stadt.example/f.jpg", "media_type": "image/jpeg", "role": "picture"},
    ],
    "rights": {
        "holder": {"authority": "stadt"},
        "notice": "© 2026 Stadt Beispielhausen",
        "usage_terms": "Abdruck honorarfrei.",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    },
    "replaces": "stadt/2026/16",
    "related": ["stadt/2026/15", "bund/2026/1"],
    "translation_of": "stadt/2026/17-en",
    "source": {"url": "https://stadt.example/presse/17", "retrieved": "2026-09-15T08:00:00Z"},
}


@pytest.fixture(scope="module", name="full")
def _full(house: House) -> etree._Element:
    return house.item(**FULL)


def kill(**fields: Any) -> dict[str, Any]:
    change = {"version": 2, "at": "2026-09-16T10:00:00+02:00", "kind": "cancel", "note": "Falsche Zahlen."}
    return {**FULL, "version": 2, "status": "canceled", "changes": [change], **fields}


def test_an_item_is_a_file_named_after_its_guid(house: House) -> None:
    piece = house.piece(house.release(version=3))
    root = etree.fromstring(piece.data)
    assert piece.path == "2026/stadt.2026.17_v3.xml"
    assert dict(root.attrib) == {
        "standard": "NewsML-G2",
        "standardversion": "2.35",
        "conformance": "power",
        "guid": GUID + "stadt.2026.17",
        "version": "3",
        LANG: "de",
    }
    assert texts(root, "//g2:fileName") == ["stadt.2026.17_v3.xml"]


@pytest.mark.parametrize("fields", [{}, FULL, kill(), {**kill(), "status": "withheld", "changes": []}, {"body": "x"}])
def test_items_are_valid(house: House, newsroom: House, schema: etree.XMLSchema, fields: dict[str, Any]) -> None:
    contacts = [{"name": "E. Muster", "channel": "press"}, {"organisation": "Presseamt", "channel": "public"}]
    for one in (house, newsroom):
        schema.assertValid(one.item(**{"contacts": contacts, **fields}))


def test_rights(full: etree._Element) -> None:
    assert texts(full, "//g2:copyrightHolder/@uri") == [BASE + "org/stadt#id"]
    assert texts(full, "//g2:copyrightNotice") == ["© 2026 Stadt Beispielhausen"]
    assert texts(full, "//g2:usageTerms/text()") == ["Abdruck honorarfrei."]
    assert texts(full, "//g2:usageTerms/@href") == [
        "https://creativecommons.org/licenses/by/4.0/",
        "http://rightsstatements.org/vocab/CNE/1.0/",
    ]


def test_sender_and_speakers_are_told_apart(full: etree._Element) -> None:
    assert texts(full, "//g2:provider/@uri") == [BASE + "org/archiv#id"]
    assert texts(full, "//g2:creator/g2:name") == [
        "Stadt Beispielhausen",
        "Städtebund Musterland",
        "Landkreis Beispiel",
    ]
    assert texts(full, "//g2:by") == ["Stadt Beispielhausen, Städtebund Musterland, Landkreis Beispiel"]
    assert texts(full, "//g2:creditline") == ["Stadt BH / StBM / Landkreis Beispiel"]
    assert texts(full, "//g2:infoSource[@role='cpprole:originfo']/@uri") == [BASE + "org/stadt#id"]


def test_identifiers(full: etree._Element) -> None:
    assert [(one.get("type"), one.get("typeuri"), one.text) for one in full.iter("{*}altId")] == [
        ("idtype:iri", None, BASE + "release/stadt/2026/17"),
        ("idtype:number", None, "17/2026"),
        ("idtype:urn", None, "urn:nbn:de:hbz:6-1234"),
        (None, "https://other.example/ids", "4711"),
    ]


def test_topics_have_german_and_english_names(full: etree._Element) -> None:
    names = full.xpath("//g2:subject[@qcode='medtop:20000612']/g2:name", namespaces={"g2": full.nsmap[None]})
    assert [(name.get(LANG), name.text) for name in names] == [("de", "Kommune"), ("en-GB", "local authority")]
    assert texts(full, "//g2:genre/g2:name") == ["Pressemitteilung", "Press Release"]


def test_topics_above_those_given_say_so(full: etree._Element) -> None:
    assert texts(full, "//g2:subject[@qcode='medtop:20000612']/@why") == ["why:direct"]
    assert texts(full, "//g2:subject[@qcode='medtop:20000612']/g2:broader/@qcode") == ["medtop:20000593"]
    assert texts(full, "//g2:subject[@why='why:ancestor']/@qcode") == ["medtop:20000593", "medtop:11000000"]


def test_a_topic_that_is_above_another_is_given_once(house: House) -> None:
    item = house.item(subjects=["medtop:20000612", "medtop:11000000"])
    assert texts(item, "//g2:subject/@qcode") == ["medtop:20000612", "medtop:11000000", "medtop:20000593"]
    assert texts(item, "//g2:subject/@why") == ["why:direct", "why:direct", "why:ancestor"]


def test_what_more_is_known_is_asserted_once(full: etree._Element) -> None:
    assert texts(full, "//g2:assert/@uri") == [
        BASE + "org/bund#id",
        BASE + "org/stadt#id",
        BASE + "place/beispielhausen#id",
    ]
    (place,) = full.xpath("//*[local-name()='assert'][contains(@uri, 'place')]")
    assert [dict(one.attrib) for one in place.iter("{*}sameAs")] == [
        {"qcode": "wikidata:Q64"},
        {"uri": "https://sws.geonames.org/2950159/"},
    ]
    assert texts(full, "//g2:assert//g2:web") == ["https://stadt.example/"]
    assert texts(full, "//g2:assert[contains(@uri, 'stadt')]/g2:name") == ["Stadt Beispielhausen", "Stadt BH"]


def test_a_reservation_of_data_mining_is_said(house: House, make_archive: Callable[[str], Archive]) -> None:
    assert texts(house.item(rights={"data_mining": "prohibited"}), "//g2:dataMining/@qcode") == ["plus:DMI-PROHIBITED"]
    assert texts(house.item(), "//g2:dataMining") == []
    strict = House(make_archive('[newsml]\ndata_mining = "prohibited"\n'))
    assert texts(strict.item(), "//g2:dataMining/@qcode") == ["plus:DMI-PROHIBITED"]
    assert texts(strict.item(rights={"data_mining": "allowed"}), "//g2:dataMining/@qcode") == ["plus:DMI-ALLOWED"]


def test_an_older_version_of_the_standard_does_without_what_came_later(make_archive: Callable[[str], Archive]) -> None:
    old = House(make_archive('[newsml]\nstandardversion = "2.15"\n'))
    item = old.item(rights={"data_mining": "prohibited"})
    assert item.get("standardversion") == "2.15"
    assert texts(item, "//g2:dataMining") == []


def test_people_organisations_and_places_are_subjects_by_their_iri(full: etree._Element) -> None:
    local = BASE + "release/stadt/2026/17#"
    assert texts(full, "//g2:subject[@type='cpnat:person']/@uri") == [
        BASE + "person/anna-beispiel#id",
        local + "person-joerg-gross",
    ]
    assert texts(full, "//g2:subject[@type='cpnat:person']/g2:note") == [
        "Oberbürgermeisterin, Stadt Beispielhausen",
        "Dr. Jörg Groß",
    ]
    assert texts(full, "//g2:subject[@type='cpnat:organisation']/@uri") == [local + "organisation-bundesbauministerium"]
    assert texts(full, "//g2:subject[@type='cpnat:geoArea']/@uri") == [BASE + "place/beispielhausen#id"]
    assert texts(full, "//g2:located/g2:name") == ["Beispielhausen", "Musterstadt"]


def test_headlines_the_main_one_first(full: etree._Element) -> None:
    assert [(one.get("rank"), one.get("role"), one.text) for one in full.iter("{*}headline")] == [
        ("1", "headlinerole:title", "Städte fordern schnellere Bescheide"),
        ("2", "headlinerole:subtitle", "Gemeinsame Erklärung"),
        ("3", "headlinerole:kicker", "Wohngeld"),
    ]
    assert texts(full, "//g2:dateline") == ["Beispielhausen, 14. September 2026"]
    assert texts(full, "//g2:description[@role='drol:summary']") == ["Die Städte verlangen einfachere Regeln."]
    assert texts(full, "//g2:keyword") == ["Wohngeld", "§ 24"]


def test_links(full: etree._Element) -> None:
    assert [(one.get("rel"), one.get("residref") or one.get("href")) for one in full.iter("{*}link")] == [
        ("irel:derivedFrom", "https://stadt.example/presse/17"),
        ("irel:translatedFrom", GUID + "stadt.2026.17-en"),
        ("irel:evolvedFrom", GUID + "stadt.2026.16"),
        ("irel:seeAlso", GUID + "stadt.2026.17_foto.jpg"),
        ("irel:seeAlso", GUID + "stadt.2026.15"),
        ("irel:seeAlso", GUID + "bund.2026.1"),
    ]


def test_renditions_have_size_and_hash_and_stand_once(full: etree._Element) -> None:
    found = [dict(one.attrib) for one in full.iter("{*}remoteContent")]
    assert found == [
        {
            "rendition": "rnd:print",
            "href": "https://stadt.example/pm.pdf",
            "contenttype": "application/pdf",
            "size": "48213",
        },
        {
            "rendition": "rendition:pm-gross.pdf",
            "href": BASE + "release/stadt/2026/17/file/pm-gross.pdf",
            "contenttype": "application/pdf",
        },
    ]
    assert [(one.get("hashtype"), one.text) for one in full.iter("{*}hash")] == [("hashtype:SHA-2", "9f" * 32)]


def test_every_alias_is_declared(full: etree._Element, standards: Path) -> None:
    """In the catalog of the IPTC that the item names, or in the item itself."""
    (ref,) = texts(full, "//g2:catalogRef/@href")
    catalog = etree.parse(str(standards / "catalogs" / ref.rpartition("/")[2]))
    declared = {str(one.get("alias")) for one in (*catalog.iter("{*}scheme"), *full.iter("{*}scheme"))}
    own = {str(one.get("alias")) for one in full.iter("{*}scheme")}
    used: set[str] = set()
    for element in full.iter("{http://iptc.org/std/nar/2006-10-01/}*"):
        for name in ("qcode", "role", "type", "why", "rel", "pubconstraint", "rendition", "hashtype"):
            used.update(code.partition(":")[0] for code in (element.get(name) or "").split())
    assert used <= declared
    assert own <= used


def test_own_aliases_make_the_iris_of_the_rdf(full: etree._Element) -> None:
    schemes = {one.get("alias"): one.get("uri") for one in full.iter("{*}scheme")}
    assert schemes["idtype"] == BASE + "cv/idtype/"


def test_an_item_without_own_codes_declares_none(house: House) -> None:
    item = house.item()
    assert sorted(texts(item, "//g2:scheme/@alias")) == ["headlinerole", "idtype"]


def test_version_two_is_a_signal_and_names_version_one(house: House) -> None:
    change = {"version": 2, "at": "2026-09-15T13:20:00+02:00", "kind": "correction", "note": "8 statt 7 Uhr."}
    item = house.item(issued="2026-09-14T09:00:00+02:00", version=2, changes=[change])
    assert texts(item, "//g2:signal/@qcode") == ["sig:correction"]
    (link,) = item.iter("{*}link")
    assert (link.get("rel"), link.get("residref"), link.get("version")) == (
        "irel:previousVersion",
        GUID + "stadt.2026.17",
        "1",
    )
    assert texts(item, "//g2:firstCreated") == ["2026-09-14T09:00:00+02:00"]
    assert texts(item, "//g2:versionCreated") == ["2026-09-15T13:20:00+02:00"]


def test_the_first_version_has_no_signal(full: etree._Element) -> None:
    assert texts(full, "//g2:signal") == []


def test_a_kill_keeps_the_identity_and_nothing_of_the_text(house: House) -> None:
    data = house.piece(house.release(**kill())).data.decode()
    item = etree.fromstring(data.encode())
    assert texts(item, "//g2:pubStatus/@qcode") == ["stat:canceled"]
    assert texts(item, "//g2:edNote[1]")[0].startswith("Rückruf:")
    assert texts(item, "//g2:headline") == ["Zurückgezogene Pressemitteilung 17/2026"]
    assert [len(one) for one in item.iter("{*}contentSet")] == [0]
    for gone in ("Bescheide", "Wohngeld", "Anna Beispiel", "einfachere", "pm.pdf", "medtop", "Musterstadt"):
        assert gone not in data


def test_a_withheld_text_is_not_in_the_item_either(house: House) -> None:
    change = {"version": 2, "at": "2026-09-16T10:00:00+02:00", "kind": "withhold", "note": "Zahlen werden geprüft."}
    data = house.piece(house.release(**{**FULL, "version": 2, "status": "withheld", "changes": [change]})).data.decode()
    assert "stat:withheld" in data
    assert "Zurückgehaltene Pressemitteilung 17/2026" in data
    for gone in ("Bescheide", "Wohngeld", "Anna Beispiel", "einfachere", "pm.pdf", "medtop", "Musterstadt"):
        assert gone not in data


@pytest.mark.parametrize(
    "url", ["http://https://stadt.example/", "https://stadt.example/#a#b", "http://stadt.example:x/"]
)
def test_addresses_that_the_schema_would_refuse_are_encoded(house: House, schema: etree.XMLSchema, url: str) -> None:
    file = {"name": "a.pdf", "url": url, "media_type": "application/pdf"}
    fields: dict[str, Any] = {
        "body": f"[Verweis]({url})",
        "source": {"url": url},
        "attachments": [file, {**file, "name": "b.pdf", "role": "rendition"}],
        "contacts": [{"url": url, "channel": "public"}],
        "rights": {"licence": url},
        "identifiers": [{"scheme": url, "value": "1"}],
    }
    piece = house.piece(house.release(**fields))
    for data in (piece.data, *(other.data for other in piece.others)):
        schema.assertValid(etree.fromstring(data))


def test_public_contacts_are_information_sources(house: House) -> None:
    item = house.item(
        contacts=[{"organisation": "Presseamt", "mail": "p@stadt.example", "phone": "+49 1", "channel": "public"}]
    )
    assert texts(item, "//g2:infoSource[@role='cpprole:mediaOffice']/g2:name") == ["Presseamt"]
    assert texts(item, "//g2:infoSource//g2:contactInfo/*") == ["p@stadt.example", "+49 1"]


def test_a_foreign_reader_finds_what_was_said(house: House, full: etree._Element) -> None:
    """NewsMLG2, the library of the IPTC."""
    newsmlg2 = pytest.importorskip("NewsMLG2")
    item = newsmlg2.NewsMLG2Document(etree.tostring(full)).get_item()
    assert (item.guid, item.version, item.conformance) == (GUID + "stadt.2026.17", "1", "power")
    assert str(item.contentmeta.headline[0]) == "Städte fordern schnellere Bescheide"
    assert newsmlg2.qcode_to_uri(item.itemmeta.pubstatus.qcode) == "http://cv.iptc.org/newscodes/pubstatusg2/usable"
    assert newsmlg2.qcode_to_uri("idtype:number") == BASE + "cv/idtype/number"
    topics = [one.qcode for one in item.contentmeta.subject if getattr(one, "qcode", None)]
    assert topics == ["medtop:20000612", "medtop:20000593", "medtop:11000000"]


def test_unknown_providers_are_named(make_archive: Callable[[str], Archive]) -> None:
    with pytest.raises(ConfigError, match=r'archive\.toml: newsml\.provider: no organisation "archive" .* "archiv"'):
        House(make_archive('[newsml]\nprovider = "archive"\n'))


def test_domain_and_day_of_the_guid_can_be_set(make_archive: Callable[[str], Archive]) -> None:
    one = House(make_archive('[newsml]\ndomain = "stadt.example"\nguid_date = "20200229"\n'))
    assert one.item().get("guid") == "urn:newsml:stadt.example:20200229:stadt.2026.17"


def test_only_releases_are_items(house: House) -> None:
    with pytest.raises(TypeError):
        house.serializer.encode(Description(IRI(BASE + "org/stadt#id"), []))


def test_nothing_frames_an_item(house: House) -> None:
    assert (house.serializer.begin(["schema"]), house.serializer.between(), house.serializer.finish()) == (
        b"",
        b"",
        b"",
    )


def test_hash_seed_zone_and_locale_change_nothing(root: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tempfile import mkdtemp; from lod.archive import Archive;"
        "from tests.formats.newsml.house import AUTHORITIES, CONFIG, House;"
        "from tests.formats.newsml.test_serializer import FULL; folder = Path(mkdtemp());"
        "(folder / 'archive.toml').write_text(CONFIG, encoding='utf-8'); (folder / 'authorities').mkdir();"
        "(folder / 'authorities' / 'all.yaml').write_text(AUTHORITIES, encoding='utf-8');"
        "house = House(Archive.open(folder)); sys.stdout.buffer.write(house.piece(house.release(**FULL)).data)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 5000


def test_who_is_quoted_by_name_is_a_contributor(house: House) -> None:
    people = [{"name": "A. B."}, {"name": "C. D."}]
    quoted = {"id": "q1", "text": "Wir bauen.", "speakers": ["C. D."]}
    item = house.item(body="„Wir bauen.“", people=people, quotations=[quoted])
    assert texts(item, "//g2:contributor[@role='cpprole:spokesperson']/g2:name") == ["C. D."]
    assert texts(item, "//g2:subject[@type='cpnat:person']/g2:name") == ["A. B.", "C. D."]
