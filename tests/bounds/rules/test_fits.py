"""Hessians of squared norms are semidefinite where the residual is zero, and may be indefinite elsewhere."""

from __future__ import annotations

import pytest

import derive as dv
from derive.bounds.goals import goals, prove
from derive.examination import judged
from derive.obligation import obligations
from derive.verify.check import check_claim
from derive.verify.level import Level

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", d, d)
C, b, x, y = dv.matrix("C", n, d), dv.vector("b", n), dv.vector("x", d), dv.vector("y", d)
f = dv.softmax(A @ x)
r = dv.exp(A @ x) - b
F = dv.exp(A @ X)

TRUE = {
    "softmax": dv.subs(dv.hessian(dv.norm(f - b) ** 2 / 2, x), b, f) >> 0,
    "inner product": dv.subs(dv.hessian(3 * (r @ r), x), b, dv.exp(A @ x)) >> 0,
    "sum of squares": dv.subs(dv.hessian(dv.sum(r**2), x), b, dv.exp(A @ x)) >> 0,
    "matrix": dv.subs(dv.hessian(dv.norm(F - C, "fro") ** 2, dv.vec(X)), C, F) >> 0,
    "two losses": dv.subs(dv.hessian(dv.norm(r) ** 2 + dv.norm(2 * r) ** 2 / 5, x), b, dv.exp(A @ x)) >> 0,
    "at another point": dv.subs(dv.hessian(dv.norm(dv.exp(x) - dv.exp(y)) ** 2, x), x, y) >> 0,
}
FALSE = {
    "no fit": dv.subs(dv.hessian(dv.norm(f - b) ** 2 / 2, x), b, 2 * f) >> 0,
    "sign": dv.subs(dv.hessian(-(dv.norm(f - b) ** 2) / 2, x), b, f) >> 0,
    "negative factor": dv.subs(dv.hessian(dv.norm(f - b) ** 2 / -2, x), b, f) >> 0,
    "another loss": dv.subs(dv.hessian(dv.norm(r) ** 2 + dv.sum(dv.sin(x)), x), b, dv.exp(A @ x)) >> 0,
    "fourth root": dv.subs(dv.hessian(dv.sum(r**3), x), b, dv.exp(A @ x) + 1) >> 0,
    "above zero": dv.subs(dv.hessian(dv.norm(f - b) ** 2 / 2, x), b, f) >> dv.eye(d),
    "mixed": dv.subs(dv.hessian(dv.norm(dv.exp(x) - dv.exp(y)) ** 2, x, y), x, y) >> 0,
}


def proved(statement: dv.Relation) -> bool:
    (obligation,) = obligations(dv.Paper("paper").claim("claim", statement))
    return any(prove(goal)[0] is not None for goal in goals(obligation))


@pytest.mark.parametrize("name", TRUE)
def test_at_a_fit_the_hessian_is_semidefinite(name: str) -> None:
    assert proved(TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_elsewhere_nothing_is_said(name: str) -> None:
    assert not proved(FALSE[name])


def test_the_step_is_checked_again_at_points() -> None:
    claim = dv.Paper("paper").claim("claim", TRUE["softmax"])
    record = judged(claim, 0, ("attack", "enclosure"))
    assert check_claim(record).finding.level is Level.CHECKED
