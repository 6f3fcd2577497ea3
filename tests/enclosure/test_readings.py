"""What is shown of an inequality."""

from __future__ import annotations

import pytest

from derive.enclosure.readings import reading
from derive.language.plain import plain
from tests.enclosure.claims import obligation

CONVEX = "norm(x) <= 1"


@pytest.mark.parametrize(
    ("statement", "given", "name", "goals"),
    [
        ("t*s <= 1", (), "entries", ["nonnegative 1 - t*s"]),
        ("t*s > 1", (), "entries", ["positive t*s + -1"]),
        ("S << 2*eye(n)", (), "loewner", ["definite 2*eye(n) - S"]),
        ("S >> t", (), "loewner", ["definite S - t*eye(n)"]),
        ("lambda_max(S) <= 2", (), "lambda_max", ["definite 2*eye(n) - S"]),
        ("lambda_min(S) >= t", (), "lambda_min", ["definite S - t*eye(n)"]),
        ("opnorm(A) <= t", (), "opnorm", ["nonnegative t", "definite t**2*eye(m) - A.T @ A"]),
        ("norm(x) <= t", (), "norm", ["nonnegative t", "nonnegative t**2 - sum(x**2)"]),
        ("abs(t) <= s", (), "abs", ["nonnegative s - t", "nonnegative s + t"]),
        (
            "lipschitz(logsumexp(x), x) <= 1",
            (CONVEX,),
            "lipschitz",
            ["nonnegative 1", "nonnegative 1**2 - sum(jacobian(logsumexp(x), x)**2)"],
        ),
    ],
)
def test_an_inequality_has_its_goals(statement: str, given: tuple[str, ...], name: str, goals: list[str]) -> None:
    found = reading(obligation(statement, *given))
    assert found.name == name
    assert [f"{goal.kind} {plain(goal.gap)}" for goal in found.goals] == goals


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("lipschitz(logsumexp(x), x) <= 1", ("norm(x) >= 1", "norm(x) <= 2")),
        ("lipschitz(logsumexp(x), x) <= 1", ("norm(x) == 1",)),
        ("lipschitz(logsumexp(x), x) <= norm(x)", (CONVEX,)),
        ("abs(logsumexp(x) - subs(logsumexp(x), x, y)) <= norm(x - y)", (CONVEX,)),
        ("abs(logsumexp(x) - subs(logsumexp(x), x, y)) <= norm(x + y)", (CONVEX, "norm(y) <= 1")),
        ("norm(x - subs(x, x, y), 1) <= norm(x - y)", (CONVEX, "norm(y) <= 1")),
    ],
)
def test_two_points_are_no_derivative_where_the_mean_value_inequality_fails(
    statement: str, given: tuple[str, ...]
) -> None:
    """The domain is not convex, the other point lies elsewhere, the bound moves, or a norm is another one."""
    assert reading(obligation(statement, *given)).name != "lipschitz"
