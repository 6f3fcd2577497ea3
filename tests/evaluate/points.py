"""One point and its float64 twin, shared by the tests of evaluation."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.point import Point, nest
from derive.language.symbols import Symbol

SIZES = {"n": 3, "d": 2, "k": 4}


def point_for(symbols: dict[str, Any], seed: int = 7, sizes: dict[str, int] | None = None) -> Point:
    """Rational values with denominator 8, about one in size, for every symbol; positive ones where declared."""
    rng = Random(seed)
    sizes = sizes or SIZES
    values = {}
    for name, symbol in symbols.items():
        if not isinstance(symbol, Symbol):
            continue
        shape = tuple(axis.size(sizes) for axis in symbol.shape)
        flat = [
            Fraction(rng.randint(1, 20) if symbol.positive else rng.randint(-20, 20), 8)
            for _ in range(int(np.prod(shape)))
        ]
        values[name] = nest(flat, shape)
    return Point(sizes, {"i": 1, "j": 0}, values)


def floats(value: Any) -> np.ndarray:
    """The nested rationals as a float64 array."""
    return np.array(value, dtype=object).astype(np.float64)


def middle(array: np.ndarray) -> np.ndarray:
    """Numbers of any system, as float64."""
    return np.array([float(x) if not hasattr(x, "p") else float(int(x.p) / int(x.q)) for x in array.flat]).reshape(
        array.shape
    )


BALLS = Balls(160)
