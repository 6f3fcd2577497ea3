"""The kind of a claim, from its statement alone."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from derive.language.claims import kind_of
from derive.language.derivatives import derivative_order

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", d, d)
x, y = dv.vector("x", d), dv.vector("y", d)
i = dv.index("i", d)
paper = dv.Paper("p")
L = paper.let("L", dv.softmax(A @ x).sum())
G = paper.let("G", dv.grad(L, x))

ORDERS: dict[str, tuple[Any, int]] = {
    "a value": (A @ x, 0),
    "a gradient": (dv.grad(L, x), 1),
    "a product of gradients": (dv.grad(L, x) @ dv.jacobian(A @ x, x).sum(axis=0), 1),
    "a derivative along a gradient": (dv.jvp(L, x, -dv.grad(L, x)), 1),
    "a Hessian": (dv.hessian(L, x), 2),
    "a mixed Hessian": (dv.hessian(x @ X @ y, x, y), 2),
    "a Jacobian of a Jacobian": (dv.jacobian(dv.jacobian(A @ x, x[i]), x[i]), 2),
    "a Jacobian of a gradient with a name": (dv.jacobian(G, x), 2),
    "a gradient of a directional derivative": (dv.grad(dv.jvp(L, x, y), x), 2),
    "a directional derivative of a gradient": (dv.jvp(G, x, y), 2),
    "a sum of Hessians": (dv.sum(dv.hessian(L, x[i]), over=i), 2),
    "a Hessian at another point": (dv.subs(dv.hessian(L, x), x, y), 2),
    "a third derivative": (dv.jacobian(dv.hessian(L, x), x), 3),
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_order_of_a_derivative_counts_those_inside_of_it(name: str) -> None:
    expression, order = ORDERS[name]
    assert derivative_order(expression) == order


@pytest.mark.parametrize("name", ORDERS)
def test_an_identity_of_second_derivatives_is_of_kind_hessian(name: str) -> None:
    """On whichever side they stand."""
    expression, order = ORDERS[name]
    kind = "hessian" if order > 1 else "identity"
    assert kind_of([dv.Relation("==", expression, expression * 0)]) == kind
    assert kind_of([dv.Relation("==", expression * 0, expression)]) == kind


def test_a_bound_and_an_order_of_matrices_have_kinds_of_their_own() -> None:
    assert kind_of([dv.opnorm(dv.hessian(L, x)) <= 1]) == "bound"
    assert kind_of([dv.hessian(L, x) << dv.eye(d)]) == "psd"


def test_a_claim_may_say_its_kind() -> None:
    assert dv.Paper("own").claim("c", dv.grad(L, x) == G, kind="hessian").kind == "hessian"
