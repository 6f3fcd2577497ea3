"""Numbers of a bracket are rounded to the safe side and read as they should."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sympy as sp

from derive.bracket.decimals import rounded, tex, text, value

R = sp.Symbol("R", positive=True)


@pytest.mark.parametrize("number", ["0.5", "-0.5", "1.000000000000000000000000001", "-123456.789", "1e-40"])
def test_rounding_downwards_and_upwards_encloses(number: str) -> None:
    exact = Decimal(number)
    below, above = rounded(exact, up=False), rounded(exact, up=True)
    assert below <= exact <= above
    assert above - below <= abs(exact) * Decimal("2e-4")


def test_what_the_working_digits_lose_is_on_the_safe_side() -> None:
    """A third in thirty digits is less than a third."""
    assert rounded(Decimal("0." + 30 * "3"), up=True) * 3 >= 1


@pytest.mark.parametrize(
    ("number", "shown", "typeset"),
    [
        ("0.57140", "0.5714", "0.5714"),
        ("0", "0", "0"),
        ("1.2E-12", "1.2e-12", r"1.2 \cdot 10^{-12}"),
        ("-9.424E+139", "-9.424e+139", r"-9.424 \cdot 10^{139}"),
        ("2560", "2560", "2560"),
    ],
)
def test_a_number_as_text_and_in_latex(number: str, shown: str, typeset: str) -> None:
    assert (text(Decimal(number)), tex(Decimal(number))) == (shown, typeset)


def test_a_closed_form_beyond_the_range_of_doubles_has_a_value() -> None:
    found = value(sp.exp(20 * R**2), {R: sp.Integer(10)})
    assert found is not None
    assert found.adjusted() == 868  # 2000 / log(10) = 868.6


@pytest.mark.parametrize("expression", [1 / (R - 1), sp.log(1 - R), sp.sqrt(-R)])
def test_what_is_no_finite_real_number_has_none(expression: sp.Expr) -> None:
    assert value(expression, {R: sp.Integer(1)}) is None


def test_what_is_beyond_decimals_too_has_none() -> None:
    """Its quotient by another number would be none that decimals hold."""
    assert value(sp.exp(R**2), {R: sp.Integer(1000)}) is None
    assert value(sp.exp(-(R**2)), {R: sp.Integer(1000)}) is None
