"""What one claim gets from end to end, whatever fails beside its verdict."""

from __future__ import annotations

import pytest

import derive.judge
from derive.judge import judge
from derive.language.arrays import norm
from derive.language.paper import Paper
from derive.language.symbols import dims, vector
from derive.record import Verdict

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
