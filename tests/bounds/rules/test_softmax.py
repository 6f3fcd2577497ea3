"""Vectors without negative entries over their sums have norms of at most 1; others may have larger ones."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language.paper import Paper
from derive.language.symbols import dim, symbol
from derive.obligation import obligations

n = dim("n")
NAMES = {"n": n, "p": symbol("p", n, nonnegative=True), "x": symbol("x", n)}


def proved(statement: str, *given: str) -> bool:
    claim = Paper("p", names=dict(NAMES)).claim("a", statement, given=list(given))
    (obligation,) = obligations(claim)
    return any(prove(goal)[0] is not None for goal in goals(obligation))


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("norm(p/sum(p)) <= 1", []),
        ("norm(p/(p @ ones(n)), 1) <= 1", []),
        ("norm(x/sum(x)) <= 1", ["x >= 0"]),
        ("norm((exp(x) + x**2)/sum(exp(x) + x**2), inf) <= 1", []),
    ],
)
def test_entries_that_are_not_negative_over_their_sum(statement: str, given: list[str]) -> None:
    assert proved(statement, *given)


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("norm(x/sum(x)) <= 1", []),
        ("norm(x/sum(x)) <= 1", ["sum(x) > 0"]),
        ("norm(x/sum(x)) <= 1", ["x >= -0.01"]),
        ("norm(p/sum(p)) <= 0.99", []),
        ("norm(p/sum(p**2)) <= 1", []),
        ("norm(p/(p @ x)) <= 1", []),
    ],
)
def test_other_quotients(statement: str, given: list[str]) -> None:
    assert not proved(statement, *given)
