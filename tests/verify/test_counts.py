"""Binomial coefficients and factorials at rational numbers and at balls."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb, fmpq

from derive.language.combinatorics import Binomial, Factorial
from derive.language.tensor import Number
from derive.verify.arithmetic import Unknown
from derive.verify.counts import count

BINOMIAL = Binomial(Number(Fraction(0)), Number(Fraction(0)))
FACTORIAL = Factorial(Number(Fraction(0)))


@pytest.mark.parametrize("number", [arb, fmpq])
def test_values_at_integers(number: Any) -> None:
    assert count(BINOMIAL, [number(6), number(4)]) == 15
    assert count(FACTORIAL, [number(5)]) == 120


@pytest.mark.parametrize("number", [fmpq(1, 2), fmpq(-1), arb(2, 0.5), arb(1) / 3, 3])
def test_other_numbers_have_none(number: Any) -> None:
    with pytest.raises(Unknown):
        count(FACTORIAL, [number])
