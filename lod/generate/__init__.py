"""What is made from the model, the mapping and the code tables, and committed: context, shapes, schema, references.

    python -m lod.generate        # or make vocab

A test finds no difference between what this makes and what lies in `vocab/`.
"""

from __future__ import annotations

import json
from pathlib import Path

from lod.archive import ArchiveConfig
from lod.authority import Authority
from lod.generate.crosswalk import crosswalk
from lod.generate.items import items_reference
from lod.generate.reference import reference
from lod.generate.schema import schema
from lod.mapping.context import context_of, context_text
from lod.mapping.files import load_files
from lod.mapping.shacl import PLACEHOLDER, shapes_of
from lod.release import Release
from lod.vocabulary import Vocabulary, vocab_root

__all__ = ["generated", "write"]

_RECORD = """\
A record is a YAML, JSON or Markdown file, a line of a JSON Lines file or a row of a CSV file. In a Markdown file the
fields stand between two lines `---` at the top, and what follows is the `body`. Unknown fields are refused."""
_ARCHIVE = """\
An archive is a folder with this file, the folders `authorities/` and `releases/`, and `vocab/` for code tables and
mapping files of its own. Unknown keys are refused."""
_AUTHORITY = """\
The folder `authorities/` of an archive holds them: YAML, JSON or TOML files with one, or a list of several."""


def generated() -> dict[str, str]:
    """The generated files of `vocab/`, by name."""
    files = load_files(Path())
    vocabulary = Vocabulary.load([vocab_root() / "schemes"], PLACEHOLDER)
    return {
        "archive.md": reference("archive.toml", _ARCHIVE, ArchiveConfig, toml=True),
        "authority.md": reference("Authorities", _AUTHORITY, Authority),
        "context.jsonld": context_text(context_of(files)),
        "crosswalk.md": crosswalk(files),
        "newsml/fields.md": items_reference(),
        "record.md": reference("The record", _RECORD, Release),
        "release.schema.json": json.dumps(schema(Release), indent=2, ensure_ascii=False) + "\n",
        "shapes.ttl": shapes_of(files, vocabulary),
    }


def write(folder: Path) -> list[str]:
    """Write the generated files into a folder; the names of those that were different."""
    changed = []
    for name, text in generated().items():
        path, data = folder / name, text.encode()
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            changed.append(name)
    return changed
