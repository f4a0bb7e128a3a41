from __future__ import annotations

from typing import Any

import pytest

from tests.formats.newsml.house import House, texts

PRESS = {"role": "Pressesprecherin", "name": "Erika Muster", "mail": "muster@stadt.example", "phone": "+49 30 1"}
PUBLIC = {"organisation": "Presseamt", "url": "https://stadt.example/presse", "mail": "presse@stadt.example"}
CONTACTS = [{**PRESS, "channel": "press"}, {**PUBLIC, "channel": "public"}]


def roles(house: House, **fields: Any) -> list[str]:
    return [role.partition(":")[2] for role in texts(house.item(**fields), "//g2:edNote/@role")]


def change(kind: str, version: int = 2) -> dict[str, Any]:
    return {"version": version, "at": "2026-09-15T13:20:00+02:00", "kind": kind, "note": "8 statt 7 Uhr."}


def test_contacts_for_newsrooms_are_in_no_public_item(house: House) -> None:
    data = house.piece(house.release(body="Text.", contacts=CONTACTS)).data.decode()
    assert "muster@stadt.example" not in data
    assert "presse@stadt.example" in data


def test_newsrooms_see_their_contacts_in_a_note_that_is_not_public(newsroom: House) -> None:
    item = newsroom.item(body="Text.", contacts=CONTACTS)
    (note,) = item.xpath("//*[local-name()='edNote'][@role='noterole:contacts']")
    assert note.get("pubconstraint") == "pubconstraint:nonpublic"
    assert note.text == (
        "Kontakt für Redaktionen, nicht zur Veröffentlichung: "
        "Pressesprecherin, Erika Muster, +49 30 1, muster@stadt.example"
    )
    assert not any("muster@stadt.example" in text for text in texts(item, "//g2:contentMeta | //g2:contentSet"))


def test_contacts_never_come_first(newsroom: House) -> None:
    assert roles(newsroom, contacts=CONTACTS) == ["editorial", "contacts"]
    assert texts(newsroom.item(contacts=CONTACTS), "//g2:edNote[1]") == ["Pressemitteilung von Stadt Beispielhausen."]
    assert roles(newsroom, contacts=CONTACTS, notes=["Bildtermin um 10 Uhr."]) == ["editorial", "contacts"]


def test_the_most_important_note_comes_first(newsroom: House) -> None:
    found = roles(
        newsroom,
        contacts=CONTACTS,
        notes=["Bildtermin um 10 Uhr."],
        boilerplate=["Über die Stadt: …"],
        embargo={"until": "2026-09-20T11:00:00+02:00"},
        version=2,
        changes=[change("correction")],
    )
    assert found == ["correction", "embargo", "editorial", "boilerplate", "contacts"]


@pytest.mark.parametrize(("kind", "status"), [("cancel", "canceled"), ("withhold", "withheld")])
def test_after_a_kill_only_the_reason_is_left(newsroom: House, kind: str, status: str) -> None:
    fields = {"version": 2, "status": status, "changes": [change(kind)], "contacts": CONTACTS, "notes": ["Termin."]}
    assert roles(newsroom, **fields) == [kind]
    assert "muster@" not in newsroom.piece(newsroom.release(**fields)).data.decode()


def test_a_note_says_what_changed(house: House) -> None:
    item = house.item(version=2, changes=[change("correction")])
    assert texts(item, "//g2:edNote") == ["Berichtigung: 8 statt 7 Uhr."]


def test_a_kill_without_a_reason_still_says_what_to_do(house: House) -> None:
    item = house.item(status="canceled")
    assert texts(item, "//g2:edNote") == ["Rückruf: Bitte nicht verwenden und auch aus Archiven löschen."]


def test_the_end_of_an_embargo_in_words(house: House) -> None:
    item = house.item(embargo={"until": "2026-09-20T11:00:00+02:00"})
    assert texts(item, "//g2:embargoed") == ["2026-09-20T11:00:00+02:00"]
    assert texts(item, "//g2:edNote") == ["Sperrfrist: 20.09.2026, 11:00 Uhr (UTC+02:00)."]
    assert texts(item, "//g2:pubStatus/@qcode") == ["stat:usable"]


def test_an_embargo_without_an_end_is_empty_and_explained(house: House) -> None:
    item = house.item(embargo={"note": "Sperrfrist: Beginn der Rede"})
    assert [(one.text, len(one)) for one in item.iter("{*}embargoed")] == [(None, 0)]
    assert texts(item, "//g2:edNote") == ["Sperrfrist: Beginn der Rede"]


def test_notes_have_no_elements_in_them(newsroom: House) -> None:
    """Some readers stop at the first one."""
    item = newsroom.item(notes=["Erste Zeile\nZweite Zeile\n\nAbsatz"], contacts=CONTACTS)
    assert [len(note) for note in item.iter("{*}edNote")] == [0, 0]


def test_other_languages_get_english_words_and_say_so(house: House) -> None:
    item = house.item(language="fr", title="Communiqué", embargo={"until": "2026-09-20T11:00:00+02:00"})
    (note,) = item.iter("{*}edNote")
    assert note.text == "Embargoed until 2026-09-20, 11:00 (UTC+02:00)."
    assert note.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
