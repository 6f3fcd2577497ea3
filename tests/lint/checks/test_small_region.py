"""Points that have to be nearer to each other than doubles can be."""

from __future__ import annotations

import math
from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

d = dv.dim("d")
x, y = dv.vector("x", d), dv.vector("y", d)
R, l = dv.scalar("R", positive=True), dv.scalar("l", positive=True)
POWER = round(-(math.log(10) + 10 * 4**2) / math.log(10))
"""Of ``exp(-10*R**2) / 10`` at R = 4."""


@pytest.mark.parametrize(
    "given",
    [
        [dv.norm(x - y) <= dv.exp(-10 * R**2) / 10, R >= 3],
        [10 * dv.exp(10 * R**2) * dv.norm(x - y) <= l, R >= 3, l == 1],
        [l >= 10 * dv.exp(10 * R**2) * dv.norm(x - y), l == 1, R >= 3],
    ],
    ids=["alone", "times a constant", "turned round"],
)
def test_a_distance_below_the_spacing_of_doubles(given: list[Any]) -> None:
    [told] = flagged("small_region", dv.norm(x) >= 0, *given)
    assert told.startswith(f"norm(x - y) has to be within 10**{POWER} at R = 4")


@pytest.mark.parametrize(
    "given",
    [
        [dv.norm(x - y) <= dv.exp(-R), R <= 4],
        [dv.norm(x) <= dv.exp(-10 * R**2)],
        [dv.norm(x - y) >= dv.exp(-10 * R**2)],
        [dv.norm(x - y) <= dv.exp(-10 * dv.norm(x))],
    ],
    ids=["far enough", "no distance", "from below", "no constant"],
)
def test_other_hypotheses_are_not_flagged(given: list[Any]) -> None:
    assert flagged("small_region", dv.norm(x) >= 0, *given) == []
