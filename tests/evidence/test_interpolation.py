"""Inequalities about any smooth or convex function follow from what interpolation says, and no others do."""

from __future__ import annotations

import pytest

from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.interpolation import examine, refuted
from derive.instances.drawn import Drawn
from derive.judge import judge
from derive.language import api as dv
from derive.language.claims import Claim
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation, stated
from derive.record import Verdict
from derive.verify.check import check_claim
from derive.verify.level import Level

d = dv.dim("d")
x, x_star = dv.vector("x", d), dv.vector("x_star", d)
mu, K, eta = (dv.scalar(name, positive=True) for name in ("mu", "K", "eta"))
f = dv.function("f", d)
g = dv.grad(f(x), x)
step, r = x - eta * g, dv.norm(x - x_star)

ZERO = dv.subs(g, x, x_star) == 0
SMOOTH = (dv.lipschitz(g, x) <= K, ZERO)
CONVEX = (*SMOOTH, dv.convexity(f(x), x) >= 0)
STRONGLY = (*SMOOTH, dv.convexity(f(x), x) >= mu)
SHORT = eta * K <= 1

FOLLOWS = {
    "gradient descent contracts": (dv.norm(step - x_star) ** 2 <= (1 - eta * mu) ** 2 * r**2, *STRONGLY, SHORT),
    "with the longest step": (
        dv.norm(step - x_star) ** 2 <= (1 - eta * mu) ** 2 * r**2,
        *(*STRONGLY, eta * (K + mu) <= 2),
    ),
    "without squares": (dv.norm(step - x_star) <= (1 - eta * mu) * r, *STRONGLY, SHORT),
    "a step does not lead away": (dv.norm(step - x_star) <= r, *CONVEX, eta * K <= 2),
    "the gradient is cocoercive": (K * (g @ (x - x_star)) >= dv.norm(g) ** 2, *CONVEX),
    "a step descends": (f(step) <= f(x) - eta / 2 * dv.norm(g) ** 2, *SMOOTH, SHORT),
    "the gradient dominates": (dv.norm(g) ** 2 >= 2 * mu * (f(x) - f(x_star)), *STRONGLY),
}

OPEN = {
    "a rate that is too good": (dv.norm(step - x_star) ** 2 <= (1 - 2 * eta * mu) * r**2, *STRONGLY, SHORT),
    "a step that is too long": (
        dv.norm(step - x_star) ** 2 <= (1 - eta * mu) ** 2 * r**2,
        *(*STRONGLY, eta * K <= 2),
    ),
    "no convexity": (dv.norm(step - x_star) ** 2 <= (1 - eta * mu) ** 2 * r**2, *SMOOTH, SHORT),
    "no smoothness": (
        dv.norm(step - x_star) ** 2 <= (1 - eta * mu) ** 2 * r**2,
        *(ZERO, dv.convexity(f(x), x) >= mu, SHORT),
    ),
    "a step three times as long": (dv.norm(step - x_star) <= r, *CONVEX, eta * K <= 3),
    "twice cocoercive": (K * (g @ (x - x_star)) >= 2 * dv.norm(g) ** 2, *CONVEX),
    "cocoercive without convexity": (K * (g @ (x - x_star)) >= dv.norm(g) ** 2, *SMOOTH),
    "twice the descent": (f(step) <= f(x) - eta * dv.norm(g) ** 2, *SMOOTH, SHORT),
    "a gradient that dominates twice": (dv.norm(g) ** 2 >= 4 * mu * (f(x) - f(x_star)), *STRONGLY),
    "a step uphill": (dv.norm(x + eta * g - x_star) <= r, *CONVEX, SHORT),
}


def found(statement: Relation, *given: Relation) -> Evidence | Inapplicable:
    asked = stated("p/c", statement, given)
    return examine(asked, Drawn(Obligation("p/c", "==", asked.left * 0, asked.right * 0, ()), 0))


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_follows_is_proved(name: str) -> None:
    shown = found(*FOLLOWS[name])
    assert isinstance(shown, Evidence)
    assert shown.outcome == "proof"


@pytest.mark.parametrize("name", OPEN)
def test_what_does_not_follow_is_not(name: str) -> None:
    shown = found(*OPEN[name])
    assert isinstance(shown, Inapplicable) or shown.outcome == "refutation"


@pytest.mark.parametrize(
    ("statement", "given", "reason"),
    [
        (dv.norm(step) <= r, (*CONVEX, SHORT), "made of points"),
        (dv.norm(dv.exp(x) - x_star) <= r, (*CONVEX, SHORT), "made of points"),
        (dv.norm(step - x_star) <= r, (*CONVEX[:1], CONVEX[2], SHORT), "a zero of the gradient"),
        (dv.norm(step - x_star) <= r, (ZERO, SHORT), "or the class"),
        (dv.norm(x - x_star) <= r, (), "about any function"),
    ],
    ids=["depends on the origin", "not linear", "no zero", "no class", "no function"],
)
def test_what_is_no_such_claim_is_left_alone(statement: Relation, given: tuple[Relation, ...], reason: str) -> None:
    shown = found(statement, *given)
    assert isinstance(shown, Inapplicable)
    assert reason in shown.reason


def judged(statement: Relation, *given: Relation) -> Verdict:
    paper = Paper("p")
    paper.claim("c", statement, given=list(given))
    (claim,) = paper.claims
    assert isinstance(claim, Claim)
    return judge(claim).verdict


def test_a_claim_about_any_function_is_proved() -> None:
    assert judged(*FOLLOWS["gradient descent contracts"]) is Verdict.PROVED


def test_a_false_one_falls_with_a_quadratic_function() -> None:
    assert judged(*OPEN["a rate that is too good"]) is Verdict.REFUTED


def gap(bound: Tensor) -> Relation:
    """One step of length 1/K comes as near to the least value."""
    return f(x - g / K) - f(x_star) <= bound


WORST = {name: said for name, said in OPEN.items() if name != "no smoothness"} | {
    "a step's gap below a seventh": (gap(K * r**2 / 7), *CONVEX),
    "the same within a radius": (gap(K * eta**2 / 7), *CONVEX, r <= eta),
    "a gap below the best": (f(x) - f(x_star) <= K * r**2 / 2 - eta, *CONVEX),
    "a gap of what is not convex": (gap(K * r**2 / 4), *SMOOTH),
    "convex from below": (f(x) - f(x_star) >= mu * r**2, *STRONGLY),
    "bent downwards": (f(x) - f(x_star) >= 0, *SMOOTH, dv.convexity(f(x), x) >= -mu, mu <= K),
}
"""What is false, by a function of the class."""

TIGHT = {
    "a step's gap": (gap(K * r**2 / 6), *CONVEX),
    "a step's gap within a radius": (gap(K * eta**2 / 6), *CONVEX, r <= eta),
    "a shorter step's gap": (f(x - eta * g) - f(x_star) <= r**2 / (4 * eta), *CONVEX, SHORT),
    "a gap of what is convex downwards": (f(x) - f(x_star) >= -mu / 2 * r**2, *SMOOTH, dv.convexity(f(x), x) >= -mu),
} | FOLLOWS
"""What holds for every function of the class, most of it with equality for some."""


def attacked(statement: Relation, *given: Relation) -> Evidence | None:
    pytest.importorskip("cvxpy", reason="the extra pep is not installed")
    return refuted(stated("p/c", statement, given), 0)


@pytest.mark.parametrize("name", WORST)
def test_a_worst_case_refutes_what_is_false(name: str) -> None:
    shown = attacked(*WORST[name])
    assert shown is not None
    assert shown.witness is not None


@pytest.mark.parametrize("name", TIGHT)
def test_what_is_true_has_no_worst_case_against_it(name: str) -> None:
    assert attacked(*TIGHT[name]) is None


@pytest.mark.parametrize(
    "given",
    [
        (*CONVEX[:2], dv.lipschitz(g, x) <= eta, CONVEX[2]),
        (*CONVEX, dv.norm(x) <= 1),
        (*CONVEX, dv.lambda_max(dv.hessian(f(x), x)) <= K),
        (*CONVEX, dv.lipschitz(dv.hessian(f(x), x), x) <= eta),
        (*CONVEX, g == 0),
        (dv.lipschitz(g, x) < K, *CONVEX[1:]),
        CONVEX[1:],
    ],
    ids=["two constants", "the origin", "a Hessian", "its constant", "a zero", "strictly below", "not smooth"],
)
def test_a_hypothesis_that_is_not_read_is_not_dropped(given: tuple[Relation, ...]) -> None:
    assert attacked(gap(K * r**2 / 7), *given) is None


def test_a_claim_whose_worst_case_is_no_quadratic_falls_with_data_that_are_verified_again() -> None:
    pytest.importorskip("cvxpy", reason="the extra pep is not installed")
    statement, *given = WORST["a step's gap below a seventh"]
    paper = Paper("p")
    paper.claim("c", statement, given=given)
    record = judge(paper.claims[0])
    assert record.verdict is Verdict.REFUTED
    assert check_claim(record).finding.level is Level.VERIFIED
