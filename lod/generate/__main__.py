"""Write the generated files into `vocab/`."""

from __future__ import annotations

import sys

from lod.generate import write
from lod.vocabulary import vocab_root

for name in write(vocab_root()):
    sys.stdout.write(f"{name} is new\n")
