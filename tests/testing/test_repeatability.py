"""Code that gives other values each time is told as such, before anything is made of the values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from derive.testing import Undecided, assert_gradient, check_gradient, check_hessian, check_hvp

POINT = np.array([0.5, 1.0, -2.0])


def loss(x: Any) -> Any:
    return x @ x / 2


def gradient(x: Any) -> Any:
    return x


def noisy(code: Callable[..., Any], size: float) -> Callable[..., Any]:
    rng = np.random.default_rng(0)

    def noisy_code(*arguments: Any) -> Any:
        return code(*arguments) + size * rng.standard_normal()

    return noisy_code


@pytest.mark.parametrize("size", [1e-9, 1.0])
def test_a_random_function(size: float) -> None:
    with pytest.raises(Undecided, match="noisy_code gives different values at the same point: fix its seed"):
        assert_gradient(noisy(loss, size), gradient, POINT)


@pytest.mark.parametrize("size", [1e-9, 1.0])
def test_a_random_gradient(size: float) -> None:
    with pytest.raises(Undecided, match="noisy_code gives different values at the same point: fix its seed"):
        assert_gradient(loss, noisy(gradient, size), POINT)


def test_a_random_gradient_without_a_name() -> None:
    code = noisy(gradient, 1.0)
    assert "the claimed derivative gives different" in check_gradient(loss, lambda x: code(x), POINT).reason


def test_randomness_is_seen_before_asymmetry() -> None:
    rng = np.random.default_rng(0)
    hessian = check_hessian(loss, lambda x: np.eye(3) + rng.standard_normal((3, 3)), POINT)
    product = check_hvp(loss, lambda x, v: v + rng.standard_normal(3), POINT)
    assert [f.verdict for f in (hessian, product)] == ["undecided", "undecided"]
    assert all("different values" in finding.reason for finding in (hessian, product))


def test_code_that_draws_from_a_seed_of_its_own_is_not_random() -> None:
    def weighted(x: Any) -> Any:
        return np.random.default_rng(0).standard_normal(3) @ x

    assert_gradient(weighted, np.random.default_rng(0).standard_normal(3), POINT)


def test_values_that_are_no_numbers_are_the_same_both_times() -> None:
    finding = check_gradient(lambda x: float(np.log(x[2])), lambda x: x * np.nan, POINT)
    assert "outside the domain" in finding.reason
