"""What one claim gets from end to end, whatever fails beside its verdict."""

from __future__ import annotations

import pytest

import derive.judge
from derive.judge import judge
from derive.language.arrays import norm
from derive.language.paper import Paper
from derive.language.symbols import dim, dims, scalar, vector
from derive.record import Verdict
from derive.verify.check import check_claim
from derive.verify.level import Level

n = dims("n")
x, y = vector("x", n), vector("y", n)


def test_a_bracket_that_raises_leaves_the_verdict_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ArithmeticError("too large")

    paper = Paper("p")
    paper.claim("triangle", norm(x + y) <= norm(x) + norm(y))
    monkeypatch.setattr(derive.judge, "bracket", fail)
    record = judge(paper.claims[0])
    assert record.verdict is Verdict.PROVED
    assert record.bracket is None
    assert [flag.code for flag in record.flags] == ["no-bracket"]
    assert "too large" in record.flags[0].text


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("exp(t) != 0", Verdict.PROVED),
        ("t**2 + 1 != 0", Verdict.PROVED),
        ("t != 0", Verdict.REFUTED),
        ("t**2 != 4", Verdict.REFUTED),
        ("v != 0", Verdict.REFUTED),
    ],
)
def test_sides_that_are_said_to_differ(statement: str, verdict: Verdict) -> None:
    """``!=`` in a statement holds where the sides differ in every entry, and falls where one agrees."""
    paper = Paper("paper")
    paper.names.update(t=scalar("t"), v=vector("v", dim("n")))
    record = judge(paper.claim("claim", statement))
    assert record.verdict is verdict
    assert check_claim(record).finding.level in (Level.VERIFIED, Level.CHECKED)
