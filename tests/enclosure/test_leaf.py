"""Leaves in balls: what holds on the whole box and nothing else, with or without the mean value form."""

from __future__ import annotations

import numpy as np
import pytest

from derive.enclosure.leaf import Leaves
from tests.enclosure.claims import problems

WHOLE = ((0.0, 1.0),)
LEFT = ((0.0, 0.125),)


@pytest.mark.parametrize("mean_value", [False, True])
@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("t**3 <= 1.1", True),
        ("t**3 <= 0.9", False),
        ("exp(t) <= 3", True),
        ("exp(t) <= 2.7", False),
        ("t + t**3 < 2", False),
        ("1/t >= 1/2", False),
        ("log(t) <= 1", False),
    ],
)
def test_a_leaf_holds_only_where_the_inequality_does(statement: str, holds: bool, mean_value: bool) -> None:
    [problem] = problems(statement, "t >= 0", "t <= 1")
    box = LEFT if holds else WHOLE
    assert Leaves(problem).hold(box, mean_value, None) is holds


def test_the_mean_value_form_is_narrower_where_a_variable_occurs_twice() -> None:
    [problem] = problems("t - t**2 <= 0.3", "t >= 0.4", "t <= 0.6")
    leaf = Leaves(problem)
    assert [leaf.hold(WHOLE, mean_value, None) for mean_value in (False, True)] == [False, True]


@pytest.mark.parametrize("function", ["sign(t)", "heaviside(t)", "grad(abs(t), t)", "grad(relu(t), t)"])
def test_nothing_rests_on_derivatives_across_a_jump(function: str) -> None:
    """The slopes are zero on both sides, so that the mean value form would see a constant."""
    [problem] = problems(f"{function} <= 2", "abs(t) <= 1")
    assert not Leaves(problem).hold(WHOLE, True, None)


@pytest.mark.parametrize("function", ["abs(t)", "relu(t)"])
def test_a_kink_of_something_continuous_is_no_jump(function: str) -> None:
    [problem] = problems(f"{function} - t**4 <= 6", "abs(t) <= 1")
    assert Leaves(problem).hold(WHOLE, True, None)


def test_a_matrix_is_definite_after_congruence_with_any_matrix() -> None:
    [problem] = problems("array([[2, 0], [0, 1]])*t**2 << array([[3, 1], [1, 3]])", "t >= 0", "t <= 1")
    leaf = Leaves(problem)
    for vectors in (np.eye(2), np.array([[1.0, 1.0], [1.0, -1.0]])):
        assert leaf.hold(LEFT, True, vectors)
        assert leaf.hold(LEFT, False, vectors)
    assert not leaf.hold(LEFT, True, np.zeros((2, 2)))


def test_a_box_is_outside_where_a_hypothesis_fails_on_all_of_it() -> None:
    [problem] = problems("s*t <= 1", "abs(t) <= 1", "abs(s) <= 1", "s + t <= 0")
    leaf = Leaves(problem)
    corner = ((0.75, 1.0), (0.75, 1.0))
    middle = ((0.25, 0.75),) * 2
    assert leaf.outside(corner)
    assert not leaf.outside(middle)
