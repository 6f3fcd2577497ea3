"""From doubles to rationals of few digits that have what a symbol was declared with."""

from __future__ import annotations

from fractions import Fraction
from math import floor, isfinite, log10

import numpy as np

from derive.attack.kinds import ORTHOGONAL, Kind
from derive.instances import rational
from derive.instances.definite import semidefinite
from derive.instances.rational import Array


def rounded(kind: Kind, value: Array, raw: Array, turns: Array | None, digits: int) -> Array | None:
    """``value`` in about ``digits`` digits; of orthogonal matrices the skew matrix that gives them, ``raw``."""
    if kind.name in ORTHOGONAL:
        return _cayley(kind, raw, turns, digits)
    match kind.name:
        case "positive" | "nonnegative":
            return rational.array([by_itself(x, digits) for x in value.flat], value.shape)
        case "psd":
            return semidefinite_near(value, digits)
        case "pd":
            return semidefinite_near(value, digits, strict=True)
        case "symmetric":
            return _upper(array(value, digits), 1)
        case "skew":
            return _upper(array(value, digits), -1)
    return array(value, digits)


def array(value: Array, digits: int) -> Array:
    """Every entry to so many digits of the largest."""
    top = float(np.max(np.abs(value), initial=0.0))
    unit = _unit(top, digits)
    return rational.array([round(Fraction(float(x)) / unit) * unit for x in value.flat], value.shape)


def by_itself(x: float, digits: int) -> Fraction:
    """A number to so many digits of its own."""
    unit = _unit(abs(float(x)), digits)
    return round(Fraction(float(x)) / unit) * unit


def _unit(size: float, digits: int) -> Fraction:
    if not isfinite(size) or size <= 0:
        return Fraction(1)
    return Fraction(10) ** (floor(log10(size)) - digits + 1)


def _upper(matrix: Array, sign: int) -> Array:
    size = len(matrix)
    entries = [
        matrix[i, j] if i < j else sign * matrix[j, i] if i > j else matrix[i, i] * (sign > 0)
        for i in range(size)
        for j in range(size)
    ]
    return rational.array(entries, (size, size))


def semidefinite_near(value: Array, digits: int, strict: bool = False) -> Array:
    """The matrix rounded, where it stays psd (``strict``: pd); else ``F^T F`` of a rounded factor F, and a little."""
    plain = _upper(array(value, digits), 1)
    if semidefinite(plain, strict):
        return plain
    numbers, vectors = np.linalg.eigh((value + value.T) / 2)
    factor = np.sqrt(np.maximum(numbers, 0.0))[:, None] * vectors.T
    short = array(factor, digits)
    more = _unit(float(np.max(np.abs(value), initial=0.0)), 6) * strict
    return short.T @ short + more * rational.identity(len(value))


def _cayley(kind: Kind, raw: Array, turns: Array | None, digits: int) -> Array | None:
    size = kind.raw[0]
    skew = _upper(array(raw - raw.T, digits), -1) if size > 1 else rational.array([Fraction(0)], (1, 1))
    one = rational.identity(size)
    full = rational.inverse(one - skew) @ (one + skew)
    if turns is not None:
        full = full * rational.array([Fraction(int(t)) for t in turns], (size,))
    return full[: kind.shape[0], : kind.shape[1]]
