"""Remainders have the slope that their order says, and exact models are recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flint import arb

from derive.estimate.remainder import remainder
from derive.evaluate.balls import Balls

ONE, ZERO = arb(1), arb(0)

EXPANSIONS: dict[str, tuple[Callable[[Any], list[Any]], Sequence[Sequence[Any]], float]] = {
    "right gradient": (lambda t: [t.exp()], [[ONE], [ONE]], 2),
    "wrong gradient": (lambda t: [t.exp()], [[ONE], [arb(1.01)]], 1),
    "wrong value": (lambda t: [t.exp()], [[arb(2)], [ONE]], 0),
    "right Hessian": (lambda t: [t.exp()], [[ONE], [ONE], [ONE]], 3),
    "wrong Hessian": (lambda t: [t.exp()], [[ONE], [ONE], [arb(2)]], 2),
    "next derivative vanishes": (lambda t: [t.sin()], [[ZERO], [ONE]], 3),
    "the worst output counts": (lambda t: [t.sin(), t.exp()], [[ZERO, ONE], [ONE, ONE]], 2),
}


@pytest.mark.parametrize(("values", "coefficients", "slope"), EXPANSIONS.values(), ids=EXPANSIONS.keys())
def test_slope(values: Callable[[Any], list[Any]], coefficients: Sequence[Sequence[Any]], slope: float) -> None:
    with Balls(192).context():
        found = remainder(values, coefficients)
    assert found.slope == pytest.approx(slope, abs=0.01)
    assert found.order == len(coefficients) - 1
    assert len(found.steps) == len(found.sizes)
    assert list(found.steps) == sorted(found.steps, reverse=True)


def test_an_exact_model_leaves_nothing() -> None:
    with Balls(192).context():
        found = remainder(lambda t: [3 + t / 3 + t * t], [[arb(3)], [arb(1) / 3], [arb(2)]])
    assert found.slope is None
    assert set(found.sizes) == {0.0}
