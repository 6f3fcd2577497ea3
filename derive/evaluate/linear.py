"""Determinant and inverse over any commutative ring that contains the rationals (Faddeev-LeVerrier).

Only additions, products and divisions by integers are needed, so the same lines serve rationals, balls, dual numbers
(also where the matrix is singular) and formulas. Native floats have LAPACK instead: there this recursion is unstable.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.system import Array, array_of, boxed

if TYPE_CHECKING:
    from derive.evaluate.system import System


def _adjugate(matrix: Array, system: System) -> tuple[Array, Any]:
    """The adjugate, up to sign, and the last coefficient of the characteristic polynomial: (M_n, c_0)."""
    n = matrix.shape[0]
    zero, one = system.rational(Fraction(0)), system.rational(Fraction(1))
    unit = array_of([one if i == j else zero for i in range(n) for j in range(n)], (n, n), object)
    adjugate, product = unit, matrix
    coefficient = -_trace(product)
    for k in range(2, n + 1):
        adjugate = product + unit * boxed(coefficient)
        product = matrix @ adjugate
        coefficient = -_trace(product) * system.rational(Fraction(1, k))
    return adjugate, coefficient


def _trace(matrix: Array) -> Any:
    return sum((matrix[i, i] for i in range(1, matrix.shape[0])), start=matrix[0, 0])


def determinant(matrix: Array, system: System) -> Any:
    """``det(matrix) = (-1)^n c_0``."""
    _, coefficient = _adjugate(matrix, system)
    return -coefficient if matrix.shape[0] % 2 else coefficient


def inverse(matrix: Array, system: System) -> Array:
    """``-M_n / c_0``.

    Raises:
        OutsideDomain: the determinant is, or may be, zero.
    """
    adjugate, coefficient = _adjugate(matrix, system)
    if system.may_be_zero(coefficient):
        raise OutsideDomain("inv", certain=system.exact(coefficient) is not None)
    return array_of([system.divide(-entry, coefficient) for entry in adjugate.flat], matrix.shape, object)
