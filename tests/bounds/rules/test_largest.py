"""Largest entries that a claim names bound products entry by entry, where no factor without its sign is negative."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language.paper import Paper
from derive.language.symbols import dim, scalar, symbol
from derive.obligation import obligations

n = dim("n")
NAMES = {
    "n": n,
    "p": scalar("p", integer=True),
    "w": symbol("w", n, nonnegative=True),
    **{name: symbol(name, n) for name in "abx"},
}


def proved(statement: str) -> bool:
    claim = Paper("p", names=dict(NAMES)).claim("a", statement)
    (obligation,) = obligations(claim)
    return any(prove(goal)[0] is not None for goal in goals(obligation))


@pytest.mark.parametrize(
    "statement",
    [
        "norm(w * a**p * b) <= max(w * abs(a)**p) * norm(b)",
        "norm(b * (w * a)) <= norm(b) * max(w * abs(a))",
        "norm((ones(n) - eye(n)[0]) * a * b) <= max((ones(n) - eye(n)[0]) * abs(a)) * norm(b)",
        "norm(a**p * b, 1) <= max(abs(a)**p) * norm(b, 1)",
    ],
)
def test_the_largest_of_the_absolute_values_is_a_factor(statement: str) -> None:
    assert proved(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "norm(x * a**p * b) <= max(x * abs(a)**p) * norm(b)",
        "norm(w * a**p * b) <= max(w * abs(a)**(p - 1)) * norm(b)",
        "norm(w * a**p * b) <= max(w * abs(x)**p) * norm(b)",
        "norm(w * a**p * b) <= max(abs(a)**p) * norm(b)",
        "norm(w * a**p * b) <= max(w * a**p) * norm(b)",
        "norm(w * a**p * b) <= min(w * abs(a)**p) * norm(b)",
        "norm((eye(n)[0] - ones(n)) * a * b) <= max((eye(n)[0] - ones(n)) * abs(a)) * norm(b)",
    ],
)
def test_another_largest_entry_is_none(statement: str) -> None:
    assert not proved(statement)
