"""Inequalities between arrays and between sums are shown by their entries and terms, and false ones are not."""

from __future__ import annotations

import pytest

import derive as dv
from derive.cone.inequality import show
from derive.cone.termwise import readings
from derive.obligation import obligations

n, m = dv.dims("n m")
u, v = dv.vector("u", n, nonnegative=True), dv.vector("v", n)
P, E = dv.matrix("P", n, m), dv.matrix("E", n, m, positive=True)
a, b, c = dv.vector("a", m), dv.scalar("b"), dv.scalar("c", positive=True)
i, j, k = dv.index("i", n), dv.index("j", m), dv.index("k", n)
g = dv.vector("g", m)
NEAR = [dv.norm(P[i]) <= 1, dv.norm(a - g) <= c]
REMAINDER = abs((E * (dv.exp(-P) - 1 + P)) @ a)

NESTED = dv.sum(dv.sum(dv.exp(b * (P[i, j] + P[k, j])), over=i), over=k)
PAIRS = dv.grad(NESTED, b) <= 2 * c * NESTED

TRUE: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "entries": (2 * u * v <= u**2 + v**2, []),
    "sum of products": (dv.sum(u * v) <= dv.sum(u * abs(v)), []),
    "inner product": (2 * (u @ v) <= u @ u + v @ v, []),
    "size as a sum of ones": (dv.sum(dv.exp(v)) >= n + dv.sum(v), []),
    "factor of a sum": (dv.sum(u) / m <= dv.sum(2 * u) / m, []),
    "remainder": ((E * P**2).sum(axis=1) >= REMAINDER, [abs(P) <= 1, a**2 == 1]),
    "hypothesis at all positions": (v[k] <= 1, [v[i] <= 1]),
    "hypothesis of an array": (dv.sum(v) <= n, [v <= 1]),
    "semidefinite": (P.T @ dv.diag(u) @ P >> 0, []),
    "definite": (P.T @ dv.diag(v) @ P >> c * dv.eye(m), [v * dv.sigma_min(P) ** 2 >= c]),
    "convex": (dv.hessian(dv.sum(dv.exp(P @ a) + b * (P @ a) ** 2 / 2), a) >> 0, [b >= 0]),
    "exponents in order": (abs(dv.exp(P @ a) - dv.exp(P @ g)) <= (dv.exp(c) - 1) * dv.exp(P @ g), NEAR),
    "sums of exponentials": (dv.sum(dv.exp(P @ a)) <= dv.exp(c) * dv.sum(dv.exp(P @ g)), NEAR),
    "curvature of cosh": (dv.hessian(dv.sum((dv.cosh(P @ a) - v) ** 2) / 2, a) >> 0, [v <= 1]),
    "curvature of sinh": (dv.hessian(dv.sum((dv.sinh(P @ a) - v) ** 2) / 2, a) >> 0, [v**2 <= 8]),
    "negative curvature": (dv.hessian((dv.sinh(b) - c) ** 2 / 2, b) < 0, [c == 4 * dv.sinh(b), c > 3]),
    "substituted": (dv.subs(dv.hessian((dv.exp(b) - c) ** 2 / 2, b), c, 4 * dv.exp(b)) < 0, []),
    "substituted by a number": (dv.subs(dv.hessian((dv.cosh(b) - c) ** 2 / 2, b), b, 0) <= 1 - c, []),
    "cosh and its exponentials": (dv.exp(b) + 1 / dv.exp(b) <= 2 * dv.cosh(b), []),
    "cosh above a maximum": (
        2 * dv.cosh(v) ** 2 - 1 - u * dv.cosh(v) + u - 1 + dv.maximum(u - 4, 0) ** 2 / 8 >= 0,
        [],
    ),
    "number as a sum of equal terms": (dv.sum(v) / n < 1, [v < 1]),
    "zero below a sum": (1 - dv.sum(2 * v) / n >= 0, [v <= 0.5]),
    "sums in sums": (PAIRS, [P >= 0, c >= P]),
    "nonnegative sums in sums": (dv.grad(NESTED, b) >= 0, [P >= 0]),
    "masks": (dv.sum(dv.sum(E * P * P, axis=1)) >= 0, [P * P == P]),
    "below a mask": (dv.sum(u * v, axis=0) <= dv.sum(u), [v * v == v]),
    "completed square": (P.T @ dv.diag(2 * dv.exp(v) ** 2 - dv.exp(v) * b + b**2 / 8) @ P >> 0, []),
}
FALSE: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "entries": (2 * u * v <= u**2 + v**2 / 2, []),
    "sign": (dv.sum(u * v) <= dv.sum(u * v**2), []),
    "sums in sums, half of it": (dv.grad(NESTED, b) <= c * NESTED, [P >= 0, c >= P]),
    "sums in sums, one position": (PAIRS, [P[i] >= 0, P[i] <= c, i != k]),
    "sums in sums, no hypothesis": (dv.grad(NESTED, b) >= 0, []),
    "no mask": (dv.sum(u * v) <= dv.sum(u), [v * v == 2 * v]),
    "size": (dv.sum(dv.exp(v)) >= 2 * n + dv.sum(v), []),
    "remainder, too small": ((E * P**2).sum(axis=1) / 3 >= REMAINDER, [abs(P) <= 1, a**2 == 1]),
    "remainder, no signs": ((E * P**2).sum(axis=1) >= REMAINDER, [abs(P) <= 1]),
    "remainder, too far": ((E * P**2).sum(axis=1) >= REMAINDER, [abs(P) <= 4, a**2 == 1]),
    "hypothesis at some positions": (v[i] <= 1, [v[k] <= 1, k != i]),
    "semidefinite": (P.T @ dv.diag(v) @ P >> 0, []),
    "definite": (P.T @ dv.diag(v) @ P >> 1.01 * c * dv.eye(m), [v * dv.sigma_min(P) ** 2 >= c]),
    "without the singular value": (P.T @ dv.diag(v) @ P >> c * dv.eye(m), [v >= c]),
    "not transposed": (P @ dv.diag(a) @ P.T >> 0, [a >= -1]),
    "curvature of cosh": (dv.hessian(dv.sum((dv.cosh(P @ a) - v) ** 2) / 2, a) >> 0, [v <= 1.01]),
    "curvature of sinh": (dv.hessian(dv.sum((dv.sinh(P @ a) - v) ** 2) / 2, a) >> 0, [v**2 <= 8.01]),
    "negative curvature": (dv.hessian((dv.sinh(b) - c) ** 2 / 2, b) < 0, [c == 4 * dv.sinh(b), c > 2.8]),
    "substituted": (dv.subs(dv.hessian((dv.exp(b) - c) ** 2 / 2, b), c, 2 * dv.exp(b)) < 0, []),
    "substituted by a number": (dv.subs(dv.hessian((dv.cosh(b) - c) ** 2 / 2, b), b, 0) <= 0.99 - c, []),
    "cosh and its exponentials": (dv.exp(b) + 1 / dv.exp(b) < 2 * dv.cosh(b), []),
    "cosh above a maximum": (
        2 * dv.cosh(v) ** 2 - 1 - u * dv.cosh(v) + u - 1 + dv.maximum(u - 4, 0) ** 2 / 9 >= 0,
        [],
    ),
    "exponents too near": (abs(dv.exp(P @ a) - dv.exp(P @ g)) <= (dv.exp(c / 2) - 1) * dv.exp(P @ g), NEAR),
    "exponents of one side": (dv.sum(dv.exp(P @ a)) <= dv.sum(dv.exp(P @ g)), NEAR),
    "no square": (P.T @ dv.diag(2 * dv.exp(v) ** 2 - dv.exp(v) * b + b**2 / 9) @ P >> 0, []),
    "number as a sum of equal terms": (dv.sum(v) / n < 1, [v <= 1]),
    "number that is not shared out": (dv.sum(v) <= 1, [v <= 1]),
    "another axis": (P.sum(axis=0) <= (P**2).sum(axis=0) + n - 1, []),
}


def shown(statement: dv.Relation, given: list[dv.Relation]) -> bool:
    claim = dv.Paper("paper").claim("claim", statement, given=given)
    return all(
        any(all(show(reading.obligation) is not None for reading in read) for read in readings(obligation))
        for obligation in obligations(claim)
    )


@pytest.mark.parametrize("name", TRUE)
def test_a_true_inequality_is_shown(name: str) -> None:
    assert shown(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_inequality_is_not_shown(name: str) -> None:
    assert not shown(*FALSE[name])
