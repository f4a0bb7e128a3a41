from __future__ import annotations

import json
import pickle
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lod.authority import LINKS, Authorities, Authority, Link
from lod.authority.names import name_key
from lod.errors import VocabularyError
from lod.term import IRI

BASE = "https://presse.example.org/"
YAML = """\
- id: stgb-nrw
  kind: organisation
  name: Städte- und Gemeindebund Nordrhein-Westfalen
  short_name: StGB NRW
  alternative:
    - Städte- und Gemeindebund NRW
    - {name: Nordrhein-Westfälischer Städte- und Gemeindebund, until: 1998}
    - {name: Association of Towns and Municipalities NRW, language: en}
  hidden: [Städte- und Gemeindebundes NRW]
  url: https://www.kommunen.nrw/
- id: dstgb
  kind: organisation
  name: Deutscher Städte- und Gemeindebund
  from: 1973
- id: bmi
  kind: organisation
  type: GovernmentOrganization
  name: Bundesministerium des Innern
- id: berlin
  kind: place
  type: City
  name: Berlin
  coordinates: {latitude: 52.52, longitude: 13.405}
  links:
    gnd: 4005728-8
    wikidata: https://www.wikidata.org/wiki/Q64
    geonames:
      - {value: 2950157, relation: close, evidence: the state}
      - {value: 2950159, relation: close}
    ags: 11000000
- id: neuenkirchen-nrw
  kind: place
  name: Neuenkirchen
- id: neuenkirchen-nds
  kind: place
  name: Neuenkirchen
- id: bernd-juergen-schneider
  kind: person
  name: Bernd Jürgen Schneider
  honorific: Dr.
  alternative: [Bernd Schneider]
  affiliations:
    - {organisation: stgb-nrw, function: Hauptgeschäftsführer, until: 2020}
"""
NRW_2017 = date(2017, 7, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "authorities").mkdir()
    return tmp_path / "authorities"


@pytest.fixture
def authorities(folder: Path) -> Authorities:
    (folder / "alle.yaml").write_text(YAML, encoding="utf-8")
    return Authorities.load(folder, BASE, "de")


def _load(folder: Path, text: str, name: str = "eine.yaml") -> Authorities:
    (folder / name).write_text(text, encoding="utf-8")
    return Authorities.load(folder, BASE, "de")


# ---------------------------------------------------------------------------------------------- what is said


def test_an_authority_has_a_permanent_iri_by_kind(authorities: Authorities) -> None:
    assert authorities["stgb-nrw"].iri == BASE + "org/stgb-nrw#id"
    assert authorities["berlin"].iri == BASE + "place/berlin#id"
    assert authorities["bernd-juergen-schneider"].iri == BASE + "person/bernd-juergen-schneider#id"


def test_names_carry_their_language_and_names_of_people_none(authorities: Authorities) -> None:
    body = authorities["stgb-nrw"]
    assert body.names == (("de", "Städte- und Gemeindebund Nordrhein-Westfalen"),)
    assert body.alternate_names == (
        ("de", "StGB NRW"),
        ("de", "Städte- und Gemeindebund NRW"),
        ("de", "Nordrhein-Westfälischer Städte- und Gemeindebund"),
        ("en", "Association of Towns and Municipalities NRW"),
    )
    assert body.hidden_names == (("de", "Städte- und Gemeindebundes NRW"),)
    assert authorities["bernd-juergen-schneider"].names == (("", "Bernd Jürgen Schneider"),)


def test_types_begin_with_the_narrowest(authorities: Authorities) -> None:
    assert authorities["bmi"].types == ("schema:GovernmentOrganization", "schema:Organization", "dcterms:Agent")
    assert authorities["berlin"].types == ("schema:City", "schema:Place", "dcterms:Location")
    assert authorities["bernd-juergen-schneider"].types == ("schema:Person", "dcterms:Agent")


def test_the_same_thing_and_close_things_are_told_apart(authorities: Authorities) -> None:
    berlin = authorities["berlin"]
    assert berlin.same_as == ("https://d-nb.info/gnd/4005728-8", "http://www.wikidata.org/entity/Q64")
    assert berlin.see_also == (
        "https://sws.geonames.org/2950157/",
        "https://sws.geonames.org/2950159/",
        "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/11000000",
    )
    assert berlin.link("wikidata") == "Q64"
    assert berlin.link("geonames") is None
    assert (berlin.latitude, berlin.longitude) == (52.52, 13.405)
    assert authorities["bmi"].same_as == ()


def test_a_year_is_a_whole_year(authorities: Authorities) -> None:
    old = authorities["stgb-nrw"].alternative[1]
    assert (old.since, old.until) == (None, date(1998, 12, 31))
    assert authorities["dstgb"].since == date(1973, 1, 1)
    assert authorities["dstgb"].held(None)
    assert not authorities["dstgb"].held(date(1972, 12, 31))
    month = Authority.model_validate({"id": "x", "kind": "place", "name": "X", "from": "2016-02", "until": "2016-02"})
    assert (month.since, month.until) == (date(2016, 2, 1), date(2016, 2, 29))


def test_authorities_travel_to_other_processes(authorities: Authorities) -> None:
    again: Authorities = pickle.loads(pickle.dumps(authorities))  # noqa: S301 - our own bytes
    assert again["berlin"].iri == authorities["berlin"].iri
    assert again["berlin"].names == (("de", "Berlin"),)


# ---------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("scheme", "value", "iri"),
    [
        ("gnd", "(DE-588)118540238", "https://d-nb.info/gnd/118540238"),
        ("gnd", "http://d-nb.info/gnd/4005728-8", "https://d-nb.info/gnd/4005728-8"),
        ("wikidata", "Q1198", "http://www.wikidata.org/entity/Q1198"),
        ("isil", "DE-Kn171", "http://ld.zdb-services.de/resource/organisations/DE-Kn171"),
        ("geonames", "http://sws.geonames.org/2861876/", "https://sws.geonames.org/2861876/"),
        ("ags", "05", "http://dcat-ap.de/def/politicalGeocoding/stateKey/05"),
        ("ags", "05111", "http://dcat-ap.de/def/politicalGeocoding/districtKey/05111"),
        ("ags", "05111000", "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/05111000"),
        ("ars", "051110000000", "http://dcat-ap.de/def/politicalGeocoding/regionalKey/051110000000"),
        ("viaf", "122576752", "http://viaf.org/viaf/122576752"),
        ("isni", "0000 0001 2146 438X", "https://isni.org/isni/000000012146438X"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("url", "https://nwbib.de/spatial#Q1718", "https://nwbib.de/spatial#Q1718"),
    ],
)
def test_a_link_becomes_an_iri(scheme: str, value: str, iri: str) -> None:
    link = Link.model_validate({"scheme": scheme, "value": value})
    assert link.iri == iri
    IRI(link.iri)
    assert link.same == (scheme not in {"ags", "ars"})


def test_every_example_of_a_scheme_is_valid() -> None:
    for name, scheme in LINKS.items():
        link = Link.model_validate({"scheme": name, "value": scheme.example})
        assert link.value == scheme.example
        assert scheme.example in IRI(link.iri).value


@pytest.mark.parametrize(
    ("scheme", "value", "reason"),
    [
        ("gnd", "4005728-9", 'gnd: wrong check digit: "4005728-9"'),
        ("gnd", "4005728", 'gnd: not of the form 4005728-8: "4005728"'),
        ("wikidata", "P31", "wikidata: not of the form Q64"),
        ("wikidata", "https://de.wikipedia.org/wiki/Berlin", "wikidata: not of the form Q64"),
        ("isil", "DE101", "isil: not of the form DE-101"),
        ("isil", "DE-123456789012", "isil: not of the form DE-101"),
        ("ags", 5111000, 'ags: not of the form 05111000; a leading 0 is lost: "5111000"'),
        ("ags", "17111000", 'ags: not of the form 05111000: "17111000"'),
        ("ags", "00111000", 'ags: not of the form 05111000: "00111000"'),
        ("ars", "51110000000", "ars: not of the form 051110000000; a leading 0 is lost"),
        ("orcid", "0000-0002-1825-0098", "orcid: wrong check digit"),
        ("geonames", "Berlin", "geonames: not of the form 2950159"),
        ("url", "ftp://example.org/", "url: not of the form"),
        ("url", "https://example.org/a|b", "not an absolute IRI"),
        ("gdn", "4005728-8", 'unknown scheme "gdn", did you mean "gnd"?'),
    ],
)
def test_a_wrong_link_is_refused(scheme: str, value: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Link.model_validate({"scheme": scheme, "value": value})
    assert reason in str(caught.value)


@pytest.mark.parametrize("value", [None, 1.5, ["Q64"], {}])
def test_a_link_without_an_identifier_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        Link.model_validate({"scheme": "wikidata", "value": value})


@given(st.sampled_from(sorted(LINKS)), st.text(max_size=30))
def test_any_text_as_a_link_is_an_iri_or_refused(scheme: str, value: str) -> None:
    try:
        link = Link.model_validate({"scheme": scheme, "value": value})
    except ValidationError:
        return
    IRI(link.iri)


# ---------------------------------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    "name",
    [
        "Städte- und Gemeindebund Nordrhein-Westfalen",
        "STÄDTE- UND  GEMEINDEBUND NRW ",
        "StGB\u00a0NRW",
        "Städte- und Gemeindebundes NRW",
        unicodedata.normalize("NFD", "Städte- und Gemeindebund NRW"),
        "Städte- und Gemeinde\u00adbund NRW",
    ],
)
def test_a_name_is_found_case_spaces_and_composition_aside(authorities: Authorities, name: str) -> None:
    found = authorities.find("organisation", name, on=NRW_2017)
    assert found is authorities["stgb-nrw"]


@pytest.mark.parametrize("name", ["Gemeindebund NRW", "StGB", "Städte und Gemeindebund NRW", "", None])
def test_a_name_like_it_is_not_found(authorities: Authorities, name: str | None) -> None:
    assert authorities.find("organisation", name) is None
    assert authorities.match("organisation", name).reason.startswith("no organisation has the name")


def test_a_name_counts_only_in_its_time(authorities: Authorities) -> None:
    name = "Nordrhein-Westfälischer Städte- und Gemeindebund"
    assert authorities.find("organisation", name, on=date(1998, 12, 31)) is authorities["stgb-nrw"]
    assert authorities.find("organisation", name, on=date(1999, 1, 1)) is None
    assert authorities.find("organisation", name) is authorities["stgb-nrw"]
    assert authorities.find("organisation", "Deutscher Städte- und Gemeindebund", on=date(1960, 1, 1)) is None


def test_kinds_do_not_mix(authorities: Authorities) -> None:
    assert authorities.find("organisation", "Berlin") is None
    assert authorities.find("place", "Berlin") is authorities["berlin"]


def test_of_two_with_one_name_none_is_taken(authorities: Authorities) -> None:
    match = authorities.match("place", "Neuenkirchen")
    assert match.authority is None
    assert match.candidates == ("neuenkirchen-nds", "neuenkirchen-nrw")
    assert match.reason == '"Neuenkirchen" could be neuenkirchen-nds or neuenkirchen-nrw'


@pytest.mark.parametrize("name", ["Bernd Jürgen Schneider", "Dr. Bernd Jürgen Schneider", "Prof. Dr. Bernd Schneider"])
@pytest.mark.parametrize("organisation", ["stgb-nrw", "StGB NRW", "Städte- und Gemeindebundes NRW"])
def test_name_and_organisation_together_find_a_person(authorities: Authorities, name: str, organisation: str) -> None:
    found = authorities.find("person", name, organisation=organisation, on=NRW_2017)
    assert found is authorities["bernd-juergen-schneider"]


def test_a_person_is_not_found_by_name_alone_nor_elsewhere_nor_later(authorities: Authorities) -> None:
    name = "Bernd Jürgen Schneider"
    assert authorities.match("person", name).reason == "a person is not linked by name alone"
    assert authorities.find("person", name, organisation="dstgb", on=NRW_2017) is None
    assert authorities.find("person", name, organisation="Rat der Stadt", on=NRW_2017) is None
    assert authorities.find("person", name, organisation="stgb-nrw", on=date(2021, 1, 1)) is None
    assert authorities.find("person", "Schneider", organisation="stgb-nrw", on=NRW_2017) is None


def test_an_id_that_is_missing_or_of_another_kind(authorities: Authorities) -> None:
    assert authorities.get("stgb") is None
    assert "berlin" in authorities
    assert authorities.missing("stgb-nw", "organisation").startswith(
        'no organisation "stgb-nw" in authorities/, did you mean "stgb-nrw"'
    )
    assert (
        authorities.missing("berlin", "organisation")
        == '"berlin" is the place "Berlin", where an organisation is needed'
    )
    assert authorities.missing("zzz", "person") == 'no person "zzz" in authorities/'


@given(st.text(max_size=40))
def test_a_name_key_is_its_own_key(name: str) -> None:
    for kind in ("organisation", "person"):
        key = name_key(kind, name)
        assert name_key(kind, key) == key
        assert name_key(kind, unicodedata.normalize("NFD", name)) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dr. Gerd Landsberg", "gerd landsberg"),
        ("Prof. Dr.-Ing. habil. Anna Groß", "anna gross"),
        ("Dipl.-Ing. Jörg Weiß, MdL", "jörg weiss"),
        ("Frau Dr. h. c. Änne Muster LL.M.", "änne muster ll.m."),
        ("Herr", "herr"),
        ("Prof. Dr. Dr. h.c. mult. Jörg Weiß", "jörg weiss"),
        ("Dr.h.c. Jörg Weiß", "jörg weiss"),
        ("C. Müller", "c. müller"),
        ("H. C. Müller", "h. c. müller"),
        ("Phil Müller", "phil müller"),
        ("Dr. rer. nat. Phil Müller", "phil müller"),
    ],
)
def test_titles_do_not_count(name: str, key: str) -> None:
    assert name_key("person", name) == key


# ---------------------------------------------------------------------------------------------- reading


def test_all_formats_and_folders_are_read_in_the_same_order(folder: Path) -> None:
    (folder / "orte").mkdir()
    one = {"id": "a", "kind": "place", "name": "Ä"}
    (folder / "a.json").write_text(json.dumps(one), encoding="utf-8")
    (folder / "orte" / "b.jsonl").write_text(
        json.dumps({**one, "id": "b"}) + "\n\n" + json.dumps({**one, "id": "c"}) + "\n", encoding="utf-8"
    )
    (folder / "d.toml").write_text('[[authorities]]\nid = "d"\nkind = "place"\nname = "Ä"\n', encoding="utf-8")
    (folder / "e.yml").write_text("id: e\nkind: place\nname: Ä\n", encoding="utf-8")
    (folder / "leer.yaml").write_text("# noch nichts\n", encoding="utf-8")
    (folder / "README.md").write_text("id: z", encoding="utf-8")
    authorities = Authorities.load(folder, BASE, "de")
    assert [one.id for one in authorities] == ["a", "b", "c", "d", "e"]
    assert len(authorities) == 5


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "authorities").write_text("no folder")
    with pytest.raises(VocabularyError, match=r"^authorities: cannot be read: Not a directory$"):
        Authorities.load(tmp_path / "authorities", BASE, "de")


def test_a_missing_folder_has_none(tmp_path: Path) -> None:
    assert len(Authorities.load(tmp_path / "authorities", BASE, "de")) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id: a\nkind: place\nname: A\nnoet: B\n",
            'authorities/eine.yaml:4: noet: unknown field, did you mean "note"?',
        ),
        ("id: a\nkind: platz\nname: A\n", "authorities/eine.yaml:2: kind: "),
        ("id: Ä\nkind: place\nname: A\n", "authorities/eine.yaml:1: id: "),
        ("- id: a\n  kind: place\n", "authorities/eine.yaml:1: name: missing"),
        ("id: a\nkind: place\nname: A\ntype: NGO\n", 'authorities/eine.yaml:4: type: "NGO" is none of '),
        ("id: a\nkind: place\nname: A\nhonorific: Dr.\n", "authorities/eine.yaml:4: honorific: only a person can"),
        ("id: a\nkind: person\nname: Dr. A\nhonorific: Dr.\n", "authorities/eine.yaml:3: name: without titles"),
        ("id: a\nkind: place\nname: A\nfrom: 2019\nuntil: 2018\n", "authorities/eine.yaml:5: until: before from"),
        (
            "id: a\nkind: place\nname: A\nfrom: 2019-13\n",
            'authorities/eine.yaml:4: from: not a day, month or year: "2019-13"',
        ),
        (
            "id: a\nkind: place\nname: A\nlinks:\n  gnd: 4005728-8\n  wikidata: Berlin\n",
            "authorities/eine.yaml:6: links.wikidata: wikidata: not of the form Q64",
        ),
        (
            "id: a\nkind: place\nname: A\nlinks:\n  - {scheme: gnd, value: 4005728-7}\n",
            'authorities/eine.yaml:5: links.0: gnd: wrong check digit: "4005728-7"',
        ),
        (
            "id: a\nkind: person\nname: A\naffiliations:\n - {organisation: nix}\n",
            'authorities/eine.yaml:5: affiliations.0.organisation: no organisation "nix" in authorities/',
        ),
        ("- 3\n", "authorities/eine.yaml:1: a mapping is needed"),
        ("id: a\nid: b\n", 'authorities/eine.yaml:2: key "id" occurs twice'),
        ("id: [\n", "authorities/eine.yaml:2: not YAML"),
    ],
)
def test_a_wrong_file_says_where(folder: Path, text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        _load(folder, text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_an_id_twice_names_both_places(folder: Path) -> None:
    (folder / "a.yaml").write_text("id: a\nkind: place\nname: A\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        _load(folder, "- id: b\n  kind: place\n  name: B\n- id: a\n  kind: place\n  name: A\n", "b.yaml")
    assert str(caught.value) == 'authorities/b.yaml:4: id: "a" is taken by authorities/a.yaml:1'


def test_two_things_cannot_be_the_same_third_thing(folder: Path) -> None:
    text = "".join(f"- id: {one}\n  kind: place\n  name: A\n  links: {{wikidata: Q64}}\n" for one in "ab")
    with pytest.raises(VocabularyError, match=r"authorities/eine.yaml:8: links: wikidata Q64 is claimed by a, too"):
        _load(folder, text)


def test_all_faults_at_once(folder: Path) -> None:
    (folder / "a.yaml").write_text("id: a\nkind: place\n", encoding="utf-8")
    (folder / "b.jsonl").write_text('{"id": "b", "kind": "place", "name": "B"}\n{"id": 1}\n{\n', encoding="utf-8")
    faults = [str(fault) for fault in Authorities.faults(folder, BASE, "de")]
    assert faults[0] == "authorities/a.yaml:1: name: missing"
    assert "authorities/b.jsonl:2: kind: missing" in faults
    assert faults[-1].startswith("authorities/b.jsonl:3: not JSON")
