"""Values of a symbol: drawn afresh with its declared properties, or moved a little."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import numpy as np

from derive.instances import rational
from derive.instances.rational import Array
from derive.instances.styles import STYLES, Style
from derive.language.dimensions import Shape
from derive.language.symbols import Symbol

COUNTS = (0, 1, 1, 2, 2, 3, 3, 4, 6, 10)
"""Values of a number of steps: what goes wrong in an iteration mostly goes wrong at once, or after a while."""


def draw(rng: Random, symbol: Symbol, shape: tuple[int, ...], style: Style, sign: str = "") -> Array:
    """A value with the symbol's declared properties; ``sign`` is one that follows from the hypotheses."""
    properties = symbol.properties
    sign = next((name for name in ("positive", "nonnegative") if name in properties), sign)
    if not shape and {"integer", "nonnegative"} <= properties:
        return np.array(Fraction(rng.choice(COUNTS)), dtype=object)
    if "integer" in properties:
        style = STYLES[0]
    if "orthogonal" in properties:
        return rational.orthogonal(rng, shape[0])
    if "pd" in properties:
        return rational.pd(rng, shape[0], style, sign)
    if "psd" in properties:
        return rational.psd(rng, shape[0], style, sign)
    if "skew" in properties:
        return rational.skew(rng, shape[0], style)
    if "symmetric" in properties:
        return rational.symmetric(rng, shape[0], style, sign)
    return rational.free(rng, shape, style, sign)


def neighbours(rng: Random, found: Mapping[str, Symbol], values: Mapping[str, Array]) -> dict[str, Array]:
    """Values without properties brought together: rows up to their sign, and symbols of one shape up to little."""
    result = dict(values)
    first: dict[Shape, Array] = {}
    for name, symbol in found.items():
        if symbol.properties:
            continue
        value = values[name]
        if symbol.shape in first:
            step = rng.choice((Fraction(1, 10), Fraction(1, 1000)))
            value = np.asarray(first[symbol.shape] + step * value, dtype=object)  # NumPy makes a scalar bare
        elif symbol.ndim == 2:
            signs = rational.signs(rng, (len(value), 1))
            value = signs * value[:1]
        first.setdefault(symbol.shape, value)
        result[name] = value
    return result


def move(rng: Random, symbol: Symbol, value: Array, shape: tuple[int, ...], style: Style) -> Array:
    """A neighbour of the value that keeps the symbol's declared properties."""
    factor = rng.choice([Fraction(2), Fraction(1, 2), Fraction(8), Fraction(1, 8), Fraction(100), Fraction(1, 100)])
    if symbol.properties & {"orthogonal", "integer"} or rng.random() < 0.25:
        return draw(rng, symbol, shape, style)
    if symbol.properties & {"psd", "pd", "symmetric"} and rng.random() < 0.5:
        return value + abs(factor) * rational.identity(shape[0])
    if symbol.properties:
        return value * factor
    return rng.choice([value * factor, -value, value + factor, value - factor, abs(value)])
