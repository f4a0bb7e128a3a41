"""News items are looked at through the archives that the tests of NewsML-G2 make."""

from tests.formats.newsml.conftest import house, make_archive, newsroom

__all__ = ["house", "make_archive", "newsroom"]
