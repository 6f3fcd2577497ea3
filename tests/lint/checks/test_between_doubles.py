"""An interval without a double is named; one with a double in it, or at its end, is not."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

x, t, R = dv.vector("x", dv.dim("d")), dv.scalar("t"), dv.scalar("R", positive=True)
TRUE = dv.norm(x) + t**2 >= 0


@pytest.mark.parametrize(
    ("low", "high", "where"),
    [
        (1 + dv.exp(-50 * R), 1 + 2 * dv.exp(-50 * R), " at R = 10"),
        (1 + dv.exp(-50), 1 + 2 * dv.exp(-50), ""),
    ],
    ids=["with a parameter", "numbers"],
)
def test_an_interval_without_a_double(low: Any, high: Any, where: str) -> None:
    told = f"no double lies between {low!r} and {high!r}{where}, where t must be"
    assert flagged("between_doubles", TRUE, low <= t, t <= high) == [told]


@pytest.mark.parametrize(
    "given",
    [
        [t >= 1, t <= 1 + dv.exp(-50)],
        [t >= 0, t <= dv.exp(-50 * R)],
        [t >= 1 + dv.exp(-2 * R), t <= 2],
        [t >= 1 + dv.exp(-50)],
        [t >= 1 + dv.exp(-50), dv.norm(x) <= 1 + 2 * dv.exp(-50)],
    ],
    ids=["at its end", "zero", "wide", "one end", "of two expressions"],
)
def test_an_interval_with_a_double(given: list[Any]) -> None:
    assert flagged("between_doubles", TRUE, *given) == []
