"""Numbers are read as simple ones only where they certainly may be, and hardly by chance."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb, fmpq

from derive.diagnosis.balls import arithmetic
from derive.diagnosis.reading import Reading, decimal, read


def number(text: str, radius: float = 0.0) -> Any:
    value = Fraction(text)
    return arb(fmpq(value.numerator, value.denominator)) + arb(0, radius)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2", "2"),
        ("-1", "-1"),
        ("0", "0"),
        ("-7/3", "-7/3"),
        ("1.0000001", "1.0000001"),
        ("0.9999999", "0.9999999"),
        ("1.0000000000000000000000000000005", "1.0000000000000000000000000000005"),
        ("1e-6", "1e-6"),
        ("1/97", "about 0.0103093"),
    ],
)
def test_a_number_is_read_as_what_it_is(text: str, shown: str) -> None:
    """A number next to a simple one is not taken for it."""
    with arithmetic():
        assert str(read(number(text))) == shown


@pytest.mark.parametrize(
    ("text", "radius", "shown"),
    [
        ("2", 1e-12, "2"),
        ("2", 1e-3, "about 2"),
        ("1.0000001", 1e-9, "about 1"),
        ("1.0000001", 1e-16, "1.0000001"),
        ("0.333333333", 1e-9, "1/3"),
        ("63/64", 1e-9, "about 0.984375"),
    ],
)
def test_a_wide_error_bar_admits_fewer_readings(text: str, radius: float, shown: str) -> None:
    with arithmetic():
        assert str(read(number(text, radius))) == shown


def test_roots_exponentials_and_multiples_of_pi_are_recognised() -> None:
    with arithmetic():
        pi = arb.pi()
        numbers = [arb(2).sqrt(), -arb(3).sqrt() / 2, 2 / pi, pi / 2, (2 * pi).sqrt(), 1 / pi.sqrt(), arb(-40).exp()]
        assert [str(read(x)) for x in numbers] == [
            "sqrt(2)",
            "-sqrt(3/4)",
            "2/pi",
            "pi/2",
            "sqrt(2*pi)",
            "1/sqrt(pi)",
            "exp(-40)",
        ]


def test_a_factor_is_read_as_a_multiple_of_a_named_scalar() -> None:
    with arithmetic():
        r = number("0.37172918")
        readings = [str(read(x, {"r": r})) for x in (r, -r / 2, 2 / r, r * r, 1 / r.sqrt())]
    assert readings == ["r", "-r/2", "2/r", "r**2", "1/sqrt(r)"]


def test_what_two_points_have_in_common_is_the_name_and_not_the_number() -> None:
    """A factor that is 2 where n = 2 and 3 where n = 3 is n."""
    with arithmetic():
        two, three = (read(number(str(k)), {"n": number(str(k))}) for k in (2, 3))
    common = two.common(three)
    assert common is not None
    assert str(common) == "n"


def test_different_numbers_have_nothing_in_common() -> None:
    assert Reading(("2",), "2").common(Reading(("3",), "3")) is None


def test_decimals_show_certain_digits_alone() -> None:
    with arithmetic():
        assert decimal(number("1/3", 1e-4), 12) == "0.333"
        assert decimal(number("250"), 6) == "250"


def test_a_number_beyond_doubles_is_read_as_nothing() -> None:
    with arithmetic():
        assert read(number("1e400") * arb(2).sqrt()).value is None
