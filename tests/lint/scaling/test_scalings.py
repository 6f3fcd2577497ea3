"""The degrees of a scaling are those that the values have, and hypotheses stay as they are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import derive as dv
from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point, entries, nest
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.language.load import load
from derive.language.symbols import Symbol
from derive.language.tensor import Number
from derive.lint.scaling.scalings import Scaling, scalings
from derive.obligation import Obligation, obligations

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", d, d)
x, y, b = dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
s, R = dv.scalar("s", positive=True), dv.scalar("R", positive=True)
STEP = Fraction(2)
CHECKS = Path(__file__).resolve().parents[3] / "checks"

EXPRESSIONS = [
    A @ x - b,
    dv.norm(A @ x) ** 3 / dv.norm(b, 1),
    dv.sqrt(x @ x + y @ y),
    dv.softmax(A @ x) * b,
    dv.grad(dv.logsumexp(A @ x / s), x),
    dv.hessian(dv.norm(dv.softmax(A @ x)) ** 2, x),
    dv.jvp(dv.norm(x) ** 4, x, y),
    dv.subs(dv.grad(x @ X @ x, x), x, s * y),
    dv.outer(dv.relu(x), abs(y)),
    dv.maximum(x, y) * dv.sign(x),
    dv.kron(A, x[None, :]),
    dv.trace(X @ X.T) * dv.opnorm(X),
    dv.exp(x / dv.norm(y)),
    x * dv.sum(b) - 0 * y,
    dv.log(dv.sum(dv.exp(A @ x))),
]


def scaled(point: Point, scaling: Scaling, found: dict[str, Symbol]) -> Point:
    """``x -> STEP**weight * x``."""
    values = dict(point.values)
    for name, weight in scaling.weights.items():
        shape = tuple(axis.size(point.sizes) for axis in found[name].shape)
        values[name] = nest([STEP ** int(weight) * entry for entry in entries(values[name])], shape)
    return Point(point.sizes, point.indices, values)


def first_point(obligation: Obligation) -> Point:
    """An instance without an axis of one entry."""
    return next(i.point for i in Drawn(obligation, seed=0) if min(i.point.sizes.values(), default=2) > 1)


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=repr)
def test_values_have_the_degrees(expression: Any) -> None:
    obligation = Obligation("c", "==", expression, expression, ())
    point, found = first_point(obligation), symbols(expression)
    balls = Balls(200)
    before = evaluate(expression, point, balls)
    every = list(scalings(obligation))
    for scaling in every:
        assert scaling.left is not None
        after = evaluate(expression, scaled(point, scaling, found), balls)
        with balls.context():
            factor = balls.power(balls.rational(STEP), scaling.left)
            assert all((new - factor * old).contains(0) for new, old in zip(after.flat, before.flat, strict=True))
    assert every


@pytest.mark.parametrize(
    ("given", "weights"),
    [
        ([], [{"A": 1}, {"x": 1}]),
        ([dv.opnorm(A) <= R], [{"x": 1}, {"R": 1, "A": 1}]),
        ([dv.opnorm(A) <= R, R >= 4], [{"x": 1}]),
        ([dv.norm(x) <= R, dv.opnorm(A) <= R**2], [{"R": 1, "x": 1, "A": 2}]),
        ([x >= 0], [{"A": 1}, {"x": 1}]),
        ([dv.sum(x) == 1], [{"A": 1}]),
        ([dv.norm(dv.exp(x)) <= 2], [{"A": 1}]),
    ],
    ids=["none", "a bound", "a number", "two powers", "a sign", "the simplex", "an exponential"],
)
def test_the_scalings_that_keep_the_hypotheses(given: list[Any], weights: list[dict[str, int]]) -> None:
    obligation = Obligation("c", "<=", dv.norm(A @ x), dv.norm(A @ x), tuple(given))
    found = [dict(scaling.weights) for scaling in scalings(obligation)]
    assert sorted(found, key=repr) == sorted(({k: Fraction(v) for k, v in w.items()} for w in weights), key=repr)


def test_zero_has_every_degree() -> None:
    [scaling] = scalings(Obligation("c", "<=", Number(Fraction(0)), x @ x, ()))
    assert (scaling.left, scaling.right, scaling.even) == (None, 2, True)


def test_an_orthogonal_matrix_cannot_be_scaled() -> None:
    Q = dv.matrix("Q", d, d, orthogonal=True)
    found = [dict(scaling.weights) for scaling in scalings(Obligation("c", "==", Q @ x, x, ()))]
    assert found == [{"x": Fraction(1)}]


SIDE_IS_ZERO = {"attention/G.1.5"}
"""Claims of the catalogue with a side that vanishes, so that it has every degree."""


def test_the_true_claims_of_the_catalogue_scale_alike() -> None:
    """Whatever the hypotheses let grow: with unlike degrees such a claim would be false."""
    papers = [paper for path in sorted(CHECKS.glob("*.py")) for paper in load(path)]
    claims = [claim for paper in papers for claim in paper.claims if not claim.expect and not claim.exists]
    every = [(claim.id, scaling) for claim in claims for o in obligations(claim) for scaling in scalings(o)]
    assert {name for name, scaling in every if not scaling.even} == SIDE_IS_ZERO
    assert len({name for name, _ in every}) > len(claims) / 3
