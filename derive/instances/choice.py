"""Which of the repairs of a hypothesis is taken: the one that undoes least of what others have done."""

from __future__ import annotations

from collections.abc import Sequence

from derive.instances.approach import Approach
from derive.instances.equalities import Assign, OfKind, OnSphere, Rescale, SolveAffine
from derive.instances.hypotheses import Candidate
from derive.instances.intervals import Between
from derive.instances.patterns import constant, strip, symbols
from derive.instances.repair import Repair
from derive.instances.scaling import Scale
from derive.instances.spectra import LoewnerBetween
from derive.language.arrays import Spectral
from derive.language.relations import Relation
from derive.language.tensor import Transpose

FIXING = (OfKind, OnSphere, Assign, Rescale)
"""Repairs whose work a later scaling of the same symbol would undo."""


def best(fitting: list[Candidate], chosen: Sequence[Candidate], given: Sequence[Relation], turn: int) -> Candidate:
    """The repair that undoes least; of the symbols that an equation may be solved for, the one that is most free."""
    ranked = sorted(fitting, key=lambda c: (_conflicts(c.repair, chosen), _narrow(c.repair), _shared(c.repair, given)))
    solutions = [c for c in ranked if isinstance(c.repair, SolveAffine)]
    return solutions[turn % len(solutions)] if isinstance(ranked[0].repair, SolveAffine) else ranked[0]


def _conflicts(repair: Repair, chosen: Sequence[Candidate]) -> int:
    """How many of the repairs chosen before would be undone by this one."""
    others = [c.repair for c in chosen if c.repair.target is repair.target]
    return sum(_undoes(repair, other) for other in others)


def _narrow(repair: Repair) -> bool:
    """Is it a system of equations for a symbol with fewer axes than they have? It rarely has a solution."""
    if not isinstance(repair, SolveAffine):
        return False
    return any(max(left.ndim, right.ndim) > repair.target.ndim for left, right in repair.equations)


def _shared(repair: Repair, given: Sequence[Relation]) -> int:
    """Of the symbols that an equation may be solved for, how many hypotheses speak of this one: it is less free."""
    if not isinstance(repair, SolveAffine):
        return 0
    return sum(repair.target.name in symbols(relation.left, relation.right) for relation in given)


def _undoes(repair: Repair, other: Repair) -> bool:
    if isinstance(repair, Scale) and isinstance(other, Scale):
        return repair.upper is not other.upper and not (singular(repair) and singular(other))
    if isinstance(repair, Approach) and isinstance(other, Approach):
        return repair.upper is not other.upper
    if isinstance(repair, Scale) and isinstance(other, Between):
        return not sign_only(other)
    if isinstance(repair, Between):
        return not sign_only(repair) and not isinstance(other, Between)
    if isinstance(repair, SolveAffine):
        return isinstance(other, OfKind)
    return isinstance(repair, (Scale, Approach, LoewnerBetween)) and isinstance(other, (*FIXING, SolveAffine))


def sign_only(interval: Between) -> bool:
    """Is the interval a half-line from zero, which a positive factor does not leave?"""
    return all(constant(bound) == 0 for bound, _ in (*interval.lower, *interval.upper))


def singular(repair: Scale) -> bool:
    """Does the scaling bound the singular values of a symbol without properties, above or below?"""
    expression = strip(repair.expression)
    if not isinstance(expression, Spectral) or repair.target.properties:
        return False
    kind, operand = expression.kind, strip(expression.operand)
    operand = strip(operand.operand) if isinstance(operand, Transpose) else operand
    return kind == ("opnorm" if repair.upper else "sigma_min") and operand is repair.target
