"""German press prose that nobody wrote: sentences of one pool, joined at random, with all that formats stumble over."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

__all__ = ["FAMILY", "GIVEN", "KEYWORDS", "PLACES", "SUBJECTS", "Prose", "body", "headline", "quotation", "sentence"]

PLACES = ("Beispielhausen", "Köln-Mülheim", "Düsseldorf", "Groß Särchen", "Münster", "Lübeck", "Übach-Palenberg")
GIVEN = ("Jürgen", "Käthe", "Anna Sofie", "Björn", "Zoë", "Renée", "Ömer", "Małgorzata", "Søren", "Ingrid")
FAMILY = ("Müller-Lüdenscheidt", "Weiß", "Schäfer", "Öztürk", "Groß", "Nuñez", "Jäger", "Strauß", "von der Mühlen")
KEYWORDS = ("Bürgerbüro", "Straßenbau", "Jahresüberschuß", "Kita-Gebühren", "Hochwasserschutz", "Ärzte", "§ 34 BauGB")
SUBJECTS = ("20000612", "20000620", "20000621", "20000627", "20000628", "20000630", "20000634", "20000618")
_THINGS = ("Straßenausbaubeiträge", "Öffnungszeiten", "Fördermittel", "Grünflächen", "Schulbücher", "Fähren", "Radwege")
_BODIES = ("Der Rat", "Die Kämmerei", "Das Präsidium", "Der Ausschuss für Umwelt", "Die Geschäftsstelle")
_SENTENCES = (
    "{body} hat am {day}. des Monats über {thing} beraten und einstimmig beschlossen, {amount} Euro bereitzustellen.",
    "Nach § {day} Abs. 2 der Gemeindeordnung können die Städte und Gemeinden {thing} künftig selbst regeln.",
    "„Das ist ein guter Tag für {place}“, hieß es dazu aus dem Rathaus – und das nicht zum ersten Mal.",
    "{body} verweist auf die „Vereinbarung über {thing}“, die seit Jahren gilt und von allen Fraktionen getragen wird.",
    "Bürgerinnen und Bürger erreichen die Auskunft montags bis freitags zwischen 8 und {day} Uhr, auch in {place}.",
    "Für {thing} stehen im Haushalt {amount} Euro; das sind {day} % mehr als im Vorjahr (Stand: Jahresabschluß).",
    'Unter dem Titel "{thing} für alle" lädt {place} zu einem Gespräch ein; Anmeldungen sind bis zum {day}. möglich.',
    "Gegenüber dem ersten Entwurf wurden {thing} gestrichen, die Fördersätze für {place} aber deutlich erhöht.",
    "Wer Anträge stellt, muß Größe & Lage der Fläche angeben (mindestens {day} m², höchstens {amount} m²).",
    "Die Träger öffentlicher Belange wurden gehört; Einwände gegen {thing} gab es in {place} nicht.",
    "Dafür werden bis zu {amount} Euro ausgegeben, davon ein Drittel für {thing} und zwei Drittel für Personal.",
    "Das Donau\u00addampf\u00adschiff, so der Vorschlag aus {place}, solle ab dem {day}. wieder täglich fahren.",
)
_QUOTED = (
    "Wir haben {amount} Gründe, an {thing} festzuhalten, und nennen sie alle",
    "Ohne {thing} verlöre {place} in {day} Jahren mehr als {amount} Einwohner",
    "Mir fehlen {amount} Euro, ‚sonst nichts‘, und das sagen wir seit {day} Monaten",
)
_HEADLINES = (
    "{thing}: {place} stellt {amount} Euro bereit",
    "Kommunen fordern „Klarheit“ über {thing}",
    "{body} beschließt Satzung über {thing} in {place}",
)


class Prose(NamedTuple):
    """A text with its mark-up, and the same text without."""

    markdown: str
    plain: str


def _filled(random: Random, pool: tuple[str, ...]) -> str:
    return random.choice(pool).format(
        body=random.choice(_BODIES),
        thing=random.choice(_THINGS),
        place=random.choice(PLACES),
        day=random.randint(2, 28),
        amount=f"{random.randint(10, 999)}.{random.randint(0, 999):03}",
    )


def headline(random: Random) -> str:
    """A title."""
    return _filled(random, _HEADLINES)


def sentence(random: Random) -> str:
    """A sentence."""
    return _filled(random, _SENTENCES)


def quotation(random: Random, number: int) -> str:
    """Words that are said once only: the number is in them."""
    return f"{_filled(random, _QUOTED)} – zum {number}. Mal!"


def body(random: Random, quoted: list[str], speakers: list[str], *, marked: bool) -> Prose:
    """About 3,000 characters in paragraphs, with the quotations in them; `marked`: with a heading, a list, a link."""
    paragraphs = [" ".join(sentence(random) for _ in range(random.randint(3, 5))) for _ in range(random.randint(4, 6))]
    for words, speaker in zip(quoted, speakers, strict=True):
        paragraphs.insert(random.randint(1, len(paragraphs)), f"„{words}“, sagte {speaker}. {sentence(random)}")
    plain = list(paragraphs)
    if marked:
        paragraphs[1:1] = [
            "## Zum Hintergrund",
            "- **erstens** neu\n- zweitens *größer*",
            "Siehe [§ 3](https://a.example/).",
        ]
        plain[1:1] = ["Zum Hintergrund", "erstens neu\nzweitens größer", "Siehe § 3."]
    return Prose("\n\n".join(paragraphs), "\n\n".join(plain))
