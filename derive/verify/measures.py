"""The measures that proofs speak of, of the value of an expression at one point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, total
from derive.verify.elementary import Elementary

Number = Any

ENTRIES = frozenset({"E1", "E2"})
"""The largest absolute value of an entry of a derivative along a unit direction."""

SPREADS = frozenset({"S1", "S2"})
"""The largest difference of two such entries."""

WITH_VARIABLES = ENTRIES | SPREADS | frozenset({"D1", "D2", "D3", "convexity", "smoothness", "identity"})
"""Measures of derivatives, and 1 of the variable itself."""

FROM_BELOW = frozenset({"lower", "lambda_min", "sigma_min", "convexity"})
"""Measures that are bounded from below."""

AT_A_POINT = frozenset(
    {"1", "2", "inf", "op", "fro", "rows", "upper", "lower", "lambda_max", "lambda_min", "sigma_min", "symmetric"}
    | {"rank", "rank of parts"}
)
"""Measures that need one point, and no variable."""


def known(name: str) -> bool:
    """Is it a measure that is looked at again?"""
    return name in AT_A_POINT | WITH_VARIABLES or name.removeprefix("lipschitz ") in AT_A_POINT


def measure(name: str, value: Array, functions: Elementary) -> Number:
    """A norm, an extreme entry, eigenvalue or singular value; 1 of a symmetric matrix and 0 of another.

    Raises:
        Unknown: it cannot be told.
    """
    if name in ("rank", "rank of parts"):
        return functions.arithmetic.spectral("rank", value.rows)
    if name in ("lambda_max", "lambda_min", "sigma_min") or (name == "op" and len(value.shape) == 2):
        return functions.arithmetic.spectral("opnorm" if name == "op" else name, value.rows)
    sizes = [functions.absolute(entry) for entry in value.entries]
    match name:
        case "1":
            return total(sizes, functions.number(0))
        case "2" | "fro" | "op":
            return _euclidean(value.entries, functions)
        case "inf":
            return reduce(functions.maximum, sizes)
        case "rows":
            return reduce(functions.maximum, [_euclidean(row, functions) for row in value.rows])
        case "upper":
            return reduce(functions.maximum, value.entries)
        case "lower":
            return -reduce(functions.maximum, [-entry for entry in value.entries])
    raise Unknown(f"the measure {name} needs more than a point")


def _euclidean(entries: Sequence[Number], functions: Elementary) -> Number:
    square = total((entry * entry for entry in entries), functions.number(0))
    if functions.arithmetic.sign(square) == 0:
        return square
    return functions.power(square, Fraction(1, 2))


def mirrored(value: Array) -> bool:
    """Is the matrix its own transpose, as far as balls tell?"""
    return all(value[(i, j)].overlaps(value[(j, i)]) for i in range(value.shape[0]) for j in range(i))


Compare = Callable[[Number, Number], bool]


def exceeds(name: str, found: Number, bound: Number) -> bool:
    """Is the bound of a measure certainly wrong?"""
    return bool(found < bound) if name in FROM_BELOW else bool(found > bound)
