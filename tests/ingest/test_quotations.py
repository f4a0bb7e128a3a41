# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

import pytest

from tests.ingest.reader import reading, record

LEAD = {
    "de": "Oberbürgermeisterin Marlies Terhorst und der Leiter des Sportamtes, Yusuf Demirkan, haben das Bad am Samstag eröffnet.",
    "en": "Mayor Marlies Terhorst and Tom Ashworth, head of the parks department, opened the new pool on Saturday morning.",
    "fr": "La maire Solène Marchetti et le directeur des sports, Yves Carpentier, ont ouvert samedi la nouvelle piscine de la ville.",
    "nl": "Burgemeester Ruud Terpstra en wethouder Ilse Verbrugghe hebben zaterdag het nieuwe zwembad van de stad geopend.",
    "es": "La alcaldesa Lucía Armada y el director de Deportes, Rubén Castrillo, han inaugurado este sábado la nueva piscina.",
}


def _quotations(text: str, language: str = "de") -> list[tuple[str, list[str]]]:
    found = record(f"# Freibad\n\n{LEAD[language]}\n\n{text}\n")
    return [(each["text"], each["speakers"]) for each in found.get("quotations", ())]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Das Bad bleibt bezahlbar“, sagte Terhorst.", [("Das Bad bleibt bezahlbar", ["Marlies Terhorst"])]),
        ("de", "»Das Bad bleibt bezahlbar«, so Demirkan.", [("Das Bad bleibt bezahlbar", ["Yusuf Demirkan"])]),
        ("de", "«Das Bad bleibt bezahlbar», betont Demirkan.", [("Das Bad bleibt bezahlbar", ["Yusuf Demirkan"])]),
        ("de", 'Demirkan erklärte: "Das Bad bleibt bezahlbar".', [("Das Bad bleibt bezahlbar", ["Yusuf Demirkan"])]),
        ("de", "„Das Bad bleibt bezahlbar“, freute sich die Oberbürgermeisterin.", [("Das Bad bleibt bezahlbar", ["Marlies Terhorst"])]),
        ("de", "Terhorst lobte die Arbeiter. „Sie waren schnell“, sagte sie.", [("Sie waren schnell", ["Marlies Terhorst"])]),
        ("de", "„Es hat sich gelohnt“, sagten Terhorst und Demirkan.", [("Es hat sich gelohnt", ["Marlies Terhorst", "Yusuf Demirkan"])]),
        ("de", "„Das Bad bleibt bezahlbar“, scherzte Demirkan.", [("Das Bad bleibt bezahlbar", ["Yusuf Demirkan"])]),
        ("de", "„Ohne sie“, sagt Demirkan, „gäbe es nur die Hälfte der Becken.“", [("Ohne sie", ["Yusuf Demirkan"]), ("gäbe es nur die Hälfte der Becken.", ["Yusuf Demirkan"])]),
        ("de", "„Das Bad bleibt für alle bezahlbar“, hieß es am Rande der Feier.", [("Das Bad bleibt für alle bezahlbar", ["Yusuf Demirkan"])]),
        ("de", "„Das Bad bleibt bezahlbar“, lobt der 44-Jährige.", [("Das Bad bleibt bezahlbar", ["Yusuf Demirkan"])]),
        ("de", "„Das Bad bleibt bezahlbar.\n\nDas haben wir versprochen.\n\nWir halten es“, sagte Terhorst.", [("Das Bad bleibt bezahlbar.", ["Marlies Terhorst"]), ("Das haben wir versprochen.", ["Marlies Terhorst"]), ("Wir halten es", ["Marlies Terhorst"])]),
        ("fr", "« C’est le cœur de la ville, s’enthousiasme Yves Carpentier. Nous y voilà. »", [("C’est le cœur de la ville, s’enthousiasme Yves Carpentier. Nous y voilà.", ["Yves Carpentier"])]),
        ("en", "“We kept our promise,” said Ashworth.", [("We kept our promise,", ["Tom Ashworth"])]),
        ("en", "‘We’re proud of it,’ Ashworth said. ‘It’s warm.’", [("We’re proud of it,", ["Tom Ashworth"]), ("It’s warm.", ["Tom Ashworth"])]),
        ("en", 'Terhorst said: "We kept our promise."', [("We kept our promise.", ["Marlies Terhorst"])]),
        ("fr", "« Nous avons tenu parole », a déclaré Yves Carpentier.", [("Nous avons tenu parole", ["Yves Carpentier"])]),
        ("fr", "Carpentier remercie les ouvriers. « Nous avons tenu parole », ajoute-t-il.", [("Nous avons tenu parole", ["Yves Carpentier"])]),
        ("nl", "‘We hebben woord gehouden’, aldus Terpstra.", [("We hebben woord gehouden", ["Ruud Terpstra"])]),
        ("es", "«Hemos cumplido lo prometido», ha afirmado Castrillo.", [("Hemos cumplido lo prometido", ["Rubén Castrillo"])]),
    ],
)  # fmt: skip
def test_marks_and_attributions(language: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert _quotations(text, language) == expected


def test_a_quotation_cut_by_its_attribution_is_two() -> None:
    assert _quotations("„Wir haben es geschafft“, sagte Terhorst. „Jetzt wird geschwommen.“") == [
        ("Wir haben es geschafft", ["Marlies Terhorst"]),
        ("Jetzt wird geschwommen.", ["Marlies Terhorst"]),
    ]


def test_one_that_runs_over_paragraphs_has_one_part_in_each() -> None:
    assert _quotations(
        '"We kept our promise," said Terhorst. "It took years.\n\n"But it was worth every day of it."', "en"
    ) == [
        ("We kept our promise,", ["Marlies Terhorst"]),
        ("It took years.", ["Marlies Terhorst"]),
        ("But it was worth every day of it.", ["Marlies Terhorst"]),
    ]


def test_a_missing_closing_mark_ends_at_the_attribution() -> None:
    assert _quotations("„Das Wasser ist wärmer als gedacht, sagte Terhorst vor den Gästen.") == [
        ("Das Wasser ist wärmer als gedacht", ["Marlies Terhorst"])
    ]


def test_nested_marks_belong_to_the_outer_quotation() -> None:
    assert _quotations("„Er rief ‚Wasser marsch‘ und sprang hinein“, sagte Demirkan.") == [
        ("Er rief ‚Wasser marsch‘ und sprang hinein", ["Yusuf Demirkan"])
    ]


def test_a_few_words_count_when_somebody_is_said_to_have_said_them() -> None:
    assert _quotations('Demirkan nannte die Preise "nicht länger hinnehmbar".') == [
        ("nicht länger hinnehmbar", ["Yusuf Demirkan"])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Das Geld stammt aus dem Programm „Sportstätten 2020“ des Landes.",
        "Auf dem Schild steht „Bitte nicht vom Rand springen“.",
        "Das Motto lautet „Gemeinsam schwimmen“.",
        "Demirkan stellte das Projekt „Blaue Bahn“ vor.",
    ],
)
def test_names_slogans_and_signs_are_no_quotations(text: str) -> None:
    assert _quotations(text) == []


def test_lost_marks_leave_the_words_of_whoever_said_them() -> None:
    found = record(
        "# Grant\n\nCongresswoman Barbara Lee (CA-09) announced today that the City of Oakland has been selected.\n\n"
        "I want to congratulate the City of Oakland, said Congresswoman Lee. Many cities have applied for this grant.\n"
    )
    assert [(each["text"], each["speakers"]) for each in found["quotations"]] == [
        ("I want to congratulate the City of Oakland", ["Barbara Lee"]),
        ("Many cities have applied for this grant.", ["Barbara Lee"]),
    ]


def test_block_quotations_announced_by_their_speaker_and_signed() -> None:
    assert _quotations("Demirkan sagt:\n\n> Das Wasser ist warm, der Eintritt ist niedrig.") == [
        ("Das Wasser ist warm, der Eintritt ist niedrig.", ["Yusuf Demirkan"])
    ]
    assert _quotations(
        "> „Das Wasser ist warm und der Eintritt ist niedrig.“\n>\n> — Yusuf Demirkan, Leiter des Sportamtes"
    ) == [("Das Wasser ist warm und der Eintritt ist niedrig.", ["Yusuf Demirkan"])]


def test_words_that_occur_twice_get_their_place() -> None:
    found = record(
        f"# Freibad\n\n{LEAD['de']}\n\n„Es ist warm genug“, sagte Terhorst. „Es ist warm genug“, sagte Demirkan.\n"
    )
    first, second = found["quotations"]
    assert first["start"] < second["start"]
    assert second["speakers"] == ["Yusuf Demirkan"]


def test_an_organisation_speaks_by_a_noun() -> None:
    found = record(
        f"# Pool\n\n{LEAD['en']}\n\nThe boiler came from QuickBridge Heating, Inc. and broke after a week.\n\n"
        '"We are pleased to put this matter behind us," the company said.\n'
    )
    assert [each["speakers"] for each in found["quotations"]] == [["QuickBridge Heating, Inc."]]


def test_a_guessed_speaker_is_one_to_look_at() -> None:
    found = reading(f"# Freibad\n\n{LEAD['de']}\n\n„Wir haben das Bad für alle gebaut“, hieß es zum Schluss.\n")
    assert [each.confidence < 0.75 for each in found.findings if each.field == "quotations"] == [True]


def test_a_pronoun_means_whom_the_paragraph_before_names() -> None:
    assert _quotations(
        "„Das Bad bleibt bezahlbar“, sagte Demirkan.\n\nBademeister Ole Harms freute sich über die Gäste.\n\n"
        "„Das Wasser ist warm genug“, sagte er."
    ) == [("Das Bad bleibt bezahlbar", ["Yusuf Demirkan"]), ("Das Wasser ist warm genug", ["Ole Harms"])]
