"""Lipschitz constants read as the norm of a derivative, only where the mean value inequality says so."""

from __future__ import annotations

import pytest

from derive.enclosure.readings import reading
from derive.language.plain import plain
from tests.enclosure.claims import obligation

CONVEX = "norm(x) <= 1"


@pytest.mark.parametrize(
    ("statement", "name", "goals"),
    [
        (
            "lipschitz(logsumexp(x), x) <= 1",
            "lipschitz",
            ["nonnegative 1", "nonnegative 1**2 - sum(jacobian(logsumexp(x), x)**2)"],
        ),
        (
            "lipschitz(softmax(x), x) <= 1",
            "lipschitz",
            ["nonnegative 1", "definite 1**2*eye(n) - jacobian(softmax(x), x).T @ jacobian(softmax(x), x)"],
        ),
        (
            "lipschitz(hessian(logsumexp(x), x), x) <= 1",
            "hessian-lipschitz",
            ["nonnegative 1", "nonnegative 1*(u @ u)**(3/2) - jvp(jvp(jvp(logsumexp(x), x, u), x, u), x, u)"],
        ),
    ],
)
def test_two_points_are_read_as_a_derivative(statement: str, name: str, goals: list[str]) -> None:
    found = reading(obligation(statement, CONVEX))
    assert (found.name, [f"{goal.kind} {plain(goal.gap)}" for goal in found.goals]) == (name, goals)


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
