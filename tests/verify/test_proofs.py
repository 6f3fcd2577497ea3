"""Proof trees are re-verified rule by rule; a tree that was changed falls, and the step is named."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec
import pytest

import derive as dv
from derive.bounds.rules import CONVERSIONS, RULES
from derive.examination import judged
from derive.record import ClaimRecord, ProofRecord, ProofStepRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Finding, Level
from derive.verify.rule_names import NUMERIC, SYMMETRY
from derive.verify.rules import TABLE

n, d = dv.dims("n d")
A, x, y, b = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
R, t = dv.scalar("R", positive=True), dv.scalar("t")
f = dv.softmax(A @ x)
P = dv.matrix("P", d, d, psd=True)
BALL = [dv.opnorm(A) <= R, dv.norm(x) <= R]

CLAIMS: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "product": (dv.norm(A @ x) <= R**2, BALL),
    "sum": (dv.norm(A @ x - b) <= R**2 + 1, [*BALL, dv.norm(b) <= 1]),
    "outer": (dv.opnorm(dv.outer(A @ x, b)) <= R**2, [*BALL, dv.norm(b) <= 1]),
    "softmax": (dv.lipschitz(f, x) <= R, [dv.opnorm(A) <= R]),
    "product rule": (dv.lipschitz(f * (A @ x), x) <= R**3 + R, BALL),
    "two points": (dv.norm(dv.exp(x) - dv.exp(y)) <= dv.exp(R) * dv.norm(x - y), [dv.norm(x) <= R, dv.norm(y) <= R]),
    "composition": (dv.lipschitz(dv.tanh(A @ x), x) <= R, [dv.opnorm(A) <= R]),
    "Weyl": (A.T @ dv.diag(f) @ A << R**2 * dv.eye(d), [dv.opnorm(A) <= R]),
    "covariance": (dv.diag(f) - dv.outer(f, f) << dv.eye(n), []),
    "least": (t**2 + R >= 4, [R >= 4]),
    "differences": (dv.relu(x).sum() <= abs(x).sum(), []),
    "spectrum": (dv.det(dv.eye(d) + P) <= dv.exp(dv.trace(P)), []),
    "convex": (dv.hessian(dv.exp(dv.norm(A @ x) ** 2), x) >> 0, []),
    "shifted": (dv.norm(A @ x) <= R**3, [*BALL, R >= 2]),
}
BY_RULES = ["product", "sum", "outer", "softmax", "product rule", "composition", "covariance", "shifted"]


@cache
def recorded(name: str) -> ClaimRecord:
    statement, given = CLAIMS[name]
    claim = dv.Paper("paper").claim(name.replace(" ", "-"), statement, given=given)
    return judged(claim, 0, ("attack", "enclosure"))


def proof_of(name: str) -> ProofRecord:
    (proof,) = (evidence.proof for evidence in recorded(name).evidence if evidence.proof is not None)
    return proof


def checked(name: str, proof: ProofRecord) -> Finding:
    claim = recorded(name)
    evidence = tuple(msgspec.structs.replace(e, proof=proof) if e.proof else e for e in claim.evidence)
    return check_claim(msgspec.structs.replace(claim, evidence=evidence)).finding


def with_steps(name: str, change: Callable[[int, ProofStepRecord], ProofStepRecord]) -> ProofRecord:
    proof = proof_of(name)
    return msgspec.structs.replace(proof, steps=tuple(change(k, step) for k, step in enumerate(proof.steps)))


@pytest.mark.parametrize("name", CLAIMS)
def test_a_proof_stands(name: str) -> None:
    assert recorded(name).verdict is Verdict.PROVED
    assert checked(name, proof_of(name)).level in (Level.VERIFIED, Level.CHECKED)


def test_what_is_said_to_bend_the_other_way_falls() -> None:
    """Along a line through a point the second derivative tells."""

    def change(_: int, step: ProofStepRecord) -> ProofStepRecord:
        bent = step.measure == "convex" and "exp" in step.subject
        return msgspec.structs.replace(step, measure="concave") if bent else step

    changed = with_steps("convex", change)
    assert changed != proof_of("convex")
    assert checked("convex", changed).level is Level.FALLEN


def test_a_proof_by_the_curvature_between_two_points_is_left_open() -> None:
    share = [t >= 0, t <= 1]
    jensen = dv.norm(t * x + (1 - t) * y) ** 2 <= t * dv.norm(x) ** 2 + (1 - t) * dv.norm(y) ** 2
    claim = judged(dv.Paper("paper").claim("jensen", jensen, given=share), 0, ("attack", "enclosure"))
    assert claim.verdict is Verdict.PROVED
    assert check_claim(claim).finding.level is Level.OPEN


@pytest.mark.parametrize("name", BY_RULES)
def test_a_proof_is_re_verified_by_the_rules_alone(name: str) -> None:
    assert checked(name, proof_of(name)).level is Level.VERIFIED


@pytest.mark.parametrize("name", BY_RULES)
def test_steps_with_another_constant_fall(name: str) -> None:
    """Every step in turn is said to have half its value, or twice that and one more: a step that no rule gives."""
    for number, step in enumerate(proof_of(name).steps):
        if step.measure == "symmetric":
            continue
        smaller = "-1" if step.measure in ("lower", "lambda_min") else f"({step.value})/2"
        changed = f"({step.value}) + 1" if step.measure in ("lower", "lambda_min") else smaller

        def change(k: int, old: ProofStepRecord, number: int = number, changed: str = changed) -> ProofStepRecord:
            return msgspec.structs.replace(old, value=changed) if k == number and old.value != "0" else old

        if step.value != "0":
            assert checked(name, with_steps(name, change)).level is Level.FALLEN, (number, step)


@pytest.mark.parametrize("rule", ["no such rule", "sign", "Weyl's inequality", "hypothesis", "definition", "notation"])
@pytest.mark.parametrize("name", BY_RULES)
def test_a_step_by_another_rule_falls_and_is_named(name: str, rule: str) -> None:
    number = len(proof_of(name).steps) - 1

    def change(k: int, step: ProofStepRecord) -> ProofStepRecord:
        premises = step.premises[:1] if rule == "definition" else step.premises
        return msgspec.structs.replace(step, rule=rule, premises=premises) if k == number else step

    if proof_of(name).steps[number].rule != rule and not (
        rule == "definition" and not proof_of(name).steps[-1].premises
    ):
        found = checked(name, with_steps(name, change))
        assert found.level is Level.FALLEN
        assert f"step {number} " in found.reason


@pytest.mark.parametrize("name", ["product", "outer", "softmax"])
def test_a_step_without_a_premise_falls(name: str) -> None:
    def change(k: int, step: ProofStepRecord) -> ProofStepRecord:
        return msgspec.structs.replace(step, premises=step.premises[1:])

    assert checked(name, with_steps(name, change)).level is Level.FALLEN


def test_a_step_from_other_premises_falls() -> None:
    def change(k: int, step: ProofStepRecord) -> ProofStepRecord:
        return msgspec.structs.replace(step, premises=step.premises[:1] * 2) if len(step.premises) == 2 else step

    assert checked("product", with_steps("product", change)).level is Level.FALLEN


def test_a_step_from_itself_falls() -> None:
    def change(k: int, step: ProofStepRecord) -> ProofStepRecord:
        return msgspec.structs.replace(step, premises=(k,))

    assert "does not come before" in checked("product", with_steps("product", change)).reason


@pytest.mark.parametrize(
    ("name", "dropped"),
    [("product", 0), ("product", 1), ("sum", 2), ("softmax", 0), ("two points", 0), ("two points", 1)],
)
def test_a_hypothesis_that_the_claim_does_not_have_falls(name: str, dropped: int) -> None:
    claim = recorded(name)
    assert claim.statement is not None
    given = tuple(text for k, text in enumerate(claim.statement.given) if k != dropped)
    changed = msgspec.structs.replace(claim, statement=msgspec.structs.replace(claim.statement, given=given))
    found = check_claim(changed).finding
    assert found.level is Level.FALLEN
    assert "hypothesis" in found.reason


@pytest.mark.parametrize("name", BY_RULES)
def test_another_claim_is_not_proved_by_the_tree(name: str) -> None:
    claim = recorded(name)
    assert claim.statement is not None
    for relation in ("norm(A) <= 1", "A[0, 0] <= 0", "opnorm(A) <= R**2/10"):
        symbols = {**recorded("product").statement.symbols, **claim.statement.symbols}  # type: ignore[union-attr]
        statement = msgspec.structs.replace(claim.statement, relations=(relation,), symbols=symbols)
        assert check_claim(msgspec.structs.replace(claim, statement=statement)).finding.level is Level.FALLEN


@pytest.mark.parametrize("name", ["product", "sum", "softmax", "composition", "shifted"])
def test_a_smaller_claimed_constant_is_not_met(name: str) -> None:
    """In the statement and in the proof: half of what was claimed, which the derived value exceeds."""
    claim = recorded(name)
    assert claim.statement is not None
    left, right = claim.statement.relations[0].split(" <= ")
    statement = msgspec.structs.replace(claim.statement, relations=(f"{left} <= ({right})/100",))
    proof = msgspec.structs.replace(proof_of(name), claimed=f"({proof_of(name).claimed})/100")
    evidence = tuple(msgspec.structs.replace(e, proof=proof) if e.proof else e for e in claim.evidence)
    found = check_claim(msgspec.structs.replace(claim, statement=statement, evidence=evidence)).finding
    assert found.level is Level.FALLEN
    assert "claimed" in found.reason


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": ()},
        {"claimed": "p77"},
        {"claimed": "open('x')"},
        {"parameters": {}},
        {"parameters": {"p0": "nothing"}},
    ],
)
def test_a_proof_that_cannot_be_read_falls(changes: dict[str, object]) -> None:
    assert checked("product", msgspec.structs.replace(proof_of("product"), **changes)).level is Level.FALLEN


def test_every_rule_of_the_norm_calculus_is_known() -> None:
    """A rule that is added there has to be added here: as lines of the table, or as one that points have to tell."""
    known = {rule for rule, _, _ in TABLE} | NUMERIC | SYMMETRY | {"variance", "probability vector"}
    assert {rule.name for rule in (*RULES, *CONVERSIONS)} - known == set()
