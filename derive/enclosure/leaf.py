"""A leaf of the bisection, examined again in balls: what a certificate rests on.

Natural evaluation encloses G on the leaf. The mean value form does by ``G(t) = G(c) + sum_k (t_k - c_k) S_k``, where c
is the midpoint and S_k encloses the partial derivative on the whole leaf (of each entry by itself, by the mean value
theorem on the segment from c to t); it needs that G is continuously differentiable on the leaf, or at least Lipschitz
continuous with S_k around all slopes, so that nothing in it may have a pole, a jump or an edge of its domain there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat

from derive.enclosure.code import Code
from derive.enclosure.elimination import pivots
from derive.enclosure.problem import Problem
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError

PRECISION = 64

Box = Sequence[tuple[Fraction, Fraction]]
"""The ends of each parameter."""


class LeafBalls(Balls):
    """Balls with the steps of recorded code that they lack; they note where something may jump."""

    def __init__(self, *, strict: bool) -> None:
        super().__init__(PRECISION, strict=strict)
        self.doubtful = False

    def step(self, x: Any) -> Any:
        self.doubtful = self.doubtful or bool(x.contains(0))
        return super().step(x)

    def kink(self, x: Any) -> Any:
        return super().step(x)

    def absolute(self, x: Any) -> Any:
        return abs(x)

    def tanh(self, x: Any) -> Any:
        return x.tanh()

    def square(self, x: Any) -> Any:
        return x * x

    def largest(self, x: Any, y: Any) -> Any:
        return x.max(y)

    def smallest(self, x: Any, y: Any) -> Any:
        return x.min(y)


class Leaves:
    """The code of a problem in balls, ready for one leaf after another."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        watched = len(problem.values.outputs) > problem.entries
        self.natural, self.careful = LeafBalls(strict=watched), LeafBalls(strict=True)
        with self.natural.context():
            self.values = Code(problem.values, self.natural)
            self.centre = Code(problem.values, self.careful)
            self.slopes = Code(problem.slopes, self.careful) if problem.slopes is not None else None

    def hold(self, box: Box, mean_value: bool, vectors: Any) -> bool:
        """Does the goal certainly hold on the box of parameters? ``vectors``: the columns of Q, for a definite goal."""
        system = self.careful if mean_value else self.natural
        system.doubtful = False
        with system.context():
            try:
                found = self._by_mean_value(box, vectors) if mean_value else self._by_value(box, vectors)
            except EvaluationError:
                return False
        return found and not (system.doubtful and system.strict)

    def _by_value(self, box: Box, vectors: Any) -> bool:
        numbers = self.values.run([_ball(low, high) for low, high in box])
        if not all(x.is_finite() for x in numbers):
            return False
        own = numbers[: self.problem.entries]
        if not self.problem.size:
            return all(_allowed(x, self.problem.strict) for x in own)
        return _definite(_conjugated(own, self.problem.size, vectors))

    def _by_mean_value(self, box: Box, vectors: Any) -> bool:
        problem, count = self.problem, self.problem.entries
        assert self.slopes is not None
        centre = self.centre.run([_exact((low + high) / 2) for low, high in box])
        slopes = self.slopes.run([_ball(low, high) for low, high in box])
        if not all(x.is_finite() for x in (*centre, *slopes)):
            return False
        first = len(problem.values.outputs)
        parts = [slopes[first + k * count : first + (k + 1) * count] for k in range(len(box))]
        halves = [arb(0, _exact((high - low) / 2)) for low, high in box]
        if not problem.size:
            sums = [sum((h * p[e] for h, p in zip(halves, parts, strict=True)), start=centre[e]) for e in range(count)]
            return all(_allowed(x, problem.strict) for x in sums)
        total = _conjugated(centre[:count], problem.size, vectors)
        for half, part in zip(halves, parts, strict=True):
            total = total + _conjugated(part, problem.size, vectors) * half
        return _definite(total)


def _ball(low: Fraction, high: Fraction) -> Any:
    """The smallest ball of the working precision around an interval."""
    return _exact((low + high) / 2) + arb(0, _exact((high - low) / 2))


def _exact(number: Fraction) -> Any:
    """A dyadic number, as it is."""
    return arb(number.numerator) / arb(number.denominator)


def _allowed(x: Any, strict: bool) -> bool:
    return bool(x > 0 if strict else x >= 0)


def _conjugated(numbers: Sequence[Any], size: int, vectors: Any) -> arb_mat:
    q = arb_mat(vectors.tolist())
    return q.transpose() * arb_mat(size, size, list(numbers)) * q


def _definite(matrix: arb_mat) -> bool:
    rows = [[matrix[i, j] for j in range(matrix.ncols())] for i in range(matrix.nrows())]
    return all(pivot > 0 for pivot in pivots(rows, lambda x, y: x / y if y > 0 else arb.nan()))
