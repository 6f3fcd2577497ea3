"""Quotients of sums that need a common denominator, and hypotheses that give a scalar its value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.api import dims, exp, scalar, subs, sum, time, vector
from derive.language.relations import Relation

n, d = dims("n d")
g, mu, nu, u = (vector(name, n) for name in ("g", "mu", "nu", "u"))
v = vector("v", d)
w, z, r, s = (scalar(name) for name in "wzrs")
k = time("k")
centre, h = (g @ mu) / sum(g), 1 - (1 - s * g) ** k
other = (h @ mu) / sum(h)

TRUE: dict[str, tuple[Relation, ...]] = {
    "fixed point of an average": (sum((1 - g) * w + g * mu) / n - centre == (1 - sum(g) / n) * (w - centre),),
    "with powers": (sum((1 - h) * w + h * mu) / n - other == (1 - sum(h) / n) * (w - other),),
    "two denominators": (1 / (n - sum(g)) - 1 / (n + sum(g)) == 2 * sum(g) / ((n - sum(g)) * (n + sum(g))),),
    "value of a scalar": (w**2 == (z + r) ** 2, w - z == r),
    "value of a scalar within a quotient": (sum(g) / w == sum(g) / (z + s), w - s == z),
    "step of a contraction": (
        s * w + (1 - s) * centre - centre == s * r * (z - centre),
        w - centre == r * (z - centre),
    ),
}
SUBSTITUTED: dict[str, tuple[Relation, ...]] = {
    "one step": (subs(other, k, 1) == (g @ mu) / sum(g),),
    "three steps": (subs((1 - s * g) ** k, k, 3) == (1 - s * g) ** 3,),
    "a size": (subs(r**k, k, 0) == 1,),
}
FALSE: dict[str, tuple[Relation, ...]] = {
    "fixed point of an average": (sum((1 - g) * w + g * mu) / n - centre == (1 - sum(g)) * (w - centre),),
    "other weights": (sum((1 - g) * w + g * mu) / n - (u @ mu) / sum(u) == (1 - sum(g) / n) * (w - centre),),
    "products of sums": (sum(g) * sum(u) / (n - sum(g)) == sum(g * u) / (n - sum(g)),),
    "sums over other sizes": (sum(exp(g)) / (1 + sum(u)) == sum(exp(v)) / (1 + sum(u)),),
    "value of a scalar": (w**2 == (z - r) ** 2, w - z == r),
    "a scalar that other terms contain": (w == 1, w - w**2 == 0),
}


def proved(statement: Relation, given: tuple[Relation, ...]) -> bool:
    return difference(statement.left, statement.right, given).proved


@pytest.mark.parametrize("name", [*TRUE, *SUBSTITUTED])
def test_what_is_equal_is_proved(name: str) -> None:
    statement, *given = {**TRUE, **SUBSTITUTED}[name]
    assert proved(statement, tuple(given))


@pytest.mark.parametrize("value", [Fraction(1, 2), -1])
def test_no_value_is_given_that_the_symbol_cannot_have(value: Fraction | int) -> None:
    with pytest.raises(Undecidable):
        difference(subs((1 - g) ** k, k, value), mu)


@pytest.mark.parametrize("name", FALSE)
def test_what_differs_is_not_proved(name: str) -> None:
    statement, *given = FALSE[name]
    assert not proved(statement, tuple(given))
