"""Arrays contracted with one vector an axis, derivatives taken along the vectors."""

from __future__ import annotations

import numpy as np
import pytest

from derive.evaluate.contraction import contracted, outermost
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.residues import Residues
from derive.evaluate.system import array_of
from derive.language import api as dv
from derive.language.tensor import Tensor

SIZES = {"n": 3, "d": 2}
n, d = dv.dims("n d")
A, x, X, t = dv.matrix("A", n, d), dv.vector("x", d), dv.matrix("X", d, d), dv.scalar("t")
L = dv.exp(A @ x).sum() * t**2 + dv.trace(X @ X @ X)
i = dv.index("i", d)

CASES: dict[str, tuple[Tensor, int]] = {
    "a gradient": (dv.grad(L, x), 1),
    "a gradient in a matrix": (dv.grad(L, X), 1),
    "a Hessian": (dv.hessian(L, x), 1),
    "a Hessian of a matrix": (dv.hessian(L, X), 1),
    "a Jacobian": (dv.jacobian(dv.exp(A @ x) * t, x), 1),
    "a Jacobian of a gradient": (dv.jacobian(dv.grad(L, x), t), 2),
    "in a view": (dv.hessian(L, dv.vec(X)), 1),
    "in a column": (dv.grad(L, X[:, i]), 1),
    "in a scalar": (dv.hessian(L, t), 1),
    "a sum": (dv.grad(L, x) - dv.grad(t * (x @ x), x), 2),
    "a product": (t * dv.grad(L, x), 0),
    "no derivative": (A.T @ A, 0),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_the_contraction_of_the_array(name: str) -> None:
    """And derivatives at the outside, ``count`` of them, are taken along the vectors."""
    node, count = CASES[name]
    system = Residues("contraction")
    symbols = {"A": (3, 2), "x": (2,), "X": (2, 2), "t": ()}
    values = {key: array_of(system.randoms(key, int(np.prod(s, dtype=int))), s, object) for key, s in symbols.items()}
    scope = scope_at(Point(SIZES, {"i": 1}, values), system)
    array = scope.value(node)
    vectors = [array_of(system.randoms(f"v{k}", size), (size,), object) for k, size in enumerate(array.shape)]
    expected = array
    for vector in reversed(vectors):
        expected = expected @ vector
    found = contracted(node, vectors, scope)
    assert found.shape == ()
    assert system.is_zero(found.item() - (expected.item() if isinstance(expected, np.ndarray) else expected))
    assert len(list(outermost(node))) == count
