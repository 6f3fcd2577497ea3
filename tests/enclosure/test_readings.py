"""What is shown of an inequality."""

from __future__ import annotations

import pytest

from derive.enclosure.readings import reading
from derive.language.plain import plain
from tests.enclosure.claims import obligation


@pytest.mark.parametrize(
    ("statement", "given", "name", "goals"),
    [
        ("t*s <= 1", (), "entries", ["nonnegative 1 - t*s"]),
        ("t*s > 1", (), "entries", ["positive t*s - 1"]),
        ("S << 2*eye(n)", (), "loewner", ["definite 2*eye(n) - S"]),
        ("S >> t", (), "loewner", ["definite S - t*eye(n)"]),
        ("lambda_max(S) <= 2", (), "lambda_max", ["definite 2*eye(n) - S"]),
        ("lambda_min(S) >= t", (), "lambda_min", ["definite S - t*eye(n)"]),
        ("opnorm(A) <= t", (), "opnorm", ["nonnegative t", "definite t**2*eye(m) - A.T @ A"]),
        ("norm(x) <= t", (), "norm", ["nonnegative t", "nonnegative t**2 - sum(x**2)"]),
        ("abs(t) <= s", (), "abs", ["nonnegative s - t", "nonnegative s + t"]),
    ],
)
def test_an_inequality_has_its_goals(statement: str, given: tuple[str, ...], name: str, goals: list[str]) -> None:
    found = reading(obligation(statement, *given))
    assert found.name == name
    assert [f"{goal.kind} {plain(goal.gap)}" for goal in found.goals] == goals
