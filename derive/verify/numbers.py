"""Inequalities between numbers, without symbols: in balls."""

from __future__ import annotations

from derive.verify.level import Finding, Level
from derive.verify.points import Point, symbols_in
from derive.verify.relations import At
from derive.verify.statement import Statement


def check(part: Statement) -> Finding | None:
    """What balls say of a relation between numbers; None of one with symbols or sizes."""
    if part.dimensions or symbols_in(part):
        return None
    here = At(Point({}, {}, {}))
    relation = part.relations[0]
    answer = here.holds(relation)
    if answer is None and here.defined(relation):
        return Finding(Level.CHECKED, "the sides meet, as far as balls tell them apart")
    if answer is None:
        return Finding(Level.OPEN, "a side has no value in balls")
    if answer:
        return Finding(Level.VERIFIED, "the numbers stand apart in balls, as claimed")
    return Finding(Level.FALLEN, "in balls the numbers stand the other way round")
