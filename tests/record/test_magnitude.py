"""Numbers compared in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from derive.record.magnitude import compared, power_of_ten, times

WORST, DERIVED = "the worst case found", "the derived bound"


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        ("1.5", "1.5 times"),
        ("70.7", "70.7 times"),
        ("27.96", "28 times"),
        ("123456", "123456 times"),
        ("9.4e139", "about 10¹⁴⁰ times"),
        ("1.2e139", "about 10¹³⁹ times"),
    ],
)
def test_a_ratio_has_three_digits_and_what_is_astronomical_a_power_of_ten(ratio: str, words: str) -> None:
    assert times(Decimal(ratio)) == words


def test_negative_exponents_are_superscripts_too() -> None:
    assert power_of_ten(-12) == "10⁻¹²"


@pytest.mark.parametrize(
    ("claimed", "others", "sentence"),
    [
        ("40", {WORST: "0.5", DERIVED: "2"}, f"the claimed constant is 80 times {WORST} and 20 times {DERIVED}"),
        ("-4", {WORST: "-0.25", DERIVED: "-1"}, f"the claimed constant is 16 times {WORST} and 4 times {DERIVED}"),
        ("1", {DERIVED: "14"}, f"{DERIVED} is 14 times the claimed constant"),
        ("1", {WORST: "0.5", DERIVED: "2"}, f"the claimed constant is 2 times {WORST}, and {DERIVED} is 2 times"),
        ("1", {WORST: "0.9999"}, f"{WORST} equals the claimed constant to two digits"),
        ("1", {WORST: "0.9999", DERIVED: "1"}, f"{WORST} and {DERIVED} equal the claimed constant to two digits"),
        ("1", {WORST: "-3", DERIVED: "0"}, ""),
        ("0", {WORST: "1"}, ""),
    ],
)
def test_a_constant_is_compared_with_the_numbers_of_its_sign(
    claimed: str, others: dict[str, str], sentence: str
) -> None:
    found = compared(Decimal(claimed), {name: Decimal(number) for name, number in others.items()})
    assert found.startswith(sentence) if sentence else not found
