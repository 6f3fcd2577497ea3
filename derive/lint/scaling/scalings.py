"""The scalings of the symbols that keep all hypotheses of a relation, and what they do to its sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.instances.patterns import symbols
from derive.lint.scaling.degrees import Degrees
from derive.lint.scaling.weights import Weights, at, vanishing
from derive.obligation import Obligation


@dataclass(frozen=True)
class Scaling:
    """``x -> t**weights[x] * x``, and the degrees in t of both sides of an obligation; None of a side that is zero."""

    weights: Weights
    left: Fraction | None
    right: Fraction | None

    @property
    def even(self) -> bool:
        """Do both sides scale alike?"""
        return self.left is None or self.right is None or self.left == self.right


def scalings(obligation: Obligation) -> Iterator[Scaling]:
    """A basis of the scalings that keep every hypothesis; parameters follow arrays.

    Wherever an instance satisfies the hypotheses so do all that it is scaled to, for every t > 0.
    """
    degrees = Degrees()
    left, right = degrees.of(obligation.left), degrees.of(obligation.right)
    for relation in obligation.given:
        degrees.relation(relation)
    found = symbols(*obligation.expressions)
    order = sorted(found, key=lambda name: (found[name].ndim, name))
    for weights in vanishing(degrees.vanish, order):
        yield Scaling(
            weights, None if left is None else at(left, weights), None if right is None else at(right, weights)
        )
