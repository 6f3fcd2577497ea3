"""A paper before its claims are examined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from derive.record import PaperRecord


@dataclass(frozen=True)
class Outline:
    """A paper as far as the file ``path`` states it, its claims still undecided; its ``error`` says why it has no more.

    Attributes:
        elsewhere: the ids of its claims in files that this one imports.
        contents: the fingerprint of each claim by its id; None where it has none.
    """

    path: Path
    paper: PaperRecord
    elsewhere: frozenset[str] = frozenset()
    contents: Mapping[str, str | None] = field(default_factory=dict)
