"""Native double precision: NumPy's arrays and LAPACK."""

from __future__ import annotations

import math
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.system import Array, System

_erf = np.frompyfunc(math.erf, 1, 1)


class Float64(System):
    """Rounded to nearest, unverified: for plots and searches, never for a verdict. All operations take arrays."""

    name: ClassVar[str] = "float64"
    dtype: ClassVar[Any] = np.float64

    @property
    def rounds(self) -> bool:
        return True

    def context(self) -> AbstractContextManager[Any]:
        return np.errstate(all="ignore")

    def rational(self, value: Fraction) -> Any:
        try:
            return np.float64(value.numerator / value.denominator)
        except OverflowError:  # beyond doubles
            return np.float64(math.inf if value > 0 else -math.inf)

    def constant(self, name: str) -> Any:
        return np.float64(math.pi if name == "pi" else math.e)

    def exp(self, x: Any) -> Any:
        return np.exp(x)

    def log(self, x: Any) -> Any:
        return _finite("log", np.log(x), x)

    def sin(self, x: Any) -> Any:
        return np.sin(x)

    def cos(self, x: Any) -> Any:
        return np.cos(x)

    def atan(self, x: Any) -> Any:
        return np.arctan(x)

    def erf(self, x: Any) -> Any:
        return np.float64(_erf(x)) if np.ndim(x) == 0 else _erf(x).astype(np.float64)

    def step(self, x: Any) -> Any:
        return np.heaviside(x, 0.5)

    def jump(self, x: Any) -> Any:
        return self.step(x)

    def power(self, base: Any, exponent: Fraction) -> Any:
        return self.general_power(base, float(exponent))

    def general_power(self, base: Any, exponent: Any) -> Any:
        if np.any(np.equal(base, 0) & np.less(exponent, 0)):
            raise OutsideDomain("power")
        return _finite("power", np.power(np.asarray(base, np.float64), exponent), base)

    def divide(self, left: Any, right: Any) -> Any:
        if np.any(np.equal(right, 0)):
            raise OutsideDomain("division by zero")
        return np.divide(left, right)

    def exact(self, x: Any) -> Fraction | None:
        return Fraction(int(x)) if float(x).is_integer() else None

    def may_be_zero(self, x: Any) -> bool:
        return bool(x == 0)

    def certainly_less(self, x: Any, y: Any) -> bool:
        return bool(x < y)

    def determinant(self, matrix: Array) -> Any:
        return np.linalg.det(matrix)

    def inverse(self, matrix: Array) -> Array:
        try:
            return np.linalg.inv(matrix)
        except np.linalg.LinAlgError:
            raise OutsideDomain("inv") from None

    def rank(self, matrix: Array) -> Any:
        return np.float64(np.linalg.matrix_rank(matrix))

    def spectral(self, kind: str, matrix: Array) -> Any:
        if kind in ("lambda_min", "lambda_max"):
            return np.linalg.eigvalsh(matrix)[0 if kind == "lambda_min" else -1]
        values = np.linalg.svd(matrix, compute_uv=False)
        if kind == "nuclear":
            return values.sum()
        if kind == "sigma_min":
            return np.float64(0) if matrix.shape[1] > matrix.shape[0] else values[-1]
        return values[0]


def _finite(function: str, result: Any, argument: Any) -> Any:
    """``result``, where every finite argument gave a number."""
    if np.any(~np.isfinite(result) & np.isfinite(argument)) and not np.any(np.isposinf(result)):
        raise OutsideDomain(function)
    return result
