"""The cases of an inequality: together they cover every point of the hypotheses, up to permutations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest

from derive.enclosure.cases import Case, Cases, cases
from derive.enclosure.readings import reading
from tests.enclosure.claims import BALL, SIMPLEX, B, obligation

Vector = tuple[Fraction, ...]


def made(statement: str, *given: str, n: int) -> Cases:
    found = reading(obligation(statement, *given))
    return cases(found.goals[-1], found.subject, found.watched, found.given, {"n": n}, {})


def points(n: int, count: int) -> Iterator[Vector]:
    """Points of the simplex, those with ties and on its faces among them."""
    rng = Random(n)
    while count:
        parts = [rng.choice((0, 0, 1, 2, 2, 3, 7)) for _ in range(n)]
        if sum(parts):
            yield tuple(Fraction(part, sum(parts)) for part in parts)
            count -= 1


def covers(case: Case, f: Vector, b: Vector) -> bool:
    """Does the case contain this point itself?"""
    moving = [(p, f[p.entry] if p.symbol == "f" else b[p.entry]) for p in case.parameters]
    inside = all(min(p.low, p.high) <= x <= max(p.low, p.high) for p, x in moving)
    held = {p.entry for p in case.parameters if p.symbol == "f"} | {case.largest["f"]}
    constant = all(f[k] == case.constants.get(("f", k)) for k in range(len(f)) if k not in held)
    vertex = "b" not in case.fixed or case.fixed["b"] == b
    return inside and constant and vertex and all(f[i] >= f[j] for i, j in case.ordered)


def covered(found: Sequence[Case], f: Vector, b: Vector) -> bool:
    """Does a case contain a permutation of the point, both vectors permuted alike?"""
    orders = permutations(range(len(f)))
    moved = [(tuple(f[k] for k in order), tuple(b[k] for k in order)) for order in orders]
    return any(covers(case, *row) for case in found for row in moved)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_every_point_of_the_simplex_with_every_vertex_is_covered(n: int) -> None:
    found = made(f"{B} >> -1*eye(n)", *SIMPLEX, *BALL, n=n).cases
    units = [tuple(Fraction(s * (k == i)) for k in range(n)) for i in range(n) for s in (1, -1)]
    assert all(covered(found, f, b) for f in points(n, 40) for b in units)


@pytest.mark.parametrize("n", [2, 3])
def test_without_vertices_every_point_of_a_box_is_covered(n: int) -> None:
    found = made("f @ (b*b*b) + f @ (f*f*f) <= 2", *SIMPLEX, "norm(b) <= 1", n=n).cases
    rng = Random(0)
    for f in points(n, 30):
        assert covered(found, f, tuple(Fraction(rng.randint(-4, 4), 4) for _ in range(n)))


def test_a_named_position_takes_the_symmetry_away() -> None:
    plain, named = (made(f"f @ f + {part} <= 3", *SIMPLEX, n=3) for part in ("max(f)", "f[0]"))
    assert (len(plain.cases), len(named.cases)) == (1, 3)
    assert not any(case.ordered for case in named.cases)


def test_what_nothing_bounds_is_named_scalars_first() -> None:
    assert made("norm(x) <= t", "norm(x) <= t", n=2).unbounded[0] == "t"


@pytest.mark.parametrize(("given", "ends"), [(("t >= 1/3", "t <= 1/3"), None), (("t >= 0", "t <= 1/3"), ("0", "1/3"))])
def test_an_entry_of_one_value_is_no_parameter(given: tuple[str, ...], ends: tuple[str, str] | None) -> None:
    [case] = made("t**3 - t**2 <= 2", *given, n=1).cases
    assert [(str(p.low), str(p.high)) for p in case.parameters] == ([] if ends is None else [ends])
