"""Spectral approximations under congruences and in preconditioned steps: true bounds are proved, false ones never."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language.api import dims, eye, inv, lambda_max, lambda_min, matrix, matrix_power, norm, scalar, time, vector
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.obligation import obligations

n, d = dims("n d")
A, B, b = matrix("A", n, d), matrix("B", d, d), vector("b", n)
P, Q = matrix("P", d, d, symmetric=True), matrix("Q", d, d, symmetric=True)
S, R = matrix("S", d, d, pd=True), matrix("R", d, d, pd=True)
x, y, e = vector("x", d), vector("y", d), vector("e", d)
r, s = scalar("r", positive=True), scalar("s", positive=True)
j = time("j")
K = A.T @ A
NEAR = [(1 - r) * K << P, P << (1 + r) * K, r < 1]
ROOT = [(1 - r) * K << S @ S, S @ S << (1 + r) * K, r < 1]
M = inv(S) @ K @ inv(S)
STEP = norm(A @ (e - inv(P) @ K @ e))

TRUE: dict[str, tuple[Relation, list[Relation]]] = {
    "largest eigenvalue": (M << eye(d) / (1 - r), ROOT),
    "smallest eigenvalue": (M >> eye(d) / (1 + r), ROOT),
    "condition number": (lambda_max(M) / lambda_min(M) <= (1 + r) / (1 - r), ROOT),
    "root of another matrix": (inv(S) @ P @ inv(S) << s * eye(d), [P << s * Q, S @ S == Q]),
    "error of a step": (r / (1 - r) * norm(A @ e) >= STEP, NEAR),
    "a step": (
        norm(A @ (x - inv(P) @ (A.T @ (A @ x - b)) - y)) <= r / (1 - r) * norm(A @ (x - y)),
        [*NEAR, A.T @ (A @ y - b) == 0],
    ),
    "other factors": (s * norm(A @ e) >= STEP, [K / (1 + s) << P, P << K * (1 + s)]),
    "congruence": (B.T @ P @ B << s * B.T @ Q @ B, [P << s * Q]),
    "symmetric congruence": (Q @ P @ Q << Q @ S @ Q, [P << S]),
    "powers": (matrix_power(K, 2 * j + 1) << matrix_power(K, j) @ P @ matrix_power(K, j), [K << P]),
}
FALSE: dict[str, tuple[Relation, list[Relation]]] = {
    "largest eigenvalue": (M << eye(d), ROOT),
    "one side": (M << eye(d) / (1 - r), ROOT[1:]),
    "no congruence": (inv(S) @ K @ S << eye(d) / (1 - r), ROOT),
    "another root": (inv(R) @ K @ inv(R) << eye(d) / (1 - r), ROOT),
    "condition number": (lambda_max(M) / lambda_min(M) <= 1 / (1 - r), ROOT),
    "factor of either sign": (M << eye(d) / (1 - r), ROOT[:2]),
    "smaller error": (r / (1 + r) * norm(A @ e) >= STEP, NEAR),
    "step from one side": (r / (1 - r) * norm(A @ e) >= STEP, [NEAR[0], NEAR[2]]),
    "wrong sign": (norm(A @ (e + inv(P) @ K @ e)) <= r / (1 - r) * norm(A @ e), NEAR),
    "another norm": (norm(e - inv(P) @ K @ e) <= r / (1 - r) * norm(e), NEAR),
    "no solution": (norm(A @ (x - inv(P) @ (A.T @ (A @ x - b)) - y)) <= r / (1 - r) * norm(A @ (x - y)), NEAR),
    "transposed": (B @ P @ B << B @ Q @ B, [P << Q]),
    "order turned": (B.T @ P @ B << B.T @ Q @ B, [Q << P]),
    "squares": (P @ P << S @ S, [P << S, P >> 0]),
    "powers": (matrix_power(K, j) << matrix_power(P, j), [K << P]),
}


def proved(statement: Relation, given: list[Relation]) -> bool:
    claim = Paper("paper").claim("claim", statement, given=given)
    return all(any(prove(goal)[0] for goal in goals(obligation)) for obligation in obligations(claim))


@pytest.mark.parametrize("name", TRUE)
def test_a_true_bound_is_proved(name: str) -> None:
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_bound_is_not_proved(name: str) -> None:
    assert not proved(*FALSE[name])
