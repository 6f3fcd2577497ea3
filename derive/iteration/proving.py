"""A relation without runs, proved by the calculus: what a step of an induction comes down to."""

from __future__ import annotations

from dataclasses import dataclass

from derive.bounds.goals import goals, prove
from derive.bounds.telling import lines as bound_lines
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.powers import NeedsPositive
from derive.cone.inequality import show
from derive.cone.telling import told
from derive.cone.termwise import readings
from derive.obligation import Obligation

Line = tuple[str, str, tuple[int, ...]]
"""A statement in LaTeX, the rule that gives it, and the lines that it follows from, counted from 0."""


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
    if obligation.sign == "==":
        try:
            found = difference(obligation.left, obligation.right, obligation.given)
        except (Undecidable, NeedsPositive):
            return None
        return Shown("normal form") if found.proved and not found.kinks else None
    for goal in goals(obligation):
        bound, _ = prove(goal)
        if bound is not None:
            return Shown("norm calculus", bound_lines(bound, goal.facts.parameters))
    for read in readings(obligation):
        proofs = [proof for reading in read if (proof := show(reading.obligation)) is not None]
        if len(proofs) == len(read):
            return Shown("combination of the hypotheses", told(proofs))
    return None
