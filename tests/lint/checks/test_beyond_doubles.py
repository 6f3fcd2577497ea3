"""Constants that no double holds are named with their power of ten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

d = dv.dim("d")
x = dv.vector("x", d)
R = dv.scalar("R", positive=True)


def power_of_ten(exponent: int) -> str:
    """Of ``exp(exponent)``."""
    return f"10**{round(Decimal(exponent).exp().log10())}"


def test_a_constant_that_overflows() -> None:
    [told] = flagged("beyond_doubles", dv.norm(x) <= dv.exp(20 * R**2), dv.norm(x) <= R)
    small, large = power_of_ten(20 * 4**2), power_of_ten(20 * 10**2)
    assert told == f"exp(20*R**2) is {small} at R = 4 and {large} at R = 10, where no double is as large"


def test_a_hypothesis_that_only_zero_satisfies_in_doubles() -> None:
    [told] = flagged("beyond_doubles", dv.norm(x) <= 1, dv.norm(x) <= dv.exp(-20 * R**2))
    small, large = power_of_ten(-20 * 4**2), power_of_ten(-20 * 10**2)
    assert told == f"exp(-20*R**2) is {small} at R = 4 and {large} at R = 10, where no double is as small"


@pytest.mark.parametrize(
    ("constant", "given"),
    [
        (dv.exp(2 * R**2), [dv.norm(x) <= R]),
        (dv.exp(20 * R**2), [dv.norm(x) <= R, R <= 2]),
        (dv.exp(20 * dv.norm(x) ** 2), []),
        (dv.expectation(dv.exp(20 * R**2 * dv.gaussian("g"))), []),
        (2 * R, [dv.norm(x) <= R]),
    ],
    ids=["within the range", "within, by a hypothesis", "no constant", "a mean", "small"],
)
def test_a_constant_within_the_range_of_doubles(constant: Any, given: list[Any]) -> None:
    assert flagged("beyond_doubles", dv.norm(x) <= constant, *given) == []
