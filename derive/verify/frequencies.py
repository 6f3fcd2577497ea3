"""A claim on a probability that draws speak against: drawn again, by another generator, and counted by another test.

Draws decide nothing for certain: what they confirm is re-checked, not re-verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from derive.language.chance import Probability
from derive.language.relations import Relation
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.balls import PRECISION, Balls
from derive.verify.draws import draws, happens, numbers
from derive.verify.level import Finding, Level
from derive.verify.points import Point
from derive.verify.relations import scope_of
from derive.verify.values import Evaluation

MOST, WORK = 16_384, 300_000
"""Draws, and random numbers in all of them."""

FIRST = 64
"""Draws after which one looks for the first time; then after twice as many each time."""

LEVEL = Fraction(1, 10**4)
"""The probability with which draws mislead, over all looks together."""


@dataclass(frozen=True)
class Limit:
    """That the event happens with probability at least, or at most, ``bound``."""

    at_least: bool
    bound: arb


def check(relation: Relation, point: Point) -> Finding | None:
    """What draws at the point say of a relation about one probability; None where it is about none.

    The relation is said to fail there.
    """
    nodes = _probabilities(relation)
    if len(nodes) != 1 or nodes[0].given is not None:
        return None
    try:
        with ctx.workprec(PRECISION):
            limit = _limit(relation, nodes[0], point)
        return _counted(nodes[0], limit, point)
    except Unknown as unknown:
        return Finding(Level.OPEN, f"the probability cannot be drawn again: {unknown}")


def _probabilities(relation: Relation) -> list[Probability]:
    found = {node: None for side in (relation.left, relation.right) for node in side.walk()}
    return [node for node in found if isinstance(node, Probability)]


def _limit(relation: Relation, node: Probability, point: Point) -> Limit:
    """The relation solved for the probability, in which it is affine.

    Raises:
        Unknown: it is not, or the relation is no inequality.
    """
    sign = {">=": -1, ">": -1, "<=": 1, "<": 1}.get(relation.sign)
    if sign is None:
        raise Unknown(f"a relation {relation.sign}")
    none, half, one = (sign * _gap(relation, node, point, Fraction(k, 2)) for k in range(3))
    slope = one - none
    if not (2 * half).overlaps(none + one) or not (slope > 0 or slope < 0):
        raise Unknown("the probability does not stand by itself")
    return Limit(bool(slope < 0), -none / slope)


def _gap(relation: Relation, node: Probability, point: Point, chance: Fraction) -> arb:
    """``left - right`` if the probability were ``chance``."""
    evaluation = Evaluation(Balls(), point.sizes)
    scope = scope_of(point, evaluation.arithmetic)
    key = (node, scope.versions(evaluation.names.of(node)))
    evaluation.known[key] = Array((), (evaluation.arithmetic.rational(chance),))
    left, right = (evaluation.value(side, scope).scalar for side in (relation.left, relation.right))
    gap: arb = left - right
    return gap


def _counted(node: Probability, limit: Limit, point: Point) -> Finding:
    """Draws until they tell, or the budget is spent."""
    most = min(MOST, max(FIRST, WORK // max(numbers(node, point), 1)))
    looks = [FIRST * 2**k for k in range(most.bit_length()) if FIRST * 2**k <= most]
    drawn = draws(node, point)
    runs = happened = failed = 0
    for look in looks:
        for _ in range(look - runs):
            answer = happens(node.event, next(drawn))
            happened, failed = happened + (answer is True), failed + (answer is False)
        runs = look
        speaks = failed if limit.at_least else happened  # an undecided draw speaks for neither side
        quiet = happened if limit.at_least else failed
        allowed = 1 - limit.bound if limit.at_least else limit.bound
        told = f"{speaks} of {runs} draws of its own fail, where {float(allowed.mid()):.3g} of them may"
        share = LEVEL / (2 * len(looks))
        if _at_least(speaks, runs, allowed) <= float(share):
            return Finding(Level.CHECKED, f"at the witness {told}")
        if _at_least(quiet, runs, 1 - allowed) <= float(share):
            return Finding(Level.FALLEN, f"at the witness {told}: fewer than are claimed")
    return Finding(Level.OPEN, f"at the witness {told}, which says nothing")


def _at_least(count: int, runs: int, chance: arb) -> float:
    """An upper bound on the probability of so many of independent draws that each have a probability of ``chance``."""
    if count == 0:
        return 1.0
    with ctx.workprec(PRECISION):
        inside = arb.max(arb(0), arb.min(arb(1), chance.upper()))
        found = inside.beta_lower(count, runs - count + 1, regularized=True)
        return float(found.upper()) if found.is_finite() else 1.0
