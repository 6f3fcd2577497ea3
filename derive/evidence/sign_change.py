"""Method: a scalar that is said never to vanish changes its sign on a segment, and so vanishes there.

What it refutes: ``e != 0``, where the zeros of e may all be irrational, as those of ``t**2 - 2`` or ``exp(t) + t``. At
both ends of a segment in one symbol, which are exact rational points, e has certainly different signs; all over the
segment, in balls, e has a value and the hypotheses hold; and e is continuous. By the intermediate value theorem e
vanishes on it. How it fails: no two instances with different signs are found, or a hypothesis is an equation about the
symbol.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import embedded, evaluate, scope_at
from derive.evaluate.point import Point
from derive.evaluate.scope import Scope
from derive.evaluate.system import array_of
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.instances.sizes import Shapes
from derive.language.binding import names_read
from derive.language.continuous import is_continuous
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.tensor import Number, Power, Tensor
from derive.obligation import TURNED, Obligation

METHOD = "sign change"
PRECISION = 128

MOST_INSTANCES = 40
MOST_PAIRS = 12

BISECTIONS = 24
"""Times that a segment is halved until the hypotheses hold on all of it."""

COMPARED = {"<=": lambda gap: gap >= 0, "<": lambda gap: gap > 0, "!=": lambda gap: gap != 0}
"""What a ball of ``large - small`` certainly says."""

WITHOUT_SEGMENTS = frozenset({"integer", "orthogonal"})
"""Properties that numbers between two that have them may lack."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Look for two instances at which the scalar has different signs, and for a segment between them."""
    scalar = nowhere_zero(obligation)
    if scalar is None or not is_continuous(scalar):
        return Inapplicable(METHOD, "the claim is not that a continuous scalar is not zero", telling=False)
    if drawn.settled:
        return Inapplicable(METHOD, "the claim is settled without it", telling=False)
    start = time.perf_counter()
    for segment in islice(_segments(obligation, scalar, drawn), MOST_PAIRS):
        witness = _bisected(obligation, scalar, segment)
        if witness is not None:
            note = f"by the intermediate value theorem, as {scalar!r} is continuous"
            seconds = time.perf_counter() - start
            return Evidence(METHOD, "refutation", "balls", note, drawn.seed, witness=witness, kept=2, seconds=seconds)
    return Inapplicable(METHOD, "no segment was found on which the sign changes", telling=False)


def nowhere_zero(obligation: Obligation) -> Tensor | None:
    """e where the obligation is ``0 < e**2``, as which ``e != 0`` is read."""
    small, large = obligation.left, obligation.right
    if obligation.sign != "<" or not isinstance(small, Number) or small.value or not isinstance(large, Power):
        return None
    exponent = large.exponent
    even = isinstance(exponent, Number) and exponent.value > 0 and exponent.value % 2 == 0
    return large.base if even and not large.shape else None


@dataclass(frozen=True)
class Segment:
    """The points between ``first`` and ``last``, which differ in the value of the symbol ``name`` alone."""

    first: Point
    last: Point
    name: str

    def halves(self) -> tuple[Segment, Segment]:
        middle = _mean(self.first.values[self.name], self.last.values[self.name])
        point = replace(self.first, values={**self.first.values, self.name: middle})
        return replace(self, last=point), replace(self, first=point)

    def in_balls(self) -> Point:
        """The point whose value of the symbol are balls that hold all of the segment."""
        balls = Balls(PRECISION)
        ends = [embedded(end.values[self.name], balls) for end in (self.first, self.last)]
        hull = [first.union(last) for first, last in zip(ends[0].flat, ends[1].flat, strict=True)]
        return replace(self.first, values={**self.first.values, self.name: array_of(hull, ends[0].shape, object)})


def _mean(first: Any, last: Any) -> Any:
    if isinstance(first, (tuple, list)):
        return tuple(_mean(a, b) for a, b in zip(first, last, strict=True))
    return (Fraction(first) + Fraction(last)) / 2


def _segments(obligation: Obligation, scalar: Tensor, drawn: Drawn) -> Iterator[Segment]:
    """Segments with different signs at their ends, between instances of the same sizes and positions."""
    whole = {s.name for s in symbols(*obligation.expressions).values() if not s.properties & WITHOUT_SEGMENTS}
    known: dict[str, list[tuple[Point, int]]] = {}
    for instance in islice(drawn, MOST_INSTANCES):
        point, sign = instance.point, _sign(scalar, instance.point)
        group = known.setdefault(repr((sorted(point.sizes.items()), sorted(point.indices.items()))), [])
        for other, opposite in group:
            if sign * opposite < 0:
                yield from _legs(scalar, other, point, whole)
        group.append((point, sign))


def _legs(scalar: Tensor, first: Point, last: Point, whole: Set[str]) -> Iterator[Segment]:
    """The way from one point to another, a symbol at a time: where the sign changes in one of those in ``whole``."""
    sign = _sign(scalar, first)
    for name in first.values:
        if first.values[name] == last.values[name]:
            continue
        following = replace(first, values={**first.values, name: last.values[name]})
        other = _sign(scalar, following)
        if sign * other < 0 and name in whole:
            yield Segment(first, following, name)
        first, sign = following, other


def _sign(scalar: Tensor, point: Point) -> int:
    """The certain sign; 0 where none is certain."""
    try:
        value = evaluate(scalar, point, Balls(PRECISION, strict=True))[()]
    except (EvaluationError, InputError):
        return 0
    return 1 if value > 0 else -1 if value < 0 else 0


def _bisected(obligation: Obligation, scalar: Tensor, segment: Segment) -> Witness | None:
    """A part of the segment on all of which the hypotheses hold, as a witness."""
    for _ in range(BISECTIONS):
        if _holds_all_over(obligation, scalar, segment):
            ends = (segment.first, segment.last)
            return _witness(scalar, segment) if all(admitted(obligation, end) for end in ends) else None
        sign = _sign(scalar, (halves := segment.halves())[0].last)
        if not sign:
            return None
        segment = halves[0] if sign != _sign(scalar, segment.first) else halves[1]
    return None


def _holds_all_over(obligation: Obligation, scalar: Tensor, segment: Segment) -> bool:
    """Has the scalar a value all over the segment, and do the hypotheses about its symbol hold there?"""
    balls = Balls(PRECISION, strict=True)
    point = segment.in_balls()
    concerned = [r for r in obligation.given if segment.name in names_read(r.left) | names_read(r.right)]
    try:
        with balls.context():
            value: Any = scope_at(point, balls).value(scalar)[()]
            if not value.is_finite():
                return False
            every = Shapes(obligation).positions(dict(point.sizes)) if concerned else ()
            scopes = [scope_at(replace(point, indices=positions), balls) for positions in every]
            return all(_certain(relation, scope) for relation in concerned for scope in scopes)
    except (EvaluationError, InputError):
        return False


def _certain(relation: Relation, scope: Scope) -> bool:
    """Does a hypothesis hold for all numbers in the balls? Of equations and the Loewner order this is not told."""
    turned = relation.sign in TURNED
    small, large = (relation.right, relation.left) if turned else (relation.left, relation.right)
    sign = TURNED.get(relation.sign, relation.sign)
    if sign not in COMPARED:
        return False
    gaps = np.asarray(scope.value(large) - scope.value(small), dtype=object)
    return all(COMPARED[sign](gap) for gap in gaps.flat)


def _witness(scalar: Tensor, segment: Segment) -> Witness:
    first, last = segment.first, segment.last
    balls = Balls(PRECISION)
    values: list[Any] = [evaluate(scalar, end, balls)[()] for end in (first, last)]
    left, right = (str(value.str(12, radius=False)) for value in values)
    end = {segment.name: last.values[segment.name]}
    return Witness(first.sizes, first.indices, first.values, (), left, right, "balls", end=end)
