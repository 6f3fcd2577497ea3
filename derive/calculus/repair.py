"""The smallest single edit of a claim that makes a false identity true: a sign, a factor, a transpose, a term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import NeedsSplit, align
from derive.calculus.edits import edits
from derive.calculus.impose import Facts, impose
from derive.calculus.lower import Lowering
from derive.language.tensor import (
    Tensor,
)

MOST_EDITS = 4000
"""Edits that are tried for one claim."""

MOST_WORK = 150_000
"""Monomials that the normal forms of all edits may visit together."""

TERM = 20
"""What comparing one term of a difference counts, in monomials."""


@dataclass(frozen=True)
class Repair:
    """The repaired side, and the edit in words."""

    side: Tensor
    words: str


def repair(
    lowering: Lowering, derived: Tensor, claimed: Tensor, facts: Facts, plausible: Callable[[Tensor], bool]
) -> Repair | None:
    """The first edit of ``claimed`` that makes it equal to ``derived`` in normal form, cheap edits first, or None.

    ``plausible`` sorts out quickly, by numbers, what cannot be equal.
    """
    try:
        target = lowering.lower(derived)
    except (Undecidable, NeedsSplit):
        return None
    work = 0
    for count, (side, words) in enumerate(edits(claimed, derived)):
        work += lowering.algebra.spent
        if count >= MOST_EDITS or work > MOST_WORK:
            return None
        if side.shape not in (derived.shape, claimed.shape) or not plausible(side):
            continue
        lowering.algebra.spent = 0
        try:
            forms, _ = align(lowering.algebra, [target, lowering.lower(side)])
            gap = lowering.algebra.subtract(*forms)
            work += len(gap.terms) * TERM
            if gap.is_zero or (facts.matter and impose(lowering.algebra, gap, facts).is_zero):
                return Repair(side, words)
        except (Undecidable, NeedsSplit):
            continue
    return None
