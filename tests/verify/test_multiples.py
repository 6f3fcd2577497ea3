"""The rational factor of two arrays of balls."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from derive.verify.multiples import factor


def test_the_factor_is_found() -> None:
    assert factor([arb(-3), arb(0), arb(6)], [arb(2), arb(0), arb(-4)]) == Fraction(-3, 2)


def test_unlike_arrays_have_none() -> None:
    assert factor([arb(1), arb(2)], [arb(1), arb(3)]) is None
    assert factor([arb(1)], [arb(1), arb(1)]) is None
    assert factor([arb(1)], [arb(0)]) is None
