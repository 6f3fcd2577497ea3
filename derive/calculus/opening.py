"""Monomials with their sums opened: what is done to single factors is done while every dummy is a free label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Algebra
from derive.calculus.form import Factor, Label, dummies, fresh_dummies, label_dimensions, rename
from derive.calculus.rules import lost_sizes
from derive.language.dimensions import Dimension


@dataclass(frozen=True)
class Opened:
    """The factors of a monomial with free labels, ``summed``, in place of its dummies."""

    factors: list[Factor]
    summed: Mapping[Label, Dimension]

    def closed(self, factors: list[Factor]) -> list[Factor]:
        """Factors that take the place of the opened ones, summed over the same labels again."""
        complete = factors + lost_sizes(self.summed, factors)
        return rename(complete, fresh_dummies(self.summed, dummies(complete)))


def opened(algebra: Algebra, factors: Sequence[Factor]) -> Opened:
    """The factors with each dummy turned into a free label."""
    names: dict[Label, Label] = {name: algebra.fresh() for name in dummies(factors)}
    summed = {names[label]: d for label, d in label_dimensions(factors) if label in names}
    return Opened(rename(factors, names), summed)
