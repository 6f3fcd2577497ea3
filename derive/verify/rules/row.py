"""One line of the table: what a rule states, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sympy as sp

from derive.verify.closed_forms import nonnegative
from derive.verify.compositions import Test

Formula = Callable[..., sp.Expr | None]
"""The bound in terms of the bounds of the premises; None where it says nothing for their signs."""


@dataclass(frozen=True)
class Row:
    """``rule`` gives ``measure`` of what is ``made`` of the subjects of some premises, ``use``, from all of them.

    ``alike`` are premises that speak of the same subject as others. Where it is ``sized`` the formula takes the length
    of the subject's first axis before the bounds.
    """

    rule: str
    measure: str
    premises: tuple[str, ...]
    made: Test
    formula: Formula
    use: tuple[int, ...] = ()
    alike: tuple[tuple[int, int], ...] = ()
    sized: bool = False

    @property
    def parts(self) -> Sequence[int]:
        return self.use or range(len(self.premises))


def same(t: sp.Expr) -> sp.Expr:
    return t


def minus(t: sp.Expr) -> sp.Expr:
    return -t


def plus(s: sp.Expr, t: sp.Expr) -> sp.Expr:
    return s + t


def times(s: sp.Expr, t: sp.Expr) -> sp.Expr:
    return s * t


NORMS = ("1", "2", "inf", "op", "fro", "rows")
ENTRYWISE = ("1", "2", "inf", "fro", "rows")

LARGEST: tuple[Formula, ...] = (
    lambda upper, lower: sp.Max(upper, -lower),
    lambda upper, lower: upper if nonnegative(upper + lower) else None,
    lambda upper, lower: -lower if nonnegative(-upper - lower) else None,
    lambda upper, lower: upper if nonnegative(lower) else None,
)
"""``max(upper, -lower)``, also as the one of them that is larger."""

SMALLEST: tuple[Formula, ...] = (
    lambda s, t: sp.Min(s, t),
    lambda s, t: s if nonnegative(t - s) else None,
    lambda s, t: t if nonnegative(s - t) else None,
)
"""``min(s, t)``, also as the one of them that is smaller."""
