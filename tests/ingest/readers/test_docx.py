from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from lod.body import parse, render
from lod.ingest.readers.docx import read
from tests.ingest.readers.test_html import RELEASE
from tests.ingest.rendition import as_docx


def _text(document: Any) -> Any:
    out = BytesIO()
    document.save(out)
    return read(out.getvalue()).text


def test_markdown_comes_back() -> None:
    assert read(as_docx(RELEASE)).text == render(parse(RELEASE))


def test_the_letterhead_comes_first_and_page_numbers_do_not_come() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Stadt Beispiel"
    document.sections[0].footer.paragraphs[0].text = "Seite 1 von 2"
    document.add_paragraph("Der Rat hat zugestimmt.")
    assert _text(document) == "Stadt Beispiel\n\nDer Rat hat zugestimmt."


def test_insertions_count_and_deletions_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Der Rat hat ")
    for kind, tag, text in (("del", "delText", "nicht "), ("ins", "t", "heute ")):
        run = f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
        xml = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x">{run}</w:{kind}>'
        paragraph._p.append(parse_xml(xml))
    paragraph.add_run("zugestimmt.")
    assert _text(document) == "Der Rat hat heute zugestimmt."


def test_text_boxes_and_content_controls_are_read_once() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Stadt Beispiel</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    new, old = f"<w:drawing>{box}</w:drawing>", f"<w:pict>{box}</w:pict>"
    both = f"<mc:Choice Requires='wps'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    xml = f"<w:r {nsdecls('w')} {mc}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    document.add_paragraph("Nr. 5")._p.append(parse_xml(xml))
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Der Rat tagt.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    assert _text(document) == "Stadt Beispiel\n\nNr. 5\n\nDer Rat tagt."


def test_tables_that_only_arrange() -> None:
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Stadt Beispiel", "3. Mai 2020"
    assert _text(document) == "Stadt Beispiel\n\n3\\. Mai 2020"


def test_outline_levels_make_headings_of_own_styles() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Neue Brücke")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    assert _text(document) == "## Neue Brücke"


def test_core_properties() -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.language = "Neue Brücke", "de-DE"
    document.add_paragraph("Text")
    out = BytesIO()
    document.save(out)
    meta = read(out.getvalue()).meta
    assert (meta["title"], meta["language"]) == ("Neue Brücke", "de-DE")
    assert "author" not in meta


def test_numberings_tell_bullets_from_numbers() -> None:
    document = docx.Document()
    for style, text in (("List Number", "erstens"), ("List Number", "zweitens"), ("List Bullet", "auch")):
        number = document.styles[style].element.pPr.numPr.numId.val
        level = f"<w:numPr {nsdecls('w')}><w:ilvl w:val='0'/><w:numId w:val='{number}'/></w:numPr>"
        document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(level))
    assert _text(document) == "1. erstens\n2. zweitens\n\n- auch"


def test_styles_make_a_look() -> None:
    document = docx.Document()
    document.styles.add_style("Fett", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    paragraph = document.add_paragraph("Der ")
    paragraph.add_run("Rat", style="Strong")
    paragraph.add_run(" hat ")
    paragraph.add_run("heute", style="Emphasis")
    hidden = paragraph.add_run("geheim")
    hidden.font.hidden = True
    paragraph.add_run("\tzugestimmt").bold = False
    assert _text(document) == "Der **Rat** hat *heute* zugestimmt"


def test_cells_with_several_paragraphs_and_nested_quotations() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "a"
            cell.add_paragraph("b")
    document.add_paragraph("Erster Satz.", style="Quote")
    document.add_paragraph("Zweiter Satz.", style="Intense Quote")
    assert _text(document) == "| a b | a b |\n| --- | --- |\n| a b | a b |\n\n> Erster Satz.\n>\n> Zweiter Satz."
