"""Inequalities between scalars: true ones that few facts show are shown, false ones never are."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

import derive as dv
from derive.cone.inequality import show
from derive.obligation import obligations

n = dv.dim("n")
x, y, z = (dv.scalar(name) for name in "xyz")
a, b = (dv.scalar(name, nonnegative=True) for name in "ab")
p, q = (dv.scalar(name, positive=True) for name in "pq")
v = dv.vector("v", n)
k = dv.time("k")

TRUE: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "means": (x * y <= (x**2 + y**2) / 2, []),
    "three squares": (x * y + y * z + z * x <= x**2 + y**2 + z**2, []),
    "quotient": (a / (1 + a) <= a, []),
    "strict quotient": (a / (1 + a) < 1, []),
    "root": (2 * dv.sqrt(p) <= p + 1, []),
    "absolute value": (x <= abs(x), []),
    "norms": (2 * dv.norm(v) * abs(x) <= dv.norm(v) ** 2 + x**2, []),
    "size": (p / n <= p, []),
    "hypothesis with a denominator": (b <= a, [b <= a * q / (p + q)]),
    "denominator with a sign by hypothesis": (1 / (1 - x) >= 1, [x >= 0, x < 1]),
    "shrinking": (b <= 0.4 * a, [b <= 2 * (0.01 + q * a / (p - q * a)) * a, q * a <= 0.1 * p]),
    "maximum": (x <= dv.maximum(x, 0), []),
    "minimum": (dv.minimum(x, y) <= (x + y) / 2, []),
    "completed square": (x * p * 3 <= 2 * p**2 + 9 * x**2 / 8, []),
    "equation": (x * y <= 1, [x**2 + y**2 == 2]),
    "chain": (x <= z, [x <= y, y <= z]),
    "chain of three": (x**2 <= 9, [x**2 <= y, y <= z, z <= 9]),
    "power below one": ((1 - p) ** k < 1, [p < 1, k >= 1]),
    "power is positive": ((1 - p) ** k > 0, [p < 1]),
    "power falls": ((1 - p) ** k <= 1 - p, [p <= 1, k >= 1]),
    "Bernoulli's inequality": (1 + k * a <= (1 + a) ** k, []),
    "Bernoulli's inequality below one": (1 - k * a <= (1 - a) ** k, [a <= 1]),
    "positive factor": (p * q * (1 + a) * x <= p * q * b, [(1 + a) * x <= b]),
    "power of a number": ((1 / 2) ** k * a <= a, []),
    "quotient of a hypothesis": (a <= 0.4 * b, [a <= 2 * (0.01 + x / (1 - x)) * b, x <= 0.1, x >= 0]),
}
FALSE: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "means": (x * y <= (x**2 + y**2) / 3, []),
    "strict means": (x * y < (x**2 + y**2) / 2, []),
    "quotient": (x / (1 + x) <= 1, []),
    "root": (3 * dv.sqrt(p) <= p + 1, []),
    "size": (p / n < p, []),
    "denominator of either sign": (1 / (1 - x) >= 1, [x >= 0]),
    "hypothesis with a denominator of either sign": (b <= 1, [b / x <= 1 / x]),
    "shrinking": (b <= 0.24 * a, [b <= 2 * (0.01 + q * a / (p - q * a)) * a, q * a <= 0.1 * p]),
    "maximum": (dv.maximum(x, 0) <= x, []),
    "completed square": (x * p * 3 <= 2 * p**2 + 8.99 * x**2 / 8, []),
    "equation": (x * y <= 0.99, [x**2 + y**2 == 2]),
    "power below one": ((1 - p) ** k < 1, [p < 1]),
    "power is positive": ((1 - p) ** k > 0, [p <= 1]),
    "power of what may be negative": ((1 - p) ** k <= 1, []),
    "power falls": ((1 - p) ** k <= 1 - p, [p <= 1]),
    "Bernoulli's inequality": (1 + 1.01 * k * a <= (1 + a) ** k, []),
    "Bernoulli's inequality far below one": (1 - k * a <= (1 - a) ** k, []),
    "factor that may be zero": (a * q * x < a * q * b, [x < b]),
    "factor of either sign": (y * x <= y * b, [x <= b]),
    "power of a number": ((-1 / 2) ** k * a >= 0, []),
    "one entry of a million": (x * y <= (x**2 + y**2) * (0.5 - 1e-6), []),
}


def shown(statement: dv.Relation, given: list[dv.Relation]) -> bool:
    claim = dv.Paper("paper").claim("claim", statement, given=given)
    return all(show(obligation) is not None for obligation in obligations(claim))


@pytest.mark.parametrize("name", TRUE)
def test_a_true_inequality_is_shown(name: str) -> None:
    assert shown(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_false_inequality_is_not_shown(name: str) -> None:
    assert not shown(*FALSE[name])


def test_of_random_quadratic_forms_exactly_semidefinite_ones_can_be_shown() -> None:
    """Whatever is shown of a x^2 + 2 b x y + c y^2 >= 0 has a, c >= 0 and a c >= b^2."""
    random = Random(0)
    for _ in range(60):
        s, t, u = (random.randint(-4, 4) for _ in range(3))
        if shown(s * x**2 + 2 * t * x * y + u * y**2 >= 0, []):
            assert min(s, u, s * u - t * t) >= 0


@pytest.mark.parametrize(("s", "t"), list(product((1, 2, 3), repeat=2)))
def test_the_largest_constant_of_an_inequality_of_the_means_is_found(s: int, t: int) -> None:
    """(s x - t y)^2 >= 0 is shown, and with a larger mixed term it is not."""
    assert shown(2 * s * t * a * b <= s**2 * a**2 + t**2 * b**2, []) or s != t
    assert not shown(2.01 * s * t * a * b <= s**2 * a**2 + t**2 * b**2, [])
