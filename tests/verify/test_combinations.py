"""Combinations of facts are multiplied out again; one that was changed falls."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec
import pytest

import derive as dv
from derive.examination import judged
from derive.record import ClaimRecord, FactRecord, PositivityRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Finding, Level

n, p = dv.dims("n p")
x, y = dv.scalar("x"), dv.scalar("y")
r, s = dv.scalar("r", nonnegative=True), dv.scalar("s", nonnegative=True)
l, M = dv.scalar("l", positive=True), dv.scalar("M", positive=True)
u, v = dv.vector("u", n), dv.vector("v", n)
P = dv.matrix("P", n, n)
k = dv.time("k")
i, j = dv.index("i", n), dv.index("j", n)
NESTED = dv.sum(dv.sum(dv.exp(x * (P[i, j] + P[j, i])), over=i), over=j)

CLAIMS: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "shrinking": (s <= 0.4 * r, [s <= 2 * (0.01 + M * r / (l - M * r)) * r, M * r <= 0.1 * l]),
    "strict": (r / (1 + r) < 1, []),
    "means": (2 * x * y <= x**2 + y**2, []),
    "root": (2 * dv.sqrt(l) <= l + 1, []),
    "absolute": (x <= abs(x) + r, []),
    "size": (l / n <= l, []),
    "norm": (2 * dv.norm(v) * r <= dv.norm(v) ** 2 + r**2, []),
    "entries": (2 * u * v <= u**2 + v**2, []),
    "terms": (dv.sum(dv.exp(v)) >= n + dv.sum(v), []),
    "congruence": (P.T @ dv.diag(v) @ P >> l * dv.eye(n), [v * dv.sigma_min(P) ** 2 >= l]),
    "semidefinite": (P.T @ dv.diag(u**2) @ P >> 0, []),
    "power": ((1 - l) ** k < 1, [k >= 1, l < 1]),
    "binomial": (dv.binomial(n + p - 1, p) * dv.factorial(p) >= n * n ** (p - 1), []),
    "bernoulli": (1 - k * l <= (1 - l) ** k, [l <= 1]),
    "logarithm": (r <= l**x, [l > 1, x >= dv.log(r) / dv.log(l)]),
    "maximum": (x <= dv.maximum(x, 0), []),
    "hyperbola": (dv.cosh(x) ** 2 - dv.sinh(x) ** 2 <= dv.cosh(y), []),
    "quotient": (1 + dv.cosh(x) <= dv.exp(x) + 1 / dv.exp(x), []),
    "substituted": (dv.subs(dv.hessian((dv.exp(x) - y) ** 2 / 2, x), y, 4 * dv.exp(x)) < -(dv.exp(x) ** 2), []),
    "derivative": (dv.hessian((dv.sinh(x) - y) ** 2 / 2, x) < 0, [y == 4 * dv.sinh(x), y**2 > 8]),
    "nested": (dv.grad(NESTED, x) <= 2 * l * NESTED, [P >= 0, l >= P]),
    "remainder": (abs((dv.exp(-P) - 1 + P) @ u) <= dv.sum(P**2, axis=1), [abs(P) <= 1, u**2 == 1]),
}


@cache
def recorded(name: str) -> ClaimRecord:
    statement, given = CLAIMS[name]
    claim = dv.Paper("paper").claim(name, statement, given=given)
    return judged(claim, 0, ("attack", "enclosure", "norm calculus"))


def positivity(name: str) -> PositivityRecord:
    return next(proof for evidence in recorded(name).evidence for proof in evidence.positivity)


def checked(name: str, proof: PositivityRecord) -> Finding:
    claim = recorded(name)
    evidence = tuple(
        msgspec.structs.replace(e, positivity=(proof, *e.positivity[1:])) if e.positivity else e for e in claim.evidence
    )
    return check_claim(msgspec.structs.replace(claim, evidence=evidence)).finding


@pytest.mark.parametrize("name", CLAIMS)
def test_a_proof_is_re_verified(name: str) -> None:
    assert recorded(name).verdict is Verdict.PROVED
    assert checked(name, positivity(name)).level is Level.VERIFIED


def other_coefficient(proof: PositivityRecord) -> PositivityRecord:
    first, *others = proof.shown.terms
    terms = (msgspec.structs.replace(first, coefficient="1/977"), *others)
    return msgspec.structs.replace(proof, shown=msgspec.structs.replace(proof.shown, terms=terms))


def negative_terms(proof: PositivityRecord) -> PositivityRecord:
    turned = [
        tuple(msgspec.structs.replace(p, coefficient=f"-{p.coefficient}") for p in part)
        for part in (proof.shown.multipliers, proof.shown.terms)
    ]
    shown = msgspec.structs.replace(proof.shown, multipliers=turned[0], terms=turned[1])
    return msgspec.structs.replace(proof, shown=shown)


def dropped_term(proof: PositivityRecord) -> PositivityRecord:
    return msgspec.structs.replace(proof, shown=msgspec.structs.replace(proof.shown, terms=proof.shown.terms[1:]))


def other_polynomial(proof: PositivityRecord) -> PositivityRecord:
    return msgspec.structs.replace(proof, polynomial=f"{proof.polynomial} + 1")


def other_facts(proof: PositivityRecord) -> PositivityRecord:
    facts = tuple(msgspec.structs.replace(fact, polynomial=f"{fact.polynomial} + 1/7") for fact in proof.facts)
    return msgspec.structs.replace(proof, facts=facts)


def other_reading(proof: PositivityRecord) -> PositivityRecord:
    reading = msgspec.structs.replace(proof.reading, small=f"{proof.reading.small} - 1/7")
    return msgspec.structs.replace(proof, reading=reading)


CHANGES = (other_coefficient, negative_terms, dropped_term, other_polynomial, other_facts, other_reading)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", [name for name in CLAIMS if name != "strict"])
def test_a_changed_proof_falls(name: str, change: Callable[[PositivityRecord], PositivityRecord]) -> None:
    assert checked(name, change(positivity(name))).level is Level.FALLEN


REASONS = ("sign", "size", "square", "root", "hyperbola", "power", "denominator", "hypothesis")


@pytest.mark.parametrize("reason", REASONS)
def test_a_fact_that_is_none_is_not_taken(reason: str) -> None:
    """x >= 0 is no fact, whatever the reason is said to be."""
    proof = positivity("means")
    facts = (*proof.facts, FactRecord(polynomial="x", reason=reason))
    assert checked("means", msgspec.structs.replace(proof, facts=facts)).level is Level.FALLEN


@pytest.mark.parametrize("fact", ["l - (1 - l)**k", "1 - (2 - l)**k", "1 - k*l - (1 - l)**k", "(1 - l)**k - 1 + l"])
def test_a_fact_about_powers_that_is_none_is_not_taken(fact: str) -> None:
    """Not where it is false, and not where what it asks of the base is not known."""
    proof = positivity("bernoulli")
    facts = (*proof.facts, FactRecord(polynomial=fact, reason="power"))
    assert checked("bernoulli", msgspec.structs.replace(proof, facts=facts)).level is Level.FALLEN


def test_a_hypothesis_that_the_claim_does_not_have_is_not_taken() -> None:
    proof = positivity("remainder")
    given = tuple(msgspec.structs.replace(g, statement=g.statement.replace("1", "1/2")) for g in proof.reading.given)
    reading = msgspec.structs.replace(proof.reading, given=given)
    assert checked("remainder", msgspec.structs.replace(proof, reading=reading)).level is Level.FALLEN


def test_one_side_of_an_absolute_value_is_not_enough() -> None:
    claim = recorded("remainder")
    evidence = tuple(msgspec.structs.replace(e, positivity=e.positivity[:1]) for e in claim.evidence)
    assert check_claim(msgspec.structs.replace(claim, evidence=evidence)).finding.level is Level.FALLEN


@pytest.mark.parametrize("change", [{"larger": "2*r"}, {"smaller": "2*r"}, {"strict": True}, {"divisors": (99,)}])
def test_what_does_not_follow_from_logarithms_falls(change: dict[str, object]) -> None:
    proof = positivity("logarithm")
    facts = [msgspec.structs.replace(f, **change) if f.reason == "logarithm" else f for f in proof.facts]
    assert checked("logarithm", msgspec.structs.replace(proof, facts=tuple(facts))).level is Level.FALLEN
