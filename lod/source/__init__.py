"""Source: one `[[sources]]` table of archive.toml. Where records come from, and how foreign ones become ours.

    [[sources]]
    path = "../dump/*.jsonl.gz"

    [sources.values]
    lang = { path = "dir", table = { english = "en" } }   # computed first; a path for the rules below

    [sources.fields]
    id = { template = "doj/{id}" }                        # text with places; {title:slug} for a slug
    title = "headline|title"                              # a dotted path; the first that is not empty
    issued = { path = "meta.date", date = "%d.%m.%Y" }    # a date as printed
    keywords = { path = "tags", split = ";" }
    language = "lang"
    body = { path = "html", html = true }
    issuers = { value = ["stadt-beispiel"] }              # the same for all records
    rights = { notice = "copyright" }                     # a part: a table of rules
    places = { path = "places", each = { name = "." } }   # one part for each item of a list

A field is a path, a table of rules, or a list of either whose values are strung together. A rule takes a value from
`path`, `value`, `template`, `object` or `all`, and passes it through the steps in the order in which they stand in
`Rule`. What comes out empty is left out of the record.
"""

from lod.source.rule import DIRECTIVES, PLACE, TIME_DIRECTIVES, Rule
from lod.source.table import Markup, Source

__all__ = ["DIRECTIVES", "PLACE", "TIME_DIRECTIVES", "Markup", "Rule", "Source"]
