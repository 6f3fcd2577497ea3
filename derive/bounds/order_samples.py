"""An order of closed forms refuted at sample values of their parameters: a quick no before a proof is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import sympy as sp

from derive.bounds.value import Samples

POINTS = 48
"""Sample points, one column each."""

LADDER = (1.0, 2.0, 0.5, 4.0, 10.0, 0.1, 3.0, 100.0, 1.5, 30.0, 0.01, 6.0)
"""Sample values; each parameter runs through them at a pace of its own."""

ROUNDS = 4
"""How often values are moved to the ends that the relations set them."""

ROUNDING = 1e-9
"""The relative difference that counts."""

Relations = Sequence[tuple[sp.Expr, sp.Expr, bool]]
Columns = Mapping[sp.Symbol, Samples]


def fails_somewhere(small: sp.Expr, large: sp.Expr, relations: Relations) -> bool:
    """Is ``small > large`` at a sample point that satisfies the relations? In doubles: a hint, never a proof."""
    sides = [(a, b) for a, b, _ in relations]
    symbols = sorted(set().union(*(side.free_symbols for pair in [*sides, (small, large)] for side in pair)), key=str)
    points = _moved(dict(zip(symbols, _ladders(symbols), strict=True)), relations)
    inside = np.ones(POINTS, dtype=bool)
    for a, b, strict in relations:
        low, high = _values(a, points), _values(b, points)
        inside &= (low < high) if strict else (low <= high * (1 + ROUNDING))
    low, high = _values(small, points), _values(large, points)
    with np.errstate(all="ignore"):
        above = low - high > ROUNDING * (np.abs(low) + np.abs(high))
    return bool((inside & above & np.isfinite(low) & np.isfinite(high)).any())


def _ladders(symbols: Sequence[sp.Symbol]) -> Iterator[Samples]:
    """Values in the range that is assumed of each symbol."""
    for k, symbol in enumerate(symbols):
        steps = np.arange(POINTS)
        values = np.array([LADDER[int(place) % len(LADDER)] for place in steps * (2 * k + 1) // (k + 1) + 5 * k])
        if symbol.is_integer:
            values = np.ceil(values)
        elif not symbol.is_nonnegative:
            values = np.where(steps % 3 == k % 3, -values, values)
        yield values


def _moved(points: dict[sp.Symbol, Samples], relations: Relations) -> dict[sp.Symbol, Samples]:
    """Values moved to the ends that the relations set them, in turn."""
    for _ in range(ROUNDS):
        for small, large, _strict in relations:
            if large in points:
                points[large] = np.fmax(points[large], _values(small, points))
            elif small in points:
                points[small] = np.fmin(points[small], _values(large, points))
    return points


def _values(expression: sp.Expr, points: Columns) -> Samples:
    """The value at each point; no number where doubles do not hold it, or where there is none."""
    symbols = sorted(expression.free_symbols, key=str)
    compiled = sp.lambdify(symbols, expression, "math", cse=True)
    return np.array([_value(compiled, [float(points[symbol][k]) for symbol in symbols]) for k in range(POINTS)])


def _value(compiled: Callable[..., float | complex], arguments: Sequence[float]) -> float:
    try:
        found = compiled(*arguments)
    except (ValueError, OverflowError, ZeroDivisionError):
        return float("nan")
    return float("nan") if isinstance(found, complex) else float(found)
