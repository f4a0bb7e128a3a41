"""Vocabulary: codes and what they stand for.

    vocabulary = Vocabulary.load([vocab_root() / "schemes", archive / "vocab"], base)
    concept = vocabulary.concept("medtop:20000612")   # UnknownCode, with near ones, where there is none
    concept.iri, concept.labels["de"], concept.qcode

A scheme is one file, named after its alias: `medtop.csv`. It is read when its first code is asked for.
"""

from lod.vocabulary.concept import Concept, Scheme
from lod.vocabulary.vocabulary import UnknownCode, Verdict, Vocabulary, vocab_root

__all__ = ["Concept", "Scheme", "UnknownCode", "Verdict", "Vocabulary", "vocab_root"]
