"""The smallest single edit of a claim that makes a false identity true: a sign, a factor, a transpose, a term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

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

MOST_UNPROVED = 400
"""Edits that are tried by numbers alone."""

MOST_PLAUSIBLE = 4
"""Edits that are compared at many instances."""

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


def unproved_repair(
    derived: Tensor, claimed: Tensor, plausible: Callable[[Tensor], bool], agreeing: Callable[[Tensor], int]
) -> tuple[Repair, int] | None:
    """The first edit of ``claimed`` that agrees with ``derived`` wherever tried, and the number of instances; or None.

    For claims of which no normal form decides. ``agreeing`` counts the instances at which an expression agrees, 0 where
    it fails at one.
    """
    tried = islice(edits(claimed, derived), MOST_UNPROVED)
    likely = (edit for edit in tried if edit[0].shape in (derived.shape, claimed.shape) and plausible(edit[0]))
    for side, words in islice(likely, MOST_PLAUSIBLE):
        if count := agreeing(side):
            return Repair(side, words), count
    return None
