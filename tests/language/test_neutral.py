"""Expressions without factors 1, powers of 1 and double signs."""

from __future__ import annotations

import pytest

from derive.language.arrays import norm
from derive.language.derivatives import grad
from derive.language.neutral import without_units
from derive.language.paper import Paper
from derive.language.plain import plain
from derive.language.symbols import dim, matrix, scalar, vector
from derive.language.text import parse_tensor

n, d = dim("n"), dim("d")
NAMES = {"A": matrix("A", n, d), "x": vector("x", d), "t": scalar("t")}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1*t*x", "t*x"),
        ("A.T @ (1*(A @ x)) + 1*t*x", "A.T @ (A @ x) + t*x"),
        ("-1*(A.T @ A)", "-A.T @ A"),
        ("x/t**1", "x/t"),
        ("exp(-(-x))", "exp(x)"),
        ("-1*(-x)", "x"),
        ("2*x", "2*x"),
        ("x**2/2", "x**2/2"),
    ],
)
def test_what_says_nothing_is_left_out(expression: str, text: str) -> None:
    assert plain(without_units(parse_tensor(expression, NAMES))) == text


def test_a_one_that_makes_an_array_of_a_scalar_stays() -> None:
    kept = parse_tensor("t*ones(d)", NAMES | {"d": d})
    assert without_units(kept) is kept


def test_definitions_and_derivatives_stay_as_the_author_wrote_them() -> None:
    x = NAMES["x"]
    definition = Paper("p").let("g", 1 * x)
    derivative = grad(1 * norm(x) ** 2, x)
    assert without_units(definition) is definition
    assert without_units(derivative) is derivative
