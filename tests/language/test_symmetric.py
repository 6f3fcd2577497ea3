"""Symmetric tensors by their components agree with the arrays of their entries, contracted one slot after the other."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
import pytest

from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.language.errors import InputError, ShapeError
from derive.language.symbols import dims, matrix, scalar, vector
from derive.language.symmetric import SymmetricTensor, power_sum
from derive.language.tensor import Tensor

m, r, d = dims("m r d")
l = scalar("l", integer=True)
c, U, b, S, x = vector("c", m), matrix("U", m, d), vector("b", r), matrix("S", r, d), vector("x", d)
T, R = power_sum(c, U, l), power_sum(b, S, l)

SIZES = {"m": 2, "r": 1, "d": 3}
VALUES: dict[str, Any] = {"c": [2, -1], "U": [[1, 2, -1], [0, 3, 1]], "b": [3], "S": [[1, -1, 2]], "x": [2, 1, -2]}


def value(expression: Tensor, order: int) -> np.ndarray[Any, Any]:
    exact = {"l": Fraction(order), **{name: _exact(entries) for name, entries in VALUES.items()}}
    return np.array(evaluate(expression, Point(SIZES, {}, exact), Rationals()), dtype=float)


def _exact(entries: Any) -> Any:
    return [_exact(entry) for entry in entries] if isinstance(entries, list) else Fraction(entries)


def entries(weights: str, vectors: str, order: int) -> np.ndarray[Any, Any]:
    powers = [reduce(np.multiply.outer, [np.array(row)] * order) for row in VALUES[vectors]]
    total: np.ndarray[Any, Any] = sum(w * power for w, power in zip(VALUES[weights], powers, strict=True))
    return total


@pytest.mark.parametrize("order", [2, 3, 4])
def test_contractions_are_those_of_the_array(order: int) -> None:
    array, point = entries("c", "U", order), np.array(VALUES["x"])
    contracted = reduce(np.dot, [point] * (order - 1), array)
    assert value(T.contract(x), order) == pytest.approx(contracted)
    assert value(T(x), order) == pytest.approx(contracted @ point)


@pytest.mark.parametrize("order", [2, 3])
def test_inner_product_and_norm_add_up_over_all_entries(order: int) -> None:
    array, other = entries("c", "U", order), entries("b", "S", order)
    assert value(T.inner(R), order) == pytest.approx((array * other).sum())
    assert value((2 * T - R).inner(2 * T - R), order) == pytest.approx(((2 * array - other) ** 2).sum())


def test_the_norm_is_the_root_of_the_inner_product_with_itself() -> None:
    assert repr(T.norm()) == f"sqrt({T.inner(T)!r})"


def test_sums_and_differences_act_on_what_is_contracted() -> None:
    assert (value((T + R).contract(x), 3) == value(T.contract(x), 3) + value(R.contract(x), 3)).all()
    assert (value((T - R)(x), 3) == value(T(x), 3) - value(R(x), 3)).all()


def test_what_does_not_conform_is_refused() -> None:
    with pytest.raises(ShapeError, match="a weight for each row"):
        power_sum(b, U, l)
    with pytest.raises(ShapeError, match="is contracted with c"):
        T(c)
    with pytest.raises(ShapeError, match="do not conform"):
        T.inner(power_sum(b, S, l + 1))
    with pytest.raises(ShapeError, match="by scalars"):
        T * x
    with pytest.raises(InputError, match="order of a tensor is a scalar"):
        power_sum(c, U, c)
    with pytest.raises(InputError, match="cannot be combined"):
        T.inner(x)  # type: ignore[arg-type]


def test_it_is_imported_from_derive() -> None:
    from derive import power_sum as imported

    assert isinstance(imported(c, U, l), SymmetricTensor)
