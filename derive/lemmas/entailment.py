"""Does a relation follow from hypotheses? By the calculus alone, as far as that costs little."""

from __future__ import annotations

from derive.bounds.goals import goals, prove
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.obligation import Obligation

STEPS = 1_000
"""Steps after which the derivation of a bound is given up."""


def proved(obligation: Obligation) -> bool:
    """Is the relation proved by its normal form or, if it is an inequality, by a bound?"""
    if obligation.sign != "==":
        return any(prove(goal, STEPS)[0] is not None for goal in goals(obligation))
    try:
        return difference(obligation.left, obligation.right, obligation.given).proved
    except Undecidable:
        return False
