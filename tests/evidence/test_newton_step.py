"""Newton steps are bounded by their lemma where its conditions hold, and never by more than it says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from derive.evidence.evidence import Evidence
from derive.evidence.newton_step import examine
from derive.instances.drawn import Drawn
from derive.language import api as dv
from derive.language.relations import Cited, Relation
from derive.language.tensor import Number, Tensor
from derive.obligation import Obligation, stated

d = dv.dim("d")
x, x_star, y = dv.vector("x", d), dv.vector("x_star", d), dv.vector("y", d)
H = dv.matrix("H", d, d, symmetric=True)
M, l, U, eps = (dv.scalar(name, positive=True) for name in ("M", "l", "U", "eps"))
loss = dv.function("L", d)
slope, curvature = dv.grad(loss(x), x), dv.hessian(loss(x), x)
r = dv.norm(x - x_star)
exact = dv.norm(x - dv.inv(curvature) @ slope - x_star)
approximate = dv.norm(x - dv.inv(H) @ slope - x_star)

SMOOTH = dv.lipschitz(curvature, x) <= M
ZERO = dv.subs(slope, x, x_star) == 0
AT_ZERO = dv.subs(curvature, x, x_star) >> l * dv.eye(d)
EVERYWHERE = curvature >> l * dv.eye(d)
NEAR = M * r <= 0.1 * l
CLOSE = (0.9 * curvature << H, H << 1.1 * curvature)
ABOVE = curvature << U * dv.eye(d)


def obligation(statement: Relation, *given: Relation) -> Obligation:
    return stated("p/c", statement, given)


def is_proved(asked: Obligation) -> bool:
    found = examine(asked, Drawn(replace(asked, given=()), 0))
    return isinstance(found, Evidence) and found.outcome == "proof"


FOLLOWS = {
    "an exact step, definite everywhere": (exact <= M / (2 * l) * r**2, SMOOTH, ZERO, EVERYWHERE),
    "with a larger constant": (exact <= M / l * r**2, SMOOTH, ZERO, EVERYWHERE),
    "definite at the minimiser": (exact <= M / (2 * (l - M * r)) * r**2, SMOOTH, ZERO, AT_ZERO, NEAR),
    "as a contraction": (exact <= r / 18, SMOOTH, ZERO, AT_ZERO, NEAR),
    "as a distance times a constant": (M * exact <= l / 180, SMOOTH, ZERO, AT_ZERO, NEAR),
    "an approximate step": (
        approximate <= 2 * (0.1 * dv.sqrt(U / (l - M * r)) + M * r / (l - M * r)) * r,
        *(SMOOTH, ZERO, AT_ZERO, NEAR, ABOVE, *CLOSE),
    ),
}

OPEN = {
    "half of the constant": (exact <= M / (4 * l) * r**2, SMOOTH, ZERO, EVERYWHERE),
    "a little less": (exact <= M / (2.001 * l) * r**2, SMOOTH, ZERO, EVERYWHERE),
    "no zero": (exact <= M / (2 * l) * r**2, SMOOTH, EVERYWHERE),
    "a zero elsewhere": (exact <= M / (2 * l) * r**2, SMOOTH, dv.subs(slope, x, y) == 0, EVERYWHERE),
    "no Lipschitz constant": (exact <= M / (2 * l) * r**2, ZERO, EVERYWHERE),
    "of the gradient instead": (exact <= M / (2 * l) * r**2, dv.lipschitz(slope, x) <= M, ZERO, EVERYWHERE),
    "nothing definite": (exact <= M / (2 * l) * r**2, SMOOTH, ZERO),
    "bounded from above instead": (exact <= M / (2 * l) * r**2, SMOOTH, ZERO, curvature << l * dv.eye(d)),
    "definite at the minimiser alone": (exact <= M / (2 * l) * r**2, SMOOTH, ZERO, AT_ZERO, NEAR),
    "far away": (exact <= r / 18, SMOOTH, ZERO, AT_ZERO, M * r <= l),
    "a contraction that is too strong": (exact <= r / 18.1, SMOOTH, ZERO, AT_ZERO, NEAR),
    "a step in the other direction": (
        dv.norm(x + dv.inv(curvature) @ slope - x_star) <= M / (2 * l) * r**2,
        *(SMOOTH, ZERO, EVERYWHERE),
    ),
    "an approximation without a condition number": (
        approximate <= 2 * (0.1 + M * r / (l - M * r)) * r,
        *(SMOOTH, ZERO, AT_ZERO, NEAR, *CLOSE),
    ),
    "an approximation from one side": (approximate <= r, SMOOTH, ZERO, AT_ZERO, NEAR, ABOVE, CLOSE[0]),
    "one that is worse above": (
        approximate <= 2 * (0.1 * dv.sqrt(U / (l - M * r)) + M * r / (l - M * r)) * r,
        *(SMOOTH, ZERO, AT_ZERO, NEAR, ABOVE, CLOSE[0], H << 2 * curvature),
    ),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_the_lemma_says_is_proved(name: str) -> None:
    assert is_proved(obligation(*FOLLOWS[name]))


@pytest.mark.parametrize("name", OPEN)
def test_what_it_does_not_say_is_not(name: str) -> None:
    assert not is_proved(obligation(*OPEN[name]))


# A model in closed form: the loss sum(exp(x)) + l x^T x / 2, at points where x has no entry above 0 or not.
f = dv.exp(x) + l * x
J = dv.diag(dv.exp(x)) + l * dv.eye(d)
newton = dv.norm(x - dv.inv(J) @ f - x_star)
VANISHES = dv.subs(f, x, x_star) == 0


def lemma(gap: Tensor, constant: Tensor, point: Tensor = x, other: Tensor = y) -> Relation:
    return Cited("<=", dv.opnorm(gap), constant * dv.norm(point - other), "p/lipschitz")


def gap_to(other: Tensor) -> Tensor:
    return J - dv.diag(dv.exp(other)) - l * dv.eye(d)


GAP, POSITIVE = gap_to(y), dv.vector("z", d, nonnegative=True)


def test_a_claim_may_give_the_lipschitz_constant() -> None:
    assert is_proved(obligation(newton <= M / (2 * l) * r**2, VANISHES, lemma(GAP, M)))


@pytest.mark.parametrize(
    "given",
    [
        [lemma(GAP, M), dv.norm(y) <= 1],
        [lemma(gap_to(POSITIVE), M, other=POSITIVE)],
        [lemma(2 * GAP, M)],
        [lemma(GAP, M, x_star)],
        [lemma(GAP, M * dv.norm(y))],
        [Relation("<=", dv.opnorm(GAP), M * dv.norm(x - y))],
        [],
    ],
    ids=[
        "of some points",
        "of points of one sign",
        "of another matrix",
        "of another point",
        "not constant",
        "at two points",
        "none",
    ],
)
def test_what_holds_at_some_points_alone_is_no_lipschitz_constant(given: list[Relation]) -> None:
    assert not is_proved(obligation(newton <= M / (2 * l) * r**2, VANISHES, *given))


def test_a_matrix_that_is_not_the_derivative_is_no_newton_step() -> None:
    step = dv.norm(x - dv.inv(J + dv.eye(d)) @ f - x_star)
    assert not is_proved(obligation(step <= M / (2 * l) * r**2, VANISHES, lemma(GAP, M)))


def test_the_derivative_of_the_model_is_bounded_by_the_calculus() -> None:
    """tanh has slopes of at most ``4/sqrt(27)`` in its second derivative; 1 is more."""
    g = dv.tanh(x) + 2 * x
    gradient = dv.diag(1 - dv.tanh(x) ** 2) + 2 * dv.eye(d)
    step = dv.norm(x - dv.inv(gradient) @ g - x_star)
    half = Number(Fraction(1, 2))
    assert is_proved(obligation(step <= half * r**2, dv.subs(g, x, x_star) == 0, gradient >> dv.eye(d)))
