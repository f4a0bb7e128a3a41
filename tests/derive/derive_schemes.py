"""How the large code tables in vocab/schemes/ were made, and how to make them again from newer files.

Not needed to run the program or its tests. From the top folder, with the files that vocab/SOURCES.md names:

    python tests/derive/derive_schemes.py medtop --release cptall.json … --corrections corrections.csv
    python tests/derive/derive_schemes.py genre --selection genre.csv
    python tests/derive/derive_schemes.py language --eu language.gc …        (needs `pip install babel pycountry`)
    python tests/derive/derive_schemes.py catalog --catalog catalog.IPTC-G2-Standards_41.xml

Each command writes one table. Only facts are taken: codes, labels, hierarchy, dates; no definitions.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMES = Path(__file__).parents[2] / "vocab" / "schemes"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
# IPTC's file has keys that are no BCP 47 tags, or tags of other languages (se is Northern Sami).
LANGUAGE_KEYS = {"se": "sv", "dk": "da", "no-NB": "nb", "no-NN": "nn"}
GERMAN_GENRES = {
    "Archive_material": "Archivmaterial",
    "Background": "Hintergrund",
    "ListingOfFacts": "Faktenübersicht",
    "Opinion": "Meinung",
    "Press_Release": "Pressemitteilung",
    "Quote": "Zitat",
    "Transcript_and_Verbatim": "Wortlaut",
    "Update": "Aktualisierung",
}
NEWEST = {"20001146": "2025-03-31"}  # the month is known second-hand only


def write(alias: str, header: dict[str, str], columns: list[str], rows: list[dict[str, str]]) -> None:
    """One table: what the scheme is, as comment lines, then a row for each code."""
    with (SCHEMES / f"{alias}.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {key}: {value}\n" for key, value in {"alias": alias, **header}.items())
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["code"]))


def clean(text: str) -> str:
    return " ".join(text.split())


def local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition(":")[2]


# ----------------------------------------------------------------------------------------------- Media Topics


def medtop(releases: list[Path], corrections: Path) -> None:
    """IPTC's JSON releases, oldest first, each overriding the one before, then a table of later corrections."""
    rows: dict[str, dict[str, str]] = {}
    for path in releases:
        for concept in json.loads(path.read_text(encoding="utf-8"))["conceptSet"]:
            code = local(concept["uri"])
            rows[code] = topic(code, concept, rows.get(code, {}))
    with corrections.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["medtop"]:
                rows[line["medtop"]] = corrected(line, rows.get(line["medtop"], {}))
    for row in rows.values():
        row["replaced_by"] = "|".join(code for code in row.get("replaced_by", "").split("|") if code in rows)
    header = {
        "iri": "http://cv.iptc.org/newscodes/mediatopic/",
        "title@de": "Themen (IPTC Media Topics)",
        "title@en": "IPTC Media Topics",
        "source": "IPTC Media Topics, releases of 2019-04-06, 2021-05-05 and, for public administration, 2026-07-02",
        "licence": CC_BY,
        "catalog": "iptc",
    }
    columns = [
        "code",
        "label@de",
        "label@en-GB",
        "label@en-US",
        "broader",
        "introduced",
        "retired",
        "replaced_by",
        "note",
    ]
    write("medtop", header, columns, list(rows.values()))


def topic(code: str, concept: dict[str, Any], before: dict[str, str]) -> dict[str, str]:
    """The row of one concept. An American label is kept only where it says something new."""
    labels = {LANGUAGE_KEYS.get(key, key): clean(label) for key, label in concept["prefLabel"].items()}
    row = {**before, "code": code}
    row.update({f"label@{tag}": labels[tag] for tag in ("de", "en-GB", "en-US") if tag in labels})
    if row.get("label@en-US") == row.get("label@en-GB"):
        row.pop("label@en-US", None)
    row["broader"] = "|".join(map(local, concept.get("broader", ())))
    row["introduced"] = concept["created"][:10]
    row["retired"] = concept.get("retired", "")[:10]
    return row


def corrected(line: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    code = line["medtop"]
    row = {**before, "code": code, "label@de": line["label_de"], "label@en-GB": line["label_en_gb"]}
    row["broader"] = line["broader"]
    row.pop("label@en-US", None)
    retired = re.search(r"\d{4}-\d\d-\d\d", line["status_2026_07_02"])
    if line["status_2026_07_02"].startswith("RETIRED"):
        row["retired"] = retired.group() if retired else NEWEST[code]
        row["replaced_by"] = "|".join(re.findall(r"\b\d{8}\b", line["note"])) if line["note"].startswith("use ") else ""
        row["note"] = "" if retired else "day of retirement not known"
    return row


# ----------------------------------------------------------------------------------------------- genres


def genre(selection: Path) -> None:
    """A selection of IPTC's genres; the German labels are ours, since IPTC has none."""
    with selection.open(encoding="utf-8", newline="") as file:
        rows = [
            {
                "code": local(line["qcode"]),
                "label@de": GERMAN_GENRES[local(line["qcode"])],
                "label@en-GB": line["label_en_gb"],
                "retired": line["status"].removeprefix("RETIRED ") if line["status"].startswith("RETIRED") else "",
            }
            for line in csv.DictReader(file)
        ]
    header = {
        "iri": "http://cv.iptc.org/newscodes/genre/",
        "title@de": "Textgattungen (IPTC Genre, Auswahl)",
        "title@en": "IPTC Genre (selection)",
        "source": "IPTC Genre NewsCodes of 2024-02-13; German labels by this project",
        "licence": CC_BY,
        "catalog": "iptc",
    }
    write("genre", header, ["code", "label@de", "label@en-GB", "retired"], rows)


# ----------------------------------------------------------------------------------------------- languages


def language(tables: list[Path]) -> None:
    """BCP 47 primary subtags that CLDR names in German and English and that the EU's table of languages holds."""
    import babel
    import pycountry

    held = {code for path in tables for code in eu_codes(path)}
    german, english = (babel.Locale(tag).languages for tag in ("de", "en"))
    rows = []
    for found in pycountry.languages:
        tag = getattr(found, "alpha_2", found.alpha_3)
        if tag in german and tag in english and found.alpha_3.upper() in held:
            rows.append(
                {
                    "code": tag,
                    "iri": f"http://publications.europa.eu/resource/authority/language/{found.alpha_3.upper()}",
                    "label@de": german[tag],
                    "label@en": english[tag],
                    # Two letters (but sh) mean a code in ISO 639-2, too; of the others the library does not say.
                    "notation@iso639-2b": getattr(
                        found, "bibliographic", found.alpha_3 if len(tag) == 2 and tag != "sh" else ""
                    ),
                    "notation@iso639-3": found.alpha_3,
                }
            )
    header = {
        "iri": "http://publications.europa.eu/resource/authority/language/",
        "title@de": "Sprachen",
        "title@en": "Languages",
        "source": "Codes: ISO 639 through pycountry; labels: Unicode CLDR through babel; IRIs: EU Vocabularies",
        "licence": "https://www.unicode.org/license.txt",
    }
    write("language", header, ["code", "iri", "label@de", "label@en", "notation@iso639-2b", "notation@iso639-3"], rows)


def eu_codes(path: Path) -> set[str]:
    """The codes of a genericode file."""
    codes = set()
    for value in etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).iter("Value"):
        if value.get("ColumnRef") == "code":
            codes.add((value.findtext("SimpleValue") or "").strip())
    return codes


# ----------------------------------------------------------------------------------------------- the IPTC's catalog


def catalog(path: Path) -> None:
    """The aliases of the standard catalog, so that no archive gives one of them another meaning."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    with (SCHEMES.parent / "catalog.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"# source: IPTC standard catalog, {path.name}\n# licence: {CC_BY}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["alias", "iri", "retired"])
        for scheme in root.iter("{*}scheme"):
            writer.writerow([scheme.get("alias"), scheme.get("uri"), (scheme.get("schemeretired") or "")[:10]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tables = parser.add_subparsers(dest="table", required=True)
    one = tables.add_parser("medtop")
    one.add_argument("--release", type=Path, nargs="+", required=True)
    one.add_argument("--corrections", type=Path, required=True)
    tables.add_parser("genre").add_argument("--selection", type=Path, required=True)
    tables.add_parser("language").add_argument("--eu", type=Path, nargs="+", required=True)
    tables.add_parser("catalog").add_argument("--catalog", type=Path, required=True)
    options = parser.parse_args()
    if options.table == "medtop":
        medtop(options.release, options.corrections)
    elif options.table == "genre":
        genre(options.selection)
    elif options.table == "language":
        language(options.eu)
    else:
        catalog(options.catalog)


if __name__ == "__main__":
    main()
