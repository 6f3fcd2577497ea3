"""Proofs of relations like the claim's, with more hypotheses or fewer, as far as they cost little."""

from __future__ import annotations

from derive.bounds.goals import goals, prove
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.tensor import Tensor
from derive.obligation import Obligation

LARGEST = 60
"""Nodes of a relation above which no proof is attempted."""

STEPS = 1_000
"""Steps after which the derivation of a bound is given up."""


def nodes(obligation: Obligation) -> set[Tensor]:
    """All nodes of both sides."""
    return {node for side in (obligation.left, obligation.right) for node in side.walk()}


def small(obligation: Obligation) -> bool:
    """Is a proof found, or given up, in a moment?"""
    return len(nodes(obligation)) <= LARGEST


def proved(obligation: Obligation) -> bool:
    """Is the relation proved by its normal form or, if it is an inequality, by a bound?"""
    if obligation.sign != "==":
        return any(prove(goal, STEPS)[0] is not None for goal in goals(obligation))
    try:
        return difference(obligation.left, obligation.right, obligation.given).proved
    except Undecidable:
        return False
