"""Derivatives by dual numbers agree with SymPy's on explicit entries, which share no code with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.rationals import Rationals
from derive.evaluate.symbolic import Formulas
from derive.evidence.explicit_entries import EntryByEntry
from derive.language import api as dv
from derive.language.tensor import Tensor

from .points import BALLS, point_for

n, d = dv.dims("n d")
A, W, X = dv.matrix("A", n, d), dv.matrix("W", n, n), dv.matrix("X", d, d)
x, y, b = dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
i, j = dv.index("i", d), dv.index("j", n)
POINT = point_for({"A": A, "W": W, "X": X, "x": x, "y": y, "b": b})
f = dv.softmax(A @ x)
L = dv.norm(f - b) ** 2 / 2

CASES: dict[str, Tensor] = {
    "gradient of softmax regression": dv.grad(L, x),
    "its Hessian": dv.hessian(L, x),
    "a third derivative": dv.jacobian(dv.hessian(dv.logsumexp(A @ x), x), x),
    "a mixed block": dv.hessian((A @ x) @ dv.exp(A @ y), x, y),
    "a matrix variable": dv.grad(((A @ X) ** 2).sum() / 2, X),
    "in vec(X)": dv.hessian(dv.exp(A @ X).sum(), dv.vec(X)),
    "in a transpose": dv.grad((A @ X).sum() ** 2, X.T),
    "in one entry": dv.grad(L, x[i]),
    "in a column": dv.jacobian(A @ X @ x, X[:, i]),
    "summed over an entry's index": (dv.grad(L, x[i]) * x[i]).sum(over=i),
    "of an inverse": dv.jacobian(dv.inv(X), X),
    "of a determinant": dv.grad(dv.det(W), W),
    "of relu away from its kink": dv.hessian((dv.relu(A @ x) ** 2).sum(), x),
    "of a maximum entry": dv.grad((A @ x).max(), x),
    "of erf and arctan": dv.grad(dv.erf(x).sum() * dv.arctan(x).sum(), x),
    "of a derivative inside": dv.grad(dv.norm(dv.grad(L, x)) ** 2, x),
    "a derivative at another point": dv.subs(dv.grad(L, x), x, x + y),
    "of a derivative at another point": dv.grad(dv.subs(dv.grad(L, x), x, dv.exp(y)) @ y, y),
    "of a substituted value": dv.jacobian(dv.subs(A @ dv.exp(x), x, y * y), y),
    "along a direction": dv.jvp(L, x, y),
    "of a derivative along a moving direction": dv.grad(dv.jvp(L, x, x * y), x),
    "nested without confusion": dv.grad(x @ dv.subs(dv.grad(x @ y, x), x, x), y),
}


@pytest.mark.parametrize("expression", CASES.values(), ids=CASES.keys())
def test_duals_agree_with_diff(expression: Tensor, engine: Any) -> None:
    duals = evaluate(expression, POINT, BALLS)
    formulas = evaluate(expression, POINT, BALLS, EntryByEntry(Formulas(engine)))
    assert duals.shape == formulas.shape
    assert all(x.overlaps(y) for x, y in zip(duals.flat, formulas.flat, strict=True))
    assert max(float(x.rad()) for x in [*duals.flat, *formulas.flat]) < 1e-20


def test_native_floats_and_duals() -> None:
    expected = np.array([float(entry) for entry in evaluate(dv.grad(L, x), POINT, BALLS)])
    np.testing.assert_allclose(evaluate(dv.grad(L, x), POINT, Float64()), expected, rtol=1e-12)


def test_perturbations_of_nested_derivatives_stay_apart() -> None:
    """d/dx [x d/dy (x + y)] is 1, not 2 (Siskind and Pearlmutter 2005)."""
    s, t = dv.scalar("s"), dv.scalar("t")
    value = evaluate(dv.grad(s * dv.grad(s + t, t), s), point_for({"s": s, "t": t}), Rationals())
    assert Rationals().exact(value[()]) == 1


def test_gradient_of_determinant_at_a_singular_matrix_is_the_cofactor_matrix() -> None:
    zeros = point_for({"X": X}, sizes={"n": 3, "d": 2})
    singular = type(zeros)(zeros.sizes, {}, {"X": ((1, 2), (2, 4))})
    value = evaluate(dv.grad(dv.det(X), X), singular, Rationals())
    assert [int(entry.p) for entry in value.flat] == [4, -2, -2, 1]
