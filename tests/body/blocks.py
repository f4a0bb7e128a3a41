"""Blocks for hypothesis: those that Markdown can say exactly, and any that code might put together."""

from __future__ import annotations

from hypothesis import strategies as st

from lod.body import Block, Break, Emphasis, Heading, Link, List, Paragraph, Quote, Span, Strong, Table, Text

_WORDS = st.text(
    st.sampled_from("aäßÉ9„“§€-_.:;,!?()[]{}<>|#+*~`'\"\\/=&%中\N{SOFT HYPHEN}\N{COMBINING DIAERESIS}"),
    min_size=1,
    max_size=8,
)
_HREFS = st.sampled_from(
    ("https://stadt.example/a(b)c", "http://x.example/?q=[1]&r=\\", "mailto:presse@stadt.example", "tel:+49-211-4587-0")
)


def _sentence(words: list[str]) -> str:
    return " ".join(words)


plain_texts = st.lists(_WORDS, min_size=1, max_size=4).map(_sentence)
_letters = st.text(st.sampled_from("abcäöüß"), min_size=1, max_size=6)


@st.composite
def exact_spans(draw: st.DrawFn, *, breaks: bool) -> tuple[Span, ...]:
    """Spans whose emphasis begins and ends with a letter, with a blank around: Markdown can always write those."""
    out: list[Span] = []
    for _ in range(draw(st.integers(0, 3))):
        out.append(Text((" " if out else "") + draw(plain_texts) + " "))
        inner: tuple[Span, ...] = (Text(draw(_letters)),)
        if draw(st.booleans()):
            inner = (*inner, Text(" " + draw(plain_texts) + " "), Emphasis((Text(draw(_letters)),)))
            inner = (Text(inner[0].text + inner[1].text), inner[2])  # type: ignore[union-attr]
        kind = draw(st.sampled_from(("strong", "emphasis", "link", "break")))
        if kind == "strong":
            out.append(Strong(inner))
        elif kind == "emphasis":
            out.append(Emphasis(inner[:1] if len(inner) == 1 else (Text(draw(_letters)),)))
        elif kind == "link":
            out.append(Link(draw(_HREFS), (Text(draw(plain_texts)),)))
        elif breaks:
            out[-1] = Text(out[-1].text.rstrip())  # type: ignore[union-attr]
            out += [Break(), Text(draw(plain_texts))]
            return tuple(out)
    out.append(Text((" " if out and isinstance(out[-1], Strong | Emphasis | Link) else "") + draw(plain_texts)))
    if len(out) > 1 and isinstance(out[-2], Text):
        out[-2:] = [Text(out[-2].text + out[-1].text)]  # type: ignore[union-attr]
    return tuple(out)


_cells = st.lists(exact_spans(breaks=False) | st.just(()), min_size=1, max_size=3).map(tuple)
_leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, exact_spans(breaks=True)),
    st.builds(Heading, st.integers(1, 6), exact_spans(breaks=False)),
    st.builds(Table, _cells, st.lists(_cells, max_size=2).map(tuple)),
)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(several | st.just(()), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, several),
        st.builds(List, st.just(value=False), st.just(1), items),
        st.builds(List, st.just(value=True), st.integers(0, 999_999_999), items),
    )


exact_blocks = st.lists(st.recursive(_leaves, _containers, max_leaves=6), max_size=4).map(tuple)
"""Blocks that must survive writing and reading unchanged."""

_any_text = st.text(st.sampled_from("ab äß„“ *\\[]()>#-+|\n\t\N{NO-BREAK SPACE}1."), max_size=10)
_any_spans = st.lists(
    st.recursive(
        st.builds(Text, _any_text) | st.builds(Break),
        lambda inner: st.one_of(
            st.builds(Strong, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Link, _HREFS | st.just("javascript:x"), st.lists(inner, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    ),
    max_size=5,
).map(tuple)
_any_cells = st.lists(_any_spans, max_size=3).map(tuple)
any_blocks = st.lists(
    st.recursive(
        st.one_of(
            st.builds(Paragraph, _any_spans),
            st.builds(Heading, st.integers(-1, 9), _any_spans),
            st.builds(Table, _any_cells, st.lists(_any_cells, max_size=2).map(tuple)),
        ),
        _containers,
        max_leaves=6,
    ),
    max_size=4,
).map(tuple)
"""Blocks as careless code makes them."""

markdown = st.lists(
    st.sampled_from(
        [
            *(
                "Wort",
                "ä",
                " ",
                "  ",
                "\n",
                "\n\n",
                "- ",
                "* ",
                "+ ",
                "1. ",
                "2. ",
                "3) ",
                "10. ",
                "> ",
                ">",
                "# ",
                "## ",
            ),
            *(
                " #",
                "**",
                "*",
                "***",
                "\\",
                "\\*",
                "\\\n",
                "  \n",
                "[",
                "](https://x.example/a(b))",
                "](mailto:a@b)",
                "]",
            ),
            *(
                "|",
                "|a|b|\n|-|-|\n",
                "a|b\n-|-",
                "\\|",
                "„",
                "“",
                ".",
                ":",
                "    ",
                "-",
                "\t",
                "`",
                "<b>",
                "&amp;",
                "_",
            ),
        ]
    ),
    max_size=16,
).map("".join)
"""Texts made of everything that means something in Markdown."""
