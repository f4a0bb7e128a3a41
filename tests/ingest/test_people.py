# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

import pytest

from tests.ingest.reader import people_in


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "OKF-Geschäftsführerin Henriette Litta bringt es auf den Punkt.", {"Henriette Litta": "OKF-Geschäftsführerin"}),
        ("de", "Der Leiter des Sportamtes, Yusuf Demirkan, springt.", {"Yusuf Demirkan": "Leiter des Sportamtes"}),
        ("de", "sagt Arnaud Quette, Leiter von Eaton Solutions, welcher auch Entwickler ist.", {"Arnaud Quette": "Leiter von Eaton Solutions"}),
        ("de", "der Präsident des KVW, Bürgermeister Jobst Ahlenkamp (Stadt Drevenack), sprach.", {"Jobst Ahlenkamp": "Präsident des KVW, Bürgermeister (Stadt Drevenack)"}),
        ("de", "meint Matrosin Jule Petersen, die selbst fährt.", {"Jule Petersen": "Matrosin"}),
        ("de", "Kulturdezernent Mirko Santoro (Grüne) versprach es.", {"Mirko Santoro": "Kulturdezernent (Grüne)"}),
        ("en", "Acting Assistant Attorney General John Gore of the Civil Rights Division. Segregation is unlawful.", {"John Gore": "Acting Assistant Attorney General of the Civil Rights Division"}),
        ("en", "Bill Baker, Founder and CEO of Nextlink Internet, said no.", {"Bill Baker": "Founder and CEO of Nextlink Internet"}),
        ("en", "Congressman Robert Aderholt (AL-04), today released this.", {"Robert Aderholt": "Congressman (AL-04)"}),
        ("en", "Since then President Trump has waited.", {"Trump": "President"}),
        ("fr", "Le préfet maritime Loïc d'Argental se réunira.", {"Loïc d'Argental": "préfet maritime"}),
        ("fr", "précise l'adjointe à la culture, Fatoumata Sylla.", {"Fatoumata Sylla": "adjointe à la culture"}),
        ("nl", "zegt hoogleraar slaapkunde Annemiek Roosendaal, die het onderzoek leidde.", {"Annemiek Roosendaal": "hoogleraar slaapkunde"}),
        ("nl", "Volgens directeur Saskia van den Oever van De Vier Winden was het lastig.", {"Saskia van den Oever": "directeur van De Vier Winden"}),
        ("de", "Caritasdirektor Domkapitular Franz-Josef Ettwein sprach.", {"Franz-Josef Ettwein": "Domkapitular"}),
        ("de", "sagt Pröpstin Dr. h. c. Frauke Lorenzen.", {"Frauke Lorenzen": "Pröpstin"}),
        ("de", "Eine Gruppe um Pastor i. R. Helmut Sönnichsen las sie.", {"Helmut Sönnichsen": "Pastor i. R."}),
        ("de", "Die Sprecherin der Fraktion, Hatice Demirel MdL, kam.", {"Hatice Demirel": "Sprecherin der Fraktion"}),
        ("de", "Das sagt Thomas Richter, Leiter des Amtes.", {"Thomas Richter": "Leiter des Amtes"}),
        ("de", "„Gut“, sagt Annegret Sudhoff. Sie ist Direktorin der Klinik und hat das Verfahren entwickelt.", {"Annegret Sudhoff": "Direktorin der Klinik"}),
        ("de", "verspricht Meike Tönnies, die den Kundenservice leitet.", {"Meike Tönnies": "Leiterin des Kundenservice"}),
        ("de", "Er dankte Kristina Klein, Jana Wichmann und Daniel Dietrich.", {"Kristina Klein": "", "Jana Wichmann": "", "Daniel Dietrich": ""}),
        ("en", "The Harbour Master Nils Everdale agreed.", {"Nils Everdale": "Harbour Master"}),
        ("en", "Gordon Aldous, 67, a retired bus driver from Holm, agreed.", {"Gordon Aldous": "retired bus driver"}),
        ("en", "They met Dawson James Securities and Peter Fisher.", {"Peter Fisher": ""}),
        ("es", "El presidente del Colegio de Médicos, el doctor Esteban Arrieta, lo dijo.", {"Esteban Arrieta": "presidente del Colegio de Médicos"}),
        ("de", "Rosa Kamp aus Haselau steht im Salon. „Gut“, meinte die Friseurmeisterin.", {"Rosa Kamp": "Friseurmeisterin"}),
        ("de", "Rosa Kamp steht im Salon. „Gut“, meinte der Friseurmeister.", {"Rosa Kamp": ""}),
        ("de", "„Gut“, ergänzt der Oberbürgermeister. „Das macht mich stolz“, so Hans Ohling.", {"Hans Ohling": "Oberbürgermeister"}),
        ("de", "Karsthals Bürgermeisterin Eva Ritschel war froh.", {"Eva Ritschel": "Karsthals Bürgermeisterin"}),
        ("de", "Ministerin Eva Ritschel kam. Umweltministerin Eva Ritschel ging.", {"Eva Ritschel": "Umweltministerin"}),
        ("de", "Oberbürgermeister Timo Seibel, zugleich Vorsitzender des Aufsichtsrats: „Gut.“", {"Timo Seibel": "Oberbürgermeister, Vorsitzender des Aufsichtsrats"}),
        ("de", "Es sprachen der Präsident des Städtetages, Oberbürgermeister Jörn Haack, die Vorsitzende des Landkreistages, Landrätin Ingrid Stolte, und andere.", {"Jörn Haack": "Präsident des Städtetages, Oberbürgermeister", "Ingrid Stolte": "Vorsitzende des Landkreistages, Landrätin"}),
        ("de", "„Gut“, sagte Eva-Marie Freifrau von Oer.", {"Eva-Marie Freifrau von Oer": ""}),
        ("de", "Kurator: Mats Lindqvist", {"Mats Lindqvist": "Kurator"}),
        ("de", "Die Minister der Länder haben Regeln für den gewerblichen Einsatz von Lastenrädern beschlossen.", {}),
        ("de", "Gemeinsamer Appell von Kommunen und Häusern.", {}),
        ("en", "Among them was Dwyght Oakes, who grows corn. “It flooded,” said Oakes.", {"Dwyght Oakes": ""}),
        ("en", "For Amina Ekiru, a mother of five from Turkana, it meant fodder.", {"Amina Ekiru": "mother of five from Turkana"}),
        ("en", "“One fish,” said Chiara Bellini, who chairs the Committee and is a professor.", {"Chiara Bellini": "chair of the Committee"}),
        ("fr", "raconte Karim Oukaci, qui a dirigé l'étude.", {"Karim Oukaci": "directeur de l'étude"}),
        ("fr", "Pour Anne Quéméneur, présidente de la coopérative Terres d'Armor, le plan va.", {"Anne Quéméneur": "présidente de la coopérative Terres d'Armor"}),
        ("es", "“No es un negocio”, coinciden Quiñónez y Cárdenas.", {}),
        ("es", "El secretario general del Agua, Andreu Pascual i Roca, ha detallado.", {"Andreu Pascual i Roca": "secretario general del Agua"}),
    ],
)  # fmt: skip
def test_names_with_functions(language: str, text: str, expected: dict[str, str]) -> None:
    assert {person.name: person.function for person in people_in(text, language).found} == expected


def test_titles_are_no_part_of_the_name() -> None:
    person = people_in("Es spricht Prof. Dr. Dr. h.c. Emanuel Rosenzweig-Thal aus Bonn.", "de").found[0]
    assert (person.name, person.honorific) == ("Emanuel Rosenzweig-Thal", "Prof. Dr. Dr. h.c.")
    assert (person.given, person.family) == ("Emanuel", "Rosenzweig-Thal")


def test_a_family_name_alone_is_the_same_person() -> None:
    people = people_in("Dr. Gerd Landsberg kam. Dr. Landsberg sprach. Landsbergs Rede war kurz.", "de")
    assert [person.name for person in people.found] == ["Gerd Landsberg"]
    assert len(people.found[0].mentions) == 3


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Digitale Souveränität der Hansestadt Bremen ist Thema der Woche."),
        ("de", "Die Hochschule für Musik »Carl Friedrich Adam« lädt ein."),
        ("en", "The Gun Control Act (GCA) and the National Firearms Act (NFA) apply."),
        ("en", "The D.C. Circuit Court of Appeals met at 95 Parker Oaks Lane."),
        ("fr", "Le gymnase Jean-Macé de Valmont ouvre ses portes."),
    ],
)
def test_what_is_nobody(language: str, text: str) -> None:
    assert people_in(text, language).found == []


def test_gender_comes_from_title_and_given_name() -> None:
    assert people_in("Frau Dr. Kim Berger sprach.", "de").found[0].gender == "f"
    assert people_in("Bürgermeister Thomas Berger sprach.", "de").found[0].gender == "m"
