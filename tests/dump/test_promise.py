"""What lies in a dump for checking it: the schemes its news items use, with the IRIs of the RDF, and their grammar."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from lod.archive import Archive
from lod.dump import export
from tests.dump.archives import make, record, tree


def test_news_items_come_with_their_schemes_and_their_grammar(tmp_path: Path) -> None:
    archive = Archive.open(make(tmp_path / "a", [record(1), record(2)]))
    export(archive, tmp_path / "out", ["turtle", "newsml"])
    newsml = tmp_path / "out" / "newsml"
    grammar = etree.RelaxNG(file=str(newsml / "press-release.rng"))
    items = sorted(newsml.glob("20??/*.xml"))
    assert len(items) == 2
    for path in items:
        item = etree.parse(str(path))
        grammar.assertValid(item)
        for scheme in item.iter("{*}catalog/{*}scheme"):
            assert (newsml / "cv" / f"{scheme.get('alias')}.xml").exists()
    (catalog,) = newsml.glob("cv/catalog_*.xml")
    listed = (tmp_path / "out" / "SHA256SUMS").read_text(encoding="utf-8")
    assert f"newsml/cv/{catalog.name}" in listed


def test_without_news_items_there_are_none(tmp_path: Path) -> None:
    export(Archive.open(make(tmp_path / "a", [record(1)])), tmp_path / "out", ["turtle"])
    assert not [path for path in tree(tmp_path / "out") if path.startswith("newsml")]
