"""A leaf of the bisection, examined again in balls: what a certificate rests on.

Natural evaluation encloses G on the leaf. The mean value form does by ``G(t) = G(c) + sum_k (t_k - c_k) S_k``, where c
is the midpoint and S_k encloses the partial derivative on the whole leaf (of each entry by itself, by the mean value
theorem on the segment from c to t); it needs that G is continuously differentiable on the leaf, or at least Lipschitz
continuous with S_k around all slopes, so that nothing in it may have a pole, a jump or an edge of its domain there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, arb_mat

from derive.enclosure.code import Code
from derive.enclosure.elimination import pivots
from derive.enclosure.leaf_balls import LeafBalls
from derive.enclosure.problem import Problem
from derive.evaluate.errors import EvaluationError

NAME = "mean value form"

Box = Sequence[tuple[float, float]]
"""The ends of each parameter, dyadic numbers of so few bits that their midpoint is exact in doubles."""


class Leaves:
    """The code of a problem in balls, ready for one leaf after another."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.natural, self.careful = LeafBalls(strict=False), LeafBalls(strict=True)
        with self.natural.context():
            self.values = Code(problem.values, self.natural)
            self.tests = Code(problem.tests, self.natural)
            self.watched = Code(problem.watched, self.careful)
            self.centre = Code(problem.values, self.careful)
            self.slopes = Code(problem.slopes, self.careful) if problem.slopes is not None else None

    def hold(self, box: Box, mean_value: bool, vectors: Any) -> bool:
        """Does the goal certainly hold on the box of parameters? ``vectors``: the columns of Q, for a definite goal."""
        self.careful.doubtful = False
        with self.natural.context():
            try:
                self.watched.run(_balls(box))
                found = self._by_mean_value(box, vectors) if mean_value else self._by_value(box, vectors)
            except EvaluationError:
                return False
        return found and not self.careful.doubtful

    def outside(self, box: Box) -> bool:
        """Does a hypothesis certainly fail at every point of the box?"""
        with self.natural.context():
            try:
                numbers = self.tests.run(_balls(box))
            except EvaluationError:
                return False
        place = 0
        for test in self.problem.hypotheses:
            own = numbers[place : place + test.count]
            if any(x < 0 or (test.equal and x > 0) for x in own):
                return True
            place += test.count
        return False

    def _by_value(self, box: Box, vectors: Any) -> bool:
        numbers = self.values.run(_balls(box))
        if not all(x.is_finite() for x in numbers):
            return False
        if not self.problem.size:
            return all(_allowed(x, self.problem.strict) for x in numbers)
        return _definite(_conjugated(numbers, self.problem.size, vectors))

    def _by_mean_value(self, box: Box, vectors: Any) -> bool:
        problem, count = self.problem, self.problem.entries
        assert self.slopes is not None
        centre = self.centre.run([arb((low + high) / 2) for low, high in box])
        slopes = self.slopes.run(_balls(box))
        if not all(x.is_finite() for x in (*centre, *slopes)):
            return False
        parts = [slopes[k * count : (k + 1) * count] for k in range(len(box))]
        halves = [arb(0, (high - low) / 2) for low, high in box]
        if not problem.size:
            sums = [sum((h * p[e] for h, p in zip(halves, parts, strict=True)), start=centre[e]) for e in range(count)]
            return all(_allowed(x, problem.strict) for x in sums)
        total = _conjugated(centre, problem.size, vectors)
        for half, part in zip(halves, parts, strict=True):
            total = total + _conjugated(part, problem.size, vectors) * half
        return _definite(total)


def _balls(box: Box) -> list[Any]:
    return [arb((low + high) / 2, (high - low) / 2) for low, high in box]


def _allowed(x: Any, strict: bool) -> bool:
    return bool(x > 0 if strict else x >= 0)


def _conjugated(numbers: Sequence[Any], size: int, vectors: Any) -> arb_mat:
    q = arb_mat(vectors.tolist())
    return q.transpose() * arb_mat(size, size, list(numbers)) * q


def _definite(matrix: arb_mat) -> bool:
    rows = [[matrix[i, j] for j in range(matrix.ncols())] for i in range(matrix.nrows())]
    return all(pivot > 0 for pivot in pivots(rows, lambda x, y: x / y if y > 0 else arb.nan()))
