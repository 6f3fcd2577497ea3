"""Sizes that nobody can run are named, with the most favourable place."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, m = dv.dims("n m")
x = dv.vector("x", n)
delta = dv.scalar("delta", positive=True)


def test_a_width_that_nobody_can_run() -> None:
    [told] = flagged("large_regime", dv.norm(x) >= 0, m >= 3 * 10**12 * n**2)
    assert told.startswith("needs m >= 3.0e12 at n = 1")


def test_a_parameter_may_not_be_chosen_out_of_it() -> None:
    [told] = flagged("large_regime", dv.norm(x) >= 0, m >= 10**11 / delta, delta < 1)
    assert told.startswith("needs m >= 1.0e11")


@pytest.mark.parametrize(
    "given",
    [[m >= 10**8], [m >= 10**12 / delta], [m <= 10**12], [dv.norm(x) <= 10**12]],
    ids=["can be run", "a free parameter", "from above", "no size"],
)
def test_what_can_be_run_is_not_flagged(given: list[Any]) -> None:
    assert flagged("large_regime", dv.norm(x) >= 0, *given) == []
