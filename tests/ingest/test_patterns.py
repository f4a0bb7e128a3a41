from __future__ import annotations

import re

import pytest

from lod.ingest.patterns import tree

WORDS = ["bund", "bank", "banken", "rat", "guardia civil", "a.b"]


@pytest.mark.parametrize("word", WORDS)
def test_a_tree_matches_its_words(word: str) -> None:
    assert re.fullmatch(tree(WORDS), word)


@pytest.mark.parametrize("word", ["b", "ban", "bankend", "aXb", "", "ratrat"])
def test_a_tree_matches_nothing_else(word: str) -> None:
    assert re.fullmatch(tree(WORDS), word) is None
