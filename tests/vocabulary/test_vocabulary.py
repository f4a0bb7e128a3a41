from __future__ import annotations

import pickle
import re
import time
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from lod.errors import VocabularyError
from lod.term import IRI
from lod.vocabulary import Concept, UnknownCode, Vocabulary, vocab_root

BASE = "https://presse.example.org/"
SCHEMES = vocab_root() / "schemes"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load([SCHEMES], BASE)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "vocab").mkdir()
    return tmp_path / "vocab"


THEMA = """\
# alias: thema
# iri: vocab/thema#
# title@de: Themen
code,label@de,label@en,alt@de,broader,broad_match,retired
asyl,Asyl,asylum,,,medtop:20000634|https://example.org/asyl,
rueckfuehrung,Rückführung,return,Abschiebung|Rückkehr,asyl,medtop:20000634,
ausweisung,Ausweisung,expulsion,,asyl,,2020-01-01
"""


def test_a_code_has_an_iri_labels_and_a_qcode(vocabulary: Vocabulary) -> None:
    concept = vocabulary.concept("medtop:20000612")
    assert concept.iri == "http://cv.iptc.org/newscodes/mediatopic/20000612"
    assert concept.scheme_iri == "http://cv.iptc.org/newscodes/mediatopic/"
    assert concept.labels == {"de": "Kommune", "en-GB": "local authority"}
    assert (concept.key, concept.qcode, concept.broader) == ("medtop:20000612", "medtop:20000612", ("medtop:20000593",))
    assert concept.broader_iris == ("http://cv.iptc.org/newscodes/mediatopic/20000593",)
    assert (concept.label("de-AT"), concept.label("en"), concept.label("fr")) == (
        "Kommune",
        "local authority",
        "local authority",
    )


def test_the_default_genre_is_a_press_release(vocabulary: Vocabulary) -> None:
    genre = vocabulary.concept("genre:Press_Release")
    assert genre.labels == {"de": "Pressemitteilung", "en-GB": "Press Release"}
    assert genre.retired is None


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("genre:press-release", "genre:Press_Release"),
        ("genre:Pressemitteilung", "genre:Press_Release"),
        ("stat:cancelled", "stat:canceled"),
        ("medtopic:20000612", "medtop:20000612"),
        ("medtop:Kommune", "medtop:20000612"),
        ("language:deu", "language:de"),
        ("irel:seealso", "irel:seeAlso"),
        ("stat:published", "stat:usable"),
    ],
)
def test_an_unknown_code_says_what_may_be_meant(vocabulary: Vocabulary, code: str, near: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        vocabulary.concept(code)
    assert caught.value.near[0] == near
    assert f'"{near}"' in str(caught.value)
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize("code", ["medtop:99999999", "medtop:", "Press_Release", "nirgends:x", "wikidata:64", ":x", ""])
def test_where_nothing_is_near_nothing_is_suggested(vocabulary: Vocabulary, code: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        vocabulary.concept(code)
    assert caught.value.near == ()
    with pytest.raises(UnknownCode) as again:
        vocabulary.concept(code)
    assert str(again.value) == str(caught.value)


def test_a_retired_code_is_no_suggestion(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownCode) as caught:
        vocabulary.concept("genre:Updates")
    assert "genre:Update" not in caught.value.near


@pytest.mark.parametrize(
    ("code", "near"), [("xx", ()), ("q2", ()), ("ger", ("de",)), ("deu", ("de",)), ("german", ("de",)), ("zxy", ())]
)
def test_two_letters_are_near_to_nothing_but_what_begins_with_them(
    vocabulary: Vocabulary, code: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownCode) as caught:
        vocabulary.concept(f"language:{code}")
    assert caught.value.near == tuple(f"language:{one}" for one in near)


def test_a_retired_code_is_an_error_from_its_day_on_and_a_warning_before(vocabulary: Vocabulary) -> None:
    retired = date(2025, 3, 31)
    assert vocabulary.concept("medtop:20000609").retired == retired
    severities = []
    for day in (date(2017, 7, 3), date(2025, 3, 30), retired, date(2026, 1, 1), None):
        verdict = vocabulary.check("medtop:20000609", day)
        assert verdict is not None
        assert verdict.reason == "medtop:20000609 (Ministerium) was retired on 2025-03-31, use medtop:20000593"
        severities.append(verdict.severity)
    assert severities == ["warning", "warning", "error", "error", "warning"]
    assert vocabulary.check("medtop:20000612", date(2017, 7, 3)) is None
    unknown = vocabulary.check("medtop:1", None)
    assert unknown is not None
    assert unknown.severity == "error"


def test_the_broader_chain_leads_to_the_top_and_leaves_out_what_is_retired(vocabulary: Vocabulary) -> None:
    concept = vocabulary.concept("medtop:20000629")

    def chain(on: date | None) -> list[str]:
        return [one.code for one in vocabulary.broader_chain(concept, on)]

    assert chain(None) == chain(date(2020, 1, 1)) == ["20000626", "20000621", "11000000"]
    assert chain(date(2026, 1, 1)) == ["20000621", "11000000"]
    assert vocabulary.broader_chain(vocabulary.concept("medtop:11000000")) == ()


def test_codes_of_open_schemes_need_no_row(vocabulary: Vocabulary) -> None:
    berlin = vocabulary.concept("wikidata:Q64")
    assert (berlin.iri, berlin.qcode, berlin.labels) == ("http://www.wikidata.org/entity/Q64", "wikidata:Q64", {})
    assert berlin.label("de") == "Q64"
    pdf = vocabulary.concept("mediatype:application/pdf")
    assert (pdf.iri, pdf.qcode) == ("https://www.iana.org/assignments/media-types/application/pdf", None)


def test_own_schemes_lie_below_the_archive(vocabulary: Vocabulary) -> None:
    own = {alias for alias in vocabulary.aliases if vocabulary.scheme(alias).own}
    assert own >= {
        "change",
        "filerole",
        "grouprole",
        "headlinerole",
        "idtype",
        "noterole",
        "presskind",
        "pubconstraint",
    }
    for alias in sorted(own):
        scheme = vocabulary.scheme(alias)
        assert scheme.iri == f"{BASE}cv/{alias}/"
        assert scheme.catalog == "own"
        assert {"de", "en"} <= set(scheme.titles)
        for concept in vocabulary.concepts(alias):
            assert {"de", "en"} == set(concept.labels) == set(concept.definitions)
            assert concept.introduced
            assert re.fullmatch(r"[a-z-]+", concept.code)


def test_every_table_is_whole(vocabulary: Vocabulary) -> None:
    """All codes resolve, all IRIs are absolute and differ, no label is empty or untidy."""
    iris: dict[str, str] = {}
    count = 0
    for alias in vocabulary.aliases:
        scheme = vocabulary.scheme(alias)
        assert {"de", "en"} <= set(scheme.titles)
        assert scheme.source
        assert scheme.licence.startswith("https://")
        for concept in vocabulary.concepts(alias):
            count += 1
            IRI(concept.iri)
            assert iris.setdefault(concept.iri, concept.key) == concept.key
            assert any(tag.startswith("en") for tag in concept.labels)
            assert "de" in concept.labels or alias == "medtop"
            for text in (*concept.labels.values(), *concept.definitions.values()):
                assert text == " ".join(text.split())
            for key in (*concept.broader, *concept.replaced_by):
                assert vocabulary.concept(key)
    assert count > 2000


def test_language_tags_are_tags_and_not_country_codes(vocabulary: Vocabulary) -> None:
    tags = {tag for concept in vocabulary.concepts("medtop") for tag in concept.labels}
    assert tags == {"de", "en-GB", "en-US"}


def test_media_topics_agree_with_the_release_they_were_made_from(vocabulary: Vocabulary, root: Path) -> None:
    path = root.parent / "shared/vocabulary/iptc-mediatopic-2019-04-06.all-languages.json"
    if not path.is_file():
        pytest.skip(f"no {path}")
    import json

    concepts = json.loads(path.read_text(encoding="utf-8"))["conceptSet"]
    assert len(concepts) == 1286
    for concept in concepts:
        ours = vocabulary.concept(concept["qcode"])
        assert ours.iri == concept["uri"]
        assert "retired" not in concept or ours.retired or ours.code == "20001077"  # brought back by 2021
        if "de" in concept["prefLabel"]:
            assert ours.labels["de"]
    german = [one for one in concepts if "de" in one["prefLabel"]]
    same = [
        one
        for one in german
        if vocabulary.concept(one["qcode"]).labels["de"] == " ".join(one["prefLabel"]["de"].split())
    ]
    assert len(german) - len(same) < 10


def test_all_languages_of_iso_639_1_are_there(vocabulary: Vocabulary) -> None:
    languages = vocabulary.concepts("language")
    assert sum(len(one.code) == 2 for one in languages) == 184
    german = vocabulary.concept("language:de")
    assert german.iri == "http://publications.europa.eu/resource/authority/language/DEU"
    assert (german.labels["de"], german.notations) == ("Deutsch", {"iso639-2b": "ger", "iso639-3": "deu"})
    assert german.qcode is None
    for code in ("dsb", "hsb", "nds", "frr", "mul", "und"):
        assert vocabulary.concept(f"language:{code}").iri.endswith(f"/{code.upper()}")


def test_licences_and_rights_statements_have_the_iris_receivers_know(vocabulary: Vocabulary) -> None:
    licence = vocabulary.by_iri("https://creativecommons.org/licenses/by/4.0/", "rights", "licence")
    assert licence is not None
    assert licence.exact_match == ("http://dcat-ap.de/def/licenses/cc-by/4.0",)
    assert licence.lists == ("dcat-ap.de", "ddb")
    assert vocabulary.by_iri("http://creativecommons.org/licenses/by/4.0/", "licence") is None
    for one in vocabulary.concepts("rights"):
        assert re.fullmatch(r"http://rightsstatements\.org/vocab/[A-Za-z-]+/1\.0/", one.iri)
    assert [one.code for one in vocabulary.concepts("rights") if "ddb" in one.lists] == [
        *("InC", "InC-OW-EU", "InC-EDU", "NoC-NC", "NoC-OKLR", "CNE")
    ]


def test_what_the_iptc_declares_has_the_iris_of_its_catalog(vocabulary: Vocabulary, standards: Path) -> None:
    tree = etree.parse(standards / "catalogs/catalog.IPTC-G2-Standards_41.xml")
    declared = {one.get("alias"): one for one in tree.iter("{*}scheme")}
    assert vocabulary.catalog_aliases == {alias: one.get("uri") for alias, one in declared.items()}
    for alias in vocabulary.aliases:
        scheme = vocabulary.scheme(alias)
        if scheme.catalog == "iptc":
            assert declared[alias].get("uri") == scheme.iri
            assert declared[alias].get("schemeretired") is None
        else:
            assert alias not in declared


def test_the_codes_of_the_samples_exist(vocabulary: Vocabulary, standards: Path) -> None:
    samples = sorted((standards / "newsml-g2/samples").glob("*.xml"))
    assert samples
    found = {
        value
        for path in samples
        for element in etree.parse(path).iter(etree.Element)
        for name, value in element.attrib.items()
        if name in {"qcode", "role", "type", "why", "rel", "severity", "rendition", "hashtype"} and ":" in value
    }
    theirs = {code for code in found if code.partition(":")[0] in vocabulary.aliases}
    assert len(theirs) > 20
    for code in sorted(theirs):
        assert vocabulary.concept(code).qcode == code


def test_loading_reads_no_table_and_media_topics_are_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    from lod.vocabulary import vocabulary as module

    read: list[str] = []
    inner = module.read_table
    monkeypatch.setattr(module, "read_table", lambda path, name: (read.append(name), inner(path, name))[1])
    vocabulary = Vocabulary.load([SCHEMES], BASE)
    assert read == []
    vocabulary.concept("medtop:20000612")
    assert read == ["schemes/medtop.csv"]
    start = time.perf_counter()
    vocabulary.concepts("medtop")
    assert time.perf_counter() - start < 1  # 15 ms where it was measured; a loaded machine may be slower


def test_concepts_travel_to_other_processes(vocabulary: Vocabulary) -> None:
    concept = vocabulary.concept("medtop:20000612")
    copies: tuple[Concept, Vocabulary] = pickle.loads(pickle.dumps((concept, vocabulary)))  # noqa: S301 - our own bytes
    assert copies[0] == concept
    assert hash(copies[0]) == hash(concept)
    assert copies[1].concept("genre:Quote").labels["de"] == "Zitat"


# ---------------------------------------------------------------------------------------------- an archive's own


def test_a_table_of_an_archive(archive: Path) -> None:
    (archive / "thema.csv").write_text(THEMA, encoding="utf-8")
    concept = Vocabulary.load([SCHEMES, archive], BASE).concept("thema:rueckfuehrung")
    assert concept.iri == BASE + "vocab/thema#rueckfuehrung"
    assert concept.alternative_labels == (("de", "Abschiebung"), ("de", "Rückkehr"))
    assert concept.broader_iris == (BASE + "vocab/thema#asyl",)
    assert concept.broad_match == ("http://cv.iptc.org/newscodes/mediatopic/20000634",)
    assert concept.scheme.own
    assert concept.qcode == "thema:rueckfuehrung"


def test_the_same_table_in_toml(archive: Path) -> None:
    (archive / "thema.csv").write_text(THEMA, encoding="utf-8")
    as_csv = Vocabulary.load([SCHEMES, archive], BASE).concepts("thema")
    (archive / "thema.csv").unlink()
    (archive / "thema.toml").write_text(
        """
alias = "thema"
iri = "vocab/thema#"
title = { de = "Themen" }
[[concepts]]
code = "asyl"
label = { de = "Asyl", en = "asylum" }
broad_match = ["medtop:20000634", "https://example.org/asyl"]
[[concepts]]
code = "rueckfuehrung"
label = { de = "Rückführung", en = "return" }
alt = { de = ["Abschiebung", "Rückkehr"] }
broader = "asyl"
broad_match = "medtop:20000634"
[[concepts]]
code = "ausweisung"
label.de = "Ausweisung"
label.en = "expulsion"
broader = ["asyl"]
retired = 2020-01-01
""",
        encoding="utf-8",
    )
    assert Vocabulary.load([SCHEMES, archive], BASE).concepts("thema") == as_csv


def test_a_table_as_a_spreadsheet_writes_it(archive: Path) -> None:
    text = THEMA.replace(",", ";").replace("# title@de: Themen", "# title@de: Themen;;;;;;").replace("\n", "\r\n")
    (archive / "thema.csv").write_bytes(text.encode("utf-8-sig"))
    assert Vocabulary.load([SCHEMES, archive], BASE).concept("thema:asyl").labels == {"de": "Asyl", "en": "asylum"}
    assert Vocabulary.load([SCHEMES, archive], BASE).scheme("thema").titles == {"de": "Themen"}


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "vocab").write_text("no folder")
    with pytest.raises(VocabularyError, match=r"^vocab: cannot be read: Not a directory$"):
        Vocabulary.load([SCHEMES, tmp_path / "vocab"], BASE)


def test_a_mapping_file_is_no_code_table(archive: Path) -> None:
    (archive / "mine.toml").write_text('[release]\nof = "release"\n', encoding="utf-8")
    vocabulary = Vocabulary.load([SCHEMES, archive, archive / "missing"], BASE)
    assert "mine" not in vocabulary.aliases


def test_tables_may_refer_to_each_other_in_any_order(archive: Path) -> None:
    (archive / "a.csv").write_text("# alias: a\n# iri: a/\ncode,exact_match\nx,z:x\n", encoding="utf-8")
    (archive / "z.csv").write_text("# alias: z\n# iri: z/\ncode,exact_match\nx,a:x\n", encoding="utf-8")
    assert Vocabulary.load([SCHEMES, archive], BASE).concept("a:x").exact_match == (BASE + "z/x",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (THEMA.replace("label@de", "lable@de"), 'vocab/thema.csv:4: lable@de: unknown, did you mean "label@de"?'),
        (THEMA.replace("label@de", "label"), 'vocab/thema.csv:4: label: unknown, did you mean "label@de"?'),
        (THEMA.replace("# iri", "# uri"), 'vocab/thema.csv:2: uri: unknown, did you mean "iri"?'),
        (THEMA.replace("thema#", "thema"), 'vocab/thema.csv:1: iri: needed, and it must end in "/" or "#"'),
        (THEMA.replace("alias: thema", "alias: themen"), "vocab/thema.csv:1: alias: must be the name of the file"),
        (THEMA.replace("rueckfuehrung,", "asyl,"), 'vocab/thema.csv:6: code: "asyl" is there already, in line 5'),
        (THEMA.replace("rueckfuehrung,", "rück führung,"), "vocab/thema.csv:6: code: not a code"),
        (THEMA.replace("rueckfuehrung,", ","), "vocab/thema.csv:6: code: missing"),
        (THEMA.replace("Rückkehr,asyl", "Rückkehr,asil"), 'vocab/thema.csv:6: broader: no code "asil" in this table'),
        (THEMA.replace("asyl,medtop:20000634", "asyl,medtop:1"), 'vocab/thema.csv:6: broad_match: no code "medtop:1"'),
        (
            THEMA.replace("2020-01-01", "1.1.2020"),
            'vocab/thema.csv:7: retired: not a day, as in 2026-11-25: "1.1.2020"',
        ),
        (THEMA.replace("2020-01-01", "2020-01-01,x"), "vocab/thema.csv:7: more cells than columns"),
        (THEMA.replace("Ausweisung", '"Ausweisung'), "vocab/thema.csv:7: not CSV"),
        ("# alias: thema\n", 'vocab/thema.csv: no row of column names, such as "code,label@de"'),
        (THEMA.replace("# iri", "# catalog: dpa\n# iri"), 'vocab/thema.csv:1: catalog: "dpa" is not "iptc"'),
        (THEMA.replace("label@de", "label@de x"), 'vocab/thema.csv:4: label@de x: not a language tag (BCP 47): "de x"'),
        (THEMA.replace("vocab/thema#", "vocab/ thema#"), "vocab/thema.csv:5: code: not an absolute IRI: "),
        (
            THEMA.replace("asyl,medtop:20000634", "asyl,https://a b/"),
            'vocab/thema.csv:6: broad_match: not an absolute IRI: "https://a b/"',
        ),
        (THEMA.replace("# iri", "# pattern: [\n# iri"), "vocab/thema.csv:1: pattern: not a regular expression"),
    ],
)
def test_a_wrong_table_says_where(archive: Path, text: str, message: str) -> None:
    (archive / "thema.csv").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        Vocabulary.load([SCHEMES, archive], BASE)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('alias = "thema"\niri = "t/"\nconcepts = [3]', "vocab/thema.toml:3: concepts.0: a table is needed"),
        ('alias = "thema"\nirl = "t/"\nconcepts = []', 'vocab/thema.toml:2: irl: unknown, did you mean "iri"?'),
        (
            'alias = "thema"\niri = "t/"\n[[concepts]]\ncode = "x"\nlabel = "y"',
            'vocab/thema.toml:3: label: unknown, did you mean "label@de"?',
        ),
        ("alias = ", "vocab/thema.toml:1: not TOML: Invalid value"),
    ],
)
def test_a_wrong_toml_table_says_where(archive: Path, text: str, message: str) -> None:
    (archive / "thema.toml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        Vocabulary.load([SCHEMES, archive], BASE)
    assert str(caught.value).startswith(message)


def test_bytes_that_are_not_utf_8(archive: Path) -> None:
    (archive / "thema.csv").write_bytes(THEMA.encode("latin-1"))
    with pytest.raises(VocabularyError, match=r"vocab/thema.csv:6: not UTF-8: byte 0xFC"):
        Vocabulary.load([SCHEMES, archive], BASE)


def test_an_alias_has_one_meaning(archive: Path) -> None:
    (archive / "genre.csv").write_text(THEMA.replace("thema", "genre"), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r'vocab/genre.csv:1: alias: "genre" is taken by schemes/genre.csv'):
        Vocabulary.load([SCHEMES, archive], BASE)
    (archive / "genre.csv").rename(archive / "subj.csv")
    (archive / "subj.csv").write_text(THEMA.replace("thema", "subj"), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r'"subj" means http://cv.iptc.org/newscodes/subjectcode/ in the catalog'):
        Vocabulary.load([SCHEMES, archive], BASE)


def test_an_unknown_alias(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownCode, match='unknown scheme "medtopp", did you mean "medtop"'):
        vocabulary.scheme("medtopp")
    with pytest.raises(UnknownCode):
        vocabulary.concepts("thema")
