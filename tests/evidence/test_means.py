"""Claims about means, compared at instances: false ones fall with a verified witness, and true ones stand."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from derive.evaluate.point import Point
from derive.evidence import explicit_entries, finite_difference
from derive.evidence.evidence import Evidence
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.obligation import Obligation, obligations

n, d, m = dv.dim("n"), dv.dim("d"), dv.dim("m")
x, y, A = dv.vector("x", d), dv.vector("y", d), dv.matrix("A", n, d)
t, q = dv.scalar("t"), dv.scalar("q")
w, W = dv.gaussian("w", d), dv.gaussian("W", d, m)
a, s, z = dv.rademacher("a", m), dv.rademacher("s", n), dv.bernoulli("z", n, p=q)
u, v, P = dv.uniform("u", low=-1, high=2), dv.sphere("v", d), dv.one_hot("P", m, n)
E, V, Pr = dv.expectation, dv.variance, dv.probability
outputs = [(a * dv.exp(W.T @ point)).sum() for point in (x, y)]
share = [q >= 0, q <= 1]

CLAIMS: dict[str, tuple[dv.Relation, dv.Relation, list[Any]]] = {
    "moment-generating function": (
        E(dv.exp(w @ x)) == dv.exp(dv.norm(x) ** 2 / 2),
        E(dv.exp(w @ x)) == dv.exp(dv.norm(x) ** 2),
        [],
    ),
    "fourth moment": (E((w @ x) ** 4) == 3 * dv.norm(x) ** 4, E((w @ x) ** 4) == 2 * dv.norm(x) ** 4, []),
    "chi-square": (
        E(dv.exp(t * dv.norm(w) ** 2)) == (1 - 2 * t) ** (-d / 2),
        E(dv.exp(t * dv.norm(w) ** 2)) == (1 - t) ** (-d / 2),
        [t < 1 / 2],
    ),
    "kernel of a network": (
        E(outputs[0] * outputs[1]) == m * dv.exp(dv.norm(x + y) ** 2 / 2),
        E(outputs[0] * outputs[1]) == m * dv.exp(dv.norm(x - y) ** 2 / 2),
        [],
    ),
    "variance of a sum of signs": (V((s @ A)[0]) == dv.norm(A[:, 0]) ** 2, V((s @ A)[0]) == A[:, 0].sum() ** 2, []),
    "covariance on a sphere": (E(dv.outer(v, v)) == dv.eye(d) / d, E(dv.outer(v, v)) == dv.eye(d) / (d + 1), []),
    "a sample with replacement": (
        E((P @ A).sum(axis=0)) == m * A.sum(axis=0) / n,
        E((P @ A).sum(axis=0)) == A.sum(axis=0),
        [],
    ),
    "random features": (
        E(dv.cos(w @ x) * dv.cos(w @ y) + dv.sin(w @ x) * dv.sin(w @ y)) == dv.exp(-(dv.norm(x - y) ** 2) / 2),
        E(dv.cos(w @ x) * dv.cos(w @ y)) == dv.exp(-(dv.norm(x - y) ** 2) / 2) / 2,
        [],
    ),
    "a uniform number": (E(u**2) == t - t + 1, E(u**2) == t - t + 2, []),
    "Hoeffding's lemma": (
        E(dv.exp(t * s.sum())) <= dv.exp(n * t**2 / 2),
        E(dv.exp(t * s.sum())) <= dv.exp(n * t**2 / 4),
        [],
    ),
    "Khintchine's inequality": (
        E(abs(s @ A[:, 0])) <= dv.norm(A[:, 0]),
        E(abs(s @ A[:, 0])) <= dv.norm(A[:, 0]) / 2,
        [],
    ),
    "all of several": (Pr(z.sum() >= n) == q**n, Pr(z.sum() >= n) == n * q, share),
    "under a condition": (E(z.sum(), given=z[0] >= 1) == 1 + (n - 1) * q, E(z.sum(), given=z[0] >= 1) == n * q, share),
    "a derivative of a mean": (
        dv.grad(E(dv.exp(w @ x)), x) == x * dv.exp(x @ x / 2),
        dv.grad(E(dv.exp(w @ x)), x) == 2 * x * dv.exp(x @ x / 2),
        [],
    ),
    "a mean of a derivative": (
        E(dv.grad(dv.exp(w @ x), x)) == x * dv.exp(x @ x / 2),
        E(dv.grad(dv.exp(w @ x), x)) == -x * dv.exp(x @ x / 2),
        [],
    ),
    "the Loewner order": (
        E(dv.outer(w, w) * (w @ x) ** 2) >> dv.norm(x) ** 2 * dv.eye(d),
        E(dv.outer(w, w) * (w @ x) ** 2) << 2 * dv.norm(x) ** 2 * dv.eye(d),
        [],
    ),
}


def obligation(statement: dv.Relation, given: list[Any]) -> Obligation:
    claim = dv.Paper("p").claim("c", statement, given=given)
    assert claim.problem is None
    return obligations(claim)[0]


def compared(asked: Obligation) -> Evidence:
    found = explicit_entries.examine(asked, Drawn(asked, seed=0))
    assert isinstance(found, Evidence)
    return found


@pytest.mark.parametrize("case", CLAIMS)
def test_a_true_claim_about_a_mean_stands(case: str) -> None:
    statement, _, given = CLAIMS[case]
    found = compared(obligation(statement, given))
    assert (found.outcome, found.witness) == ("support", None)
    assert found.kept > 0


@pytest.mark.parametrize("case", CLAIMS)
def test_a_false_claim_about_a_mean_falls_with_a_verified_witness(case: str) -> None:
    _, statement, given = CLAIMS[case]
    asked = obligation(statement, given)
    found = compared(asked)
    assert found.outcome == "refutation"
    assert found.witness is not None
    assert found.witness.arithmetic in ("exact rationals", "balls")
    point = Point(found.witness.sizes, found.witness.indices, found.witness.values)
    assert verify(asked, point, 256) is not None


def test_an_instance_gives_random_symbols_no_values() -> None:
    drawn = Drawn(obligation(CLAIMS["all of several"][0], share), seed=0)
    assert set(next(iter(drawn)).point.values) == {"q"}


def test_a_mean_that_is_infinite_is_no_counterexample() -> None:
    """Beyond t = 1/2 the left side has no value, so that nothing is compared there."""
    found = compared(obligation(E(dv.exp(t * (w @ w))) == t - t + 1, [t >= 1]))
    assert found.outcome == "inconclusive"
    assert found.kept == 0
    assert found.non_finite > 0


def test_differences_decline_a_derivative_inside_a_mean() -> None:
    asked = obligation(CLAIMS["a mean of a derivative"][0], [])
    found = finite_difference.examine(asked, Drawn(asked, seed=0))
    assert not isinstance(found, Evidence) or found.outcome == "inconclusive"
