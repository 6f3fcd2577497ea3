"""Repairs of numbers of steps: the least that a hypothesis allows, where claims about them are tightest."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np

from derive.instances.admission import holds
from derive.instances.draft import Draft
from derive.instances.rational import Array
from derive.instances.repair import INSIDE
from derive.language.relations import Relation
from derive.language.symbols import Symbol

LARGEST = 10**6
"""Numbers of steps beyond which none is looked for."""


def is_count(symbol: Symbol) -> bool:
    """Does the symbol stand for 0, 1, 2, ...?"""
    return not symbol.ndim and {"integer", "nonnegative"} <= symbol.properties


@dataclass(frozen=True)
class LeastCount:
    """``T >= 8/eta * log(1/eps)``: the least number with which the hypothesis holds, if it does for all larger ones."""

    target: Symbol
    relation: Relation

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        high = 0
        while not self._enough(draft, high):
            high = max(1, 2 * high)
            if high > LARGEST:
                return None
        low = high // 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._enough(draft, middle) else (middle, high)
        found = low if self._enough(draft, low) else high
        return _count(found + (rng.choice((0, 1, 3)) if place == INSIDE else 0))

    def _enough(self, draft: Draft, number: int) -> bool:
        return holds(self.relation, draft.replaced(self.target.name, _count(number)))


def _count(number: int) -> Array:
    return np.array(Fraction(number), dtype=object)
