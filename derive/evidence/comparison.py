"""Two sides compared in balls: certainly different, equal as far as the balls tell, or too wide to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.system import Array, array_of


@dataclass(frozen=True)
class Comparison:
    """The outcome of ``left sign right`` at one point.

    Attributes:
        outcome: ``violated`` certainly; ``holds`` certainly, or as far as narrow balls tell; ``open`` otherwise.
        margin: for ``==`` the largest difference of the sides; otherwise the largest ``left - right`` (negative: there
            is room). Relative to the size of the terms.
        error_bar: the radius of the ball of that difference, relative too.
        entry: where that is, 0-based; empty for a scalar and for the Loewner order.
        left, right: the balls there (for ``<<`` zero and the smallest eigenvalue of ``right - left``).
    """

    outcome: Literal["violated", "holds", "open"]
    margin: float
    error_bar: float
    entry: tuple[int, ...]
    left: Any
    right: Any


def largest(*arrays: Array) -> float:
    """The largest absolute value of an entry."""
    return max((float(x.abs_upper()) for array in arrays for x in array.flat), default=0.0)


def compare(sign: str, left: Array, right: Array, size: float, resolution: float) -> Comparison:
    """Compare entrywise (``==``, ``<=``, ``<``), or in the Loewner order (``<<``).

    ``size`` is the size of the terms. Where zero lies in a ball no wider than ``resolution`` times that, the entry
    counts as equal; a wider one leaves the comparison open. What certainly differs is ``violated`` however close it is.
    """
    scale = size or 1.0
    if sign == "<<":
        return _loewner(left, right, scale, resolution)
    left, right = np.broadcast_arrays(left, right)
    excess = [_excess(sign, x, y) for x, y in zip(left.flat, right.flat, strict=True)]
    if not excess:
        return Comparison("holds", 0.0, 0.0, (), arb(0), arb(0))
    worst = max(range(len(excess)), key=lambda k: (excess[k].lower() > 0, _key(excess[k])))
    entry = tuple(int(k) for k in np.unravel_index(worst, left.shape))
    outcome = _outcome(sign, excess, scale * resolution)
    difference = left[entry] - right[entry]
    found = abs(difference.mid()) if sign == "==" else difference.mid()
    margin, error_bar = float(found) / scale, float(difference.rad()) / scale
    return Comparison(outcome, margin, error_bar, entry, left[entry], right[entry])


def _excess(sign: str, x: Any, y: Any) -> Any:
    """By how much an entry violates the claim, as a ball."""
    return abs(x - y) if sign == "==" else x - y


def _key(ball: Any) -> float:
    upper = float(ball.upper())
    return upper if upper == upper else float("inf")


def _outcome(sign: str, excess: list[Any], narrow: float) -> Literal["violated", "holds", "open"]:
    if any(ball.lower() > 0 or (sign == "<" and ball.lower() >= 0) for ball in excess):
        return "violated"
    if all(ball.is_finite() and (ball < 0 or (ball.upper() <= narrow and sign != "<")) for ball in excess):
        return "holds"
    return "open"


def _loewner(left: Array, right: Array, scale: float, resolution: float) -> Comparison:
    n = max(left.shape[:1] + right.shape[:1])
    eye = array_of([arb(int(i == j)) for i in range(n) for j in range(n)], (n, n), object)
    gap = (right if right.ndim else eye * right) - (left if left.ndim else eye * left)
    try:
        smallest = Balls().spectral("lambda_min", gap)
    except EvaluationError:
        return Comparison("open", float("inf"), float("inf"), (), arb(0), arb(0, 1))
    outcome = _outcome("<<", [-smallest], scale * resolution)
    margin, error_bar = -float(smallest.mid()) / scale, float(smallest.rad()) / scale
    return Comparison(outcome, margin, error_bar, (), arb(0), smallest)
