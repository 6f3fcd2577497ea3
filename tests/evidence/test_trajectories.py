"""Claims for all numbers of steps: true rates of known iterations stand, and wrong ones fall with a witness."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import pytest

import derive as dv
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.trajectories import examine
from derive.instances.drawn import Drawn
from derive.language.relations import Relation
from derive.obligation import obligations

n, d = dv.dims("n d")
A, Q = dv.matrix("A", n, d), dv.matrix("Q", d, d, pd=True)
x, x0, v, b = dv.vector("x", d), dv.vector("x0", d), dv.vector("v", d), dv.vector("b", n)
s, s0, u, t, k = dv.scalar("s"), dv.scalar("s0"), dv.scalar("u"), dv.time("t"), dv.time("k")
eta, eps = dv.scalar("eta", positive=True), dv.scalar("eps", positive=True)

quadratic = (x @ Q @ x) / 2
descent = dv.iterate(x, x - eta * dv.grad(quadratic, x), start=x0)
short = [eta * dv.opnorm(Q) <= 1]
least_squares = dv.norm(A @ x - b) ** 2 / 2
newton = dv.iterate(s, (s + u / s) / 2, start=s0)
power = dv.iterate(x, Q @ x / dv.norm(Q @ x), start=x0)
averaging = dv.iterate(x, (x + dv.ones(d) * x.mean()) / 2, start=x0)
heavy_ball = dv.iterate([x, v], [x - v, v / 2 + dv.grad(quadratic, x) / 8], start=[x0, dv.zeros(d)])
alternating = dv.iterate([s, u], [u / 2, s / 2 + u / 4], start=[s0, s0])


@dataclass(frozen=True)
class Stated:
    name: str
    statement: Relation
    given: list[Relation] = field(default_factory=list)


TRUE = [
    Stated(
        "gradient descent contracts on a strongly convex quadratic",
        descent(dv.norm(x), t) <= (1 - eta * dv.lambda_min(Q)) ** t * dv.norm(x0),
        short,
    ),
    Stated("the loss never increases", descent(quadratic, t + 1) <= descent(quadratic, t), short),
    Stated(
        "iteration count with the natural logarithm",
        dv.norm(descent(x, k)) <= eps,
        [*short, dv.norm(x0) >= eps, eta * dv.lambda_min(Q) * k >= dv.log(dv.norm(x0) / eps)],
    ),
    Stated("Newton's square roots are above", newton(s**2, t + 1) >= u, [s0 > 0, u > 0]),
    Stated("the power map keeps to the sphere", power(dv.norm(x), t + 1) == 1),
    Stated("averaging keeps the mean", averaging(x.mean(), t) == x0.mean()),
    Stated("averaging halves the spread", averaging(x.max() - x.min(), t) == (x0.max() - x0.min()) / 2**t),
    Stated("several states at once", alternating(dv.abs(s), t + 1) <= dv.abs(s0) / 2),
    Stated("a bound at all times", descent.always(quadratic <= (x0 @ Q @ x0) / 2, until=t) == 1, short),
    Stated(
        "a time that is reached",
        descent.first(dv.norm(x) <= dv.norm(x0) / 2) <= 2,
        [dv.eye(d) == Q, eta == Fraction(1, 2)],
    ),
]

FALSE = [
    Stated(
        "a rate without its factor two is squared",
        descent(dv.norm(x), t) <= (1 - 2 * eta * dv.lambda_min(Q)) ** t * dv.norm(x0),
        [2 * eta * dv.opnorm(Q) <= 1],
    ),
    Stated(
        "a rate in the largest eigenvalue",
        descent(dv.norm(x), t) <= (1 - eta * dv.opnorm(Q)) ** t * dv.norm(x0),
        short,
    ),
    Stated("the loss never increases, whatever the step", descent(quadratic, t + 1) <= descent(quadratic, t)),
    Stated(
        "iteration count with the logarithm to base 10",
        dv.norm(descent(x, k)) <= eps,
        [*short, dv.norm(x0) >= eps, eta * dv.lambda_min(Q) * k >= dv.log(dv.norm(x0) / eps) / dv.log(10)],
    ),
    Stated("Newton's square roots are above from the start", newton(s**2, t) >= u, [s0 > 0, u > 0]),
    Stated("the power map grows the norm", power(dv.norm(x), t + 1) == 1 + t / 1000),
    Stated("momentum never increases the loss", heavy_ball(quadratic, t + 1) <= heavy_ball(quadratic, t), short),
    Stated("what fails after ten steps only", alternating(dv.abs(s), t) >= dv.abs(s0) / 10**3, [s0 >= 1]),
    Stated("a bound at all times but the first", descent.always(quadratic <= (x0 @ Q @ x0) / 3, until=t) == 1, short),
    Stated(
        "a time that is not reached",
        descent.first(dv.norm(x) <= dv.norm(x0) / 3) <= 1,
        [dv.eye(d) == Q, eta == Fraction(1, 2)],
    ),
]


def examined(case: Stated) -> Evidence:
    claim = dv.Paper("runs").claim("claim", case.statement, given=case.given)
    [obligation] = obligations(claim)
    found = examine(obligation, Drawn(obligation, 0))
    assert isinstance(found, Evidence), found
    return found


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case.name)
def test_what_holds_stands(case: Stated) -> None:
    found = examined(case)
    assert found.outcome == "support"
    assert found.kept >= 20


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case.name)
def test_what_fails_after_some_step_falls(case: Stated) -> None:
    assert examined(case).witness is not None


def test_what_has_no_run_is_not_its_business() -> None:
    [obligation] = obligations(dv.Paper("runs").claim("static", dv.norm(x) >= 0))
    assert isinstance(examine(obligation, Drawn(obligation, 0)), Inapplicable)


def test_the_step_at_which_a_run_leaves_the_domain_is_named() -> None:
    """log(1) - 5 is negative, and has no logarithm."""
    run = dv.iterate(s, dv.log(s) - 5, start=1)
    (asked,) = obligations(dv.Paper("runs").claim("domain", run(s, 4) <= 10))
    found = examine(asked, Drawn(asked, 0))
    assert isinstance(found, (Evidence, Inapplicable))
    told = found.note if isinstance(found, Evidence) else found.reason
    assert "a run has no value after 2 steps, before which s = -5" in told
