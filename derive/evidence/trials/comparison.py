"""Two sides compared in balls: certainly different, equal as far as the balls tell, or too wide to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.system import Array, array_of

Outcome = Literal["violated", "holds", "open"]
Sizes = Callable[[], Array]
"""The size of the terms of each entry, or of all; positive. Asked only where the values themselves do not do."""


@dataclass(frozen=True)
class Comparison:
    """The outcome of ``left sign right`` at one point.

    Attributes:
        outcome: ``violated`` certainly; ``holds`` certainly, or as far as narrow balls tell; ``open`` otherwise.
        margin: for ``==`` the largest difference of the sides; otherwise the largest ``left - right`` (negative: there
            is room). Relative to the entry, where one side certainly is not zero, else to the size of the terms.
        error_bar: the largest radius of the balls of these differences, relative too. Of a violation both are those of
            ``entry``.
        entry: where the sides differ most, 0-based; empty for a scalar and for the Loewner order.
        left, right: the balls there (for ``<<`` zero and the smallest eigenvalue of ``right - left``).
        lacking: by how many bits the widest ball that leaves the comparison open is too wide to say anything;
            ``inf`` if it has no end. 0 where the balls are narrow: more precision would say nothing new.
    """

    outcome: Outcome
    margin: float
    error_bar: float
    entry: tuple[int, ...]
    left: Any
    right: Any
    lacking: float = 0.0


def largest(*arrays: Array) -> Any:
    """The largest absolute value of an entry, as an exact ball: it may be beyond the range of floats."""
    top = arb(0)
    for x in (x.abs_upper() for array in arrays for x in array.flat):
        top = x if not top >= x else top
    return top


def compare(sign: str, left: Array, right: Array, sizes: Sizes, bits: int) -> Comparison:
    """Compare entrywise (``==``, ``<=``, ``<``), or in the Loewner order (``<<``).

    Where zero lies in the ball of a difference whose radius is at most ``2**-bits`` of the entry, it counts as equal; a
    wider one leaves the comparison open. An entry that may be zero on both sides is compared with its terms, as are
    inequalities. What certainly differs is ``violated`` however close it is.
    """
    if sign == "<<":
        return _loewner(left, right, sizes, bits)
    left, right = np.broadcast_arrays(left, right)
    if not left.size:
        return Comparison("holds", 0.0, 0.0, (), arb(0), arb(0))
    differences = [x - y for x, y in zip(left.flat, right.flat, strict=True)]
    excess = [abs(difference) for difference in differences] if sign == "==" else differences
    scales = _scales(sign, left, right, sizes)
    worst = max(range(len(excess)), key=lambda k: (excess[k].lower() > 0, _key(excess[k])))
    entry = tuple(int(k) for k in np.unravel_index(worst, left.shape))
    outcome, lacking = _outcome(sign, excess, scales, bits)
    counted = [worst] if outcome == "violated" else range(len(excess))
    found = [abs(x.mid()) if sign == "==" else x.mid() for x in differences]
    margin = max(_ratio(found[k], scales[k]) for k in counted)
    error_bar = max(_ratio(differences[k].rad(), scales[k]) for k in counted)
    return Comparison(outcome, margin, error_bar, entry, left[entry], right[entry], lacking)


def _scales(sign: str, left: Array, right: Array, sizes: Sizes) -> list[Any]:
    """What differences are compared with: for an equality the entry itself, unless both sides may be zero there."""
    if sign == "==":
        lower = zip((x.abs_lower() for x in left.flat), (y.abs_lower() for y in right.flat), strict=True)
        values = [x if x >= y else y for x, y in lower]
        zeros = [k for k, value in enumerate(values) if not value > 0]
        terms = list(np.broadcast_to(sizes(), left.shape).flat) if zeros else values
        return [value if value > 0 else term for value, term in zip(values, terms, strict=True)]
    return list(np.broadcast_to(sizes(), left.shape).flat)


def _narrow(ball: Any, scale: Any, bits: int) -> bool:
    return bool(ball.is_finite() and ball.rad() <= scale * arb(2) ** -bits)


def _ratio(number: Any, scale: Any) -> float:
    ratio = float(number / scale)
    return ratio if ratio == ratio else float("inf")


def _key(ball: Any) -> float:
    upper = float(ball.upper())
    return upper if upper == upper else float("inf")


def _outcome(sign: str, excess: list[Any], scales: list[Any], bits: int) -> tuple[Outcome, float]:
    if any(ball.lower() > 0 or (sign == "<" and ball.lower() >= 0) for ball in excess):
        return "violated", 0.0
    undecided = [(ball, scale) for ball, scale in zip(excess, scales, strict=True) if not ball < 0]
    lacking = max((_lacking(ball, scale, bits) for ball, scale in undecided), default=0.0)
    return ("open" if lacking or (sign == "<" and undecided) else "holds"), lacking


def _lacking(ball: Any, scale: Any, bits: int) -> float:
    """By how many bits the ball is too wide."""
    if _narrow(ball, scale, bits):
        return 0.0
    excess = (ball.rad() / scale).log() / arb(2).log() + bits
    return max(float(excess.mid()), 1.0) if excess.is_finite() else float("inf")


def _loewner(left: Array, right: Array, sizes: Sizes, bits: int) -> Comparison:
    n = max(left.shape[:1] + right.shape[:1])
    eye = array_of([arb(int(i == j)) for i in range(n) for j in range(n)], (n, n), object)
    gap = (right if right.ndim else eye * right) - (left if left.ndim else eye * left)
    try:
        smallest = Balls().spectral("lambda_min", gap)
    except EvaluationError as error:
        lacking = 0.0 if getattr(error, "certain", False) else float("inf")
        return Comparison("open", float("inf"), float("inf"), (), arb(0), arb(0, 1), lacking)
    scale = largest(sizes())
    outcome, lacking = _outcome("<<", [-smallest], [scale], bits)
    margin, error_bar = _ratio(-smallest.mid(), scale), _ratio(smallest.rad(), scale)
    return Comparison(outcome, margin, error_bar, (), arb(0), smallest, lacking)
