"""Repairs of arrays of zeros and ones by turning entries over: how many ones a row has at least, or at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np

from derive.instances.admission import exact
from derive.instances.draft import Draft
from derive.instances.equalities import OfKind
from derive.instances.from_equality import equalities
from derive.instances.rational import Array
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


def masks(given: Sequence[Relation]) -> frozenset[str]:
    """The symbols that a hypothesis, ``H * H == H``, says to have entries 0 and 1."""
    stated = [relation for relation in given if relation.sign == "=="]
    found = (repair for relation in stated for repair in equalities(relation.left, relation.right, frozenset()))
    return frozenset(repair.target.name for repair in found if isinstance(repair, OfKind) and repair.kind == "mask")


@dataclass(frozen=True)
class TurnedOver:
    """``small <= large`` of a mask: entries are turned over, in random order, as long as that makes the lack less."""

    target: Symbol
    small: Tensor
    large: Tensor

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        value = draft.values[self.target.name]
        lack = self._lack(draft, value)
        places = list(np.ndindex(value.shape))
        rng.shuffle(places)
        for entry in places:
            if not lack:
                return value
            turned = value.copy()
            turned[entry] = 1 - value[entry]
            less = self._lack(draft, turned)
            if less is not None and lack is not None and less < lack:
                value, lack = turned, less
        return value if lack == 0 else None

    def _lack(self, draft: Draft, value: Array) -> Fraction | None:
        """By how much the inequality fails, added up over its entries; None where a side is not rational."""
        trial = draft.replaced(self.target.name, value)
        small, large = exact(self.small, trial), exact(self.large, trial)
        if small is None or large is None:
            return None
        return sum((max(Fraction(0), gap) for gap in np.ravel(small - large)), Fraction(0))
