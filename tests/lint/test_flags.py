"""Flags say what a claim takes for granted and what it does not need, and nothing more."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from derive.judge import judge
from derive.record import ClaimRecord

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", d, d)
x, y = dv.vector("x", d), dv.vector("y", d)
R, q, t = dv.scalar("R"), dv.scalar("q"), dv.scalar("t")
GRADIENT = dv.grad(x @ x, x) == 2 * x


def judged(statement: Any, *given: Any) -> ClaimRecord:
    return judge(dv.Paper("flags").claim("c", statement, given=given))


def texts(record: ClaimRecord) -> tuple[str, ...]:
    return tuple(flag.text for flag in record.flags)


@pytest.mark.parametrize(
    ("statement", "given", "flags"),
    [
        (GRADIENT, [], ()),
        (dv.jacobian(dv.inv(X) @ x, x) == dv.inv(X), [], ("defined only where X is invertible",)),
        (dv.inv(dv.diag(dv.exp(x))) @ dv.exp(x) == dv.ones(d), [], ()),
        (x / x == dv.ones(d), [], ("defined only where x != 0",)),
        (dv.grad(dv.log(x).sum(), x) == 1 / x, [], ("defined only where x > 0",)),
        (dv.grad(dv.log(x).sum(), x) == x**-1, [x > 0], ()),
        (dv.exp(dv.sqrt(t - q) * 0) == 1, [], ("defined only where t - q >= 0",)),
        (dv.exp(dv.log(dv.exp(x).sum())) == dv.exp(x).sum(), [], ()),
        (dv.grad(dv.relu(A @ x).sum(), x) == A.T @ dv.heaviside(A @ x), [], ("away from the kinks of relu(A @ x)",)),
        (dv.grad(abs(t), t) == dv.sign(t), [t > 0], ()),
        (GRADIENT, [q >= 1], ("unused hypothesis: q >= 1",)),
        (GRADIENT, [q >= R, R >= 0], ("unused hypothesis: q >= R", "unused hypothesis: R >= 0")),
        (GRADIENT, [dv.norm(y) <= 1], ("unused hypothesis: norm(y) <= 1",)),
    ],
    ids=[
        "none",
        "an inverse",
        "an inverse that always exists",
        "a quotient",
        "a logarithm",
        "a logarithm by hypothesis",
        "a root",
        "a logarithm of exponentials",
        "a kink",
        "no kink by hypothesis",
        "unused",
        "unused together",
        "shape only",
    ],
)
def test_the_flags_of_a_claim(statement: Any, given: list[Any], flags: tuple[str, ...]) -> None:
    assert texts(judged(statement, *given)) == flags


@pytest.mark.parametrize("given", [[dv.norm(x) <= R, q >= R, q <= 1], [d >= 2]], ids=["a chain", "a size"])
def test_a_hypothesis_that_bears_on_the_statement_through_others_is_used(given: list[Any]) -> None:
    assert "unused-hypothesis" not in {flag.code for flag in judged(GRADIENT, *given).flags}


def test_a_refutation_keeps_its_flags() -> None:
    record = judged(dv.grad(dv.relu(x).sum(), x) == 2 * dv.heaviside(x), q == 1)
    assert (record.verdict, texts(record)) == ("refuted", ("unused hypothesis: q == 1",))


def test_a_proof_away_from_kinks_says_so_in_its_reason() -> None:
    record = judged(dv.grad(dv.relu(x).sum(), x) == dv.heaviside(x))
    assert record.reason == "equal normal forms, for all dimensions away from the kinks of relu(x)"


def test_evidence_names_what_it_rests_on() -> None:
    right, wrong = judged(dv.grad(dv.exp(x).sum(), x) == dv.exp(x)), judged(dv.grad(x @ x, x) == x)
    assert {found.method: found.strength for found in right.evidence if found.strength} == {
        "normal form": "symbolic",
        "identity test modulo a prime": "modulo a prime",
        "explicit entries": "balls",
        "complex step": "balls",
        "finite differences": "50 digits",
        "Taylor regression": "double precision",
    }
    assert {f.strength for f in wrong.evidence if f.outcome == "refutation"} == {"exact rationals"}


def test_a_search_for_flags_that_raises_leaves_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derive.lint.checks.defined_only_where.undefined_somewhere", lambda obligation: 1 / 0)
    record = judged(GRADIENT)
    assert record.verdict == "proved"
    assert record.flags[0].code == "lint-failed"
    assert record.flags[0].text.startswith("defined-only-where: ZeroDivisionError")
