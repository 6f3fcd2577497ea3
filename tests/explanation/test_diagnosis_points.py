"""The instances of a diagnosis are generic, and of sizes that tell the dimensions apart."""

from __future__ import annotations

from fractions import Fraction

from derive.evaluate.point import Point
from derive.explanation.diagnosis_points import by_sizes, generic, generic_first
from derive.language.paper import Paper
from derive.language.symbols import dim, matrix, vector
from derive.obligation import Obligation, obligations

n, k, d = dim("n"), dim("k"), dim("d")
A, B, x = matrix("A", n, k), matrix("B", k, d), vector("x", d)


def point(a: int, b: int) -> Point:
    return Point({"a": a, "b": b}, {}, {})


def obligation() -> Obligation:
    return obligations(Paper("p").claim("c", A @ B @ x == 2 * (A @ B @ x)))[0]


def test_the_first_instance_is_generic() -> None:
    first = generic_first(obligation(), None)[0]
    assert generic(first)
    assert min(first.sizes.values()) >= 2


def test_equal_sizes_are_followed_by_unequal_ones() -> None:
    assert by_sizes([point(3, 3), point(3, 4)], [point(2, 2)])[0].sizes == {"a": 3, "b": 4}


def test_sizes_of_one_are_not_sought() -> None:
    assert by_sizes([point(1, 4), point(3, 3)], [point(2, 2)])[0].sizes == {"a": 3, "b": 3}


def test_an_instance_with_zeros_does_not_count_as_generic() -> None:
    assert not generic(Point({"a": 2}, {}, {"x": (Fraction(0), Fraction(2))}))
