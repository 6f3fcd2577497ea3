"""Where wrong entries lie: an error on one side of a kink is told by the sign that it goes with."""

from __future__ import annotations

import numpy as np
import pytest

from derive.diagnosis.diagnose import Diagnosis, diagnose_at
from derive.diagnosis.sides import sides

WORDS = "wrong only where x < 0"


def step_for_sign(*points: list[float]) -> Diagnosis:
    """What is said of ``heaviside(x)`` in the place of ``sign(x)``."""
    arrays = [np.array(point) for point in points]
    return diagnose_at([sides(np.heaviside(x, 0.5), np.sign(x), arrays={"x": x}) for x in arrays])


@pytest.mark.parametrize(
    "points",
    [([-1.0, 2.0, -3.0],), ([-1.0, 2.0, -3.0], [4.0, -5.0]), ([-1.0, -2.0, -3.0], [4.0, -5.0])],
    ids=["one point", "two points", "the first all negative"],
)
def test_the_sign_is_named(points: tuple[list[float], ...]) -> None:
    assert WORDS in step_for_sign(*points).words


def test_points_of_one_sign_alone_say_nothing_of_the_other() -> None:
    assert WORDS not in step_for_sign([-1.0, -2.0], [-3.0, -5.0, -7.0]).words


def test_where_a_positive_entry_is_wrong_too_the_sign_is_not_named() -> None:
    x = np.array([-1.0, 2.0, 3.0])
    assert WORDS not in diagnose_at([sides(np.array([0.0, 2.0, 1.0]), np.sign(x), arrays={"x": x})]).words
