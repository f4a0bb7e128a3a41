"""The version of the program, as artefacts name it."""

from __future__ import annotations

__all__ = ["TOOL", "__version__"]

__version__ = "0.1.0"
TOOL = f"lod {__version__}"
