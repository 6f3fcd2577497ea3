"""Code that runs on floats alone is checked against a regression of its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from derive.testing import Undecided, assert_gradient, check_gradient, check_hessian, check_jacobian
from tests.testing.models import PLANTED, Regression, with_error


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("constant", [0.0, 1e4])
def test_a_right_gradient_agrees(seed: int, constant: float) -> None:
    model = Regression.drawn(seed, constant=constant)
    finding = check_gradient(model.float_loss, model.float_gradient, model.x)
    assert finding.verdict == "agrees"
    assert finding.method.startswith("Taylor regression")


@pytest.mark.parametrize("name", [name for name in PLANTED if "1e-9" not in name])
@pytest.mark.parametrize("constant", [0.0, 1e4])
def test_a_wrong_gradient_differs(name: str, constant: float) -> None:
    model = Regression.drawn(1, constant=constant)
    assert check_gradient(model.float_loss, PLANTED[name](model), model.x).verdict == "differs"


def test_floats_on_either_side_alone() -> None:
    model = Regression.drawn(2)
    for loss, gradient in ((model.float_loss, model.gradient), (model.loss, model.float_gradient)):
        assert check_gradient(loss, gradient, model.x).verdict == "agrees"
        assert check_gradient(loss, with_error(gradient, 1e-6), model.x).verdict == "differs"


def test_a_kink_is_seen_and_the_regions_are_tried() -> None:
    def loss(x: Any) -> float:
        return float(np.sum(np.abs(np.asarray(x, dtype=float))))

    x = np.array([0.0, 1.0, -2.0])
    assert "beside the kink" in assert_gradient(loss, np.sign, x).reason
    assert check_gradient(loss, lambda x: 2 * np.sign(x), x).verdict == "differs"


POINT = np.array([0.5, 1.0, -2.0])


def floats(x: Any) -> Any:
    """The entries as floats: what runs on nothing else."""
    return np.asarray(x, dtype=float)


ZEROS: dict[str, tuple[Callable[[Any], float], Callable[[Any], Any]]] = {
    "a hinge": (lambda x: float(np.maximum(floats(x), 0).sum()), lambda x: (x > 0).astype(float)),
    "a median": (lambda x: float(np.median(floats(x))), lambda x: (x == np.median(x)).astype(float)),
    "one entry": (lambda x: float(x[0]) ** 2, lambda x: np.array([2 * x[0], 0, 0])),
    "a minimum": (lambda x: float(np.sum((floats(x) - POINT) ** 2)), lambda x: 2 * (x - POINT)),
    "a minimum in one entry": (lambda x: float(x[0] - 0.5) ** 2, lambda x: np.array([2 * x[0] - 1, 0, 0])),
}


@pytest.mark.parametrize("name", ZEROS)
def test_entries_of_zero_agree(name: str) -> None:
    loss, gradient = ZEROS[name]
    assert assert_gradient(loss, gradient, POINT).resolution < 1e-5


@pytest.mark.parametrize("name", ["a hinge", "a median"])
@pytest.mark.parametrize("x", [(0.19, -0.52, -41.3), (105.3, 1.78, -2.55), (-0.37, 994.0, 0.42)])
def test_a_slope_that_is_zero_nearby_only_agrees(name: str, x: tuple[float, ...]) -> None:
    """Farther away the function changes, which says nothing of the derivative."""
    loss, gradient = ZEROS[name]
    assert_gradient(loss, gradient, np.array(x))
    assert check_gradient(loss, lambda x: gradient(x) + 1e-3, np.array(x)).verdict == "differs"


@pytest.mark.parametrize("entry", range(3))
@pytest.mark.parametrize("error", [1e-3, -1e-6])
@pytest.mark.parametrize("name", ZEROS)
def test_another_number_in_place_of_zero_differs(name: str, error: float, entry: int) -> None:
    loss, gradient = ZEROS[name]
    wrong = np.eye(3)[entry] * error
    assert check_gradient(loss, lambda x: gradient(x) + wrong, POINT).verdict == "differs"


@pytest.mark.parametrize("entry", range(3))
def test_zero_in_place_of_another_number_differs(entry: int) -> None:
    left_out = 1 - np.eye(3)[entry]
    assert (
        check_gradient(lambda x: float(floats(x) @ floats(x)), lambda x: 2 * x * left_out, POINT).verdict == "differs"
    )


def test_outputs_and_curvatures_of_zero_agree() -> None:
    jacobian = check_jacobian(lambda x: np.maximum(floats(x), 0), lambda x: np.diag((x > 0).astype(float)), POINT)
    hessian = check_hessian(lambda x: float(floats(x).sum()), lambda x: np.zeros((3, 3)), POINT)
    assert (jacobian.verdict, hessian.verdict) == ("agrees", "agrees")


@pytest.mark.parametrize("slope", [0.0, 40 * np.exp(-40.0)])
def test_of_a_saturated_function_no_slope_is_told(slope: float) -> None:
    """Its values are 1 to the last bit: that the slope is zero cannot be told from that."""
    finding = check_gradient(lambda x: float(1 / (1 + np.exp(-40 * float(x[1])))), np.array([0, slope, 0]), POINT)
    assert finding.verdict == "undecided"


def test_values_that_are_too_coarse_leave_it_undecided() -> None:
    """Rounded to two decimals a function has no derivative that could be told."""

    def coarse(x: Any) -> float:
        return float(np.round(np.sum(np.asarray(x, dtype=float) ** 2), 2))

    with pytest.raises(Undecided):
        assert_gradient(coarse, lambda x: 2 * x, np.array([0.3, 0.4]))


@pytest.mark.parametrize("seed", range(5))
def test_code_that_loses_digits_inside_is_as_good_as_its_digits(seed: int) -> None:
    """Eight digits are left of this gradient: that is no error of the formula, but one of 1e-5 is."""
    x = np.random.default_rng(seed).uniform(0.5, 2, 4)
    assert_gradient(lambda v: float(np.asarray(v, float) @ v), lambda v: cancelling(v), x)
    with pytest.raises(AssertionError, match="differ"):
        assert_gradient(lambda v: float(np.asarray(v, float) @ v), lambda v: cancelling(v) * (1 + 1e-5), x)


def cancelling(v: Any) -> Any:
    return ((np.asarray(v, float) * 0.2 + 1e8) - 1e8) * 10


def test_jacobians_and_hessians_too() -> None:
    def outputs(x: Any) -> Any:
        return np.tanh(np.asarray(x, dtype=float)) * 2

    def jacobian(x: Any) -> Any:
        return np.diag(2 - 2 * np.tanh(x) ** 2)

    x = np.array([0.4, -0.7])
    assert check_jacobian(outputs, jacobian, x).verdict == "agrees"
    assert check_jacobian(outputs, lambda x: 1.0001 * jacobian(x), x).verdict == "differs"
    model = Regression.drawn(3)
    assert check_hessian(model.float_loss, model.hessian, model.x).verdict == "agrees"
    assert check_hessian(model.float_loss, lambda x: 1.0001 * model.hessian(x), model.x).verdict == "differs"


def test_torch_tensors_are_taken_and_given() -> None:
    torch = pytest.importorskip("torch")
    x = torch.tensor([0.3, -0.8], dtype=torch.float64)

    def loss(x: Any) -> Any:
        return torch.logsumexp(x, 0)

    def gradient(x: Any) -> Any:
        return torch.softmax(x, 0)

    assert check_gradient(loss, gradient, x).verdict == "agrees"
    assert check_gradient(loss, lambda x: 1.0001 * gradient(x), x).verdict == "differs"


def test_jax_arrays_are_taken_and_given() -> None:
    jax = pytest.importorskip("jax")
    x = jax.numpy.asarray([0.3, -0.8])
    assert check_gradient(jax.nn.logsumexp, jax.grad(jax.nn.logsumexp), x).verdict == "agrees"
    assert check_gradient(jax.nn.logsumexp, lambda x: 1.05 * jax.nn.softmax(x), x).verdict == "differs"
