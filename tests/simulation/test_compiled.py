"""A compiled program computes what the evaluator does, for every instance, whatever it was simplified to."""

from __future__ import annotations

import numpy as np
import pytest

from derive import grad, hessian, jacobian, opnorm, subs
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.system import Array
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.simulation.compiled import compiled

from .expressions import SCALARS, SIZES, M, S, points, x

COUNT = 3


def evaluated(expression: Tensor) -> Array:
    """The values by the evaluator, which takes derivatives in forward mode."""
    values = points(COUNT)
    instances = ({name: array[k] for name, array in values.items()} for k in range(COUNT))
    return np.array([evaluate(expression, Point(SIZES, {}, instance), Float64()) for instance in instances])


def computed(expression: Tensor, *, literal: bool = False, changing: tuple[str, ...] = ("x", "M", "S")) -> Array:
    code = compiled([expression], SIZES, changing=changing, literal=literal)
    values = points(COUNT)
    return code(code.fixed({k: v for k, v in values.items() if k not in changing}), values)[0]


@pytest.mark.parametrize("name", SCALARS)
@pytest.mark.parametrize("literal", [True, False])
def test_values(name: str, literal: bool) -> None:
    assert np.broadcast_to(computed(SCALARS[name], literal=literal), COUNT) == pytest.approx(evaluated(SCALARS[name]))


@pytest.mark.parametrize("variable", [x, M, S, M[:, 1], S.T], ids=repr)
@pytest.mark.parametrize("name", [name for name in SCALARS if name != "a spectrum"])
def test_gradients_in_reverse_mode_are_those_in_forward_mode(name: str, variable: Tensor) -> None:
    gradient = grad(SCALARS[name], variable)
    expected = evaluated(gradient)
    assert np.broadcast_to(computed(gradient), expected.shape) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_gradient_of_a_spectral_norm_is_the_product_of_the_singular_vectors() -> None:
    u, _, vt = np.linalg.svd(points(COUNT)["M"])
    assert computed(grad(opnorm(M), M)) == pytest.approx(u[:, :, :1] * vt[:, :1, :])


@pytest.mark.parametrize("expression", [hessian(SCALARS["a loss"], x), jacobian(M @ x, M), grad(grad(x @ x, x)[0], x)])
def test_other_derivatives(expression: Tensor) -> None:
    expected = evaluated(expression)
    assert np.broadcast_to(computed(expression), expected.shape) == pytest.approx(expected, abs=1e-12)


def test_the_gradient_in_one_symbol_leaves_another_of_the_same_value_alone() -> None:
    other = Symbol("other", x.shape)
    gradient = subs(grad(x @ other, x), other, x)  # other, not 2 x
    assert computed(gradient) == pytest.approx(points(COUNT)["x"])


@pytest.mark.parametrize("changing", [("x",), ("M", "S"), ("S",)])
def test_what_is_fixed_is_computed_once_and_the_rest_at_every_call(changing: tuple[str, ...]) -> None:
    expression = SCALARS["a network"] + SCALARS["exponentials of repeated sums"]
    code = compiled([expression, 2 * expression], SIZES, changing=changing)
    values = points(COUNT)
    fixed = code.fixed({k: v for k, v in values.items() if k not in changing})
    before = {name: array.copy() for name, array in values.items()}
    first = [array.copy() for array in code(fixed, values)]
    moved = code(fixed, {name: array + 1 for name, array in values.items()})
    assert not np.allclose(moved[0], first[0])
    code.release(fixed, moved, [0, 1])
    assert np.array_equal(code(fixed, values), first)
    assert all(np.array_equal(values[name], before[name]) for name in values)


def test_repeated_sums_under_an_exponential_become_one_matrix_product() -> None:
    """The Gram matrix needs no array of n n d entries."""
    code = compiled([SCALARS["exponentials of repeated sums"]], {"n": 5, "d": 300}, changing={"M", "S"})
    steps = code.program.tape.steps
    largest = max(int(np.prod(steps[line.place].shape)) for line in code.program.instructions)
    assert largest == 5 * 300  # neither the 5 * 5 * 300 entries of the exponential nor those of its argument
