"""Real numbers enclosed in balls (Arb, by python-flint): what is certain of a ball is certain of the number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, arb_mat, arb_series, ctx

from derive.verify.arithmetic import Unknown, binomial
from derive.verify.ranks import ranks

PRECISION = 192
"""Bits; what this does not decide stays undecided."""


class Balls:
    """The arithmetic of balls. Callers set ``ctx.prec``."""

    def rational(self, value: Fraction) -> arb:
        return arb(value.numerator) / value.denominator if value.denominator != 1 else arb(value.numerator)

    def constant(self, name: str) -> arb:
        return arb.pi() if name == "pi" else arb(1).exp()

    def series(self, function: str, x: arb, order: int) -> Sequence[arb]:
        if not order:
            return [_finite(getattr(x, function)() if function != "log" or x > 0 else arb.nan(), function)]
        found = getattr(arb_series([x, 1], order + 1), function)()
        return [_finite(c, function) for c in _padded(found, order)]

    def power(self, x: arb, exponent: Fraction, order: int) -> Sequence[arb]:
        coefficients = binomial(exponent, order)
        if exponent.denominator == 1:
            whole = int(exponent)
            return [_whole(x, whole - k) * self.rational(b) if b else arb(0) for k, b in enumerate(coefficients)]
        if x == 0 and exponent > 0 and not order:
            return [arb(0)]
        if not (x > 0 or (x >= 0 and not order and exponent > 0)):
            raise Unknown("a root of what may be negative")
        root = x.sqrt() if exponent == Fraction(1, 2) else (x.log() * self.rational(exponent)).exp()
        return [
            _finite(root / _whole(x, k) * self.rational(b) if k else root, "power") for k, b in enumerate(coefficients)
        ]

    def sign(self, x: arb) -> int | None:
        if x > 0:
            return 1
        if x < 0:
            return -1
        return 0 if x == 0 else None

    def absolute(self, x: arb) -> arb:
        return abs(x)

    def pivot(self, candidates: Sequence[arb]) -> int:
        sizes = [float(candidate.abs_lower()) for candidate in candidates]
        best = max(range(len(sizes)), key=lambda k: sizes[k])
        if not sizes[best] > 0:
            raise Unknown("a matrix that may be singular")
        return best

    def spectral(self, kind: str, rows: Sequence[Sequence[arb]]) -> arb:
        if kind == "rank":
            least, most = ranks(rows, self.sign)
            return arb(least + most, most - least) / 2
        if kind in ("lambda_min", "lambda_max"):
            half = arb(1) / 2
            symmetric = [[(x + rows[j][i]) * half for j, x in enumerate(row)] for i, row in enumerate(rows)]
            values = eigenvalues(symmetric)
            return _largest(values) if kind == "lambda_max" else -_largest([-value for value in values])
        if kind == "sigma_min" and len(rows[0]) > len(rows):
            return arb(0)
        squares = eigenvalues(_gram(rows))
        if kind == "nuclear":
            return sum((_root(square) for square in squares), arb(0))
        return _root(_largest(squares) if kind == "opnorm" else -_largest([-square for square in squares]))


def eigenvalues(rows: Sequence[Sequence[arb]]) -> list[arb]:
    """Enclosures of the eigenvalues of a symmetric matrix, as often as they are.

    Raises:
        Unknown: they could not be enclosed.
    """
    if len(rows) == 1:
        return [rows[0][0]]
    if all(x == 0 for i, row in enumerate(rows) for j, x in enumerate(row) if i != j):
        return [row[i] for i, row in enumerate(rows)]
    try:
        return [value.real for value in arb_mat([list(row) for row in rows]).eig(multiple=True)]
    except ValueError as error:
        raise Unknown(f"eigenvalues could not be enclosed: {error}") from None


def _gram(rows: Sequence[Sequence[arb]]) -> list[list[arb]]:
    """``M^T M``, or ``M M^T`` where that is smaller: the nonzero eigenvalues are the same."""
    tall = len(rows) >= len(rows[0])
    lines = list(zip(*rows, strict=True)) if tall else list(rows)
    return [[sum((x * y for x, y in zip(a, b, strict=True)), arb(0)) for b in lines] for a in lines]


def _largest(values: Sequence[arb]) -> arb:
    found = values[0]
    for value in values[1:]:
        found = found.max(value)
    return found


def _root(square: arb) -> arb:
    """The root of what is never negative, though its ball may reach below zero."""
    return square.nonnegative_part().sqrt()


def _whole(x: arb, exponent: int) -> arb:
    """By squaring: Arb's own power of a ball around zero has no value."""
    if exponent < 0:
        return _finite(1 / _whole(x, -exponent), "a quotient")
    if exponent < 2:
        return x if exponent else arb(1)
    half = _whole(x, exponent // 2)
    square = (half * half).nonnegative_part()
    return square * x if exponent % 2 else square


def _padded(series: arb_series, order: int) -> list[arb]:
    found = list(series.coeffs())
    return found + [arb(0)] * (order + 1 - len(found))


def _finite(x: arb, name: str) -> arb:
    if not x.is_finite():
        raise Unknown(f"{name} has no value here")
    return x


def working_precision() -> object:
    """The context in which balls are computed."""
    return ctx.workprec(PRECISION)
