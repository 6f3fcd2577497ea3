"""Hypotheses that bound every symbol by numbers, at small sizes: what an enclosure asks for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from derive.language.relations import Relation
from tests.bounds.expressions import A, S, b, c, d, n, p, t, x
from tests.bounds.planted import Hypothesis, Projection, R, Values, r, s, w, y

LARGEST = (2, 1)
"""Of n and d."""

SIZES: tuple[Relation, ...] = (n * 1 <= LARGEST[0], d * 1 <= LARGEST[1])


def _clipped(name: str, low: float, high: float) -> Projection:
    def project(values: Values) -> None:
        values[name] = np.clip(values[name], low, high)

    return project


def _symmetric(values: Values) -> None:
    values["S"] = np.clip((values["S"] + values["S"].T) / 2, -1, 1)


def _simplex(name: str) -> Projection:
    def project(values: Values) -> None:
        weights = np.abs(values[name]) + 1e-9
        values[name] = weights / weights.sum()

    return project


HALF = Fraction(1, 2)

BOUNDED: dict[str, Hypothesis] = {
    "A": ((A >= -1, A <= 1), _clipped("A", -1, 1)),
    "x": ((x >= -1, x <= 2), _clipped("x", -1, 2)),
    "y": ((y >= -1, y <= 2), _clipped("y", -1, 2)),
    "b": ((b >= 0, b.sum() == 1), _simplex("b")),
    "w": ((w >= 0, w.sum() == 1), _simplex("w")),
    "p": ((p >= HALF, p <= 2), _clipped("p", 0.5, 2)),
    "S": ((S == S.T, S >= -1, S <= 1), _symmetric),
    "t": ((t >= -2, t <= 1), _clipped("t", -2, 1)),
    "s": ((s >= -2, s <= 1), _clipped("s", -2, 1)),
    "c": ((c >= HALF, c <= 2), _clipped("c", 0.5, 2)),
    "R": ((R >= HALF, R <= 2), _clipped("R", 0.5, 2)),
    "r": ((r <= 1,), _clipped("r", 0, 1)),
}
"""By the symbol that they speak of."""
