"""Every node of the language has NumPy's value in every number system."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.multiprecision import Multiprecision
from derive.evaluate.nodes import _value
from derive.evaluate.partials import Partials
from derive.evaluate.rationals import Rationals
from derive.evaluate.symbolic import Formulas
from derive.language import api as dv, arrays, derivatives, tensor
from derive.language.derivatives import Lipschitz
from derive.language.tensor import Placeholder, Tensor

from .points import floats, middle, point_for

n, d, k = dv.dims("n d k")
A, B, M = dv.matrix("A", n, d), dv.matrix("B", d, n), dv.matrix("M", d, d)
x, b = dv.vector("x", d), dv.vector("b", n)
p = dv.scalar("p", positive=True)
q = dv.vector("q", d, positive=True)
T = dv.symbol("T", n, d, d)
i, j = dv.index("i", d), dv.index("j", n)
SYMBOLS = {"A": A, "B": B, "M": M, "x": x, "b": b, "p": p, "q": q, "T": T}
POINT = point_for(SYMBOLS)
V: dict[str, Any] = {name: floats(value) for name, value in POINT.values.items()}


def softmax(z: np.ndarray) -> np.ndarray:
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


CASES: list[tuple[str, Tensor, Any]] = [
    ("number", dv.sum(x) + 3, V["x"].sum() + 3),
    ("constants", dv.pi * x + dv.e, np.pi * V["x"] + np.e),
    ("size", n * x - d, 3 * V["x"] - 2),
    ("index symbol", i * x, 1 * V["x"]),
    ("add broadcasts", A + x, V["A"] + V["x"]),
    ("negative", -A, -V["A"]),
    ("multiply broadcasts", A * x, V["A"] * V["x"]),
    ("divide", A / q, V["A"] / V["q"]),
    ("integer power", A**3, V["A"] ** 3),
    ("negative power", q**-2, V["q"] ** -2),
    ("fractional power", q**0.5, V["q"] ** 0.5),
    ("power of a power", p**x, V["p"] ** V["x"]),
    ("even power of a norm", dv.norm(x) ** 4, (V["x"] @ V["x"]) ** 2),
    ("inverse square of a Frobenius norm", dv.norm(A) ** -2, 1 / (V["A"] ** 2).sum()),
    ("size as exponent", A**n, V["A"] ** 3),
    ("matrix product", A @ B, V["A"] @ V["B"]),
    ("matrix vector", A @ x, V["A"] @ V["x"]),
    ("vector matrix", b @ A, V["b"] @ V["A"]),
    ("inner product", x @ x, V["x"] @ V["x"]),
    ("batched product", T @ M, V["T"] @ V["M"]),
    ("sum of all", A.sum(), V["A"].sum()),
    ("sum along an axis", A.sum(0), V["A"].sum(0)),
    ("sum keeping axes", A / A.sum(1, keepdims=True), V["A"] / V["A"].sum(1, keepdims=True)),
    ("mean", A.mean(1), V["A"].mean(1)),
    ("maximum of all", A.max(), V["A"].max()),
    ("minimum along an axis", A.min(1), V["A"].min(1)),
    ("extremum keeping axes", T.max(1, keepdims=True), V["T"].max(1, keepdims=True)),
    ("sum over an index", (A[:, i] * x[i]).sum(over=i), V["A"] @ V["x"]),
    ("transpose", A.T, V["A"].T),
    ("transpose of three axes", T.T, V["T"].T),
    ("entry", A[2, 1], V["A"][2, 1]),
    ("column at an index", A[:, i], V["A"][:, 1]),
    ("new axis", x[None, :] + b[:, None], V["x"][None, :] + V["b"][:, None]),
    ("row-major vec", dv.vec(A), V["A"].ravel()),
    ("column-major vec", dv.vec(A, order="F"), V["A"].ravel(order="F")),
    ("kron of matrices", dv.kron(A, M), np.kron(V["A"], V["M"])),
    ("kron with a vector", dv.kron(x, M), np.kron(V["x"], V["M"])),
    ("diagonal matrix", dv.diag(x), np.diag(V["x"])),
    ("diagonal", dv.diag(M), np.diag(V["M"])),
    ("eye", dv.eye(d) + M, np.eye(2) + V["M"]),
    ("ones and zeros", dv.ones(n, d) + dv.zeros(d), np.ones((3, 2))),
    ("full", dv.full(p, n), np.full(3, V["p"])),
    ("literal", dv.array([[1, 0.5], [-1, 2]]), np.array([[1, 0.5], [-1, 2]])),
    ("inverse", dv.inv(M), np.linalg.inv(V["M"])),
    ("power of a matrix", dv.matrix_power(M, 3), V["M"] @ V["M"] @ V["M"]),
    ("determinant", dv.det(M), np.linalg.det(V["M"])),
    ("log-determinant", dv.logdet(M.T @ M), np.log(np.linalg.det(V["M"].T @ V["M"]))),
    ("rank", dv.rank(dv.array([[1, 2], [2, 4]])), 1.0),
    ("opnorm", dv.opnorm(A), np.linalg.norm(V["A"], 2)),
    ("opnorm of a wide matrix", dv.opnorm(A.T), np.linalg.norm(V["A"], 2)),
    ("sigma_min", dv.sigma_min(A), np.linalg.svd(V["A"])[1][-1]),
    ("sigma_min of a wide matrix is zero", dv.sigma_min(A.T), 0.0),
    ("lambda_min", dv.lambda_min(M + M.T), np.linalg.eigvalsh(V["M"] + V["M"].T)[0]),
    ("lambda_max", dv.lambda_max(A.T @ A), np.linalg.eigvalsh(V["A"].T @ V["A"])[-1]),
    ("outer", dv.outer(b, x), np.outer(V["b"], V["x"])),
    ("trace", dv.trace(M), np.trace(V["M"])),
    ("1-norm", dv.norm(x, 1), np.abs(V["x"]).sum()),
    ("2-norm", dv.norm(x), np.linalg.norm(V["x"])),
    ("inf-norm", dv.norm(x, dv.inf), np.abs(V["x"]).max()),
    ("Frobenius norm", dv.norm(A), np.linalg.norm(V["A"])),
    ("softmax", dv.softmax(A), softmax(V["A"])),
    ("softmax along the first axis", dv.softmax(A, axis=0), softmax(V["A"].T).T),
    ("logsumexp", dv.logsumexp(x), np.log(np.exp(V["x"]).sum())),
    (
        "block diagonal",
        dv.block_diag(T),
        np.block([[V["T"][r] if r == c else np.zeros((2, 2)) for c in range(3)] for r in range(3)]),
    ),
    ("definition", derivatives.Definition("u", A @ x, (A @ x).shape) * 2, 2 * V["A"] @ V["x"]),
    ("gradient", dv.grad(x @ M @ x, x), (V["M"] + V["M"].T) @ V["x"]),
    ("Hessian", dv.hessian(x @ M @ x, x), V["M"] + V["M"].T),
    ("directional derivative", dv.jvp(A @ x, x, q), V["A"] @ V["q"]),
    ("substitution", dv.subs(A @ x, x, x + q), V["A"] @ (V["x"] + V["q"])),
    ("relu", dv.relu(A), np.maximum(V["A"], 0)),
    ("two arguments", dv.maximum(A, x), np.maximum(V["A"], V["x"])),
]
FORMULAS = Formulas()
SYSTEMS = [Float64(), Multiprecision(), Balls(160), Rationals(), FORMULAS]
SPECTRAL = {
    "opnorm",
    "opnorm of a wide matrix",
    "sigma_min",
    "sigma_min of a wide matrix is zero",
    "lambda_min",
    "lambda_max",
}
IRRATIONAL = {"constants", "fractional power", "power of a power", "log-determinant", "2-norm", "Frobenius norm"}
IRRATIONAL |= {"softmax", "softmax along the first axis", "logsumexp"}
LACKING = {
    "exact rationals": SPECTRAL - {"sigma_min of a wide matrix is zero"} | IRRATIONAL,
    "formulas": SPECTRAL,
    "mpmath": {"rank"},
}


def value(expression: Tensor, system: Any) -> Any:
    return evaluate(expression, POINT, system, Partials(FORMULAS) if system is FORMULAS else None)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize(("name", "expression", "expected"), CASES, ids=[case[0] for case in CASES])
def test_node_has_numpys_value(name: str, expression: Tensor, expected: Any, system: Any) -> None:
    """Where a system cannot have the value, it says so."""
    if name in LACKING.get(system.name, ()):
        with pytest.raises(Unavailable):
            value(expression, system)
        return
    found = value(expression, system)
    assert found.shape == np.shape(expected)
    np.testing.assert_allclose(middle(found), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("module", [tensor, arrays, derivatives], ids=lambda module: module.__name__)
def test_every_node_class_has_a_value(module: Any) -> None:
    """But a Lipschitz constant, of which an obligation speaks at two points."""
    nodes = [
        c
        for c in vars(module).values()
        if isinstance(c, type) and issubclass(c, Tensor) and c not in (Tensor, Placeholder, Lipschitz)
    ]
    fallback = _value.dispatch(object)
    assert [node.__name__ for node in nodes if _value.dispatch(node) is fallback] == []


def test_shared_nodes_are_computed_once() -> None:
    """Doubling a shared expression forty times takes forty steps, not 2**40."""
    expression: Tensor = x
    for _ in range(40):
        expression = expression + expression
    total = evaluate(expression.sum() / 2**40, POINT, Rationals())[()]
    assert Rationals().exact(total) == sum(POINT.values["x"])
