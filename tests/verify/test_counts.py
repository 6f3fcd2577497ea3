"""Binomial coefficients, factorials and ranks for generic values, at rational numbers and at balls."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from derive.language.combinatorics import Binomial, Factorial
from derive.language.rank import rank
from derive.language.symbols import matrix, scalar
from derive.language.tangents import Generic, generic, tangent_gram
from derive.language.tensor import Number
from derive.verify.arithmetic import Unknown
from derive.verify.counts import count

n, k = scalar("n"), scalar("k")
BINOMIAL, FACTORIAL = Binomial(n, k), Factorial(n)


def value(node: Binomial | Factorial | Generic, *numbers: Any) -> Fraction:
    values = iter(numbers)
    return count(node, lambda _: next(values), lambda dimension: dimension.value or 0)


@pytest.mark.parametrize("number", [arb, Fraction])
def test_values_at_integers(number: Any) -> None:
    assert value(BINOMIAL, number(6), number(4)) == 15
    assert value(FACTORIAL, number(5)) == 120


@pytest.mark.parametrize("number", [Fraction(1, 2), Fraction(-1), arb(2, 0.5), arb(1) / 3])
def test_other_numbers_have_none(number: Any) -> None:
    with pytest.raises(Unknown):
        value(FACTORIAL, number)


@pytest.mark.parametrize(("points", "size", "order", "dimension"), [(4, 3, 3, 10), (5, 3, 4, 14), (6, 3, 4, 15)])
def test_a_rank_for_generic_values(points: int, size: int, order: int, dimension: int) -> None:
    X = matrix("X", points, size)
    found = generic(rank(tangent_gram(X, Number(Fraction(order)))), X)
    assert isinstance(found, Generic)
    assert value(found, Fraction(order)) == dimension


def test_of_other_matrices_there_is_none() -> None:
    X = matrix("X", 3, 3)
    found = generic(rank(X), X)
    assert isinstance(found, Generic)
    with pytest.raises(Unknown, match="not of a tangent space"):
        value(found)
