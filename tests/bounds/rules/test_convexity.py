"""What is called convex or concave is so between random points: random expressions in vectors, scalars and matrices."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from derive.bounds.derivation import Derivation
from derive.bounds.hypotheses import facts
from derive.bounds.parameters import Parameters
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, nest
from derive.language import api as dv
from derive.language.tensor import Tensor, tensor

ROUNDING = 1e-9
"""What doubles may lose, relative to the size of what is compared."""

SIZES = {"n": 3, "d": 2}
n, d = dv.dims("n d")
A, b, w = dv.matrix("A", n, d), dv.vector("b", n), dv.vector("w", n, nonnegative=True)
x, s = dv.vector("x", d), dv.scalar("s", positive=True)
p, q = dv.vector("p", n, positive=True), dv.vector("q", n, positive=True)
M = dv.matrix("M", n, n, pd=True)
MOVING = {"x": "2", "s": "inf", "p": "2", "q": "2", "M": "fro"}
FUNCTIONS = (dv.exp, dv.log, dv.sqrt, dv.abs, dv.relu, dv.softplus, dv.cosh, dv.tanh, dv.sin, dv.sigmoid, dv.square)


def vector(rng: Random, depth: int) -> Tensor:
    if depth <= 0:
        return rng.choice([A @ x, A @ x + b, p, q, b, w, p + q, p - q, dv.diag(M)])
    u, v, c = vector(rng, depth - 1), vector(rng, depth - 1), scalar(rng, depth - 1)
    return rng.choice(
        [
            u + v,
            u - v,
            -u,
            w * u,
            u * v,
            u * dv.log(u / v),
            u * dv.log(u),
            u**2 / v,
            u / c,
            c * u,
            u ** rng.choice((2, 3, -1, Fraction(1, 2), Fraction(3, 2))),
            dv.maximum(u, v),
            dv.minimum(u, v),
            rng.choice(FUNCTIONS)(u),
            M @ u,
        ]
    )


def scalar(rng: Random, depth: int) -> Tensor:
    if depth <= 0:
        return rng.choice([s, tensor(2), tensor(-1), x.sum(), dv.trace(M)])
    u, v = vector(rng, depth - 1), vector(rng, depth - 1)
    a, c = scalar(rng, depth - 1), scalar(rng, depth - 1)
    return rng.choice(
        [
            u.sum(),
            dv.norm(u),
            dv.norm(u, 1) ** rng.choice((1, 2)),
            dv.max(u),
            dv.min(u),
            dv.logsumexp(u),
            dv.log(dv.exp(u).sum()),
            u @ v,
            w @ u,
            u @ dv.inv(M) @ u,
            dv.logdet(M),
            dv.exp(dv.logdet(M) / n),
            dv.exp(dv.log(u).sum() / n),
            dv.trace(dv.inv(M)),
            dv.lambda_max(M),
            dv.lambda_min(M),
            dv.opnorm(M),
            dv.norm(u) ** 2 / a,
            a + c,
            a * c,
            -a,
            a / c,
            rng.choice(FUNCTIONS)(a),
        ]
    )


def point(rng: np.random.Generator) -> dict[str, np.ndarray]:
    root = rng.normal(size=(3, 3))
    return {
        "A": rng.normal(size=(3, 2)),
        "b": rng.normal(size=3),
        "w": rng.exponential(size=3),
        "x": rng.normal(size=2) * 2,
        "s": rng.exponential(size=()) + 0.1,
        "p": rng.exponential(size=3) + 0.05,
        "q": rng.exponential(size=3) + 0.05,
        "M": root @ root.T + 0.1 * np.eye(3),
    }


def value(node: Tensor, at: dict[str, np.ndarray]) -> np.ndarray:
    values = {name: nest([Fraction(z) for z in np.ravel(array)], np.shape(array)) for name, array in at.items()}
    with np.errstate(all="ignore"):
        return np.asarray(evaluate(node, Point(SIZES, {}, values), Float64()))


def expressions(seed: int) -> Tensor:
    rng = Random(f"convexity {seed}")
    return rng.choice((vector, scalar))(rng, rng.choice((1, 2, 2, 3)))


@pytest.mark.parametrize("seed", range(200))
def test_jensens_inequality_holds_of_what_is_called_convex(seed: int) -> None:
    node = expressions(seed)
    derivation = Derivation(facts((), Parameters(), MOVING))
    signs = [(1, "convex"), (-1, "concave")]
    signs = [(sign, measure) for sign, measure in signs if derivation.bounds(measure, node)]
    random = np.random.default_rng(seed)
    for _ in range(20 if signs else 0):
        first, second, t = point(random), point(random), random.choice((0.5, 0.1, 0.9, 0.999))
        second |= {name: first[name] for name in ("A", "b", "w")}
        between = {name: t * first[name] + (1 - t) * second[name] for name in first}
        try:
            left, one, two = (value(node, at) for at in (between, first, second))
        except EvaluationError:
            continue
        for sign, measure in signs:
            gap = sign * (left - t * one - (1 - t) * two)
            size = ROUNDING * (1 + abs(one) + abs(two) + abs(left))
            assert not (np.isfinite(size) & (gap > size)).any(), (measure, node)


def test_the_random_expressions_are_convex_often_enough() -> None:
    derivations = [(Derivation(facts((), Parameters(), MOVING)), expressions(seed)) for seed in range(200)]
    called = [seed for seed, (found, node) in enumerate(derivations) if found.bounds("convex", node)]
    assert len(called) > 30
