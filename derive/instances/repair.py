"""What it takes to make one symbol of an instance satisfy a hypothesis, the other symbols given."""

from __future__ import annotations

from random import Random
from typing import Protocol

from derive.instances.draft import Draft
from derive.instances.rational import Array
from derive.language.symbols import Symbol

INSIDE, EDGE, VERTEX = "inside", "edge", "vertex"
"""Where an inequality is to stand: anywhere inside, at equality where that is rational, or at equality in a vertex."""


class Repair(Protocol):
    """One way to satisfy one hypothesis: ``target`` is the symbol that it sets."""

    @property
    def target(self) -> Symbol: ...

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        """The target's new value; None where none was found."""
        ...
