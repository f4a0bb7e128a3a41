"""The same dump as for the proof."""

from tests.verify.conftest import dump, exported

__all__ = ["dump", "exported"]
