"""Elements of WordprocessingML (ECMA-376 part 1, chapter 17) become blocks and spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lod.body import Block, Break, Emphasis, Heading, Link, List, Paragraph, Quote, Span, Strong, Table, Text
from lod.ingest.readers.dress import rejoined

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["WordFlow"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|überschrift|titre|kop|título|titulo)\s*([1-6])$", re.IGNORECASE)
_QUOTES = frozenset({"quote", "intense quote", "zitat", "intensives zitat", "citation", "citat", "cita"})
_LISTS = {"list bullet": False, "list number": True, "aufzählungszeichen": False, "listennummer": True}
_OFF = frozenset({"0", "false", "off", "none"})
# Elements whose content belongs to the paragraph: insertions in review, content controls, smart tags, fields.
_TRANSPARENT = frozenset(
    _W + name for name in ("ins", "sdt", "sdtContent", "smartTag", "fldSimple", "customXml", "moveTo", "bdo", "dir")
)
_OBJECTS = frozenset(_W + name for name in ("drawing", "pict", "object"))


class WordFlow:
    """The rules of one document: its styles, its numberings, and the links of the part that is read."""

    def __init__(self, document: WordDocument, part: Any = None) -> None:
        self.document = document
        self.part = part or document.part
        self.styles = {style.style_id: style for style in document.styles}
        self._kinds: dict[tuple[str, str], bool] = {}

    def of_part(self, part: Any) -> WordFlow:
        """The same rules for a header or footer."""
        return WordFlow(self.document, part)

    def blocks(self, parent: Any) -> tuple[Block, ...]:
        """The blocks of a body, a cell, a header or a text box; items that follow each other are one list."""
        out: list[Block] = []
        for block in self._each(parent):
            last = out[-1] if out else None
            if isinstance(block, List) and isinstance(last, List) and block.ordered == last.ordered:
                out[-1] = List(last.ordered, last.start, last.items + block.items)
            elif isinstance(block, Quote) and isinstance(last, Quote):
                out[-1] = Quote(last.blocks + block.blocks)
            else:
                out.append(block)
        return tuple(out)

    def _each(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == _W + "p":
                yield from self._paragraph(element)
            elif element.tag == _W + "tbl":
                yield from self._table(element)
            elif element.tag in _TRANSPARENT:
                yield from self._each(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        boxes = [box for box in element.iter(_W + "txbxContent") if not _is_fallback(box)]
        for box in boxes:
            yield from self.blocks(box)
        spans = rejoined(self._spans(element))
        if not any(_has_text(span) for span in spans):
            return
        name, level = self._style(element)
        ordered = self._numbered(element, name)
        if level is not None:
            yield Heading(level, spans)
        elif ordered is not None:
            yield List(ordered, 1, ((Paragraph(spans),),))
        elif name in _QUOTES:
            yield Quote((Paragraph(spans),))
        else:
            yield Paragraph(spans)

    def _style(self, element: Any) -> tuple[str, int | None]:
        """Name of the paragraph's style, and the level of a heading: by name, or by the outline it stands in."""
        found = element.find(f"{_W}pPr/{_W}pStyle")
        style = self.styles.get(found.get(_W + "val")) if found is not None else None
        name = (style.name or "").lower() if style is not None else ""
        if name in {"title", "titel"}:
            return name, 1
        heading = _HEADING.match(name)
        if heading:
            return name, int(heading[1])
        for holder in (element, style.element if style is not None else None):
            outline = holder.find(f"{_W}pPr/{_W}outlineLvl") if holder is not None else None
            value = outline.get(_W + "val", "9") if outline is not None else "9"
            if value in {"0", "1", "2", "3", "4", "5"}:
                return name, int(value) + 1
        return name, None

    def _numbered(self, element: Any, style: str) -> bool | None:
        """Whether it is an item of a numbered list (True), of a bulleted one (False), or none (None)."""
        numbering = element.find(f"{_W}pPr/{_W}numPr")
        if numbering is None:
            return next((ordered for name, ordered in _LISTS.items() if style.startswith(name)), None)
        number, level = (_value(numbering.find(_W + name)) for name in ("numId", "ilvl"))
        if number in {"", "0"}:
            return None
        return self._kind(number, level or "0")

    def _kind(self, number: str, level: str) -> bool:
        if (number, level) not in self._kinds:
            self._kinds[number, level] = self._look_up(number, level)
        return self._kinds[number, level]

    def _look_up(self, number: str, level: str) -> bool:
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return False
        for instance in root.iterchildren(_W + "num"):
            if instance.get(_W + "numId") == number:
                wanted = _value(instance.find(_W + "abstractNumId"))
                for abstract in root.iterchildren(_W + "abstractNum"):
                    if abstract.get(_W + "abstractNumId") == wanted:
                        for each in abstract.iterchildren(_W + "lvl"):
                            if each.get(_W + "ilvl") == level:
                                return _value(each.find(_W + "numFmt")) not in {"bullet", "none", ""}
        return False

    def _table(self, element: Any) -> Iterator[Block]:
        rows = [list(row.iterchildren(_W + "tc")) for row in element.iterchildren(_W + "tr")]
        rows = [row for row in rows if row]
        if len(rows) < 2 or max(map(len, rows)) < 2:
            yield from (block for row in rows for cell in row for block in self.blocks(cell))
            return
        cells = [tuple(tuple(self._cell(cell)) for cell in row) for row in rows]
        yield Table(cells[0], tuple(cells[1:]))

    def _cell(self, cell: Any) -> Iterator[Span]:
        for at, paragraph in enumerate(cell.iterchildren(_W + "p")):
            if at:
                yield Break()
            yield from self._spans(paragraph)

    def _spans(self, element: Any) -> Iterator[Span]:
        for child in element:
            if child.tag == _W + "r":
                yield from self._run(child)
            elif child.tag == _W + "hyperlink":
                yield from self._link(child)
            elif child.tag in _TRANSPARENT:
                yield from self._spans(child)

    def _link(self, element: Any) -> Iterator[Span]:
        inner = tuple(self._spans(element))
        relation = self.part.rels.get(element.get(_R + "id", ""))
        if relation is not None and relation.is_external:
            yield Link(relation.target_ref.replace(" ", "%20"), inner)
        else:
            yield from inner

    def _run(self, run: Any) -> Iterator[Span]:
        look = run.find(_W + "rPr")
        style = self.styles.get(_value(look.find(_W + "rStyle"))) if look is not None else None
        if look is not None and _is_on(look.find(_W + "vanish")):
            return
        spans = tuple(_written(run))
        named = (style.name or "").lower() if style is not None else ""
        if _toggled(look, "b", default=named in {"strong", "fett"}):
            spans = (Strong(spans),)
        if _toggled(look, "i", default=named in {"emphasis", "hervorhebung"}):
            spans = (Emphasis(spans),)
        yield from spans


def _toggled(look: Any, name: str, *, default: bool) -> bool:
    found = look.find(_W + name) if look is not None else None
    return default if found is None else _is_on(found)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(_W + "val", "true").lower() not in _OFF


def _value(element: Any) -> str:
    return element.get(_W + "val", "") if element is not None else ""


def _written(run: Any) -> Iterator[Span]:
    for child in run:
        if child.tag == _W + "t":
            yield Text(child.text or "")
        elif child.tag in {_W + "br", _W + "cr"}:
            yield Break()
        elif child.tag == _W + "tab":
            yield Text(" ")
        elif child.tag == _W + "noBreakHyphen":
            yield Text("-")


def _has_text(span: Span) -> bool:
    if isinstance(span, Text):
        return bool(span.text.strip())
    return not isinstance(span, Break) and any(_has_text(inner) for inner in span.spans)


def _is_fallback(box: Any) -> bool:
    """Word writes a text box twice, for itself and for old programs; the second is no second text."""
    return any(parent.tag == _MC + "Fallback" for parent in box.iterancestors())
