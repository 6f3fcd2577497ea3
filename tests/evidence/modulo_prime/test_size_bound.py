"""The sizes that suffice for all sizes: what is false at some size is false at one of them."""

from __future__ import annotations

import pytest

from derive.evidence.evidence import Evidence
from derive.evidence.modular import examine
from derive.evidence.modulo_prime.size_bound import SizeBound, independent, size_bound
from derive.instances.drawn import Drawn
from derive.instances.modular_points import Sampler
from derive.instances.sizes import Shapes
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor, tensor
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, B, x, b, a = dv.matrix("A", n, d), dv.matrix("B", n, n), dv.vector("x", d), dv.vector("b", n), dv.vector("a", n)
i, j, k = dv.index("i", n), dv.index("j", n), dv.index("k", n * d)
f = dv.softmax(A @ x)
c = f - b


def obliged(relation: Relation, *given: Relation) -> Obligation:
    return Obligation("bound/claim", relation.sign, relation.left, relation.right, given)


def bound(relation: Relation, *given: Relation) -> SizeBound | str:
    obligation = obliged(relation, *given)
    return size_bound(obligation, Shapes(obligation), Sampler(obligation))


def power_sums(matrix: Tensor, count: int) -> list[Tensor]:
    powers = [matrix]
    while len(powers) < count:
        powers.append(powers[-1] @ matrix)
    return [dv.trace(power) for power in powers]


def cayley_hamilton(degree: int) -> Tensor:
    """The characteristic polynomial of size ``degree``, from Newton's identities, at B: zero for n <= degree only."""
    sums = power_sums(B, degree)
    coefficients = [tensor(1)]
    for order in range(1, degree + 1):
        parts = [sums[m - 1] * coefficients[order - m] for m in range(1, order + 1)]
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        coefficients.append(-total / order)
    value = dv.eye(n) * coefficients[degree]
    power = B
    for order in range(degree - 1, -1, -1):
        value = value + power * coefficients[order]
        power = power @ B
    return value


EXACT: dict[str, tuple[Relation, dict[str, int]]] = {
    "a sum": (a.sum() == b.sum(), {"n": 2}),
    "an inner product": (a @ b == b @ a, {"n": 2}),
    "a product of sums": (a.sum() * b.sum() == (a.sum() + b.sum()) ** 2, {"n": 3}),
    "a free index": (B @ a == a @ B, {"n": 2}),
    "two free indices": (B @ B == B, {"n": 3}),
    "a size as a number": (n * a.sum() == a.sum(), {"n": 3}),
    "a mean": (a.mean() == b.sum(), {"n": 3}),
    "index symbols": (B[i, j] == B[j, i], {"n": 2}),
    "a sum over an index symbol": ((B[i, j]).sum(over=j) == a[i], {"n": 2}),
    "two dimensions": (A @ x == b, {"n": 1, "d": 2}),
    "pairs": (dv.vec(A) == dv.kron(b, x), {"n": 1, "d": 1}),
    "a softmax": (f == b, {"n": 2, "d": 1}),
    "a derivative": (dv.grad(dv.exp(A @ x).sum(), x) == x, {"n": 2, "d": 2}),
}


@pytest.mark.parametrize("name", EXACT)
def test_the_bound_counts_summed_and_free_indices(name: str) -> None:
    relation, expected = EXACT[name]
    found = bound(relation)
    assert isinstance(found, SizeBound), found
    assert dict(found.largest) == expected


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_an_identity_of_small_matrices_only_needs_larger_ones(degree: int) -> None:
    """Cayley and Hamilton at size n <= degree: the bound is beyond."""
    relation = cayley_hamilton(degree) == dv.zeros(n, n)
    found = bound(relation)
    assert isinstance(found, SizeBound)
    assert found.largest["n"] > degree
    obligation = obliged(relation)
    evidence = examine(obligation, Drawn(obligation, 0))
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "refutation"
    assert evidence.witness is not None
    assert evidence.witness.sizes["n"] == degree + 1


UNKNOWN: dict[str, tuple[Relation, tuple[Relation, ...]]] = {
    "an inverse": (dv.inv(B) == B, ()),
    "a determinant": (dv.det(B) == 1, ()),
    "a root of a sum": (dv.norm(a) == 1, ()),
    "a fixed entry": (a[0] == b[0], ()),
    "an equality": (a == b, (a @ a == 1,)),
    "sizes": (a == b, (n >= d,)),
    "denominators of a sum": ((B / B.sum(axis=1, keepdims=True)).sum() == n, ()),
    "an index of pairs": (dv.vec(A)[k] == 1, ()),
    "another number system": (dv.sin(A @ x) == b, ()),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_there_is_no_bound_outside_the_fragment(name: str) -> None:
    relation, given = UNKNOWN[name]
    assert isinstance(bound(relation, *given), str)


def certified(sizes: dict[str, int], *exponents: Tensor) -> bool:
    obligation = obliged(exponents[0] == exponents[-1])
    return independent(exponents, Sampler(obligation), sizes, "seed")


def test_independent_exponents_are_certified() -> None:
    assert certified({"n": 4, "d": 1}, A @ x)
    assert certified({"n": 3, "d": 2}, A @ x, b)


def test_dependent_exponents_are_seen() -> None:
    """``exp(sum(a))`` is the product of all ``exp(a)``; constants count."""
    assert not certified({"n": 2}, a, a.sum())
    assert not certified({"n": 2}, a, a + 1)
    assert not certified({"n": 2}, 2 * a, a)


@pytest.mark.parametrize("power", [2, 3])
def test_exponentials_of_sums_beside_those_of_entries_give_no_false_bound(power: int) -> None:
    """The elementary symmetric function of degree n is the product: true at n = ``power`` alone."""
    sums = [dv.exp(order * a).sum() for order in range(1, power + 1)]
    elementary = [tensor(1)]
    for order in range(1, power + 1):
        parts = [(-1) ** (m - 1) * sums[m - 1] * elementary[order - m] for m in range(1, order + 1)]
        elementary.append(sum(parts[1:], parts[0]) / order)
    obligation = obliged(elementary[power] == dv.exp(a.sum()))
    evidence = examine(obligation, Drawn(obligation, 0))
    assert getattr(evidence, "outcome", None) == "refutation"


@pytest.mark.parametrize(
    "relation",
    [dv.grad(c @ c / 2, x) == A.T @ (f * c - f * (f @ c)), dv.trace(A @ A.T) == dv.trace(A.T @ A)],
    ids=["softmax", "trace"],
)
def test_where_the_sizes_suffice_the_note_says_so(relation: Relation) -> None:
    obligation = obliged(relation)
    evidence = examine(obligation, Drawn(obligation, 0))
    assert isinstance(evidence, Evidence)
    assert evidence.outcome == "support"
    assert "suffice for all sizes" in evidence.note


def test_where_they_are_too_many_the_note_says_how_many_were_tried() -> None:
    """Six sums over n and six over d."""
    relation = ((A @ x) @ b) ** 8 * a.sum() ** 8 == ((A @ x) @ b) ** 8 * a.sum() ** 8
    obligation = obliged(relation)
    evidence = examine(obligation, Drawn(obligation, 0))
    assert isinstance(evidence, Evidence)
    assert "would suffice for all sizes" in evidence.note
