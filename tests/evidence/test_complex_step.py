"""Complex steps: every planted error is refuted, no true twin is; what is not analytic is left to others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, OutsideDomain
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evidence import complex_step
from derive.evidence.complex_step import ComplexStep, along_a_direction
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, X, b = dv.matrix("A", n, d), dv.matrix("X", d, d), dv.vector("b", n)
x, y = dv.vector("x", d), dv.vector("y", d)
s = dv.scalar("s")
f = dv.softmax(A @ x)
c = f - b
L = c @ c / 2
G = A.T @ (f * c - f * (f @ c))
PLANTED: dict[str, tuple[Any, Any, Any]] = {
    "gradient": (dv.grad(L, x), G, A.T @ (f * c + f * (f @ c))),
    "off by 1e-30": (dv.grad(L, x), G, G * (1 + Fraction(1, 10**30))),
    "one entry off": (dv.grad(L, x), G, G * (1 + 1e-6 * dv.eye(d)[0])),
    "Jacobian": (dv.jacobian(f, x), (dv.diag(f) - dv.outer(f, f)) @ A, dv.diag(f) @ A),
    "transposed": (dv.jacobian(X @ x, x), X, X.T),
    "matrix variable": (dv.grad(dv.trace(X @ X), X), 2 * X.T, 2 * X),
    "vec": (dv.jacobian(dv.vec(X @ X.T), dv.vec(X)), None, dv.eye(d * d)),
    "inside a product": (x @ dv.grad(dv.logsumexp(x), x), x @ dv.softmax(x), x @ x),
    "direction": (dv.jvp(L, x, y), G @ y, G @ x),
    "scalar variable": (dv.grad(dv.exp(s) * s, s), dv.exp(s) * (1 + s), dv.exp(s)),
    "next to 1e8": (dv.grad(L + 10**8, x), G, G * 1.0000001),
    "flat": (dv.grad(dv.softmax(x).sum(), x), 0 * x, 1e-9 + 0 * x),
    "kinks elsewhere": (dv.grad(dv.relu(y).sum() * dv.exp(x).sum(), x), dv.relu(y).sum() * dv.exp(x), dv.exp(x)),
}
TRUE = {name: (left, right) for name, (left, right, _) in PLANTED.items() if right is not None}


def found(relation: Relation, seed: int = 0) -> Evidence | Inapplicable:
    obligation = Obligation("planted/claim", relation.sign, relation.left, relation.right, ())
    return complex_step.examine(obligation, Drawn(obligation, seed))


def examined(relation: Relation, seed: int = 0) -> Evidence:
    evidence = found(relation, seed)
    assert isinstance(evidence, Evidence), evidence.reason
    return evidence


@pytest.mark.parametrize(("left", "right"), TRUE.values(), ids=TRUE.keys())
def test_a_true_twin_is_supported(left: Any, right: Any) -> None:
    evidence = examined(left == right)
    assert evidence.outcome == "support", evidence.note
    assert evidence.kept >= 5
    assert evidence.error_bar is not None
    assert evidence.error_bar < 2.0**-42


@pytest.mark.parametrize(("left", "wrong"), [(pair[0], pair[2]) for pair in PLANTED.values()], ids=PLANTED.keys())
def test_a_planted_error_is_refuted(left: Any, wrong: Any) -> None:
    evidence = examined(left == wrong)
    assert evidence.outcome == "refutation", evidence.note
    assert evidence.witness is not None
    assert not any("direction" in name for name in evidence.witness.values)


BOX = dv.Paper("boxes").function("bad", lambda v: v.sum(), d)


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (x == x, "there is no derivative in the claim"),
        (dv.hessian(L, x) == X, "a derivative of order 2 takes more than one step"),
        (dv.grad(dv.norm(dv.grad(L, x)), x) == x, "a derivative stands inside what is differentiated"),
        (dv.grad(dv.relu(x).sum(), x) == x, "relu is not analytic"),
        (dv.grad(dv.norm(x, 1), x) == x, "abs is not analytic"),
        (dv.grad(x.max(), x) == x, "max is not analytic"),
        (dv.grad(dv.opnorm(X), X) == X, "opnorm is not analytic"),
        (dv.grad(BOX(x), x) == x, "nothing is known of the analyticity of bad"),
    ],
)
def test_it_says_why_it_does_not_apply(relation: Relation, reason: str) -> None:
    evidence = found(relation)
    assert isinstance(evidence, Inapplicable)
    assert evidence.reason == reason


POINT = Point({"d": 2}, {}, {"x": (Fraction(1, 3), Fraction(-2)), "s": Fraction(3, 7)})


@pytest.mark.parametrize(
    "expression",
    [
        dv.grad(dv.exp(x).sum() * dv.sin(x[0]), x),
        dv.grad(dv.erf(s) + dv.arctan(s) + dv.gelu(s) + dv.tanh(s), s),
        dv.jacobian(dv.softmax(x), x),
        dv.grad(dv.log(1 + x @ x) ** 1.5, x),
        dv.grad((1 / (x * x - Fraction(1, 9) + Fraction(1, 10**9))).sum(), x),
    ],
    ids=repr,
)
def test_the_error_bar_covers_the_derivative(expression: Tensor) -> None:
    """The derivative by dual numbers lies in the ball, which is narrow; also beside a pole."""
    balls = Balls(192)
    steps, truth = evaluate(expression, POINT, balls, ComplexStep()), evaluate(expression, POINT, balls)
    scale = max(float(abs(value)) for value in truth.flat)
    for step, value in zip(steps.flat, truth.flat, strict=True):
        assert step.overlaps(value)
        assert float(step.rad()) < 1e-20 * scale


@pytest.mark.parametrize(
    "function", [dv.sqrt, lambda t: dv.norm(t * dv.ones(d)), lambda t: t**1.5], ids=["sqrt", "norm", "power"]
)
def test_a_root_of_zero_is_a_kink(function: Any) -> None:
    with pytest.raises(AtKink):
        evaluate(dv.grad(function(s), s), Point({"d": 2}, {}, {"s": Fraction(0)}), Balls(192), ComplexStep())


@pytest.mark.parametrize("function", [dv.sqrt, dv.log, dv.log1p], ids=["sqrt", "log", "log1p"])
def test_what_has_no_value_is_no_kink(function: Any) -> None:
    with pytest.raises(OutsideDomain) as caught:
        evaluate(dv.grad(function(s), s), Point({}, {}, {"s": Fraction(-2)}), Balls(192), ComplexStep())
    assert caught.value.certain


def directions(identifier: str, seed: int) -> list[Any]:
    projected = along_a_direction(Obligation(identifier, "==", dv.grad(L, x), G, ()))
    assert projected is not None
    placed = projected.placed(seed)
    return [placed(POINT).values["direction of x"] for _ in range(3)]


def test_directions_are_fresh_and_follow_from_seed_and_claim() -> None:
    """A constant direction would let an error orthogonal to it pass for ever."""
    first = directions("a", 0)
    assert first == directions("a", 0)
    assert len({str(direction) for direction in first}) == 3
    assert first != directions("a", 1)
    assert first != directions("b", 0)
    assert all(entry != 0 for direction in first for entry in direction)
