"""Facts about powers of a base with a sign, and binomial coefficients, and what they ask of base and exponent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from derive.language.combinatorics import Binomial, Factorial
from derive.language.plain import identity
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Power, Tensor
from derive.verify.polynomials import same

MOST_BESIDE = 4
"""Factors that a power may lack of the one that is compared with a binomial coefficient."""

Known = tuple[Tensor, bool, tuple[Tensor, ...]]
"""What is at least 0, or positive, and what has to be at least 0, or positive, for that."""


def facts_of_powers(node: Tensor) -> Iterator[Known]:
    """What is known of the powers and binomial coefficients in an expression."""
    yield from _of_whole_powers(node)
    yield from _of_binomials(node)


def _of_binomials(node: Tensor) -> Iterator[Known]:
    """``binomial(x + k - 1, k) k! = x (x + 1) ... (x + k - 1) >= x**k`` for x >= 0, with ``x**k = x**j x**(k - j)``."""
    parts = {identity(part): part for part in node.walk() if isinstance(part, Binomial | Factorial | Power)}
    for coefficient, divisor, power in permutations(parts.values(), 3):
        match coefficient, divisor, power:
            case Binomial(upper=n, lower=k), Factorial(operand=l), Power(base=x, exponent=e):
                beside = next((j for j in range(MOST_BESIDE + 1) if _is(k - e, j)), None)
                if _is(x + k - n, 1) and _is(k - l, 0) and beside is not None:
                    yield coefficient * divisor - x**beside * power, False, (x,)


def _is(difference: Tensor, number: int) -> bool:
    return same(difference, Number(Fraction(number)), "a difference")


def _of_whole_powers(node: Tensor) -> Iterator[Known]:
    """Signs, Bernoulli's inequality, and that powers of what is between 0 and 1 fall, for each power in an expression.

    By induction over k: ``b**(k + 1) = b b**k >= b (1 + k (b - 1)) = 1 + (k + 1) (b - 1) + k (b - 1)**2``.
    """
    for power in node.walk():
        match power:
            case Power(base=b, exponent=Symbol(properties=properties, shape=()) as k, shape=()):
                if "integer" in properties and properties & {"nonnegative", "positive"}:
                    yield power, True, (b,)
                    yield power - 1 - k * (b - 1), False, (b,)
                    yield 1 - power, False, (b, 1 - b)
                    yield b - power, False, (b, 1 - b, k - 1)
