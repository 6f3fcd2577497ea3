"""Points modulo a prime satisfy declared properties and equalities exactly."""

from __future__ import annotations

import pytest

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.residues import Residues
from derive.instances.modular_points import Sampler
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation

SIZES = {"n": 4, "d": 2}
n, d = dv.dims("n d")
x, y, b = dv.vector("x", n), dv.vector("y", n), dv.vector("b", d)
A, Q, P = dv.matrix("A", n, d), dv.matrix("Q", n, d), dv.matrix("P", n, n)
S = dv.matrix("S", n, n, symmetric=True)
t, w = dv.scalar("t", positive=True), dv.vector("w", n, nonnegative=True)

EQUALITIES: dict[str, tuple[Relation, ...]] = {
    "unit sphere": (x @ x == 1,),
    "norm": (dv.norm(x) == t,),
    "square norm": (dv.norm(x) ** 2 == 3,),
    "unit rows": ((A**2).sum(axis=1) == 1,),
    "unit columns": ((A**2).sum(axis=0) == 1,),
    "orthonormal columns": (dv.eye(d) == Q.T @ Q,),
    "orthonormal rows": (dv.eye(d) == Q.T @ Q, x == Q @ b),
    "projection": (P @ P == P,),
    "signs": (x**2 == 1,),
    "mask": (x * x == x,),
    "simplex": (w.sum() == 1,),
    "row sums": (A.sum(axis=1) == 1,),
    "affine": (A @ b == x,),
    "affine in a symmetric matrix": (S @ x == y,),
    "several affine": (x.sum() == 0, x @ y == 2),
    "determinant": (dv.det(P) == 1,),
    "definition": (dv.inv(S) == P,),
}


def sampled(*given: Relation) -> tuple[Sampler, Point, Residues]:
    obligation = Obligation("points/claim", "==", x @ x, x @ x, given)
    sampler = Sampler(obligation)
    for draw in range(40):
        system = Residues(str(draw))
        try:
            return sampler, sampler.point(SIZES, {}, system), system
        except OutsideDomain:
            continue
    raise AssertionError("no point was found")


@pytest.mark.parametrize("name", EQUALITIES)
def test_equalities_hold_exactly(name: str) -> None:
    sampler, point, system = sampled(*EQUALITIES[name])
    assert sampler.missed(point, system) is None
    assert not sampler.generic


def test_an_equality_that_is_not_met_is_told() -> None:
    """The norm of order 1 has no value modulo a prime."""
    relation = dv.norm(x, 1) == 1
    sampler, point, system = sampled(relation)
    assert sampler.missed(point, system) is relation


v = dv.vector("v", n, positive=True)
PROPERTIES: dict[str, tuple[Tensor, Relation]] = {
    "symmetric": (symmetric := dv.matrix("M", n, n, symmetric=True), symmetric == symmetric.T),
    "skew": (skew := dv.matrix("M", n, n, skew=True), skew == -skew.T),
    "psd": (psd := dv.matrix("M", n, n, psd=True), psd == psd.T),
    "orthogonal": (orthogonal := dv.matrix("M", n, n, orthogonal=True), orthogonal.T @ orthogonal == dv.eye(n)),
    "positive": (v, dv.sqrt(v) ** 2 == v),
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_properties_hold_exactly(name: str) -> None:
    symbol, relation = PROPERTIES[name]
    sampler = Sampler(Obligation("points/claim", "==", symbol, symbol, ()))
    system = Residues("properties")
    point = sampler.point(SIZES, {}, system)
    gap = evaluate(relation.left, point, system) - evaluate(relation.right, point, system)
    assert all(system.is_zero(entry) for entry in gap.flat)
    (values,) = point.values.values()
    assert len({int(entry) for entry in values.flat}) > 3


def test_inequalities_tie_nothing() -> None:
    sampler, _, _ = sampled(x >= 0, dv.norm(x) <= t)
    assert sampler.generic


def test_entries_of_equal_squares_are_not_drawn() -> None:
    """They are a sign times any number, which no kind of array that is drawn modulo a prime is."""
    i, j = dv.index("i", n), dv.index("j", n)
    relation = x[i] ** 2 == x[j] ** 2
    sampler = Sampler(Obligation("points/claim", "==", x[i], x[j], (relation,)))
    system = Residues("levels")
    point = sampler.point(SIZES, {"i": 0, "j": 1}, system)
    assert sampler.missed(point, system) is relation
