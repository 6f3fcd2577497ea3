"""Families of hypotheses: instances come quickly, at many sizes, inside and at the edges and vertices."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pytest

from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, entries
from derive.evidence.hypotheses.contradiction import contradiction
from derive.instances.patterns import constant
from derive.instances.search import Instance, Search, instances
from derive.instances.sizes import counting
from derive.instances.styles import LANDMARKS
from derive.language.relations import Relation
from derive.obligation import TURNED
from tests.instances.obligations import Shapes, obligation

KEPT = 30
MOST_REJECTED = 40

FAMILIES: dict[str, tuple[Shapes, tuple[str, ...], str]] = {
    "Euclidean ball": ({"x": "n", "R": ";positive"}, ("norm(x) <= R",), ""),
    "ball of order 1": ({"x": "n", "R": ";positive"}, ("norm(x, 1) <= R",), ""),
    "ball of order inf": ({"x": "n", "R": ";positive"}, ("norm(x, inf) <= R",), ""),
    "Frobenius ball": ({"A": "n,d", "R": ";positive"}, ("norm(A) <= R",), ""),
    "operator norm": ({"A": "n,d", "R": ";positive"}, ("opnorm(A) <= R",), ""),
    "squared norm": ({"x": "n"}, ("norm(x)**2 <= 2",), ""),
    "shell": ({"x": "n", "r": ";positive", "R": ";positive"}, ("norm(x) >= r", "norm(x) <= R"), ""),
    "distance": ({"x": "n", "y": "n"}, ("norm(x - y) <= 1/100",), ""),
    "near a constant": ({"x": "n"}, ("norm(x - 1) <= 1/10",), ""),
    "largest eigenvalue": ({"A": "n,n;symmetric", "L": ";positive"}, ("lambda_max(A) <= L",), ""),
    "smallest eigenvalue": ({"A": "n,n;symmetric", "mu": ";positive"}, ("lambda_min(A) >= mu",), ""),
    "Loewner order": ({"A": "n,n;symmetric"}, ("A >> eye(n)", "A << 4*eye(n)"), ""),
    "Loewner band": (
        {"A": "n,n;pd", "B": "n,n;symmetric", "e": ";positive"},
        ("B >> (1 - e)*A", "B << (1 + e)*A", "e < 1"),
        "",
    ),
    "smallest eigenvalue of a sum": (
        {"P": "n,n;symmetric", "a": "n", "mu": ";positive"},
        ("P + outer(a, a) >> mu*eye(n)",),
        "",
    ),
    "Gram matrix": ({"A": "n,d"}, ("A.T @ A << 4*eye(d)",), ""),
    "singular values": (
        {"A": "n,d", "b": ";positive", "R": ";positive"},
        ("sigma_min(A) >= b", "opnorm(A) <= R"),
        "",
    ),
    "singular values between constants": ({"A": "n,d"}, ("A.T @ A >> eye(d)", "A.T @ A << 4*eye(d)"), ""),
    "data of a simplex": ({"b": "n"}, ("b >= 0", "norm(b, 1) <= 1"), ""),
    "subsimplex": ({"p": "n"}, ("p >= 0", "sum(p) <= 1"), ""),
    "simplex": ({"p": "n"}, ("p >= 0", "sum(p) == 1"), ""),
    "simplex with a floor": ({"p": "n", "e": ";positive"}, ("p >= e", "sum(p) == 1"), ""),
    "nearly orthonormal columns": ({"Q": "n,d"}, ("opnorm(Q.T @ Q - eye(d)) <= 1/10", "n >= d"), ""),
    "trace": ({"A": "n,n;psd"}, ("trace(A) <= 1",), ""),
    "row norms": ({"X": "n,d"}, ("norm(X[i]) <= 1",), "i"),
    "column norms": ({"X": "d,n", "R": ";positive"}, ("norm(X[:, i]) <= R",), "i"),
    "largest entry": ({"X": "n,d", "R": ";positive"}, ("abs(X) <= R",), ""),
    "interval": ({"x": "n"}, ("x >= -1", "x <= 1"), ""),
    "open interval": ({"e": ""}, ("e > 0", "e < 1/10"), ""),
    "linked scalars": ({"alpha": "", "beta": ""}, ("alpha >= beta", "beta > 0"), ""),
    "step size": ({"eta": ";positive", "L": ";positive"}, ("eta <= 2/L",), ""),
    "product": ({"eta": ";positive", "lam": ";positive"}, ("eta*lam <= 1",), ""),
    "band of a vector": ({"a": "n", "b": "n;positive"}, ("a <= 1.1*b", "a >= 0.9*b"), ""),
    "ellipsoid": ({"S": "n,n;pd", "x": "n"}, ("x @ inv(S) @ x <= 1",), ""),
    "softmax regression": (
        {"R": ";positive", "A": "n,d", "x": "d", "y": "d", "b": "n"},
        ("opnorm(A) <= R", "norm(x) <= R", "norm(y) <= R", "b >= 0", "norm(b, 1) <= 1"),
        "",
    ),
    "attention": (
        {"R": "", "A": "n,d", "x": "d", "b": "n"},
        ("R >= 4", "opnorm(A) <= R", "norm(x) <= R", "abs(b) <= R"),
        "",
    ),
    "perturbed weights": (
        {"X": "n,d", "W": "d,m", "V": "d,m", "R": ";positive"},
        ("norm(X[i]) <= 1", "norm(V[:, r] - W[:, r]) <= R"),
        "i r:m",
    ),
}

EQUALITIES: dict[str, tuple[Shapes, tuple[str, ...], str]] = {
    "sphere": ({"x": "n", "R": ";positive"}, ("norm(x) == R",), ""),
    "sphere of order 1": ({"x": "n"}, ("norm(x, 1) == 1",), ""),
    "sphere of order inf": ({"x": "n"}, ("norm(x, inf) == 1",), ""),
    "operator norm given": ({"A": "n,d", "R": ";positive"}, ("opnorm(A) == R",), ""),
    "rows on a sphere": ({"X": "n,d", "R": ";positive"}, ("norm(X[i]) == R",), "i"),
    "incoherent rows": (
        {"V": "n,d", "e": ";positive"},
        ("abs(V[i] @ V[j]) <= e", "norm(V[i]) == 1", "i != j", "e < 1"),
        "i j",
    ),
    "stochastic matrix": ({"P": "n,d;nonnegative"}, ("sum(P, axis=1) == 1",), ""),
    "doubly stochastic matrix": ({"P": "n,n;nonnegative"}, ("sum(P, axis=1) == 1", "sum(P, axis=0) == 1"), ""),
    "density matrix": ({"A": "n,n;psd"}, ("trace(A) == 1",), ""),
    "orthonormal columns": ({"Q": "n,d"}, ("Q.T @ Q == eye(d)",), ""),
    "orthonormal rows": ({"Q": "n,d"}, ("Q @ Q.T == eye(n)",), ""),
    "symmetric": ({"A": "n,n"}, ("A == A.T",), ""),
    "traceless": ({"A": "n,n;symmetric"}, ("trace(A) == 0",), ""),
    "mean zero in a ball": ({"x": "n"}, ("sum(x) == 0", "norm(x) <= 1"), ""),
    "margins": ({"X": "n,d", "w": "d", "y": "n"}, ("y*y == 1", "y*(X @ w) < 1"), ""),
    "critical point of a quadratic": (
        {"P": "n,n;symmetric", "k": "n", "z": "n", "mu": ";positive"},
        ("P @ z + k == 0", "P >> mu*eye(n)"),
        "",
    ),
    "wide network": ({"A": "n,m"}, ("m >= n**3",), ""),
    "deep network": ({"A": "n,m", "B": "m,d"}, ("n > m", "m > d"), ""),
}

ALL = FAMILIES | EQUALITIES
BY_NAME = pytest.mark.parametrize("name", ALL)


@cache
def drawn(name: str) -> tuple[Search, list[Instance]]:
    shapes, given, indices = ALL[name]
    search = instances(obligation(shapes, *given, indices=indices), 1)
    return search, list(islice(search, KEPT))


def slack(relation: Relation, point: Point) -> float:
    """The room that an inequality leaves at its tightest entry, relative to its sides: 0 where it is active."""
    turned = relation.sign in TURNED
    sides = (relation.right, relation.left) if turned else (relation.left, relation.right)
    low, high = (np.asarray(evaluate(side, point, Float64()), dtype=float) for side in sides)
    if relation.sign in ("<<", ">>"):
        size = max(low.shape + high.shape)
        low, high = (side if side.ndim else side * np.eye(size) for side in (low, high))
        return float(np.linalg.eigvalsh(high - low).min() / max(abs(low).max(), abs(high).max()))
    largest = np.maximum(np.maximum(abs(low), abs(high)), 1e-300)
    return float(((high - low) / largest).min())


def strictly_signed(relation: Relation) -> bool:
    """Is the relation ``x > 0``?"""
    return relation.sign in ("<", ">") and 0 in (constant(relation.left), constant(relation.right))


@BY_NAME
def test_instances_come_quickly(name: str) -> None:
    """30 are kept and few draws are rejected, and nothing is called a contradiction."""
    search, found = drawn(name)
    assert len(found) == KEPT, search.searched()
    assert search.rejected <= MOST_REJECTED
    assert contradiction(search.given) is None


@BY_NAME
def test_sizes_are_degenerate_and_not(name: str) -> None:
    """Some dimension is 1 at some instances, and none at others; several sizes are tried."""
    search, found = drawn(name)
    sizes = [tuple(instance.point.sizes.values()) for instance in found if instance.point.sizes]
    if sizes:
        assert any(min(row) > 1 for row in sizes)
        assert len(set(sizes)) >= 4
        assert any(1 in row for row in sizes) or "i != j" in map(repr, search.given)


@BY_NAME
def test_a_degenerate_point_is_never_the_only_one(name: str) -> None:
    """Of the first ten instances, some array with room for it has unequal entries."""
    shapes = ALL[name][0]
    arrays = {key for key, text in shapes.items() if text.partition(";")[0]}
    values = [set(entries(i.point.values[key])) for i in drawn(name)[1][:10] for key in sorted(arrays)]
    assert not arrays or any(len(value) > 1 for value in values)


@pytest.mark.parametrize("name", FAMILIES)
def test_inequalities_are_tried_inside_and_at_the_edge(name: str) -> None:
    """Each is active, or within 1 %, at some instances, and has room at others; a strict sign has no edge."""
    search, found = drawn(name)
    for relation in search.given:
        if relation.sign != "==" and not counting(relation) and not strictly_signed(relation):
            rooms = [slack(relation, instance.point) for instance in found]
            assert any(room <= 0.01 for room in rooms), relation
            assert any(room > 0.01 for room in rooms), relation


VERTICES = ("Euclidean ball", "operator norm", "simplex", "softmax regression", "attention", "row norms", "interval")


@pytest.mark.parametrize("name", VERTICES)
def test_vertices_are_among_the_instances(name: str) -> None:
    """An array with a single entry that is not zero: ``R e_i``, a vertex of the simplex, a matrix of rank one."""
    arrays = [entries(value) for i in drawn(name)[1] for value in i.point.values.values() if isinstance(value, tuple)]
    assert any(sum(entry != 0 for entry in array) == 1 < len(array) for array in arrays)


@pytest.mark.parametrize("name", ["Euclidean ball", "operator norm", "sphere", "softmax regression"])
def test_radii_take_the_values_that_matter(name: str) -> None:
    """At least three of 1, 2, 4, 10, 100 are among the values of R."""
    radii = {instance.point.values["R"] for instance in drawn(name)[1]}
    assert len(radii & set(LANDMARKS)) >= 3


def test_norms_aligned_with_each_other_are_tried() -> None:
    """``opnorm(A) <= R``, ``norm(x) <= R``: somewhere ``norm(A @ x)`` is its largest value, R**2."""
    values: list[Any] = []
    for instance in drawn("softmax regression")[1]:
        a, x = (np.array(instance.point.values[key], dtype=object) for key in "Ax")
        values.append((a @ x) @ (a @ x) == instance.point.values["R"] ** 4)
    assert any(values)


def test_a_band_between_matrices_is_left_in_single_directions() -> None:
    """At its ends one eigenvalue of ``A^-1 B`` is 1 + e while the others are 1 - e, or the other way round."""
    found: set[tuple[bool, ...]] = set()
    for instance in drawn("Loewner band")[1]:
        point = instance.point
        if point.sizes["n"] < 2 or instance.place == "inside":
            continue
        A, B = (np.array(point.values[name], dtype=float) for name in "AB")
        shares = np.sort(np.linalg.eigvals(np.linalg.solve(A, B)).real) - 1
        found.add(tuple(shares > 0))
    assert any(len(set(signs)) == 2 for signs in found)


def test_saturated_and_tiny_scales_are_tried() -> None:
    """Without hypotheses entries range from below 1e-6 to above 50, at arrays of more than one entry."""
    found = islice(instances(obligation({"A": "n,d", "x": "d"}), 1), KEPT)
    largest = [max(map(abs, entries(instance.point.values["A"]))) for instance in found]
    assert any(0 < entry <= Fraction(1, 10**5) for entry in largest)
    assert any(entry >= 50 for entry in largest)
