"""Binomial coefficients and factorials: values, printers, and which verdicts claims about them get."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.judge import judge
from derive.language.combinatorics import binomial, factorial
from derive.language.errors import ShapeError
from derive.language.latex import latex
from derive.language.numpy_code import numpy_code
from derive.language.paper import Paper
from derive.language.relations import Relation
from derive.language.symbols import dims, scalar, vector
from derive.language.text import parse_tensor

d, l = dims("d l")
t = scalar("t")


def verdict(statement: Relation, *given: Relation) -> str:
    return str(judge(Paper("p").claim("c", statement, given=given)).verdict)


@pytest.mark.parametrize(("upper", "lower", "count"), [(6, 4, 15), (5, 0, 1), (0, 0, 1), (2, 3, 0)])
def test_values_are_numbers_of_subsets(upper: int, lower: int, count: int) -> None:
    assert evaluate(binomial(upper, lower), Point({}), Rationals())[()] == count


def test_a_factorial_is_a_product() -> None:
    assert evaluate(factorial(d), Point({"d": 5}), Rationals())[()] == 120


@pytest.mark.parametrize("value", [Fraction(1, 2), Fraction(-1)])
def test_other_numbers_have_none(value: Fraction) -> None:
    with pytest.raises(OutsideDomain, match="factorial"):
        evaluate(factorial(t), Point({}, {}, {"t": value}), Rationals())


def test_they_are_of_scalars() -> None:
    with pytest.raises(ShapeError, match=r"binomial\(\) is of scalars"):
        binomial(vector("x", d), 2)


def test_they_are_printed_and_read() -> None:
    expression = binomial(d + l - 1, l) / factorial(l)
    assert repr(expression) == "binomial(d + l - 1, l)/factorial(l)"
    assert repr(parse_tensor(repr(expression), {"d": d, "l": l})) == repr(expression)
    assert latex(binomial(d, l)) == r"\binom{d}{l}"
    assert latex(factorial(d + 1)) == "(d + 1)!"
    assert "def binomial(n, k)" in numpy_code(binomial(d, l))


@pytest.mark.parametrize(
    "statement",
    [
        binomial(d + l - 1, l) / d >= d ** (l - 1) / factorial(l),
        binomial(d + l - 1, l) * factorial(l) >= d * d ** (l - 1),
        d**2 * d ** (l - 2) / factorial(l) <= binomial(l + d - 1, l),
    ],
)
def test_a_rising_factorial_is_at_least_a_power(statement: Relation) -> None:
    assert verdict(statement, l >= 3) == "proved"


@pytest.mark.parametrize(
    "statement",
    [
        binomial(d + l - 1, l) / d >= d ** (l - 1) / factorial(l - 1),
        binomial(d + l - 2, l) / d >= d ** (l - 1) / factorial(l),
        binomial(d + l - 1, l) >= (d + 1) ** l / factorial(l),
        binomial(d + l - 1, l) * factorial(l) >= d ** (l + 1),
        binomial(d + l - 1, l - 1) * factorial(l) >= d**l * l,
    ],
)
def test_another_power_is_not(statement: Relation) -> None:
    assert verdict(statement, l >= 3) == "refuted"
