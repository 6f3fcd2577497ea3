"""Values of expressions: in balls as by derive's other evaluator, which shares no code with this one."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from flint import ctx

import derive as dv
from derive.evaluate.balls import Balls as Other
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point, nest
from derive.language.functions import FUNCTIONS
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Tensor
from derive.language.text import parse_tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.balls import PRECISION, Balls
from derive.verify.elementary import FUNCTIONS as OWN
from derive.verify.points import key_of
from derive.verify.scope import scope
from derive.verify.values import Evaluation

SIZES = {"n": 3, "d": 2}
n, d = dv.dims("n d")
NAMES: dict[str, Tensor] = {
    "n": n,
    "d": d,
    "A": dv.matrix("A", n, d),
    "M": dv.matrix("M", d, d),
    "T": dv.symbol("T", n, d, d),
    "x": dv.vector("x", d),
    "y": dv.vector("y", d),
    "b": dv.vector("b", n),
    "s": dv.scalar("s"),
    "i": dv.index("i", n),
    "j": dv.index("j", d),
}

EXPRESSIONS = [
    "A @ x - b",
    "b @ A @ M",
    "T @ x",
    "A.T @ A[:, 0]",
    "A * b[:, None]",
    "A[i, :] @ x + A[0, j]",
    "sum(A, axis=1, keepdims=True) / A",
    "sum(A[i, j], over=i)",
    "mean(A, axis=0)",
    "max(A) - min(A, axis=0)",
    'vec(A) @ vec(A, order="F")',
    "kron(x, M)",
    "kron(A, M)",
    "block_diag(T)",
    "diag(b) + outer(b, b) + eye(n) * trace(M)",
    "diag(M @ M)",
    "inv(M) @ x * det(M)",
    "opnorm(A) + sigma_min(A) * norm(A)",
    "lambda_max(M + M.T) - lambda_min(M @ M.T)",
    "norm(x, 1) + norm(x, inf) + norm(x)",
    "softmax(A) + logsumexp(A, axis=1)[:, None]",
    "s**2.5 + s**n + s**(-2) + s**x",
    "full(s, n, d) + zeros(n, d)",
    "array([1, -1/2]) @ array([[1], [2/3]])",
    "i * s + pi * e + n",
    "grad(norm(softmax(A @ x) - b)**2 / 2, x)",
    "hessian(logsumexp(A @ x), x)",
    "jacobian(inv(M), M)",
    "grad(log(det(M @ M.T)), vec(M))",
    "jacobian(grad(sum(tanh(A @ x)), x), A[i, :])",
    "jvp(exp(A @ x), x, M @ x)",
    "subs(grad(x @ M @ x, x), x, 2 * y)",
    "jvp(grad(sum(exp(x)**2), x), x, grad(x @ x, x))",
    "jacobian(jvp(exp(x), x, x), x)",
]


def point_of(expression: Tensor, key: str) -> tuple[dict[str, Array], dict[str, int]]:
    rng = key_of(key)
    values: dict[str, Array] = {}
    for node in expression.walk():
        if isinstance(node, Symbol):
            shape = tuple(axis.size(SIZES) for axis in node.shape)
            values[node.name] = Array(shape, tuple(Fraction(rng.randint(1, 30), 16) for _ in range(prod(shape))))
    return values, {node.name: 1 for node in expression.walk() if isinstance(node, IndexSymbol)}


def in_balls(expression: Tensor, values: dict[str, Array], indices: dict[str, int]) -> Array:
    balls = Balls()
    with ctx.workprec(PRECISION):
        numbers = {name: Array(v.shape, tuple(map(balls.rational, v.entries))) for name, v in values.items()}
        return Evaluation(balls, SIZES).value(expression, scope(numbers, indices))


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_two_evaluators_agree(text: str) -> None:
    expression = parse_tensor(text, NAMES)
    values, indices = point_of(expression, text)
    own = in_balls(expression, values, indices)
    nested = {name: nest(list(value.entries), value.shape) for name, value in values.items()}
    other = np.asarray(evaluate(expression, Point(SIZES, indices, nested), Other(PRECISION)))
    assert own.shape == other.shape
    for a, b in zip(own.entries, other.ravel(), strict=True):
        assert a.overlaps(b)
        assert a.rad() < 1e-30


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("order", range(4))
def test_functions_and_their_derivatives_agree(name: str, order: int) -> None:
    """Each function is written anew here, apart from the table of the language."""
    s = dv.scalar("s")
    assert isinstance(s, Tensor)
    arguments = [s, 3 * s * s - 2][: FUNCTIONS[name].arity]
    expression: Tensor = parse_tensor(f"{name}({', '.join(map(str, arguments))})", {"s": s})
    for _ in range(order):
        expression = dv.grad(expression, s)
    values, indices = point_of(expression, name)
    nested = {key: nest(list(value.entries), value.shape) for key, value in values.items()}
    own = in_balls(expression, values, indices).scalar
    assert own.overlaps(np.asarray(evaluate(expression, Point(SIZES, indices, nested), Other(PRECISION))).item())


def test_every_function_of_the_language_is_known() -> None:
    assert OWN.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize(
    "text", ["1/(s - s)", "log(-s)", "sqrt(-s)", "inv(M - M)", "grad(abs(s - s), s)", "grad(norm(x - x), x)"]
)
def test_what_has_no_value_is_said_to_have_none(text: str) -> None:
    expression = parse_tensor(text, NAMES)
    with pytest.raises(Unknown):
        in_balls(expression, *point_of(expression, text))
