"""The same release in other media, made by real libraries: markdown-it, reportlab, python-docx, email."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from io import BytesIO
from typing import Any

from lod.body import (
    Block,
    Break,
    Emphasis,
    Heading,
    Link,
    List,
    Paragraph,
    Quote,
    Span,
    Strong,
    Table,
    Text,
    parse,
    plain,
)

__all__ = ["as_docx", "as_html", "as_mail", "as_pdf", "as_plain"]

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title} | Stadt Beispiel</title>
<style>p {{ color: red }}</style></head>
<body><header><a href="/">Startseite</a></header>
<nav><ul><li><a href="/rathaus">Rathaus</a></li><li><a href="/presse">Presse</a></li></ul></nav>
<main>{content}</main>
<footer><p>Impressum und Datenschutz</p></footer><script>track("x")</script></body></html>
"""


def as_html(markdown: str, language: str = "de", title: str = "Meldung") -> bytes:
    from markdown_it import MarkdownIt

    content = MarkdownIt("commonmark").enable("table").render(markdown)
    return PAGE.format(language=language, title=escape(title), content=content).encode()


def as_mail(markdown: str, language: str = "de") -> bytes:
    message = EmailMessage()
    message["Subject"] = "Pressemitteilung"
    message["From"] = "Pressestelle <presse@stadt.example>"
    message["Date"] = "Mon, 03 Jul 2017 10:00:00 +0200"
    message.set_content("Bitte die HTML-Ansicht verwenden.")
    message.add_alternative(as_html(markdown, language).decode(), subtype="html")
    return message.as_bytes()


def as_plain(markdown: str, width: int = 72) -> bytes:
    from textwrap import fill

    paragraphs = plain(parse(markdown)).split("\n\n")
    lines = ("\n".join(fill(line, width) for line in paragraph.split("\n")) for paragraph in paragraphs)
    return "\n\n".join(lines).encode()


def as_docx(markdown: str) -> bytes:
    import docx

    document = docx.Document()
    for block in parse(markdown):
        _word(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _word(document: Any, block: Block, style: str | None = None) -> None:
    if isinstance(block, Heading):
        _runs(document.add_heading(level=block.level), block.spans)
    elif isinstance(block, Paragraph):
        _runs(document.add_paragraph(style=style), block.spans)
    elif isinstance(block, List | Quote):
        listed = "List Number" if isinstance(block, List) and block.ordered else "List Bullet"
        for inner in block.blocks if isinstance(block, Quote) else (each for item in block.items for each in item):
            _word(document, inner, "Quote" if isinstance(block, Quote) else listed)
    else:
        table = document.add_table(rows=0, cols=len(block.header))
        for row in (block.header, *block.rows):
            for cell, spans in zip(table.add_row().cells, row, strict=True):
                _runs(cell.paragraphs[0], spans)


def _runs(paragraph: Any, spans: tuple[Span, ...], bold: bool | None = None, italic: bool | None = None) -> None:
    for span in spans:
        if isinstance(span, Text | Break):
            run = paragraph.add_run(span.text if isinstance(span, Text) else "\n")
            run.bold, run.italic = bold, italic
        elif isinstance(span, Link):
            _hyperlink(paragraph, span)
        else:
            _runs(
                paragraph,
                span.spans,
                bold or isinstance(span, Strong) or None,
                italic or isinstance(span, Emphasis) or None,
            )


def _hyperlink(paragraph: Any, link: Link) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(link.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    before = len(paragraph._p)
    _runs(paragraph, link.spans)
    for run in list(paragraph._p)[before:]:
        element.append(run)
    paragraph._p.append(element)


def as_pdf(markdown: str, password: str | None = None) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.platypus import SimpleDocTemplate

    out = BytesIO()
    encrypt = StandardEncryption(password) if password else None
    SimpleDocTemplate(out, pagesize=A4, encrypt=encrypt, invariant=1).build(list(_platypus(parse(markdown))))
    return out.getvalue()


def _platypus(blocks: tuple[Block, ...], indent: int = 0) -> Iterator[Any]:
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, ListItem
    from reportlab.platypus import Paragraph as Flowable
    from reportlab.platypus import Table as Grid

    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    for block in blocks:
        if isinstance(block, Heading):
            yield Flowable(_xml(block.spans), styles[f"Heading{block.level}"])
        elif isinstance(block, Paragraph):
            yield Flowable(_xml(block.spans), body)
        elif isinstance(block, Quote):
            yield from _platypus(block.blocks)
        elif isinstance(block, List):
            items = [ListItem(list(_platypus(item))) for item in block.items]
            yield ListFlowable(
                items,
                bulletType="1" if block.ordered else "bullet",
                bulletFormat="%s." if block.ordered else None,
                start=block.start if block.ordered else "•",
            )
        elif isinstance(block, Table):
            rows = [[Flowable(_xml(cell), body) for cell in row] for row in (block.header, *block.rows)]
            yield Grid(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def _xml(spans: tuple[Span, ...]) -> str:
    return "".join(map(_one, spans))


def _one(span: Span) -> str:
    if isinstance(span, Text):
        return escape(span.text)
    if isinstance(span, Break):
        return "<br/>"
    if isinstance(span, Link):
        return f'<a href="{escape(span.href)}">{_xml(span.spans)}</a>'
    mark = "b" if isinstance(span, Strong) else "i"
    return f"<{mark}>{_xml(span.spans)}</{mark}>"


def scanned_pdf() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
