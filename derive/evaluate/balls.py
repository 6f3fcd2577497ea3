"""Rigorous enclosures: real balls (FLINT's arb), every rounding error included."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from functools import reduce
from typing import Any, ClassVar

import mpmath
import numpy as np
from flint import acb_mat, arb, arb_mat, ctx, fmpq

from derive.evaluate.ball_ranks import enclosed_rank
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.system import Array, System


class Balls(System):
    """Balls of ``precision`` bits. A number stands for every real number of its ball.

    Where a root is taken of a ball that reaches below zero, what lies there is left out; ``strict`` refuses that, so
    that every value is certainly defined. ``rough`` wants eigenvalues fast: as closely as doubles can. ``agreement``
    are the bits to which a number has to agree with zero to count as zero where a rank is asked for; without them
    a rank is enclosed, and nothing counts as zero that may be something else.
    """

    name: ClassVar[str] = "balls"

    def __init__(
        self, precision: int = 128, *, strict: bool = False, rough: bool = False, agreement: int | None = None
    ) -> None:
        self.precision = precision
        self.strict = strict
        self.rough = rough
        self.agreement = agreement

    def context(self) -> AbstractContextManager[Any]:
        # FLINT's precision is global: it is set for one computation and put back.
        return ctx.workprec(self.precision)

    def rational(self, value: Fraction) -> Any:
        return arb(fmpq(value.numerator, value.denominator))

    def constant(self, name: str) -> Any:
        return arb.pi() if name == "pi" else arb.const_e()

    def exp(self, x: Any) -> Any:
        return x.exp()

    def log(self, x: Any) -> Any:
        if not x > 0:
            raise OutsideDomain("log", certain=x <= 0)
        return x.log()

    def sin(self, x: Any) -> Any:
        return x.sin()

    def cos(self, x: Any) -> Any:
        return x.cos()

    def atan(self, x: Any) -> Any:
        return x.atan()

    def erf(self, x: Any) -> Any:
        return x.erf()

    def step(self, x: Any) -> Any:
        return arb(1) if x > 0 else arb(0) if x < 0 else arb(0.5) if x.is_zero() else arb(0.5, 0.5)

    def jump(self, x: Any) -> Any:
        return arb(0.5, 0.5) if x.is_zero() else self.step(x)  # the enclosure [0, 1] leaves the convention open

    def power(self, base: Any, exponent: Fraction) -> Any:
        if exponent < 0 and base.contains(0):
            raise OutsideDomain(f"power {exponent}", certain=base.is_zero())
        if exponent.denominator == 1:
            return _integer_power(base, int(exponent))
        if base < 0 or (self.strict and not base >= 0):
            raise OutsideDomain(f"power {exponent}", certain=base < 0)
        return _integer_power(_root(base, exponent.denominator), exponent.numerator)

    def divide(self, left: Any, right: Any) -> Any:
        if right.contains(0):
            raise OutsideDomain("division by zero", certain=right.is_zero())
        return left / right

    def exact(self, x: Any) -> Fraction | None:
        return Fraction(int(x.unique_fmpz())) if x.is_integer() else None

    def may_be_zero(self, x: Any) -> bool:
        return bool(x.contains(0))

    def certainly_less(self, x: Any, y: Any) -> bool:
        return bool(x < y)

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        return reduce(arb.max if kind == "max" else arb.min, numbers)

    def rank(self, matrix: Array) -> Any:
        least, most = enclosed_rank(matrix, self.agreement)
        return arb(least + most, most - least) / 2

    def spectral(self, kind: str, matrix: Array) -> Any:
        if kind in ("lambda_min", "lambda_max"):
            return self.extremum(kind[-3:], self._eigenvalues(_symmetric(kind, arb_mat(matrix.tolist()))))
        values = arb_mat(matrix.tolist())
        rows, columns = matrix.shape
        if kind == "sigma_min" and columns > rows:
            return arb(0)
        gram = values * values.transpose() if rows < columns else values.transpose() * values
        singular = [_root(square, 2) for square in self._eigenvalues(gram)]
        if kind == "nuclear":
            return reduce(arb.__add__, singular)
        return self.extremum("min" if kind == "sigma_min" else "max", singular)

    def _eigenvalues(self, matrix: arb_mat) -> list[Any]:
        vectors = _eigenvectors_in_doubles(matrix) if self.rough else None
        return _eigenvalues(matrix) if vectors is None else _eigenvalues_by_residual(matrix, vectors)


def _integer_power(x: Any, exponent: int) -> Any:
    if exponent < 0 or not x.contains(0):
        return x**exponent
    # arb's own power of a ball around zero is not a number.
    power = arb(1)
    for bit in f"{exponent:b}":
        power = power * power * (x if bit == "1" else 1)
    return power


def _root(x: Any, degree: int) -> Any:
    """The root of what of ``x`` is not negative: the rest is outside the domain."""
    if x >= 0:
        return x.sqrt() if degree == 2 else x.root(degree)
    end = x.abs_upper()
    return (end.sqrt() if degree == 2 else end.root(degree)).abs_upper() * arb(0.5, 0.5)


def _symmetric(kind: str, matrix: arb_mat) -> arb_mat:
    """The symmetric part, which is the matrix itself.

    Raises:
        OutsideDomain: it is certainly not symmetric.
    """
    if not matrix.overlaps(matrix.transpose()):
        raise OutsideDomain(f"{kind} of a matrix that is not symmetric")
    return (matrix + matrix.transpose()) / 2


def _eigenvalues(matrix: arb_mat) -> list[Any]:
    """Enclosures of all eigenvalues of a symmetric matrix, which are real.

    Raises:
        Unavailable: they could not be enclosed at this precision.
    """
    if matrix.nrows() == 1:
        return [matrix[0, 0]]
    try:
        return [value.real for value in acb_mat(matrix).eig(multiple=True)]
    except (ValueError, ZeroDivisionError):
        return _eigenvalues_by_residual(matrix, _eigenvectors(matrix))


def _eigenvectors_in_doubles(matrix: arb_mat) -> arb_mat | None:
    """An almost orthogonal matrix that all but diagonalises a symmetric one; None where doubles cannot tell."""
    if matrix.nrows() == 1 or not all(entry.is_finite() for entry in matrix.entries()):
        return None
    middle = np.array([[float(entry.mid()) for entry in row] for row in matrix.tolist()])
    if not np.isfinite(middle).all():
        return None
    return arb_mat(np.linalg.eigh(middle)[1].tolist())


def _eigenvectors(matrix: arb_mat) -> arb_mat:
    """The same at the precision of the context.

    Raises:
        Unavailable: the matrix has entries that are no numbers.
    """
    n = matrix.nrows()
    if not all(entry.is_finite() for entry in matrix.entries()):
        raise Unavailable("the eigenvalues could not be enclosed")
    approximate = mpmath.MPContext()
    approximate.prec = ctx.prec
    middle = [[approximate.make_mpf(entry.mid()._mpf_) for entry in row] for row in matrix.tolist()]
    _, vectors = approximate.eigsy(approximate.matrix(middle))
    return arb_mat([[arb(vectors[i, j]) for j in range(n)] for i in range(n)])


def _eigenvalues_by_residual(matrix: arb_mat, q: arb_mat) -> list[Any]:
    """Enclosures that do not need the eigenvalues to be apart.

    With an approximate orthogonal Q, and D the diagonal of B = Q^T A Q: by Weyl, the sorted eigenvalues of B are within
    |B - D|_F of the sorted entries of D; by Ostrowski, those of A up to factors within 1 +- |Q^T Q - I|_F.
    """
    n = matrix.nrows()
    turned, gram = q.transpose() * matrix * q, q.transpose() * q
    spread = _frobenius([turned[i, j] for i in range(n) for j in range(n) if i != j])
    skew = _frobenius([gram[i, j] - int(i == j) for i in range(n) for j in range(n)])
    if not skew < 1:
        raise Unavailable("the eigenvalues could not be enclosed")
    unit = arb(0, 1)
    return [(turned[k, k] + unit * spread) / (1 + unit * skew) for k in range(n)]


def _frobenius(numbers: list[Any]) -> Any:
    return _root(sum((x * x for x in numbers), start=arb(0)), 2)
