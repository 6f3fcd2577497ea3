"""Directions follow from what is claimed: no error is built into the directions that nobody looks in."""

from __future__ import annotations

import numpy as np
import pytest

from derive.estimate.line import Floats
from derive.testing import check_gradient
from derive.testing.claimed import Claimed
from derive.testing.code import Code
from derive.testing.question import Question

POINT = np.array([0.5, -1.25, 2.0, 0.75, -0.375])


def loss(x: Floats) -> Floats:
    return np.sum(np.exp(x)) + x @ x / 2


def gradient(x: Floats) -> Floats:
    return np.exp(x) + x


def question(claimed: Floats) -> Question:
    subject = "the gradient of loss"
    return Question(Code(loss, (), POINT), Claimed(claimed, POINT.shape, subject), POINT, subject, seed=0)


def direction(claimed: Floats) -> Floats:
    """The direction in which a claim is tried."""
    magnitudes = np.abs(claimed).reshape(1, -1)
    return question(claimed).direction(question(claimed).generator(magnitudes), magnitudes)


def test_the_same_claim_is_tried_in_the_same_direction() -> None:
    assert np.array_equal(direction(gradient(POINT)), direction(gradient(POINT)))


def test_another_claim_is_tried_in_another_direction() -> None:
    assert not np.array_equal(direction(gradient(POINT)), direction(gradient(POINT) * np.array([1, 1, 1, 1, 1 + 1e-9])))


@pytest.mark.parametrize("seed", range(5))
def test_an_error_orthogonal_to_the_direction_of_the_right_claim_is_seen(seed: int) -> None:
    right = gradient(POINT)
    along = direction(right)
    error = np.random.default_rng(seed).standard_normal(POINT.size)
    error -= (error @ along) / (along @ along) * along
    error *= 8 * np.linalg.norm(right) / np.linalg.norm(error)
    assert check_gradient(loss, lambda x: gradient(x) + error, POINT).verdict == "differs"
    assert check_gradient(loss, right + error, POINT).verdict == "differs"
