"""Doubles with error bars: the exact result always lies inside."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from derive.chance import rounded as r
from derive.chance.rounded import Rounded
from derive.evaluate.system import Array

SIZE = 200


def numbers(seed: str, scale: float = 1.0) -> tuple[Rounded, list[Fraction]]:
    """Doubles with errors of all sizes, and exact numbers within them."""
    rng = Random(seed)
    values = [rng.choice((-1, 1)) * rng.random() * scale * 10.0 ** rng.randint(-3, 3) for _ in range(SIZE)]
    errors = [rng.choice((0.0, 1e-12, 1e-3)) * abs(value) for value in values]
    exact = [
        Fraction(v) + Fraction(e) * Fraction(rng.randint(-1000, 1000), 1001)
        for v, e in zip(values, errors, strict=True)
    ]
    return Rounded(np.array(values), np.array(errors)), exact


def assert_inside(found: Rounded, exact: list[Fraction]) -> None:
    for value, error, true in zip(
        found.value.flat, np.broadcast_to(found.error, found.value.shape).flat, exact, strict=True
    ):
        assert abs(Fraction(value) - true) <= Fraction(error)


@pytest.mark.parametrize(
    ("rounded", "exactly"),
    [
        (r.add, lambda x, y: x + y),
        (r.multiply, lambda x, y: x * y),
        (r.divide, lambda x, y: x / y),
    ],
)
def test_arithmetic_stays_within_its_error_bars(
    rounded: Callable[[Rounded, Rounded], Rounded], exactly: Callable[[Fraction, Fraction], Fraction]
) -> None:
    (x, exact_x), (y, exact_y) = numbers("x"), numbers("y")
    assert_inside(rounded(x, y), [exactly(a, b) for a, b in zip(exact_x, exact_y, strict=True)])


@pytest.mark.parametrize("p", [1, 2, 3, 4, -1, -2])
def test_powers_stay_within_their_error_bars(p: int) -> None:
    x, exact = numbers("p")
    found = r.power(float(p), x)
    assert_inside(found, [a**p for a in exact])


def test_roots_stay_within_their_error_bars() -> None:
    """The square of what lies inside is compared: the bars of the root hold the exact one."""
    x, exact = numbers("r")
    x = Rounded(np.abs(x.value), x.error)
    found = r.power(0.5, x)
    for value, error, true in zip(found.value, found.error, map(abs, exact), strict=True):
        low, high = max(Fraction(value) - Fraction(error), Fraction(0)), Fraction(value) + Fraction(error)
        assert low**2 <= true <= high**2


def test_a_root_of_what_may_be_zero_has_a_wide_bar() -> None:
    found = r.power(0.5, Rounded(np.array([0.0]), np.array([1e-8])))
    assert found.error[0] >= 1e-4


def test_sums_and_products_of_arrays_stay_within_their_error_bars() -> None:
    (x, exact_x), (y, exact_y) = numbers("a"), numbers("b")
    matrices = [Rounded(z.value.reshape(1, 10, 20), z.error.reshape(1, 10, 20)) for z in (x, y)]
    turned = Rounded(matrices[1].value.swapaxes(1, 2), matrices[1].error.swapaxes(1, 2))
    product = r.product(matrices[0], turned)
    rows, columns = ([[exact[20 * i + k] for k in range(20)] for i in range(10)] for exact in (exact_x, exact_y))
    assert_inside(
        product, [sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0)) for u in rows for v in columns]
    )
    assert_inside(r.total((-1,), matrices[0]), [sum(row, Fraction(0)) for row in rows])


def test_integers_are_exact() -> None:
    """So that signs that add up to a threshold are told from those that miss it."""
    x = r.exactly(np.array([[3.0, -1.0, 7.0]]))
    whole = r.product(x, r.exactly(np.array([[1.0], [1.0], [2.0]])))
    assert whole.value == 16
    for found in (whole, r.total((-1,), x), r.add(x, x), r.multiply(x, x)):
        assert not np.any(found.error)


@pytest.mark.parametrize("found", [r.divide, r.multiply, r.add])
def test_where_nothing_is_known_the_error_is_infinite(found: Callable[[Rounded, Rounded], Rounded]) -> None:
    unknown: Array = np.array([np.inf])
    with np.errstate(all="ignore"):
        assert np.isinf(found(r.exactly(np.array([1.0])), Rounded(unknown, unknown)).error).all()
