"""One entry off by a millionth: exactly one, and by exactly that."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.language.tensor import Tensor
from derive.mutation.entry import one_entry_off

Parse = Callable[[str], Tensor]

POINT = Point(
    {"n": 2, "d": 3},
    {},
    {
        "A": tuple(tuple(Fraction(3 * row + column + 1) for column in range(3)) for row in range(2)),
        "b": (Fraction(2), Fraction(5)),
        "t": Fraction(7),
    },
)


@pytest.mark.parametrize("text", ["A", "b", "t", "A[:, :, None]*b[:, None, None]", "A[:, None, :, None] + t"])
def test_the_first_entry_alone_is_off_by_a_relative_millionth(tensor: Parse, text: str) -> None:
    right = tensor(text)
    wrong, words = one_entry_off(right)
    before, after = (evaluate(side, POINT, Rationals()) for side in (right, wrong))
    assert after.shape == before.shape
    first = (0,) * before.ndim
    assert after[first] * 10**6 == before[first] * (10**6 + 1)
    assert np.count_nonzero(after - before) == 1
    assert "relative" in words


def test_zeros_are_off_by_a_millionth(tensor: Parse) -> None:
    """A factor would leave them what they are."""
    wrong, words = one_entry_off(tensor("zeros(n, d)"))
    value = evaluate(wrong, POINT, Rationals())
    assert value[0, 0] * 10**6 == 1
    assert np.count_nonzero(value) == 1
    assert "relative" not in words
