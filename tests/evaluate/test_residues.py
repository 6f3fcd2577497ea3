"""Residues: what follows from the laws of fields, exponentials and roots is true of them at every point."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpz

from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.residues import P, Q, Residues

SYSTEMS = [Residues(str(seed), rooted=rooted) for seed in range(5) for rooted in (False, True)]
each = pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: f"{system.seed}-{system.rooted}")


def test_the_modulus_is_a_safe_prime_of_61_bits() -> None:
    assert fmpz(P).is_prime()
    assert fmpz(Q).is_prime()
    assert P == 2 * Q + 1
    assert 2**60 < P < 2**61


@pytest.mark.parametrize("prime", [P, Q])
def test_small_numbers_are_squares_and_minus_one_is_none(prime: int) -> None:
    """So that square roots of small sizes exist, and those of squares are unique."""
    assert all(pow(k, (prime - 1) // 2, prime) == 1 for k in range(1, 17))
    assert prime % 4 == 3


@each
def test_exponentials_turn_sums_into_products(system: Residues) -> None:
    x, y = system.randoms("x", 2)
    assert system.is_zero(system.exp(x + y) - system.exp(x) * system.exp(y))
    assert system.is_zero(system.exp(-x) * system.exp(x) - 1)
    assert system.is_zero(system.exp(x / 3) ** 3 - system.exp(x))


@each
def test_the_constant_e_is_the_exponential_of_one(system: Residues) -> None:
    assert system.is_zero(system.constant("e") - system.exp(system.rational(Fraction(1))))


@each
@pytest.mark.parametrize("degree", [2, 4, 8])
def test_roots_are_multiplicative(system: Residues, degree: int) -> None:
    """A root of a product of squares is the product of the roots, and its power is the number."""
    x, y = (entry * entry for entry in system.randoms("x", 2))
    exponent = Fraction(1, degree)
    roots = [system.power(number, exponent) for number in (x, y, x * y)]
    assert system.is_zero(roots[0] * roots[1] - roots[2])
    assert system.is_zero(roots[0] ** degree - x)


def test_the_root_of_an_exponential_is_that_of_half_the_exponent() -> None:
    system = Residues("0")
    x = system.random("x")
    assert system.is_zero(system.power(system.exp(x), Fraction(1, 2)) - system.exp(x / 2))


def test_rooted_residues_have_roots_in_exponents() -> None:
    """``exp(sqrt(x)) ** sqrt(x) == exp(x)`` where the root exists modulo both primes."""
    system = Residues("0", rooted=True)
    x = system.random("x") ** 2
    root = system.power(x, Fraction(1, 2))
    assert (int(root) ** 2 - int(x)) % (P * Q) == 0


@each
def test_circular_functions_lie_on_the_circle_and_have_their_parities(system: Residues) -> None:
    x = system.random("x")
    assert system.is_zero(system.sin(x) ** 2 + system.cos(x) ** 2 - 1)
    assert system.is_zero(system.sin(-x) + system.sin(x))
    assert system.is_zero(system.cos(-x) - system.cos(x))
    assert system.is_zero(system.erf(-x) + system.erf(x))


def test_different_exponents_are_different() -> None:
    """A check of the checks above: the laws that do not hold do not hold."""
    system = Residues("0")
    x, y = system.randoms("x", 2)
    assert not system.is_zero(system.exp(x + y) - system.exp(x) - system.exp(y))
    assert not system.is_zero(system.exp(2 * x) - system.exp(x))


def test_no_root_of_what_is_no_square() -> None:
    system = Residues("0")
    square = system.random("x") ** 2
    with pytest.raises(OutsideDomain) as error:
        system.power(-square, Fraction(1, 2))
    assert not error.value.certain


def test_no_division_by_a_multiple_of_the_prime() -> None:
    system = Residues("0")
    with pytest.raises(OutsideDomain):
        system.divide(system.ring(1), system.ring(P))


def test_residues_have_no_order() -> None:
    system = Residues("0")
    with pytest.raises(Unavailable):
        system.step(system.random("x"))
    with pytest.raises(Unavailable):
        system.certainly_less(system.random("x"), system.random("y"))


def test_the_same_seed_gives_the_same_residues() -> None:
    assert Residues("a").random("x") == Residues("a").random("x") != Residues("b").random("x")


@pytest.mark.parametrize("value", ["5", "-3/2", "7/4", "1/3"])
def test_small_fractions_are_recognised(value: str) -> None:
    """So that ``x**(-d/2)`` is a power of a root, and no exponential of an unknown logarithm."""
    system = Residues("0")
    assert system.exact(system.rational(Fraction(value))) == Fraction(value)
    assert system.exact(system.random("x")) is None
