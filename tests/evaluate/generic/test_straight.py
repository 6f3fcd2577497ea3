"""Code that does not branch gives the same balls when nobody watches; code that does is never run that way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.duals import Duals
from derive.evaluate.generic.arithmetic import Arithmetic
from derive.evaluate.generic.jet import Jet
from derive.evaluate.generic.matrices import Matrices
from derive.evaluate.generic.run import run
from derive.evaluate.generic.straight import run_straight
from derive.evaluate.system import array_of
from derive.testing.rounding import Blurred

POINT = np.array([0.5, -1.25, 2.0, 0.75, -0.5])
MATRIX = np.random.default_rng(0).standard_normal((4, 5))
SYSTEM = Balls(128)


def moved_in_place(x: Any) -> Any:
    y = x.copy()
    y += MATRIX[0]
    y *= x
    return y.sum()


def softmax_loss(x: Any) -> Any:
    u = np.exp(MATRIX @ x)
    f = u / u.sum()
    return 0.5 * (f - MATRIX[:, 0]) @ (f - MATRIX[:, 0]) + 1e4


STRAIGHT: dict[str, Callable[[Any], Any]] = {
    "softmax loss": softmax_loss,
    "products": lambda x: MATRIX.T @ (MATRIX @ x) + x @ (MATRIX.T @ MATRIX),
    "matrix from the right": lambda x: (x @ MATRIX.T) @ MATRIX,
    "products of matrices": lambda x: (MATRIX @ np.outer(x, x) @ MATRIX.T).sum(axis=0),
    "entries": lambda x: x[0] * x[1] - 0.3 * x[2] / x[3],
    "functions": lambda x: np.tanh(x) + np.sin(x) * np.cos(x) + np.sqrt(x**2 + 0.1) + np.log(x * x),
    "powers": lambda x: x**3 + (x * x) ** 1.5 + np.square(x) - 1 / x,
    "mean": lambda x: np.mean(x) + x.mean(),
    "rows": lambda x: (x[:, None] * MATRIX.T).sum(axis=0),
    "in place": moved_in_place,
    "plain objects": lambda x: np.exp(np.asarray(x)).sum(),
    "hyperbolic": lambda x: np.sinh(x) + np.cosh(x) + np.expm1(x) + np.log1p(x * x) + np.tan(x),
}
BRANCHING: dict[str, Callable[[Any], Any]] = {
    "maximum": lambda x: np.maximum(x, 0).sum(),
    "largest": lambda x: np.exp(x - x.max()).sum(),
    "absolute value": lambda x: np.abs(x).sum(),
    "where": lambda x: np.where(x > 0, x, 0).sum(),
    "sorted": lambda x: np.sort(x)[0],
    "if": lambda x: x[0] if x[0] > 0 else x[1],
    "truth": lambda x: x[0] if x[0] else x[1],
    "float": lambda x: float(x[0]),
    "floats": lambda x: x.astype(float).sum(),
    "what a number has": lambda x: x[0].item() if hasattr(x[0], "item") else float(x[0]),
    "what a number lacks": lambda x: x[0] * (2 if hasattr(x[0], "mantissa") else 1),
    "norm": lambda x: np.linalg.norm(x, np.inf),
}


def balls(point: np.ndarray) -> np.ndarray:
    return array_of([arb(float(x)) for x in point.flat], point.shape, object)


def watched(code: Callable[[Any], Any], **options: Any) -> tuple[np.ndarray, Arithmetic]:
    arithmetic = Arithmetic(SYSTEM, strict=False, **options)
    return run(code, [balls(POINT)], arithmetic), arithmetic


@pytest.mark.parametrize("code", STRAIGHT.values(), ids=STRAIGHT)
def test_a_straight_run_gives_what_a_watched_one_gives(code: Callable[[Any], Any]) -> None:
    with SYSTEM.context():
        found, arithmetic = watched(code)
        again = run_straight(code, [balls(POINT)], Matrices())
        assert arithmetic.straight
        assert found.shape == again.shape
        assert all(x.overlaps(y) and y.rad() < 1e-30 for x, y in zip(found.flat, again.flat, strict=True))


@pytest.mark.parametrize("code", BRANCHING.values(), ids=BRANCHING)
def test_code_that_could_branch_is_not_straight(code: Callable[[Any], Any]) -> None:
    with SYSTEM.context():
        assert not watched(code)[1].straight


@pytest.mark.parametrize("code", STRAIGHT.values(), ids=STRAIGHT)
def test_jets_give_the_derivative_of_dual_numbers(code: Callable[[Any], Any]) -> None:
    direction = [1.0, -0.5, 0.25, 2.0, 1.5]
    duals = Duals(SYSTEM)
    with SYSTEM.context():
        seeds = [duals.seed(x, 0)._scaled(x, arb(v)) for x, v in zip(balls(POINT), direction, strict=True)]
        known = run(code, [array_of(seeds, POINT.shape, object)], Arithmetic(duals))
        jets = array_of([Jet(x, arb(v)) for x, v in zip(balls(POINT), direction, strict=True)], POINT.shape, object)
        found = run_straight(code, [jets], Matrices())
        assert all(x.slope.overlaps(y.tangents[0]) for x, y in zip(found.flat, known.flat, strict=True))
        assert all(x.slope.rad() < 1e-30 for x in found.flat)


@pytest.mark.parametrize("name", [name for name in STRAIGHT if name not in ("entries", "plain objects", "in place")])
def test_other_constants_are_found_in_arrays(name: str) -> None:
    """Blurred constants give balls about the value, no narrower than those of the watched run allow."""
    with SYSTEM.context():
        wide, arithmetic = watched(STRAIGHT[name], constants=Blurred())
        again = run_straight(STRAIGHT[name], [balls(POINT)], Matrices(), Blurred())
        assert not arithmetic.scattered or name in ("softmax loss", "products of matrices", "mean")
        for x, y in zip(wide.flat, again.flat, strict=True):
            assert x.overlaps(y)
            assert float(x.rad()) <= 8 * float(y.rad()) + 1e-30


def test_constants_beside_single_numbers_are_scattered() -> None:
    with SYSTEM.context():
        assert watched(STRAIGHT["entries"])[1].scattered
        assert not watched(STRAIGHT["rows"])[1].scattered


@pytest.mark.parametrize("code", [np.log, np.sqrt, lambda x: 1 / (x - x[0])], ids=["log", "sqrt", "division"])
def test_outside_the_domain_a_straight_run_is_refused(code: Callable[[Any], Any]) -> None:
    with SYSTEM.context(), pytest.raises(TypeError):
        run_straight(code, [balls(POINT)], Matrices())


def test_a_matrix_of_infinities_is_refused() -> None:
    with SYSTEM.context(), pytest.raises(TypeError):
        run_straight(lambda x: np.full((2, 5), np.inf) @ x, [balls(POINT)], Matrices())


def test_matrices_that_change_between_runs_are_not_mistaken_for_each_other() -> None:
    matrices, data = Matrices(), np.eye(5)
    with SYSTEM.context():
        first = run_straight(lambda x: data @ x, [balls(POINT)], matrices)
        data[0, 0] = 3.0
        second = run_straight(lambda x: data @ x, [balls(POINT)], matrices)
    assert second[0] == 3 * first[0]


def test_jets_have_no_order_and_are_no_floats() -> None:
    jet: Any = Jet(arb(1), arb(1))
    for use in (lambda: jet < 2, lambda: jet == 1, lambda: float(jet)):
        with pytest.raises(TypeError):
            use()
