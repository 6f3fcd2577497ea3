"""What is shown: arrays that are nonnegative, and matrices that are positive definite."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derive.language.arrays import Eye
from derive.language.dimensions import Dimension
from derive.language.relations import Relation
from derive.language.tensor import Add, MatMul, Multiply, Negative, Number, Power, Sum, Tensor

Kind = Literal["nonnegative", "positive", "definite"]


@dataclass(frozen=True)
class Goal:
    """``gap`` is nonnegative (positive) in every entry, or its symmetric part is positive definite.

    Where all of ``affine`` are affine in a symbol, the values of the symbol that satisfy the goal are a convex set:
    the gap itself, or T and c of ``norm(T) <= c``.
    """

    kind: Kind
    gap: Tensor
    affine: tuple[Tensor, ...]


@dataclass(frozen=True)
class Reading:
    """All goals together give the inequality.

    ``given`` are the hypotheses that are left; ``watched`` must be continuous on the domain. ``extreme``: where one
    side is a number c, whether the inequality bounds the other one from above, and c.
    """

    name: str
    goals: tuple[Goal, ...]
    given: tuple[Relation, ...]
    watched: tuple[Tensor, ...] = ()
    extreme: tuple[bool, Tensor] | None = None
    reductions: tuple[str, ...] = ()

    @property
    def subject(self) -> tuple[Tensor, ...]:
        """The expressions whose symbols have to be bounded."""
        return (*(goal.gap for goal in self.goals), *self.watched)


def entries(kind: Kind, *gaps: Tensor) -> tuple[Goal, ...]:
    """Goals about gaps as they are."""
    return tuple(Goal(kind, gap, (gap,)) for gap in gaps)


def _square(side: Tensor) -> Tensor:
    return Power.of(side, Number(Fraction(2)))


def difference(left: Tensor, right: Tensor) -> Tensor:
    """``left - right``."""
    return Add.of(left, Negative.of(right))


def as_matrix(side: Tensor, size: Dimension) -> Tensor:
    """A scalar stands for that multiple of the identity."""
    return side if side.ndim else Multiply.of(side, Eye(size, (size, size)))


def singular_values(matrix: Tensor, bound: Tensor, kind: Kind) -> tuple[Goal, ...]:
    """``opnorm(M) <= c``: ``c >= 0`` and ``c**2 I - M^T M`` positive definite."""
    gap = difference(as_matrix(_square(bound), matrix.shape[1]), MatMul.of(matrix.T, matrix))
    return Goal(kind, bound, (bound,)), Goal("definite", gap, (matrix, bound))


def euclidean(array: Tensor, bound: Tensor, kind: Kind) -> tuple[Goal, ...]:
    """``norm(T) <= c``: ``c >= 0`` and ``c**2 - sum(T**2) >= 0``."""
    total = Sum.of(_square(array)) if array.ndim else _square(array)
    return Goal(kind, bound, (bound,)), Goal(kind, difference(_square(bound), total), (array, bound))
