from __future__ import annotations

import gc
import re
import time

import pytest
from hypothesis import assume, given

from lod.body import Break, Heading, Link, List, Paragraph, Quote, Strong, Table, Text, parse, plain, render, tidy
from lod.body.block import DEEPEST
from tests.body.blocks import markdown
from tests.body.oracle import rectangular, reference


def _text(*lines: str) -> Paragraph:
    return Paragraph((Text(" ".join(lines)),))


def test_lines_of_a_paragraph_are_one_line_and_blank_lines_set_apart() -> None:
    assert parse("\n\nErste Zeile\n  zweite Zeile \n\n\nZweiter Absatz\n") == (
        _text("Erste Zeile", "zweite Zeile"),
        _text("Zweiter Absatz"),
    )


def test_windows_and_old_mac_line_ends_are_line_ends() -> None:
    assert parse("a\r\n\r\nb\rc") == (_text("a"), _text("b c"))


@pytest.mark.parametrize("mark", ["\\\n", "  \n", "    \n"])
def test_a_hard_break(mark: str) -> None:
    assert parse(f"Straße 1{mark}40479 Düsseldorf") == (
        Paragraph((Text("Straße 1"), Break(), Text("40479 Düsseldorf"))),
    )


def test_a_backslash_before_a_line_end_is_a_break_only_when_it_is_not_escaped_itself() -> None:
    assert parse("C:\\\\\nD:") == (_text("C:\\ D:"),)


def test_headings_have_six_levels_and_a_closing_sequence() -> None:
    assert parse("# Eins\n###### Sechs ##\n####### Sieben") == (
        Heading(1, (Text("Eins"),)),
        Heading(6, (Text("Sechs"),)),
        _text("####### Sieben"),
    )


@pytest.mark.parametrize("text", ["#Hashtag", "# ", "#", "## ##", "Seite #3"])
def test_a_number_sign_that_makes_no_heading_is_text(text: str) -> None:
    assert parse(text) == (_text(text.strip()),)


def test_lists_nest_and_keep_their_first_number() -> None:
    assert parse("- eins\n  - zwei\n\n    3. drei\n    4. vier\n- fünf") == (
        List(
            ordered=False,
            start=1,
            items=(
                (
                    _text("eins"),
                    List(
                        ordered=False,
                        start=1,
                        items=(
                            (_text("zwei"), List(ordered=True, start=3, items=((_text("drei"),), (_text("vier"),)))),
                        ),
                    ),
                ),
                (_text("fünf"),),
            ),
        ),
    )


def test_a_line_that_goes_on_without_indentation_belongs_to_its_item() -> None:
    assert parse("- ein langer\nPunkt\n\nAbsatz") == (
        List(ordered=False, start=1, items=((_text("ein langer Punkt"),),)),
        _text("Absatz"),
    )


def test_an_item_can_have_paragraphs() -> None:
    assert parse("1. eins\n\n   noch eins\n\n2. zwei") == (
        List(ordered=True, start=1, items=((_text("eins"), _text("noch eins")), (_text("zwei"),))),
    )


@pytest.mark.parametrize("text", ["im Jahr\n2017. Dann", "von\n-\nbis", "Bindestrich-\n-Wort", "1.Februar", "12)34"])
def test_what_looks_like_a_list_in_running_text_is_text(text: str) -> None:
    assert parse(text) == (_text(*text.split("\n")),)


def test_lists_with_other_marks_are_other_lists() -> None:
    assert [len(block.items) for block in parse("- a\n- b\n* c\n1. d\n2) e")] == [2, 1, 1, 1]


def test_a_quotation_holds_blocks() -> None:
    assert parse("> „Wir handeln.“\n>\n> - jetzt\nund hier") == (
        Quote((_text("„Wir handeln.“"), List(ordered=False, start=1, items=((_text("jetzt und hier"),),)))),
    )


def test_tables_keep_the_cells_they_have() -> None:
    assert parse("Ort | Datum\n--- | :-:\nKöln | a \\| b\n| Bonn | c | d |\nEssen") == (
        Table(
            ((Text("Ort"),), (Text("Datum"),)),
            (
                ((Text("Köln"),), (Text("a | b"),)),
                ((Text("Bonn"),), (Text("c"),), (Text("d"),)),
                ((Text("Essen"),),),
            ),
        ),
    )


def test_a_rule_that_does_not_fit_its_header_is_text() -> None:
    assert parse("a | b\n---|---|---") == (_text("a | b", "---|---|---"),)


def test_a_table_ends_a_paragraph() -> None:
    assert parse("Termine:\n| Ort |\n|---|\n") == (_text("Termine:"), Table(((Text("Ort"),),), ()))


@pytest.mark.parametrize(
    "text", ["---", "***", "Titel\n===", "```\ncode\n```", "    eingerückt", "<p>HTML</p>", "[a]: b"]
)
def test_what_is_not_in_the_subset_is_text(text: str) -> None:
    assert plain(parse(text)) == " ".join(text.split())


def test_containers_nest_as_deep_as_stated_and_then_are_text() -> None:
    blocks = parse("> " * (DEEPEST + 2) + "Ende")
    for _ in range(DEEPEST):
        (block,) = blocks
        assert isinstance(block, Quote)
        blocks = block.blocks
    assert blocks == (_text("> > Ende"),)


def test_bold_links_and_breaks_in_an_item() -> None:
    assert parse("- **[Stadt](https://stadt.example)**\\\n  Rathaus") == (
        List(
            ordered=False,
            start=1,
            items=(
                (Paragraph((Strong((Link("https://stadt.example", (Text("Stadt"),)),)), Break(), Text("Rathaus"))),),
            ),
        ),
    )


# Where we differ from CommonMark on purpose, or markdown-it-py does.
_APART = re.compile(
    r"""
      \*{4} | (?<=\w)\*(?=\w)                       # asterisks in a row, between letters
    | \#[ >]*(?:\#*\ *)?$                          # empty headings
    | \[\]\( | \[[\ *\n\\]*\] | [<&_`]              # empty links, what is no mark for us
    | (?:[-+*]|\d[.)])\ *$                         # empty items
    | \ {4} | \t | \\\ \ | \*+\ *\\?\n | \*+\ *\\  # deep indentation, blanks and asterisks before a break
    | \|.*\|- | [#>+*.)-]\ ?[^\n]*\|               # tables whose header begins another block
    """,
    re.MULTILINE | re.VERBOSE,
)


@given(markdown)
def test_markdown_it_reads_the_same(text: str) -> None:
    assume(not _APART.search(text))
    assert tidy(rectangular(parse(text))) == tidy(rectangular(reference(text)))


@given(markdown)
def test_reading_never_fails_and_a_second_writing_changes_nothing(text: str) -> None:
    blocks = parse(text)
    once = render(blocks)
    assert plain(parse(once)) == plain(tidy(blocks))
    assert render(parse(once)) == once


HOSTILE = [
    *(
        "[",
        "*",
        ">",
        "a*",
        "**a ",
        "*a **b ",
        "[a](",
        "[a](http://x",
        "> ",
        "- ",
        "1. ",
        "|",
        "#",
        " ",
        "\\",
        "\n",
        "](",
    ),
    *(
        "[]",
        "# #",
        "\t",
        ">\n",
        "* ",
        "\\\n",
        "  \n",
        "_*",
        "(",
        "[](http://a(",
        "[a](http://b)",
        "[[a](http://b)",
        "*[",
    ),
    *("]*", "a**b*c***", "- a\n  ", "a\n- ", "|a\n|-\n", "a|b\n-|-\n", "| a ", "# a #", "x  ", "x \\"),
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        render(parse(text))
        return time.process_time() - start

    seconds(10_000)
    gc.disable()  # it walks over all that other tests have left in memory, again and again
    try:
        assert seconds(400_000) < 10 * max(seconds(100_000), 0.02)
    finally:
        gc.enable()


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_and_written(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    blocks = parse(text)
    assert plain(parse(render(blocks))) == plain(tidy(blocks))
