from __future__ import annotations

from hypothesis import given

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
    render,
    tidy,
)
from lod.body.block import DEEPEST
from tests.body.blocks import any_blocks


def _spans(*spans: Span) -> tuple[Span, ...]:
    (block,) = tidy((Paragraph(spans),))
    return block.spans


def test_neighbours_are_merged_and_empty_ones_go() -> None:
    assert _spans(Text("a"), Text(""), Text("b"), Strong(()), Strong((Text("c"),)), Strong((Text("d"),))) == (
        Text("ab"),
        Strong((Text("cd"),)),
    )


def test_blanks_and_breaks_move_out_of_emphasis() -> None:
    assert _spans(Text("a"), Strong((Text(" b "), Break())), Text("c")) == (
        Text("a "),
        Strong((Text("b"),)),
        Break(),
        Text("c"),
    )


def test_white_space_is_single_blanks() -> None:
    assert _spans(Text(" a\n\tb\r\n"), Break(), Text(" c ")) == (Text("a b"), Break(), Text("c"))


def test_a_link_in_a_link_and_one_to_nowhere_are_text() -> None:
    inner = Link("https://b.example", (Text("b"),))
    assert _spans(Link("https://a.example", (inner,))) == (Link("https://a.example", (Text("b"),)),)
    assert _spans(Link("javascript:x", (Text("b"),))) == (Text("b"),)


def test_bold_italics_have_one_form() -> None:
    assert _spans(Strong((Emphasis((Text("a"),)),))) == (Emphasis((Strong((Text("a"),)),)),)
    assert _spans(Strong((Strong((Text("a"),)),))) == (Strong((Text("a"),)),)


def test_headings_and_cells_have_no_breaks() -> None:
    spans = (Text("a"), Break(), Text("b"))
    assert tidy((Heading(9, spans),)) == (Heading(6, (Text("a b"),)),)
    assert tidy((Table((spans,), ((),)),)) == (Table(((Text("a b"),),), (((),),)),)


def test_empty_blocks_go() -> None:
    assert tidy((Paragraph(()), Heading(1, (Text(" "),)), Quote((Paragraph(()),)), List(False, 1, ()))) == ()  # noqa: FBT003 - the first field of a list


def test_what_is_nested_too_deep_moves_up() -> None:
    block = Paragraph((Text("a"),))
    for _ in range(DEEPEST + 3):
        block = Quote((block,))
    assert parse(render((block,))) == tidy((block,))


@given(any_blocks)
def test_what_is_tidy_stays_as_it_is(blocks: tuple[Block, ...]) -> None:
    assert tidy(tidy(blocks)) == tidy(blocks)
