"""NumPy code of expressions: it runs, and gives the value that the evaluator gives."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

import derive as dv
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, nest
from derive.language.errors import InputError
from derive.language.functions import FUNCTIONS
from derive.language.numpy_code import numpy_code
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

n, d = dv.dims("n d")
SIZES = {"n": 3, "d": 2}
POSITIONS = {"i": 2, "j": 1, "r": 0}
A, B, X = dv.matrix("A", n, d), dv.matrix("B", n, d), dv.matrix("X", d, d)
S = dv.matrix("S", d, d, pd=True)
x, y, f = dv.vector("x", d), dv.vector("y", d), dv.vector("f", n)
p = dv.vector("p", d, positive=True)
s = dv.scalar("s")
T = dv.symbol("T", n, d, d)
i, j, r = dv.index("i", n), dv.index("j", d), dv.index("r", d)

paper = dv.Paper("p")
u = paper.let("u", dv.exp(A @ x))
alpha = paper.let("alpha", u.sum())
g = paper.let("g", u / alpha)
row = paper.let("row", dv.kron(A[i], B))
weight = paper.let("weight", dv.exp(row @ dv.vec(X)))

CASES = {
    "definitions": A.T @ (dv.diag(g) - dv.outer(g, g)) @ A,
    "definitions under a sum over an index": dv.sum(weight.sum() * weight, over=i),
    "substitution": dv.subs(g, x, x - s * y) - g,
    "substitution of its own symbol": dv.subs(dv.subs(g, x, 2 * x), x, x + y),
    "broadcasting": (A[:, None, :] - B[None, :, :]).sum(axis=2),
    "softmax of rows": dv.softmax(A) + dv.softmax(A, axis=0),
    "logsumexp": dv.logsumexp(A) + dv.logsumexp(A, axis=1).sum(),
    "axes": T.sum(axis=(0, 2)) + A.max(axis=0) - A.min(axis=0, keepdims=True)[0],
    "mean": A.mean(axis=0),
    "transposes": T.T @ f + X + T.sum(axis=1).T @ f,
    "indices": A[i, j] + A[0, 1] + A[:, j] + A[i] @ x,
    "sum over two indices": dv.sum(dv.sum(A[i, j] * x[j], over=j) * dv.eye(n)[i], over=i),
    "vec and kron": dv.kron(A, B) @ dv.vec(X) + dv.vec(A @ X.T @ B.T, order="F"),
    "kron of a vector and a matrix": dv.kron(x, A),
    "blocks": dv.block_diag(T),
    "constants": dv.pi * dv.e * dv.ones(n, d) + dv.full(s, n, d) + A + n * d,
    "constant arrays": dv.array([[1, 2], [3, -4]]) @ dv.array([1, Fraction(1, 2)]),
    "linear algebra": dv.inv(S) @ x * dv.det(S) + dv.trace(X),
    "norms": dv.norm(x) + dv.norm(x, 1) + dv.norm(x, dv.inf) + dv.norm(A) + dv.norm(T, "fro"),
    "spectra": dv.opnorm(A) + dv.sigma_min(A) + dv.sigma_min(A.T) + dv.lambda_min(S) + dv.lambda_max(S),
    "precedence": -(s**2) - (s - (s - 2 * s)) / (2 / (s * 3)) * (-s) ** 3,
    "powers": p**s + p ** Fraction(1, 2) + 2**p + p**-1,
}
ELEMENTWISE = {name: getattr(dv, name)(*[p, y][: function.arity]) for name, function in FUNCTIONS.items()}


def run(expression: Tensor, values: dict[str, np.ndarray]) -> np.ndarray:
    scope: dict[str, object] = {**values, **POSITIONS}
    exec(numpy_code(expression), scope)
    return np.asarray(scope["result"], dtype=float)


def point(expression: Tensor, seed: int = 0) -> Point:
    """Small random fractions, positive where the symbol is, and positive definite where it is."""
    draw = random.Random(seed)
    values = {}
    for node in expression.walk():
        if isinstance(node, Symbol):
            shape = tuple(size.size(SIZES) for size in node.shape)
            low = 1 if node.positive else -16
            flat = [Fraction(draw.randint(low, 16), 8) for _ in range(int(np.prod(shape)))]
            values[node.name] = nest(
                flat if "pd" not in node.properties else [Fraction(k) for k in (3, 1, 1, 2)], shape
            )
    return Point(SIZES, POSITIONS, values)


@pytest.mark.parametrize("expression", [*CASES.values(), *ELEMENTWISE.values()], ids=[*CASES, *ELEMENTWISE])
def test_the_code_computes_the_expression(expression: Tensor) -> None:
    """The script's result is the evaluator's, of the shape that the expression has."""
    here = point(expression)
    found = run(expression, {name: np.array(value, dtype=float) for name, value in here.values.items()})
    expected = evaluate(expression, here, Float64())
    assert found.shape == tuple(size.size(SIZES) for size in expression.shape)
    np.testing.assert_allclose(found, np.asarray(expected, dtype=float), rtol=1e-12, atol=1e-12)


def test_inputs_are_listed_with_their_shapes() -> None:
    code = numpy_code(g[i])
    assert "# A: (n, d)" in code
    assert "# i: 0 <= i < n" in code


def test_definitions_are_assigned_once_and_in_order() -> None:
    lines = numpy_code(g * g).splitlines()
    assert [line.split(" = ")[0] for line in lines if " = " in line] == ["u", "alpha", "g", "result"]


def test_a_size_that_no_symbol_shows_is_an_input() -> None:
    assert "# n: a size" in numpy_code(dv.eye(n))


@pytest.mark.parametrize("expression", [dv.grad(alpha, x), dv.jvp(alpha, x, y)], ids=["gradient", "directional"])
def test_a_derivative_must_be_derived_first(expression: Tensor) -> None:
    with pytest.raises(InputError, match="not derived yet"):
        numpy_code(expression)


def test_a_deep_expression_is_written() -> None:
    deep = s
    for _ in range(1000):
        deep = dv.tanh(deep)
    assert numpy_code(deep).count("tanh") == 1000


def test_a_chain_of_definitions_is_written() -> None:
    chain = dv.Paper("chain")
    last = chain.let("a0", s)
    for k in range(1, 500):
        last = chain.let(f"a{k}", dv.tanh(last))
    assert numpy_code(last).count("tanh") == 499


def test_what_is_too_long_to_write_says_so() -> None:
    doubled = s
    for _ in range(60):
        doubled = doubled + doubled
    with pytest.raises(InputError, match="too long"):
        numpy_code(doubled)
