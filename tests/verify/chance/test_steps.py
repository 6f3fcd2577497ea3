"""Proofs about probabilities looked at again: right ones stand, and records with planted errors fall."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import pytest

from derive.bounds.recording import proof_record
from derive.concentration.goals import goals, prove
from derive.concentration.lemmas import LEMMAS as DERIVED
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import obligations
from derive.record import ProofRecord
from derive.statement_record import statement_record
from derive.verify import proofs
from derive.verify.chance.tails import LEMMAS
from derive.verify.level import Finding, Level
from derive.verify.statement import Statement, read

n, d, m = dv.dims("n d m")
X, c = dv.matrix("X", n, d), dv.vector("c", n)
W, g, a, u = dv.gaussian("W", d, m), dv.gaussian("g", n), dv.rademacher("a", n), dv.uniform("u", n)
delta, t = dv.scalar("delta", positive=True), dv.scalar("t", positive=True)
i = dv.index("i", n)
p = dv.scalar("p", positive=True)
b = dv.bernoulli("b", n, p=p)
BALL, CONFIDENCE = dv.norm(X[i]) <= 1, [delta < 1]
eps = dv.scalar("eps", positive=True)
leverage = dv.diag(X @ dv.inv(X.T @ X) @ X.T)
rows = dv.one_hot("rows", m, n, p=leverage / d)
SAMPLED = (rows @ X).T @ dv.diag(d / (rows @ leverage)) @ (rows @ X) / m
NEAR = dv.probability([(1 - eps) * X.T @ X << SAMPLED, SAMPLED << (1 + eps) * X.T @ X]) >= 1 - delta
fro = dv.norm(X, "fro")
V, v = dv.matrix("V", n, m), dv.scalar("v", positive=True)
by_squares, alike = dv.one_hot("S", m, n, p=dv.sum(X**2, axis=1) / fro**2), dv.one_hot("U", m, n)
GRAM = (by_squares @ X).T @ dv.diag(fro**2 / (by_squares @ dv.sum(X**2, axis=1))) @ (by_squares @ X) / m
PRODUCT = n / m * (alike @ X).T @ (alike @ V)
B = dv.sqrt(2 * dv.log(2 * n * m / delta))

CLAIMS: dict[str, tuple[Relation, Sequence[Relation]]] = {
    "union": (dv.probability(dv.max(dv.abs(X @ W)) <= B) >= 1 - delta, [BALL, *CONFIDENCE]),
    "two events": (dv.probability([X @ W <= B, X @ W >= -B]) >= 1 - delta, [BALL, *CONFIDENCE]),
    "signs": (dv.probability(a @ c >= t * dv.norm(c)) <= dv.exp(-(t**2) / 2), [dv.norm(c) > 0]),
    "interval": (dv.probability(dv.abs(dv.sum(u) - n / 2) >= t * n) <= 2 * dv.exp(-2 * n * t**2), []),
    "complement": (1 - dv.probability(a @ c < t * dv.norm(c)) <= dv.exp(-(t**2) / 2), [dv.norm(c) > 0]),
    "second moment": (dv.probability(dv.norm(g) >= t) <= n / t**2, []),
    "variance on one side": (dv.probability(g @ g - n >= t) <= 2 * n / (2 * n + t**2), []),
    "chi-square": (dv.probability(g @ g - n >= 2 * dv.sqrt(n * t) + 2 * t) <= dv.exp(-t), []),
    "chi-square on both sides": (dv.probability(dv.abs(g @ g - n) >= 2 * dv.sqrt(n * t) + 2 * t) <= 2 * dv.exp(-t), []),
    "Gaussian norm": (
        dv.probability(dv.norm(X.T @ g) >= dv.norm(X, "fro") + t * dv.opnorm(X)) <= dv.exp(-(t**2) / 2),
        [dv.opnorm(X) > 0],
    ),
    "successes": (
        dv.probability(dv.sum(b) >= n * p + t) <= dv.exp(-(t**2) / (2 * (n * p * (1 - p) + t / 3))),
        [p <= 1],
    ),
    "sampled rows": (NEAR, [eps < 1, *CONFIDENCE, m >= 3 * d * dv.log(2 * d / delta) / eps**2]),
    "one side of sampled rows": (
        dv.probability(SAMPLED << (1 + eps) * X.T @ X) >= 1 - d * dv.exp(-3 * m * eps**2 / (8 * d)),
        [eps < 1],
    ),
    "sampled Gram matrix": (
        dv.probability(dv.opnorm(GRAM - X.T @ X) <= t)
        >= 1 - 2 * d * dv.exp(-m * t**2 / 2 / (fro**2 * dv.opnorm(X) ** 2 + fro**2 * t / 3)),
        [fro > 0],
    ),
    "sampled product": (
        dv.probability(dv.opnorm(PRODUCT - X.T @ V) >= t)
        <= (d + m) * dv.exp(-m * t**2 / 2 / ((n * v) ** 2 + 2 * n * v * t / 3)),
        [BALL, dv.norm(V[i]) <= v],
    ),
    "mean": (dv.probability(g @ g >= t) <= n / t, []),
}


@cache
def stated(name: str) -> tuple[Statement, ProofRecord]:
    statement, given = CLAIMS[name]
    claim = dv.Paper("paper").claim("claim", statement, given=list(given))
    (obligation,) = obligations(claim)
    asked = next(iter(goals(obligation)))
    proof, _ = prove(asked)
    assert proof is not None
    record = statement_record(claim)
    assert record is not None
    positions = tuple(asked.setting.positions.values())
    return read(record).part(0), proof_record(asked.goal, proof, positions)


def checked(name: str, record: ProofRecord) -> Finding:
    return proofs.check(stated(name)[0], record, name)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_right_proof_stands(name: str) -> None:
    assert checked(name, stated(name)[1]).level is Level.CHECKED


def planted(record: ProofRecord, number: int, **changes: object) -> ProofRecord:
    steps = list(record.steps)
    steps[number] = msgspec.structs.replace(steps[number], **changes)
    return msgspec.structs.replace(record, steps=tuple(steps))


def about_chance(record: ProofRecord) -> list[int]:
    return [k for k, step in enumerate(record.steps) if step.subject.startswith(("probability", "expectation"))]


@pytest.mark.parametrize("name", CLAIMS)
def test_every_better_value_falls(name: str) -> None:
    """A tenth less of every bound from above, a tenth of what is left more of every bound from below."""
    _, record = stated(name)
    for number in about_chance(record):
        step = record.steps[number]
        better = f"1 - (1 - ({step.value}))*9/10" if step.measure == "lower" else f"({step.value})*9/10"
        assert checked(name, planted(record, number, value=better)).level is Level.FALLEN


@pytest.mark.parametrize("name", CLAIMS)
def test_another_rule_falls(name: str) -> None:
    _, record = stated(name)
    for number in about_chance(record):
        mean = record.steps[number].subject.startswith("expectation")
        other = "complement" if mean else "expectation in closed form"
        assert checked(name, planted(record, number, rule=other)).level is Level.FALLEN


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("union", "X[j, :] @ W[:, k]", "X[j, :] @ W[:, k]/2"),
        ("union", "X[j, :] @ W[:, k]", "X[j, :] @ (W[:, k] + 1)"),
        ("signs", "@", "@ c/2 @"),
    ],
)
def test_another_event_falls(name: str, old: str, new: str) -> None:
    _, record = stated(name)
    number = next(k for k in about_chance(record) if old in record.steps[k].subject)
    subject = record.steps[number].subject.replace(old, new, 1)
    assert checked(name, planted(record, number, subject=subject)).level is Level.FALLEN


def test_every_lemma_is_known() -> None:
    """A lemma that is added to the derivation has to be added here."""
    assert {lemma.name for lemma in DERIVED} == set(LEMMAS)
