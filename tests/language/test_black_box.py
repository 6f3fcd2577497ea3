"""Value functions that are given as code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import derive as dv
from derive.language.black_box import black_boxes
from derive.language.errors import InputError, ShapeError
from derive.language.latex import latex

n, d = dv.dims("n d")
A, x = dv.matrix("A", n, d), dv.vector("x", d)


def loss(x: np.ndarray, A: np.ndarray) -> np.ndarray:
    return np.exp(A @ x).sum()


@pytest.fixture
def paper() -> dv.Paper:
    return dv.Paper("boxes")


def test_a_call_has_the_declared_shape_and_prints_as_a_call(paper: dv.Paper) -> None:
    outputs = paper.function("F", loss, d, (n, d), out=(n, 3))
    assert outputs(x, A).shape == (*A.shape[:1], *dv.zeros(3).shape)
    assert repr(outputs(x, A)) == "F(x, A)"


def test_its_derivatives_are_the_usual_ones(paper: dv.Paper) -> None:
    value = paper.function("L", loss, (d,), (n, d))(x, A)
    assert dv.hessian(value, x).shape == x.shape * 2
    assert latex(dv.grad(value, x)) == r"\nabla_x L(x, A)"


def test_its_latex_may_be_given(paper: dv.Paper) -> None:
    assert latex(paper.function("L", loss, d, (n, d), tex=r"\mathcal L")(x, A)) == r"\mathcal L(x, A)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((x,), "L takes 2 arguments, found 1"),
        ((A, x), r"argument 1 of L has shape \(d,\), but A has shape \(n, d\)"),
    ],
)
def test_arguments_must_have_the_declared_shapes(paper: dv.Paper, arguments: tuple[dv.Tensor], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        paper.function("L", loss, (d,), (n, d))(*arguments)


@pytest.mark.parametrize(
    ("name", "function", "takes", "message"),
    [
        ("L", 3, (d,), "has to be a function"),
        ("L", loss, (), "takes no argument"),
        ("2L", loss, (d,), "is not a name"),
        ("L", loss, ("d",), "cannot stand in an expression"),
    ],
)
def test_a_declaration_that_says_nothing_is_refused(
    paper: dv.Paper, name: str, function: Any, takes: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        paper.function(name, function, *takes)


def test_a_name_is_declared_once(paper: dv.Paper) -> None:
    paper.let("f", x @ x)
    for name in ("f", "L"):
        if name == "L":
            paper.function("L", loss, (d,), (n, d))
        with pytest.raises(InputError, match="already defined"):
            paper.function(name, loss, (d,), (n, d))


def test_the_black_boxes_of_a_claim_are_found_inside_derivatives(paper: dv.Paper) -> None:
    L = paper.function("L", loss, (d,), (n, d))
    assert [box.name for box in black_boxes(dv.grad(L(x, A), x), L(x, A) + 1)] == ["L"]
