"""Doubles become rationals of few digits that keep what a symbol was declared with."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derive.attack.kinds import Kind
from derive.attack.rounding import by_itself, rounded
from derive.instances.admission import has_properties
from derive.language.symbols import dim, symbol

RNG = np.random.default_rng(1)
SIZE = 3
FACTOR = RNG.standard_normal((SIZE, SIZE))
MATRICES = {
    "psd": FACTOR[:1].T @ FACTOR[:1],
    "pd": FACTOR.T @ FACTOR,
    "symmetric": FACTOR + FACTOR.T,
    "skew": FACTOR - FACTOR.T,
    "orthogonal": np.linalg.qr(FACTOR)[0],
}


@pytest.mark.parametrize("digits", [1, 3, 9])
@pytest.mark.parametrize("name", MATRICES)
def test_a_declared_property_is_kept(name: str, digits: int) -> None:
    n = dim("n")
    kind = Kind(name, (SIZE, SIZE), (SIZE, SIZE))
    found = rounded(kind, MATRICES[name], FACTOR, np.ones(SIZE), digits)
    assert found is not None
    assert has_properties(symbol("A", n, n, **{name: True}), found) is None


@pytest.mark.parametrize("name", ["psd", "pd", "symmetric", "skew"])
def test_many_digits_are_near(name: str) -> None:
    kind = Kind(name, (SIZE, SIZE), (SIZE, SIZE))
    found = rounded(kind, MATRICES[name], FACTOR, None, 12)
    assert found is not None
    assert found.astype(float) == pytest.approx(MATRICES[name], abs=1e-4 * np.abs(MATRICES[name]).max())


def test_positive_numbers_of_all_sizes_stay_positive() -> None:
    found = rounded(Kind("positive", (3,), (3,)), np.array([1e-9, 1.0, 1e9]), np.zeros(3), None, 1)
    assert found is not None
    assert list(found) == [Fraction(1, 10**9), 1, 10**9]


def test_few_digits() -> None:
    assert by_itself(0.12345, 2) == Fraction(3, 25)
