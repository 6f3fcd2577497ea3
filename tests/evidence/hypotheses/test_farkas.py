"""Fourier's elimination finds a contradiction exactly where there is one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from derive.evidence.hypotheses.farkas import Row, exclusion


def row(constant: int, strict: bool = False, reason: str = "", **coefficients: int) -> Row:
    return Row({name: Fraction(c) for name, c in coefficients.items()}, Fraction(constant), strict, frozenset({reason}))


def test_a_triangle_of_strict_inequalities_is_empty() -> None:
    """x < y, y < z, z <= x; with ``<=`` throughout it is not."""
    rows = [row(0, True, "xy", x=1, y=-1), row(0, True, "yz", y=1, z=-1), row(0, False, "zx", z=1, x=-1)]
    assert exclusion(rows) == {"xy", "yz", "zx"}
    assert exclusion([Row(r.coefficients, r.constant, False, r.reasons) for r in rows]) is None


def test_superfluous_reasons_are_left_out() -> None:
    """x >= 1 and x <= 0 suffice; y + x <= 5 has no part in it."""
    rows = [row(1, False, "above", x=-1), row(0, False, "below", x=1), row(-5, False, "other", x=1, y=1)]
    assert exclusion(rows) == {"above", "below"}


@pytest.mark.parametrize("seed", range(30))
def test_a_system_with_a_solution_is_never_empty(seed: int) -> None:
    """Random inequalities, each turned so that a random point satisfies it."""
    rng = Random(seed)
    point = {name: rng.randint(-3, 3) for name in "xyz"}
    rows = []
    for k in range(12):
        coefficients = {name: rng.randint(-3, 3) or 1 for name in rng.sample("xyz", rng.randint(1, 3))}
        value = sum(c * point[name] for name, c in coefficients.items())
        rows.append(row(-value - rng.randint(0, 1), False, str(k), **coefficients))
    assert exclusion(rows) is None


@pytest.mark.parametrize("seed", range(30))
def test_an_empty_system_of_intervals_is_found(seed: int) -> None:
    """Differences of three unknowns, all of them at most -1 along a cycle, in any order and scale."""
    rng = Random(seed)
    names = rng.sample("xyz", 3)
    rows = []
    for k, (small, large) in enumerate(zip(names, names[1:] + names[:1], strict=True)):
        scale = rng.randint(1, 5)
        rows.append(row(scale, False, str(k), **{small: scale, large: -scale}))
    extra = [row(-9, False, "extra", **{a: 1, b: 1}) for a, b in product("xyz", repeat=2) if a < b]
    assert exclusion([*rows, *extra]) == {"0", "1", "2"}
