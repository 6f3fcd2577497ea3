"""Residues obey the laws of exponentials, roots and derivatives; what they do not know has no value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.verify.arithmetic import Unknown
from derive.verify.elementary import Elementary
from derive.verify.jets import Jet, coefficient
from derive.verify.residues import P, Q, Residue, Residues, random

FUNCTIONS = Elementary(Residues())


def value(number: Residue) -> int:
    assert number.value is not None
    return number.value


def test_both_moduli_are_prime_to_small_bases() -> None:
    """Fermat's test with several bases; the numbers are known primes."""
    assert all(pow(base, P - 1, P) == 1 and pow(base, Q - 1, Q) == 1 for base in (2, 3, 5, 7, 11, 13))
    assert P == 2 * Q + 1


@pytest.mark.parametrize("key", ["one", "two", "three"])
def test_exponentials_turn_sums_into_products(key: str) -> None:
    a, b = random(f"{key} a"), random(f"{key} b")
    assert value(FUNCTIONS.exp(a + b)) == value(FUNCTIONS.exp(a) * FUNCTIONS.exp(b))
    assert value(FUNCTIONS.exp(a) * FUNCTIONS.exp(-a)) == 1


def test_the_root_of_a_square_is_a_root() -> None:
    a = random("a")
    root = FUNCTIONS.power(a * a, Fraction(1, 2))
    assert value(root * root) == value(a * a)


def test_a_derivative_is_the_coefficient_of_the_infinitesimal() -> None:
    a, one = random("a"), Residues().rational(Fraction(1))
    moved = FUNCTIONS.exp(Jet({0: a, 1: one}) * Jet({0: a, 1: one}))
    assert value(coefficient(moved, 1, one - one)) == value((a + a) * FUNCTIONS.exp(a * a))


def test_an_exponential_of_an_exponential_has_no_value() -> None:
    with pytest.raises(Unknown):
        FUNCTIONS.exp(FUNCTIONS.exp(random("a")))


def test_a_logarithm_has_a_derivative_and_no_value() -> None:
    a, one = random("a"), Residues().rational(Fraction(1))
    moved = FUNCTIONS.series("log", Jet({0: a, 1: one}))
    assert moved.constant.value is None
    assert value(coefficient(moved, 1, one - one) * a) == 1
