"""Random functions of one point, hard in many ways, whose Taylor coefficients on a line are known to 100 digits.

Each is written once in operations that floats and FLINT's power series share; the series gives the truth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, arb_series, ctx

from derive.estimate.line import Floats, FunctionLine

Function = Callable[[Any, Sequence[Any]], Any]
"""Operations, entries of the point -> the value."""


class Doubles:
    """Elementary functions of floats."""

    log, sin, sqrt, tanh = math.log, math.sin, math.sqrt, math.tanh

    @staticmethod
    def exp(z: float) -> float:
        return math.exp(z) if z < 700 else math.inf

    @staticmethod
    def size(z: float) -> float:
        return z


class Series:
    """The same of power series."""

    @staticmethod
    def exp(z: Any) -> Any:
        return z.exp()

    @staticmethod
    def log(z: Any) -> Any:
        return z.log()

    @staticmethod
    def sin(z: Any) -> Any:
        return z.sin()

    @staticmethod
    def sqrt(z: Any) -> Any:
        return z.sqrt()

    @staticmethod
    def tanh(z: Any) -> Any:
        grown = (2 * z).exp()
        return (grown - 1) / (grown + 1)

    @staticmethod
    def size(z: Any) -> float:
        return float(z[0])


@dataclass(frozen=True)
class Case:
    """A function on the line through ``point`` along ``direction``."""

    function: Function
    point: Floats
    direction: Floats

    @property
    def line(self) -> FunctionLine:
        return FunctionLine(lambda x: self.function(Doubles, [float(z) for z in x]), self.point, self.direction)

    def derivatives(self) -> tuple[Any, Any]:
        """The first and the second derivative along the line, as balls."""
        precision, cap = ctx.prec, ctx.cap
        ctx.prec, ctx.cap = 400, 3
        try:
            entries = zip(self.point, self.direction, strict=True)
            value = self.function(Series, [arb_series([arb(float(x)), arb(float(v))]) for x, v in entries])
            return value[1], 2 * value[2]
        finally:
            ctx.prec, ctx.cap = precision, cap


Family = Callable[[np.random.Generator], tuple[Function, Floats]]


def _dot(row: Floats, x: Sequence[Any]) -> Any:
    return sum((float(a) * z for a, z in zip(row, x, strict=True)), start=0 * x[0])


def _power(rng: np.random.Generator, low: float, high: float) -> float:
    return float(10 ** rng.uniform(low, high))


def _softmax(operations: Any, rows: Floats, x: Sequence[Any]) -> list[Any]:
    z = [_dot(row, x) for row in rows]
    top = max(z, key=operations.size)
    grown = [operations.exp(entry - top) for entry in z]
    return [entry / sum(grown[1:], start=grown[0]) for entry in grown]


def least_squares_of_softmax(rng: np.random.Generator) -> tuple[Function, Floats]:
    """From nearly linear to saturated, next to constants, at any scale."""
    d = int(rng.integers(1, 6))
    rows = rng.standard_normal((int(rng.integers(1, 9)), d)) * _power(rng, -3, 1.6)
    b, scale = rng.standard_normal(len(rows)), _power(rng, -12, 12)
    constant = float(rng.choice([0, 0, 1, 1e4, 1e8]))

    def function(operations: Any, x: Sequence[Any]) -> Any:
        gaps = [p - float(target) for p, target in zip(_softmax(operations, rows, x), b, strict=True)]
        return (sum((gap * gap for gap in gaps[1:]), start=gaps[0] * gaps[0]) / 2 + constant) * scale

    return function, rng.standard_normal(d)


def polynomial(rng: np.random.Generator) -> tuple[Function, Floats]:
    """Exact or not, coefficients and points of sizes from 1e-12 to 1e12."""
    d, degree = int(rng.integers(1, 6)), int(rng.integers(1, 7))
    rows, size = rng.standard_normal((4, d)), _power(rng, -12, 12)
    factors = rng.standard_normal(4) * _power(rng, -12, 12)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        terms = [float(c) * (_dot(row, x) * (1 / size)) ** degree for c, row in zip(factors, rows, strict=True)]
        return sum(terms[1:], start=terms[0])

    return function, rng.standard_normal(d) * size


def oscillation(rng: np.random.Generator) -> tuple[Function, Floats]:
    """A small fast wave on a parabola: coarse steps see noise in it."""
    frequency, height = _power(rng, -1, 5), _power(rng, -8, 1)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        return x[0] * x[0] + height * operations.sin(frequency * x[0])

    return function, rng.standard_normal(1)


def near_a_pole(rng: np.random.Generator) -> tuple[Function, Floats]:
    pole, distance = float(rng.standard_normal()), _power(rng, -6, 0)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        return 1 / (x[0] - pole)

    return function, np.array([pole * (1 + distance)])


def entropy(rng: np.random.Generator) -> tuple[Function, Floats]:
    """Defined for positive entries alone, of very different sizes."""
    x = np.abs(rng.standard_normal(3)) * _power(rng, -12, 12) * 10 ** rng.uniform(-4, 0, 3)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        terms = [z * operations.log(z) + operations.sqrt(z) for z in x]
        return sum(terms[1:], start=terms[0])

    return function, x


def logistic(rng: np.random.Generator) -> tuple[Function, Floats]:
    rows = rng.standard_normal((int(rng.integers(1, 9)), 3)) * _power(rng, -2, 1.5)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        losses = [operations.log(1 + operations.exp(_dot(row, x))) for row in rows]
        return sum(losses[1:], start=losses[0])

    return function, rng.standard_normal(3)


def cancellation(rng: np.random.Generator) -> tuple[Function, Floats]:
    """Values far rougher than their last digit."""
    large, kind = _power(rng, 2, 9), int(rng.integers(3))

    def function(operations: Any, x: Sequence[Any]) -> Any:
        g = operations.sin(x[0]) + x[0] * x[0]
        if kind == 0:
            return (large + g) - large
        return operations.sqrt(large * large + g) - large if kind == 1 else (operations.exp(1e-4 * x[0]) - 1) / x[0]

    return function, rng.standard_normal(1)


def network(rng: np.random.Generator) -> tuple[Function, Floats]:
    rows = rng.standard_normal((4, 3)) * _power(rng, -2, 1)
    outer = rng.standard_normal(4) * _power(rng, -6, 6)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        units = [float(a) * operations.tanh(_dot(row, x)) for a, row in zip(outer, rows, strict=True)]
        return sum(units[1:], start=units[0])

    return function, rng.standard_normal(3)


def at_a_minimum(rng: np.random.Generator) -> tuple[Function, Floats]:
    """A parabola of condition up to 1e24 at its minimum: the derivative is zero."""
    centre, weights = rng.standard_normal(4), 10 ** rng.uniform(-12, 12, 4)

    def function(operations: Any, x: Sequence[Any]) -> Any:
        gaps = [z - float(c) for z, c in zip(x, centre, strict=True)]
        terms = [float(w) * gap * gap for w, gap in zip(weights, gaps, strict=True)]
        return sum(terms[1:], start=terms[0])

    return function, centre.copy()


FAMILIES: dict[str, Family] = {
    family.__name__: family
    for family in (
        least_squares_of_softmax,
        polynomial,
        oscillation,
        near_a_pole,
        entropy,
        logistic,
        cancellation,
        network,
        at_a_minimum,
    )
}
