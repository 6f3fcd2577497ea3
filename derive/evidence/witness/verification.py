"""Witnesses: an instance that satisfies the hypotheses and violates the claim, verified, then made small.

Nothing here rests on floats: hypotheses and sides are decided in exact rationals, or in balls that leave no doubt, with
derivatives taken by dual numbers.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any, Literal

import numpy as np
from flint import arb, fmpq

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, EvaluationError, Unavailable
from derive.evaluate.evaluation import evaluate, scope_at
from derive.evaluate.point import Point, entries
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import Array, boxed
from derive.evidence.evidence import Witness
from derive.evidence.trials.comparison import Comparison, compare, largest
from derive.evidence.trials.precision import out_of_reach, rungs
from derive.evidence.witness.simpler import simpler
from derive.instances import rational
from derive.instances.admission import has_properties, holds
from derive.instances.definite import semidefinite, symmetric
from derive.instances.draft import Draft
from derive.instances.patterns import symbols
from derive.instances.sizes import Shapes
from derive.language.binding import names_read
from derive.language.errors import InputError
from derive.obligation import Obligation

PRECISION = 128
"""Bits of the balls that decide where the sides are irrational, to begin with; more where fewer leave a doubt."""

AGREEING = 2
"""Precisions, one the double of the other, at which sides agree before they are taken not to differ."""

ATTEMPTS = 90
"""Verifications that one simplification may take."""

LONGEST_RATIONAL = 24
"""Characters above which a rational is given in decimals."""

Arithmetic = Literal["exact rationals", "balls"]
Sides = tuple[tuple[int, ...], str, str, Arithmetic]
"""The entry, both sides there, and what tells them apart."""


def verify(obligation: Obligation, point: Point, precision: int = PRECISION) -> Witness | None:
    """The witness that ``point`` is, or None: a hypothesis is not certain, or the sides do not certainly differ.

    ``precision``: bits of the balls to begin with, where it takes balls to tell the sides apart.
    """
    try:
        if not admitted(obligation, point):
            return None
        sides = violation(obligation, point, precision)
    except InputError:
        return None
    return None if sides is None else Witness(point.sizes, point.indices, point.values, *sides)


def admitted(obligation: Obligation, point: Point) -> bool:
    """Do the sizes go with the claim, has what it reads values, and do properties and hypotheses certainly hold?"""
    sizes = Shapes(obligation)
    if not sizes.admissible(point.sizes):
        return False
    read = frozenset[str]().union(*(names_read(side) for side in obligation.expressions))
    found = {name: symbol for name, symbol in symbols(*obligation.expressions).items() if name in read}
    if not found.keys() <= point.values.keys():
        return False
    shapes = {name: tuple(axis.size(point.sizes) for axis in symbol.shape) for name, symbol in found.items()}
    values = {name: rational.array(entries(point.values[name]), shapes[name]) for name in found}
    if any(has_properties(symbol, values[name]) is not None for name, symbol in found.items()):
        return False
    positions = list(sizes.positions(dict(point.sizes)))
    draft = Draft(dict(point.sizes), dict(point.indices), tuple(positions), values)
    return all(holds(relation, draft) for relation in obligation.given)


def violation(obligation: Obligation, point: Point, precision: int = PRECISION) -> Sides | None:
    """Where the sides certainly violate the claim most, and both sides there; None where they do not."""
    try:
        left, right = (evaluate(side, point, Rationals()) for side in (obligation.left, obligation.right))
        return _violated_exactly(obligation.sign, left, right)
    except Unavailable:
        return _violated_in_balls(obligation, point, precision)
    except EvaluationError:
        return None


def _violated_exactly(sign: str, left: Array, right: Array) -> Sides | None:
    if sign == "<<":
        return _not_below(left, right)
    left, right = np.broadcast_arrays(left, right)
    excess = [abs(x - y) if sign == "==" else x - y for x, y in zip(left.flat, right.flat, strict=True)]
    worst = max(range(len(excess)), key=excess.__getitem__)
    if excess[worst] > 0 or (sign == "<" and excess[worst] >= 0):
        entry = tuple(int(k) for k in np.unravel_index(worst, left.shape))
        return entry, _rational_text(left[entry]), _rational_text(right[entry]), "exact rationals"
    return None


def _not_below(left: Array, right: Array) -> Sides | None:
    """The Loewner order: zero, and the smallest eigenvalue of ``right - left``, where it is negative."""
    gap = _fractions(right, left.shape) - _fractions(left, right.shape)
    if not symmetric(gap) or semidefinite(gap):
        return None
    balls = Balls(PRECISION)
    with balls.context():
        exact = np.array([[balls.rational(x) for x in row] for row in gap], dtype=object)
        return (), "0", _decimal(balls.spectral("lambda_min", exact), 12), "exact rationals"


def _fractions(side: Array, other: tuple[int, ...]) -> Array:
    """The side in fractions; a scalar stands for that multiple of the identity."""
    numbers = [Fraction(int(x.p), int(x.q)) for x in side.flat]
    array: Array = rational.array(numbers, side.shape)
    return array if side.shape else numbers[0] * rational.identity(other[0])


def _violated_in_balls(obligation: Obligation, point: Point, first: int) -> Sides | None:
    """The violation at the first precision that shows one; None once more precision is of no use."""
    agreed, before = 0, inf
    for precision in rungs(first):
        try:
            found = _compared(obligation, point, Balls(precision, strict=True))
            outcome, lacking = found.outcome, found.lacking
        except EvaluationError as error:
            if getattr(error, "certain", not isinstance(error, AtKink)):
                return None
            outcome, lacking = "open", inf
        if outcome == "violated":
            return found.entry, *_told_apart(found.left, found.right), "balls"
        agreed += outcome == "holds"
        if agreed == AGREEING or (outcome == "open" and out_of_reach(before, lacking, precision)):
            return None
        before = lacking if lacking else before
    return None


def _compared(obligation: Obligation, point: Point, balls: Balls) -> Comparison:
    with balls.context():
        scope = scope_at(point, balls)
        left, right = scope.value(obligation.left), scope.value(obligation.right)
        size = boxed(largest(left, right))
        sizes = size if size[()] > 0 else boxed(arb(1))
        return compare(obligation.sign, left, right, lambda: sizes, balls.precision // 2)


def _told_apart(left: Any, right: Any) -> tuple[str, str]:
    """Both numbers in as many digits as it takes to tell them apart."""
    digits = next((d for d in (12, 25, 50) if _decimal(left, d) != _decimal(right, d)), 100)
    return _decimal(left, digits), _decimal(right, digits)


def _decimal(ball: Any, digits: int) -> str:
    """The ball's certain digits, at most ``digits`` of them."""
    return str(ball.str(digits, radius=False))


def _rational_text(number: fmpq) -> str:
    text = f"{number.p}/{number.q}" if number.q != 1 else str(number.p)
    return text if len(text) <= LONGEST_RATIONAL else _decimal(arb(number), 15)


def simplify(obligation: Obligation, witness: Witness) -> Witness:
    """A witness of smaller sizes, with fewer nonzero entries and smaller numbers, each step verified.

    What a test refutes is refuted where it was drawn, and is left as it is; so is a segment on which a sign changes.
    """
    if witness.arithmetic == "a test" or witness.end:
        return witness
    tried: set[str] = set()
    improved = True
    while improved and len(tried) < ATTEMPTS:
        improved = False
        for point in simpler(obligation, Point(witness.sizes, witness.indices, witness.values)):
            if repr(point) in tried:
                continue
            tried.add(repr(point))
            found = verify(obligation, point)
            if found is not None:
                witness, improved = found, True
                break
            if len(tried) >= ATTEMPTS:
                break
    return witness
