"""A relation without runs, proved by the calculus: what a step of an induction comes down to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.bounds.goals import goals, prove
from derive.bounds.telling import lines as bound_lines
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.powers import NeedsPositive
from derive.cone.inequality import show
from derive.cone.telling import told
from derive.cone.termwise import readings
from derive.language.arrays import Norm, zeros
from derive.language.relations import Relation
from derive.language.tensor import Size, Tensor, tensor
from derive.obligation import Obligation

Line = tuple[str, str, tuple[int, ...]]
"""A statement in LaTeX, the rule that gives it, and the lines that it follows from, counted from 0."""


COMBINATIONS = 1_000
"""Combinations of premises after which the derivation of a bound is given up."""


@dataclass(frozen=True)
class Shown:
    """A proof: what gave it, and its lines."""

    how: str
    lines: tuple[Line, ...] = ()


def shown(obligation: Obligation) -> Shown | None:
    """A proof for all sizes and all values, or None.

    An identity by its normal form, where no piecewise function is differentiated; an inequality by the norm calculus or
    as a combination of its hypotheses.
    """
    if obligation.sign in ("==", "<=", "<<") and _equal(obligation.left, obligation.right, obligation.given):
        return Shown("normal form")
    if obligation.sign == "==":
        return None
    obligation = _without_zero_norms(obligation)
    for goal in goals(obligation):
        bound, _ = prove(goal, COMBINATIONS)
        if bound is not None:
            return Shown("norm calculus", bound_lines(bound, goal.facts.parameters))
    for read in readings(obligation):
        proofs = [proof for reading in read if (proof := show(reading.obligation)) is not None]
        if len(proofs) == len(read):
            return Shown("combination of the hypotheses", told(proofs))
    return None


def _equal(left: Tensor, right: Tensor, given: tuple[Relation, ...]) -> bool:
    """Are the normal forms equal, and is no piecewise function differentiated?"""
    if left.ndim != right.ndim:
        return False
    try:
        found = difference(left, right, given)
    except (Undecidable, NeedsPositive):
        return False
    return found.proved and not found.kinks


def _without_zero_norms(obligation: Obligation) -> Obligation:
    """At the start ``norm(W - W(0)) <= D`` reads ``0 <= D``."""
    left = obligation.left
    if isinstance(left, Norm) and _equal(left.operand, zeros(*map(Size, left.operand.shape)), obligation.given):
        return replace(obligation, left=tensor(0))
    return obligation
