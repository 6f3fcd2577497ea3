"""Code is watched until it has shown that it does not branch, and always where it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.generic.matrices import Matrices
from derive.evaluate.system import array_of
from derive.testing import check_gradient
from derive.testing.code import Code
from derive.testing.runs import Runs

SYSTEM = Balls(128)
WEIGHTS = np.random.default_rng(0).standard_normal((4, 3))
POINT = np.array([0.5, -1.25, 2.0])


def smooth(x: Any) -> Any:
    return np.exp(WEIGHTS @ x).sum()


def hinge(x: Any) -> Any:
    return np.maximum(WEIGHTS @ x, 0).sum()


def balls(point: np.ndarray) -> np.ndarray:
    return array_of([arb(float(x)) for x in point], point.shape, object)


def runs(function: Callable[[Any], Any]) -> Runs:
    return Runs(Code(function), SYSTEM, Matrices())


@pytest.mark.parametrize(("function", "straight"), [(smooth, True), (hinge, False)])
def test_the_first_run_shows_whether_the_code_is_straight(function: Callable[[Any], Any], straight: bool) -> None:
    with SYSTEM.context():
        found = runs(function)
        values = [found(balls(POINT)), found(balls(POINT))]
    assert found.straight is straight
    assert values[0].item().overlaps(values[1].item())


def test_ties_of_code_that_branches_are_noticed_in_every_run() -> None:
    with SYSTEM.context():
        found = runs(hinge)
        found(balls(POINT))
        found(balls(np.zeros(3)))
    assert "np.maximum" in found.ties[0].source


def test_where_a_straight_run_fails_the_code_is_watched_again() -> None:
    """The square root of a ball around zero is taken of what is not negative."""

    def root(x: Any) -> Any:
        return np.sqrt(x).sum()

    with SYSTEM.context():
        found = runs(root)
        found(balls(np.array([1.0])))
        value = found(array_of([arb(0, 1e-3)], (1,), object))
    assert not found.straight
    assert value.item().is_finite()


def test_a_first_value_of_other_constants_is_watched_where_they_are_scattered() -> None:
    with SYSTEM.context():
        found = runs(lambda x: 0.3 * x[0])
        found(balls(POINT))
        assert found.straight
        assert not found.standing_for(lambda constant: arb(constant)).straight  # type: ignore[arg-type]


@pytest.mark.parametrize("slope", [1.0, 0.0])
def test_code_that_asks_what_its_numbers_have_is_right_or_wrong_for_what_it_computes(slope: float) -> None:
    """With bare balls it would go on with floats, and look constant."""

    def loss(x: Any) -> Any:
        return x[0].item() if hasattr(x[0], "item") else float(x[0])

    finding = check_gradient(loss, lambda x: np.array([slope, 0.0]), np.array([0.5, 1.0]))
    assert finding.verdict == ("agrees" if slope else "differs")
