from __future__ import annotations

from lod.harvest.macros import Expander
from lod.source import Markup


def test_macros_variables_and_definitions_are_written_out() -> None:
    expand = Expander(
        Markup(
            replace=[["(?m)^#.*\n", ""], ["\\\\\n", ""]],
            variables={"$(HOME)": "https://www.debian.org"},
            definitions="define-tag",
            macros={"url": '<a href="{0}">{0}</a>', "downcase": "{0:lower}", "correction": "<li>{0}: {1}</li>"},
        )
    )
    source = (
        "#use wml::debian::news\n"
        "<define-tag codename>Squeeze</define-tag>\n"
        "<define-tag correction><tr><td>%0</td></tr></define-tag>\n"
        "<define-tag pkg whitespace=delete><i>%0</i></define-tag>\n"
        "<p>Debian <codename>,\\\n <pkg bash>, <pkg>:</p>\n"
        '<url "$(HOME)/dists/<downcase <codename>>/ChangeLog">\n'
        "# Kommentar\n"
        '<correction bash   "Fix <q>x &gt; y</q>" />\n'
    )
    assert expand(source) == (
        "<p>Debian Squeeze, <i>bash</i>, <i></i>:</p>\n"
        '<a href="https://www.debian.org/dists/squeeze/ChangeLog">https://www.debian.org/dists/squeeze/ChangeLog</a>\n'
        "<li>bash: Fix <q>x &gt; y</q></li>\n"
    )


def test_html_without_macros_stays_as_it_is() -> None:
    html = '<p class="x">a &lt; b</p>'
    assert Expander(Markup())(html) == html


def test_a_name_is_a_whole_name() -> None:
    expand = Expander(Markup(macros={"a": "A", "ab": "AB"}))
    assert expand("<a> <ab> <abc> <a href=x>") == "A AB <abc> A"


def test_a_circle_of_macros_ends() -> None:
    expand = Expander(Markup(macros={"a": "<b>", "b": "<a>"}))
    assert expand("<a>") in {"<a>", "<b>"}


def test_many_macros_take_time_in_proportion() -> None:
    expand = Expander(Markup(macros={"c": "{0}"}))
    assert expand('<c "x">' * 50_000) == "x" * 50_000
    assert expand('<c "' * 20_000).startswith("<c ")
    assert expand("<c a" * 20_000).startswith("<c a")
