"""No wrong derivative passes, and no right one falls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from derive.testing import (
    Undecided,
    assert_gradient,
    assert_hessian,
    assert_hvp,
    assert_jacobian,
    check_gradient,
    check_hessian,
    check_hvp,
    check_jacobian,
)
from tests.testing.models import PLANTED, Regression, with_error

COLUMNS: dict[str, dict[str, float]] = {
    "plain": {},
    "A small": {"scale": 0.05},
    "A large: saturated": {"scale": 8.0},
    "beside 1e4": {"constant": 1e4},
    "x tiny": {"x": 1e-9},
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_a_right_gradient_agrees(column: dict[str, float], seed: int) -> None:
    model = Regression.drawn(seed, **column)
    assert check_gradient(model.loss, model.gradient, model.x).verdict == "agrees"


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_a_wrong_gradient_differs(column: dict[str, float], plant: Callable[[Regression], Any]) -> None:
    model = Regression.drawn(1, **column)
    assert check_gradient(model.loss, plant(model), model.x).verdict == "differs"


def test_a_wrong_entry_does_not_hide_behind_a_large_one() -> None:
    """An entry that is 1e-12 of the largest is compared by itself."""
    weights = np.array([1.0, 1e-12])

    def loss(x: Any) -> Any:
        return weights @ np.exp(x)

    def gradient(x: Any) -> Any:
        return weights * np.exp(x)

    x = np.array([0.3, -0.2])
    assert_gradient(loss, gradient, x)
    assert check_gradient(loss, with_error(gradient, 1e-3), x).verdict == "differs"


def test_an_error_beside_the_directions_of_others_is_seen() -> None:
    """Directions are not the same for all functions: 8 |g| orthogonal to those of a constant seed is found."""
    model = Regression.drawn(4)
    fixed = np.random.RandomState(0).randn(*model.x.shape)
    g = model.gradient(model.x)
    beside = np.random.default_rng(5).standard_normal(model.x.shape)
    beside -= fixed * (beside @ fixed) / (fixed @ fixed)
    beside *= 8 * np.linalg.norm(g) / np.linalg.norm(beside)
    for seed in range(3):
        finding = check_gradient(model.loss, lambda x: model.gradient(x) + beside, model.x, seed=seed)
        assert finding.verdict == "differs"


def test_directions_differ_from_seed_to_seed_and_follow_from_it() -> None:
    model = Regression.drawn(4)
    found = [check_gradient(model.loss, model.gradient, model.x, seed=seed).resolution for seed in (0, 0, 1)]
    assert found[0] == found[1] != found[2]


def test_half_a_percent_is_wrong_at_a_thousand_outputs_too() -> None:
    A = np.random.default_rng(0).standard_normal((1000, 2))

    def outputs(x: Any) -> Any:
        return np.tanh(A @ x)

    def jacobian(x: Any) -> Any:
        return (1 - np.tanh(A @ x) ** 2)[:, None] * A

    x = np.array([0.4, -0.7])
    assert_jacobian(outputs, jacobian, x)
    assert check_jacobian(outputs, lambda x: 1.005 * jacobian(x), x).verdict == "differs"


def test_a_wrong_sign_is_wrong_at_any_scale() -> None:
    """An absolute tolerance accepts this."""
    with pytest.raises(AssertionError, match="is wrong"):
        assert_gradient(lambda x: 1e-9 * x**2, lambda x: -2e-9 * x, 1.7)


def test_constants_that_were_rounded_apart_do_not_differ() -> None:
    """3 times the double nearest to 1/3 is not 1; the derivative is right all the same."""
    assert_gradient(lambda x: (1 / 3) * x**3, lambda x: x**2, 1.7)
    assert check_gradient(lambda x: (1 / 3) * x**3, lambda x: (1 + 1e-14) * x**2, 1.7).verdict == "differs"


def test_the_gradient_may_be_an_array() -> None:
    model = Regression.drawn(2)
    gradient = model.gradient(model.x)
    assert_gradient(model.loss, gradient, model.x)
    assert check_gradient(model.loss, gradient * (1 + 1e-9), model.x).verdict == "differs"


def test_further_arguments_are_passed_on() -> None:
    A = np.random.default_rng(0).standard_normal((3, 3))
    assert_gradient(lambda x, A, c: x @ A @ x + c, lambda x, A, c: (A + A.T) @ x, np.ones(3), A, 2.0)


def test_points_may_be_matrices_and_numbers() -> None:
    X = np.random.default_rng(1).standard_normal((3, 2))
    assert_gradient(lambda X: np.sum(np.sin(X) @ X.T), lambda X: np.cos(X) * X.sum(0) + np.sin(X).sum(0), X)
    assert_gradient(np.sin, np.cos, 0.3)


def relu_loss(x: Any) -> Any:
    return np.sum(np.maximum(x, 0) ** 1)


def relu_gradient(x: Any) -> Any:
    return (x > 0) * 1.0


KINK = np.array([0.0, 1.0, -2.0])


def test_at_a_kink_the_claim_is_tried_beside_it_and_the_kink_is_named() -> None:
    finding = assert_gradient(relu_loss, relu_gradient, KINK)
    assert "np.maximum(x, 0)" in str(finding.kink)
    assert "beside the kink" in finding.reason


def test_at_a_kink_a_claim_that_is_wrong_in_one_region_is_wrong() -> None:
    def wrong(x: Any) -> Any:
        return np.where(x > 0, 1.0, 0.1)

    assert check_gradient(relu_loss, wrong, KINK).verdict == "differs"


def test_at_a_kink_an_array_says_nothing_of_the_regions() -> None:
    with pytest.raises(Undecided, match=r"np.maximum\(x, 0\)"):
        assert_gradient(relu_loss, relu_gradient(KINK), KINK)


@pytest.mark.parametrize("distance", [1e-9, -1e-9, 1e-25])
def test_next_to_a_kink_there_is_none(distance: float) -> None:
    point = np.array([distance, 1.0, -2.0])
    finding = assert_gradient(relu_loss, relu_gradient, point)
    assert finding.kink is None
    assert check_gradient(relu_loss, lambda x: 1 - relu_gradient(x), point).verdict == "differs"


def test_the_maximum_that_a_softmax_subtracts_is_no_kink() -> None:
    """Two entries are equal there, and nothing bends."""

    def value(x: Any) -> Any:
        z = x - x.max()
        return np.log(np.exp(z).sum()) + x.max()

    def softmax(x: Any) -> Any:
        u = np.exp(x - x.max())
        return u / u.sum()

    assert assert_gradient(value, softmax, np.array([1.0, 1.0, -0.5])).kink is None


def test_outside_the_domain_nothing_is_said() -> None:
    with pytest.raises(Undecided, match=r"outside the domain of log: .*np.log\(x\)"):
        assert_gradient(lambda x: np.log(x).sum(), lambda x: 1 / x, np.array([1.0, -2.0]))


def test_a_gradient_that_overflows_in_floats_is_wrong() -> None:
    """As a formula it is right; its user gets a NaN."""

    def gradient(x: Any) -> Any:
        return np.exp(2 * x) / np.exp(x)

    with pytest.raises(AssertionError, match="not finite in floats"):
        assert_gradient(lambda x: np.sum(np.exp(x)), gradient, np.array([600.0, 0.5]))


def test_a_degenerate_point_is_noted() -> None:
    finding = assert_gradient(lambda x: x @ x, lambda x: 2 * x, np.ones(3))
    assert any("equal" in note for note in finding.notes)


def test_the_message_is_a_diagnosis() -> None:
    model = Regression.drawn(0)
    with pytest.raises(AssertionError) as caught:
        assert_gradient(model.loss, lambda x: 2 * model.gradient(x), model.x, seed=3)
    message = str(caught.value)
    for part in ("a global factor 2", "cosine 1, norm ratio 2", "claimed", "reference", "seed 3", "(5,)", "67 digits"):
        assert part in message


@pytest.mark.parametrize("with_gradient", [False, True])
def test_a_right_hessian_agrees_and_a_wrong_one_differs(with_gradient: bool) -> None:
    model = Regression.drawn(0)
    options = {"gradient": model.gradient} if with_gradient else {}
    assert_hessian(model.loss, model.hessian, model.x, **options)
    finding = check_hessian(model.loss, lambda x: model.hessian(x) * (1 + 1e-6), model.x, **options)
    assert finding.verdict == "differs"
    assert finding.diagnosis is not None
    assert finding.diagnosis.wrong == 25


def test_a_hessian_that_is_not_symmetric_is_told_so() -> None:
    model = Regression.drawn(0)
    twist = np.triu(np.ones((5, 5)), 1)
    with pytest.raises(AssertionError, match="not symmetric"):
        assert_hessian(model.loss, lambda x: model.hessian(x) + twist - twist.T, model.x)


def test_a_wrong_gradient_comes_before_the_hessian() -> None:
    model = Regression.drawn(0)
    with pytest.raises(AssertionError, match="the gradient"):
        assert_hessian(model.loss, model.hessian, model.x, gradient=lambda x: 2 * model.gradient(x))


def test_hessian_vector_products_are_compared_like_hessians() -> None:
    model = Regression.drawn(0)
    assert_hvp(model.loss, lambda x, v: model.hessian(x) @ v, model.x)
    assert_hvp(model.loss, lambda x, v: model.hessian(x) @ v, model.x, gradient=model.gradient)
    assert check_hvp(model.loss, lambda x, v: model.hessian(x) @ v * 1.001, model.x).verdict == "differs"
    with pytest.raises(AssertionError, match="not linear"):
        assert_hvp(model.loss, lambda x, v: model.hessian(x) @ v * (1 + v @ v), model.x)


@pytest.mark.parametrize("claimed", [np.ones(4), np.ones((2, 5)), lambda x: 1.0], ids=["4", "2 x 5", "a number"])
def test_shapes_that_do_not_go_together_are_refused(claimed: Any) -> None:
    model = Regression.drawn(0)
    with pytest.raises(ValueError, match=r"the gradient.*(entries|shape)"):
        check_gradient(model.loss, claimed, model.x)


def test_a_point_must_be_finite() -> None:
    with pytest.raises(ValueError, match="not finite"):
        check_gradient(np.sum, np.ones_like, np.array([np.nan]))


def test_what_the_function_raises_is_the_users_to_see() -> None:
    def broken(x: Any) -> Any:
        raise KeyError("weights")

    with pytest.raises(KeyError, match="weights"):
        check_gradient(broken, np.ones_like, np.ones(2))
