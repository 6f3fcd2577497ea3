"""What is recorded on a tape is what the evaluator computes, derivatives included, for many instances at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derive.attack import recorded
from derive.attack.linear import plain
from derive.attack.tape import Code, Tape
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, nest
from derive.instances.patterns import symbols
from derive.language import api as dv
from derive.language.tensor import Tensor

n, d = dv.dims("n d")
A, S, x, y, b = (
    dv.matrix("A", n, d),
    dv.matrix("S", d, d),
    dv.vector("x", d),
    dv.vector("y", d),
    dv.vector("b", n),
)
w, s, P = dv.gaussian("w", d), dv.rademacher("s", n), dv.one_hot("P", d, n)
i = dv.index("i", n)
L = dv.norm(dv.softmax(A @ x) - b) ** 2 / 2
SIZES = {"n": 3, "d": 2}

EXPRESSIONS: dict[str, Tensor] = {
    "arithmetic": (A @ x - b) / (1 + b * b),
    "norms": dv.norm(x, 1) + dv.norm(b, float("inf")) + dv.norm(A) + dv.opnorm(A),
    "functions": dv.tanh(A @ x) + dv.sigmoid(b) * dv.relu(b) + abs(b) ** 3,
    "softmax of large numbers": dv.softmax(400 * (A @ x)) + dv.logsumexp(400 * b),
    "inverse and determinant": dv.inv(S @ S.T + dv.eye(d)) * dv.det(S @ S.T + dv.eye(d)),
    "rearranged": dv.vec(A)[4] + dv.diag(S) + A[1] + A.T[:, 0],
    "arrays": dv.kron(x, y)[1] + dv.diag(x) @ y + dv.trace(S) + dv.outer(x, y)[0],
    "maxima": A.max(axis=1) - A.min(axis=1) + dv.maximum(b, 0),
    "index": A[i] @ x,
    "sum over an index": ((A[i] @ x) ** 2).sum(over=i),
    "gradient": dv.grad(L, x),
    "hessian": dv.hessian(L, x),
    "hessian at another point": dv.subs(dv.hessian(L, x), x, y),
    "jacobian in a matrix": dv.jacobian(dv.softmax(A @ x), A),
    "directional": dv.jvp(dv.grad(L, x), x, y),
    "derivative of an inverse": dv.grad(dv.trace(dv.inv(S @ S.T + dv.eye(d))), S),
    "derivative of a determinant": dv.grad(dv.logdet(S @ S.T + dv.eye(d)), S),
    "derivative of a maximum": dv.grad((A @ x).max(), x),
    "third derivative": dv.jacobian(dv.hessian(dv.logsumexp(A @ x), x), x),
    "derivative of a norm": dv.grad(dv.norm(A @ x), x),
    "a mean": dv.expectation(dv.exp((s @ A) @ x) * (w @ y) ** 2 * dv.exp(w @ x)) * b,
    "a mean of arrays": dv.expectation(dv.outer(w, w) * (w @ x) ** 2 + dv.outer(y, w @ S)),
    "a mean of a square": dv.expectation(dv.exp(-((w @ x) ** 2)) * (P @ A).sum()),
    "a mean over outcomes": dv.expectation(abs(s @ A) * x),
    "gradient of a mean": dv.grad(dv.expectation(dv.exp(w @ x)), x),
    "mean of a gradient": dv.expectation(dv.grad(dv.exp(w @ x), x)),
}


def point(expression: Tensor, seed: int) -> Point:
    rng, values = np.random.default_rng(seed), {}
    for name, symbol in sorted(symbols(expression).items()):
        shape = tuple(axis.size(SIZES) for axis in symbol.shape)
        flat = [Fraction(int(k), 16) for k in rng.integers(-30, 30, int(np.prod(shape)))]
        values[name] = nest(flat, shape)
    return Point(SIZES, {"i": 1}, values)


def batch(points: list[Point], name: str) -> Any:
    return np.stack([np.array(p.values[name], dtype=np.float64) for p in points])


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_values_are_those_of_the_evaluator(name: str) -> None:
    expression = EXPRESSIONS[name]
    points = [point(expression, seed) for seed in (1, 2, 3)]
    tape = Tape()
    arrays = {key: batch(points, key) for key in points[0].values}
    inputs = {key: tape.input(array.shape[1:]) for key, array in arrays.items()}
    node = plain(recorded.scope(tape, SIZES, {"i": 1}, inputs).value(expression))
    found = Code(tape, [node]).run(list(arrays.values()))[node.place]
    wanted = np.stack([evaluate(expression, p, Float64()) for p in points])
    stable = np.isfinite(wanted)  # the plain softmax overflows
    assert np.isfinite(found).all()
    assert found[stable] == pytest.approx(wanted[stable], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", ["hessian", "directional", "derivative of a determinant"])
def test_slopes_go_through_derivatives(name: str) -> None:
    """The slope of ``sum(entries of a derivative)`` is that of differences."""
    expression = EXPRESSIONS[name]
    tape, p = Tape(), point(expression, 4)
    arrays = [batch([p], key) for key in p.values]
    inputs = [tape.input(array.shape[1:]) for array in arrays]
    node = plain(recorded.scope(tape, SIZES, {}, dict(zip(p.values, inputs, strict=True))).value(expression))
    code = Code(tape, [node])
    slopes = code.gradient(code.run(arrays), node, inputs)
    for array, slope in zip(arrays, slopes, strict=True):
        for place in np.ndindex(*array.shape):
            ends = []
            for step in (1e-6, -1e-6):
                array[place] += step
                ends.append(code.run(arrays)[node.place].sum())
                array[place] -= step
            assert slope[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-5, abs=1e-6)
