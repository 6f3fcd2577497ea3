"""Powers of diagonal matrices, and bounds in norms and scalars that hypotheses alone name."""

from __future__ import annotations

import pytest

import derive as dv
from derive.bounds.goals import goals, prove
from derive.obligation import obligations

n, d = dv.dims("n d")
A, J = dv.matrix("A", n, d), dv.matrix("J", n, n)
p, q, w = dv.vector("p", n), dv.vector("q", n), dv.vector("w", n)
s, l = dv.scalar("s"), dv.scalar("l", positive=True)

paper = dv.Paper("paper")
alpha = paper.let("alpha", dv.sum(dv.exp(q) + q))
other = paper.let("other", dv.sum(dv.exp(q) - q))
crossed = dv.outer(p * q, p) + dv.outer(p, p * q)
inner = J.T @ J + dv.diag(p * q) / alpha - crossed / alpha**2


def weights(first: float, second: float) -> dv.Relation:
    residual = first * dv.norm(p * q, dv.inf) / alpha + second * dv.norm(p * q) * dv.norm(p) / alpha**2
    return w**2 >= l / dv.sigma_min(A) ** 2 + residual


REGULAR = dv.sigma_min(A) > 0
TRUE: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "square of a diagonal": (dv.diag(w) ** 2 >> l * dv.eye(n), [w**2 >= l]),
    "its fourth power": (dv.diag(w) ** 4 >> 0, []),
    "norms of a hypothesis": (dv.diag(w) ** 2 >> dv.diag(p * q), [w**2 >= dv.norm(p * q, dv.inf)]),
    "congruence": (A.T @ (inner + dv.diag(w) ** 2) @ A >> l * dv.eye(d), [alpha > 0, REGULAR, weights(1, 2)]),
}
FALSE: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "cube of a diagonal": (dv.diag(w) ** 3 >> 0, []),
    "square of a diagonal": (dv.diag(w) ** 2 >> 1.01 * l * dv.eye(n), [w**2 >= l]),
    "zeroth power": (dv.diag(w) ** 0 << dv.eye(n), []),
    "norms of a hypothesis": (dv.diag(w) ** 2 >> dv.diag(p * q), [w**2 >= 0.99 * dv.norm(p * q, dv.inf)]),
    "a factor less": (A.T @ (inner + dv.diag(w) ** 2) @ A >> l * dv.eye(d), [alpha > 0, REGULAR, weights(1, 1.99)]),
    "another scalar": (A.T @ (inner + dv.diag(w) ** 2) @ A >> l * dv.eye(d), [other > 0, REGULAR, weights(1, 2)]),
    "no sign": (A.T @ (inner + dv.diag(w) ** 2) @ A >> l * dv.eye(d), [REGULAR, weights(1, 2)]),
}


def proved(statement: dv.Relation, given: list[dv.Relation]) -> bool:
    (obligation,) = obligations(dv.Paper("other").claim("claim", statement, given=given))
    return any(prove(goal)[0] is not None for goal in goals(obligation))


@pytest.mark.parametrize("name", TRUE)
def test_a_true_bound_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_bound_is_not_proved(name: str) -> None:
    assert not proved(*FALSE[name])
