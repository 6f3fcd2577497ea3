"""The hypotheses keep an expression in an interval without a double: nobody can run the claim in double precision."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flint import arb

from derive.bounds.relations import ordered
from derive.evaluate.balls import Balls
from derive.evaluate.point import Point
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.lint.closed import is_closed
from derive.lint.moderate import ball, moderate_points, place
from derive.lint.subject import Examined

PRECISION = 2_000
"""Bits that tell ends apart whose gap is far below the spacing of doubles."""


def examine(examined: Examined) -> Iterator[str]:
    """The intervals, at the first moderate values of their parameters at which no double lies within."""
    given = examined.claim.given
    for text, low, high in _intervals(given):
        for point in moderate_points(given, low, high):
            if _empty(low, high, point):
                where = f" at {place(point)}" if place(point) else ""
                yield f"no double lies between {low!r} and {high!r}{where}, where {text} must be"
                break


def _intervals(given: Sequence[Relation]) -> Iterator[tuple[str, Tensor, Tensor]]:
    """What is bounded on both sides by constants, entrywise, and its bounds."""
    pairs = [
        (small, large)
        for relation in given
        if relation.sign not in ("<<", ">>")
        for small, large, _ in ordered(relation)
    ]
    above = [(repr(small), large) for small, large in pairs if is_closed(large)]
    for low, middle in pairs:
        if is_closed(low):
            yield from ((repr(middle), low, high) for text, high in above if text == repr(middle) and high is not low)


def _empty(low: Tensor, high: Tensor, point: Point) -> bool:
    """Is there certainly room between the ends, and no double in it?"""
    balls = Balls(PRECISION)
    ends = ball(low, point, balls), ball(high, point, balls)
    with balls.context():
        if ends[0] is None or ends[1] is None or not ends[0] < ends[1]:
            return False
        near = float(ends[0].mid())
        doubles = (math.nextafter(near, -math.inf), near, math.nextafter(near, math.inf))
        return all(arb(double) < ends[0] or arb(double) > ends[1] for double in doubles)
