# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

from pathlib import Path

import pytest

from lod.ingest.names import Known, Names
from lod.ingest.rules import Rules
from lod.ingest.tables import Own
from tests.ingest.reader import record, rules

LEAD = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."
EN = "Nobody expected the vote to be so close, and nobody left the hall before the last hand had been counted."


def _issuers(text: str, own: Rules | None = None) -> list[str]:
    return [each["name"] for each in record(text, own).get("issuers", ())]


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (f"Department of Justice  \nOffice of Public Affairs\n\n# Vote\n\n{EN}", ["Department of Justice"]),
        (f"**STADT AUENBRÜCK**\nDer Oberbürgermeister · Presse- und Informationsamt\n\n# Haushalt\n\n{LEAD}", ["Stadt Auenbrück"]),
        (f"# Verfassungsgerichtshof der Westmark\n\n## Haushalt gilt\n\n{LEAD}", ["Verfassungsgerichtshof der Westmark"]),
        (f"# Debian-Projekt – Pressemitteilung\n\n## Haushalt\n\n{LEAD}", ["Debian-Projekt"]),
        (f"**Netzwerk Offene Ufer e.V.** – Pressemitteilung vom 3. Juli 2017\n\n# Haushalt\n\n{LEAD}", ["Netzwerk Offene Ufer e.V."]),
        (f"Bundesministerium  \nfür Küsten und Gewässer  \nPressestelle\n\n# Haushalt\n\n{LEAD}", ["Bundesministerium für Küsten und Gewässer"]),
        (
            f"Gemeinsame Pressemitteilung von Industrie- und Handelskammer Lein, Handwerkskammer Lein und Verband Lein\n\n# Haushalt\n\n{LEAD}",
            ["Industrie- und Handelskammer Lein", "Handwerkskammer Lein", "Verband Lein"],
        ),
        (
            f"# Joint Statement from Department of Justice, Department of the Army and Department of the Interior Regarding a Decision\n\n{EN}",
            ["Department of Justice", "Department of the Army", "Department of the Interior"],
        ),
        (
            f"Gemeinsame Medienmitteilung\n\n**Handwerkskammer Lein · Chambre de Métiers de Lys · Gewerkschaft Bau und Holz**\n\n# Haushalt\n\n{LEAD}",
            ["Handwerkskammer Lein", "Chambre de Métiers de Lys", "Gewerkschaft Bau und Holz"],
        ),
        (
            f"Gemeinsame Pressemitteilung\n\nVerband Lein\n\nLandkreis Lein\n\n3. Juli 2017\n\n# Haushalt\n\n{LEAD}",
            ["Verband Lein", "Landkreis Lein"],
        ),
        (
            f"Gemeinsame Pressemitteilung von Ministerium für Umwelt und Naturschutz und Städtetag Lein\n\n# Haushalt\n\n{LEAD}",
            ["Ministerium für Umwelt und Naturschutz", "Städtetag Lein"],
        ),
        (f"Bezirksregierung\nRheinfurt\n\nPressestelle\n\n# Haushalt\n\n{LEAD}", ["Bezirksregierung Rheinfurt"]),
        (f"![Logo des Landkreises Lein](/l.svg)\n\n3. Juli 2017\n\n# Haushalt\n\n{LEAD}", ["Landkreis Lein"]),
        (f"3. Juli 2017\n\n# Haushalt\n\n{LEAD}\n\n© 2017 Landkreis Lein", ["Landkreis Lein"]),
        (f"3. Juli 2017\n\n# Haushalt\n\n{LEAD}\n\nLandkreis Lein\n- Pressestelle -\nTel.: 05141 206-110", ["Landkreis Lein"]),
        (f"Startseite > Landkreis Lein > Presse\n\n# Haushalt\n\n{LEAD}", ["Landkreis Lein"]),
        (
            f"# Vote\n\n{EN} Clean Air Now welcomed it.\n\nContact: Hal Reed, 07700 900 461 or hal@cleanairnow.example",
            ["Clean Air Now"],
        ),
        (f"Freistaat Lein\nMinisterium für Seen\n\n# Haushalt\n\n{LEAD}", ["Ministerium für Seen"]),
        (
            f"Stadt Lein | Landkreis Lein\n\n# Gemeinsame Pressemitteilung\n\n3. Juli 2017\n\n## Haushalt\n\n{LEAD}",
            ["Stadt Lein", "Landkreis Lein"],
        ),
        (
            f"# Gemeinsame Pressemitteilung\n\n## Haushalt\n\n{LEAD}\n\nAnsprechpartner:\nStadt Lein: Anke Wulf, 05141 206-110\nLandkreis Lein: Ute Beck, 05141 99-11",
            ["Stadt Lein", "Landkreis Lein"],
        ),
        (f"Gemeinsame Pressemitteilung\n\n- Stadt Lein\n- Landkreis Lein\n\n# Haushalt\n\n{LEAD}", ["Stadt Lein", "Landkreis Lein"]),
        (f"Handwerkskammer Lein | Industriekammer Lein\n\n# Haushalt\n\n{LEAD}", ["Handwerkskammer Lein", "Industriekammer Lein"]),
        (f"Handwerkskammer Lein | Abteilung Seen\n\n# Haushalt\n\n{LEAD}", ["Handwerkskammer Lein"]),
        (f"Seeheimer Flöten\n\nPresse-Info vom 3. Juli 2017\n\n# Haushalt\n\n{LEAD}", ["Seeheimer Flöten"]),
        (f"# Haushalt ist beschlossen\n\nVon: Landkreis Lein\n\n{LEAD}", ["Landkreis Lein"]),
        (f"Der Landkreis Lein teilt mit:\n\n# Haushalt\n\n{LEAD}", ["Landkreis Lein"]),
        (f"Gemeinsame Pressemitteilung: ADAC Lein, Landkreis Lein\n\n# Haushalt\n\n{LEAD}", ["ADAC Lein", "Landkreis Lein"]),
        (f"Joint press statement – Rivers Trust & Lein City Council\n\n# Vote\n\n{EN}", ["Rivers Trust", "Lein City Council"]),
        (f"IHK Mittelhaardt, 05.02.2024\n\n# Haushalt\n\n{LEAD}", ["IHK Mittelhaardt"]),
        (
            "# Wig Sale\n\nLorati, a leading provider of hats, announced a sale on Monday that lasts all week.\n\nThe sale is the second of its kind at Lorati. All hats of Lorati are made by hand.",
            ["Lorati"],
        ),
        (f"# Haushalt\n\n{LEAD}\n\nOriginal-Content von: Polizei Auenbrück, übermittelt durch news aktuell", ["Polizei Auenbrück"]),
        (f"# Haushalt\n\n{LEAD}\n\nKontakt:\n\nKommunalverband Westmark, Tel. 0250 5550-230", ["Kommunalverband Westmark"]),
        (
            f"KVW-Numm. 12/2016\n\n# Haushalt\n\n{LEAD} Das sagte der Kommunalverband Westmark (KVW) am Abend.",
            ["Kommunalverband Westmark"],
        ),
        ("# Grant\n\nCongresswoman Barbara Lee (CA-09) announced today that the grant has been approved by the agency.", ["Congresswoman Barbara Lee (CA-09)"]),
    ],
)  # fmt: skip
def test_places_that_name_the_issuer(text: str, issuers: list[str]) -> None:
    assert _issuers(text + "\n") == issuers


def test_a_short_name_before_the_number_is_spelled_out_by_the_text() -> None:
    text = f"StGB NRW-Numm. 15/2017\n\n# Haushalt\n\n{LEAD} So sieht es der Städte- und Gemeindebund Nordrhein-Westfalen.\n"
    assert _issuers(text) == ["Städte- und Gemeindebund Nordrhein-Westfalen"]


def test_what_the_page_states_counts_where_nothing_else_does() -> None:
    assert record(f"# Haushalt\n\n{LEAD}", publisher="Stadt Lindenrath")["issuers"] == [{"name": "Stadt Lindenrath"}]


def test_an_archives_letterheads_and_authorities() -> None:
    own = Own(letterheads=({"pattern": "Rathaus aktuell", "issuer": "Stadt Lindenrath", "authority": "lindenrath"},))  # type: ignore[arg-type]
    with_own = Rules(rules().folder, own=own)
    assert record(f"Rathaus aktuell\n\n# Haushalt\n\n{LEAD}", with_own)["issuers"] == [
        {"name": "Stadt Lindenrath", "authority": "lindenrath"}
    ]
    names = Names([Known("auenbrueck", "org", "Stadt Auenbrück", "Stadt Auenbrück")])
    known = Rules(rules().folder, names=names)
    assert record(f"**STADT AUENBRÜCK**\n\n# Haushalt\n\n{LEAD}", known)["issuers"] == [
        {"name": "Stadt Auenbrück", "authority": "auenbrueck"}
    ]


def test_nobody_is_made_up() -> None:
    assert "issuers" not in record(f"# Abstimmung\n\n{EN}")


def test_rules_come_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "ingest.toml").write_text('[[letterheads]]\npattern = "Amtsblatt"\nissuer = "Gemeinde Steinheim"\n')
    assert _issuers(f"Amtsblatt\n\n# Haushalt\n\n{LEAD}", Rules.load(tmp_path)) == ["Gemeinde Steinheim"]
