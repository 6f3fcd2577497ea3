"""The standard error of the regression is honest: no right derivative is called wrong, and planted errors fall."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from derive.estimate.directions import direction, generator
from derive.estimate.disagreement import QUANTILE, directional_error
from derive.estimate.line import Floats, FunctionLine
from derive.estimate.regression import taylor
from tests.estimate.functions import FAMILIES, Case, Family

INSTANCES = 60
EXPECTED = {"near_a_pole": 0.6, "cancellation": 0.8, "entropy": 0.8}
"""The part of the instances at which anything can be told, where that is not nearly all."""


def cases(family: Family) -> list[Case]:
    rng = generator(0, family.__name__)
    drawn = [family(rng) for _ in range(INSTANCES)]
    return [Case(function, x, direction(rng, x, proportional=k % 2 == 0)) for k, (function, x) in enumerate(drawn)]


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES.keys())
def test_slope_lies_within_its_standard_error(family: Family) -> None:
    """Half the quantile at most, over all instances; and hardly any instance is given up."""
    ratios = []
    for case in cases(family):
        slope = taylor(case.line).slope
        truth, _ = case.derivatives()
        if np.isfinite(slope.error[0]) and truth.is_finite():
            error = slope.error[0] + np.finfo(float).eps * abs(float(truth))
            ratios.append(abs(float(slope.value[0] - truth)) / (error or 1.0))
    assert len(ratios) > EXPECTED.get(family.__name__, 0.9) * INSTANCES
    assert max(ratios) < QUANTILE / 2


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES.keys())
def test_second_derivative_lies_within_its_standard_error(family: Family) -> None:
    ratios = []
    for case in cases(family):
        curvature = taylor(case.line, order=2).curvature
        _, truth = case.derivatives()
        if np.isfinite(curvature.error[0]) and truth.is_finite():
            error = curvature.error[0] + np.finfo(float).eps * abs(float(truth))
            ratios.append(abs(float(curvature.value[0] - truth)) / (error or 1.0))
    assert max(ratios) < QUANTILE


def softmax(z: Floats) -> Floats:
    grown = np.exp(z - z.max())
    return grown / grown.sum()


class Softmax:
    """``|softmax(Ax) - b|^2 / 2 + constant`` at a random instance, and its gradient."""

    def __init__(self, seed: int, scale: float = 1.0, constant: float = 0.0) -> None:
        rng = np.random.default_rng(seed)
        self.a, self.b = rng.standard_normal((8, 5)) * scale, rng.standard_normal(8)
        self.x, self.constant = rng.standard_normal(5), constant
        self.v = direction(rng, self.x, proportional=False)

    def value(self, x: Floats) -> Floats:
        return np.asarray(np.sum((softmax(self.a @ x) - self.b) ** 2) / 2 + self.constant)

    @property
    def terms(self) -> tuple[Floats, Floats]:
        f = softmax(self.a @ self.x)
        c = f - self.b
        return self.a.T @ (f * c), self.a.T @ (f * (f @ c))

    @property
    def gradient(self) -> Floats:
        first, second = self.terms
        return first - second

    def wrong(self, claimed: Floats) -> bool:
        """Whether the claimed gradient is found wrong along one direction."""
        slope = taylor(FunctionLine(self.value, self.x, self.v)).slope
        sizes = np.array([np.sum(np.abs(claimed * self.v))])
        return bool(directional_error(slope, np.array([claimed @ self.v]), sizes).significant.any())


WHERE: dict[str, tuple[float, float]] = {
    "plain": (1.0, 0.0),
    "tiny scale": (0.05, 0.0),
    "saturated": (8.0, 0.0),
    "next to 1e4": (1.0, 1e4),
    "next to 1e8": (1.0, 1e8),
}


def entry_off(relative: float) -> Callable[[Softmax], Floats]:
    return lambda at: at.gradient * (1 + relative * (np.arange(5) == np.argmax(np.abs(at.gradient))))


PLANTED: dict[str, Callable[[Softmax], Floats]] = {
    "twice": lambda at: 2 * at.gradient,
    "sign": lambda at: -at.gradient,
    "second term off by 1e-2": lambda at: at.terms[0] - 1.01 * at.terms[1],
    "one entry off by 1e-2": entry_off(1e-2),
    "one entry off by 1e-3": entry_off(1e-3),
    "one entry off by 1e-4": entry_off(1e-4),
    "one entry off by 1e-6": entry_off(1e-6),
}


@pytest.mark.parametrize("where", WHERE.values(), ids=WHERE.keys())
def test_a_right_gradient_stands(where: tuple[float, float]) -> None:
    instances = [Softmax(seed, *where) for seed in range(40)]
    assert not any(at.wrong(at.gradient) for at in instances)


@pytest.mark.parametrize("place", ["plain", "tiny scale"])
@pytest.mark.parametrize("error", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_error_is_found_along_one_direction(error: Callable[[Softmax], Floats], place: str) -> None:
    instances = [Softmax(seed, *WHERE[place]) for seed in range(40)]
    assert all(at.wrong(error(at)) for at in instances)


@pytest.mark.parametrize("error", ["twice", "sign", "one entry off by 1e-2", "one entry off by 1e-3"])
def test_a_planted_error_is_found_next_to_a_large_constant(error: str) -> None:
    instances = [Softmax(seed, *WHERE["next to 1e4"]) for seed in range(40)]
    assert all(at.wrong(PLANTED[error](at)) for at in instances)


def test_factor_two_of_a_saturated_softmax_is_found_where_doubles_hold_its_gradient() -> None:
    instances = [Softmax(seed, *WHERE["saturated"]) for seed in range(40)]
    held = [at for at in instances if np.max(np.abs(at.gradient)) > 1e-13]
    assert len(held) >= 35
    assert all(at.wrong(2 * at.gradient) for at in held)


KINKED: dict[str, Callable[[Floats], Floats]] = {
    "relu": lambda x: np.sum(np.maximum(x, 0)),
    "abs": lambda x: np.sum(np.abs(x)),
    "maximum of ties": lambda x: np.max(x),
    "relu on a slope": lambda x: np.sum(np.maximum(x, 0) + np.sin(x)),
}


@pytest.mark.parametrize("distance", [0.0, 1e-12, 1e-10])
@pytest.mark.parametrize("function", KINKED.values(), ids=KINKED.keys())
def test_a_kink_gives_no_verdict(function: Callable[[Floats], Floats], distance: float) -> None:
    """At a kink, and so near that no step stays on one side, whatever is claimed stands."""
    for seed in range(20):
        rng = generator(seed, "kinks")
        v = direction(rng, np.ones(2))
        slope = taylor(FunctionLine(lambda y: function(y - 1), np.ones(2) + distance, v)).slope
        claims = [np.array([g @ v]) for g in (np.zeros(2), np.ones(2), np.array([1.0, 0.0]), -np.ones(2))]
        assert not any(directional_error(slope, claimed).significant.any() for claimed in claims)


@pytest.mark.parametrize("function", KINKED.values(), ids=KINKED.keys())
def test_a_kink_is_seen(function: Callable[[Floats], Floats]) -> None:
    v = np.array([1.0, 0.5])
    assert taylor(FunctionLine(function, np.zeros(2), v)).slope.kink.all()


@pytest.mark.parametrize("distance", [1e-2, 1e-4, 1e-6])
def test_beside_a_kink_the_slope_of_that_side_is_found(distance: float) -> None:
    slope = taylor(FunctionLine(lambda x: np.abs(x - 1), np.array(1 + distance), np.array(1.0))).slope
    assert not slope.kink.any()
    assert slope.value[0] == pytest.approx(1, abs=1e-6)
    assert slope.error[0] < 1e-5


def test_outputs_are_judged_one_by_one() -> None:
    """A smooth output is resolved beside a kinked, an undefined, a constant and a huge one."""

    def function(x: Floats) -> Floats:
        return np.array([np.sin(x[0]), np.abs(x[0] - 1), np.sqrt(-1 - x[0]), 3.0, 1e20 * np.exp(x[0])])

    slope = taylor(FunctionLine(function, np.ones(1), np.ones(1))).slope
    assert slope.value[0] == pytest.approx(np.cos(1), abs=1e-11)
    assert slope.kink.tolist() == [False, True, False, False, False]
    assert slope.coarse.tolist() == [False, False, True, False, False]
    assert slope.value[3] == 0
    assert slope.value[4] == pytest.approx(1e20 * np.e, rel=1e-11)


@pytest.mark.parametrize("scale", [1e-280, 1e-160, 1e160, 1e280])
def test_the_error_bar_scales_with_the_function(scale: float) -> None:
    """Squares of the values would under- or overflow; the noise must not be lost with them."""
    slope = taylor(FunctionLine(lambda x: scale * np.exp(x), np.array(2.0), np.array(2.0))).slope
    assert slope.value[0] / scale == pytest.approx(2 * np.exp(2), rel=1e-11)
    assert 1e-15 < slope.error[0] / abs(slope.value[0]) < 1e-10


def test_a_change_that_doubles_cannot_hold_is_no_derivative_of_zero() -> None:
    """``log(1 + exp(-x))`` is exactly 0 at 50; its true derivative of 1e-20 is not refuted, one of 1e-3 is."""
    slope = taylor(FunctionLine(lambda x: np.log(1 + np.exp(-x)), np.array(500.0), np.array(100.0))).slope
    assert slope.value[0] == 0
    assert not directional_error(slope, np.array([-100 * np.exp(-500.0)])).significant.any()
    assert directional_error(slope, np.array([1e-3])).significant.all()


def test_a_gradient_below_the_last_digit_is_not_refuted() -> None:
    slope = taylor(FunctionLine(lambda x: np.log(1 + np.exp(-x)), np.array(46.0), np.array(46.0))).slope
    assert not directional_error(slope, np.array([-46 * np.exp(-46.0)])).significant.any()


def test_the_same_values_give_the_same_estimate() -> None:
    at = Softmax(3)
    first, second = (taylor(FunctionLine(at.value, at.x, at.v)) for _ in range(2))
    assert first.slope.value[0] == second.slope.value[0]
    assert first.evaluations == second.evaluations < 80
