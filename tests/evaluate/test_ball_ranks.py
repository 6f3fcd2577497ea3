"""The rank of a matrix of balls is enclosed: no pivot that may be zero counts, and nothing is zero by being small."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb, fmpq_mat

from derive.evaluate.ball_ranks import enclosed_rank
from derive.evaluate.balls import Balls

TINY = arb(2) ** -100


def balls(rows: list[list[object]]) -> np.ndarray:
    array = np.empty((len(rows), len(rows[0])), object)
    for place in np.ndindex(*array.shape):
        array[place] = arb(rows[place[0]][place[1]])
    return array


@pytest.mark.parametrize("seed", range(20))
def test_the_rank_of_an_integer_matrix_is_within(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, d, k = (int(x) for x in rng.integers(1, 6, 3))
    product = rng.integers(-3, 4, (n, k)) @ rng.integers(-3, 4, (k, d))
    least, most = enclosed_rank(balls(product.tolist()))
    assert least == fmpq_mat(n, d, [int(x) for x in product.flat]).rank() <= most


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0, 0], [0, 0]], (0, 0)),
        ([[1, 2], [2, 4]], (1, 1)),
        ([[1, 0], [0, TINY]], (2, 2)),
        ([[1, 0], [0, arb(0, 1e-30)]], (1, 2)),
        ([[arb(0, 1), 1], [1, arb(0, 1)]], (1, 2)),
        ([[arb("nan"), 1], [1, 1]], (0, 2)),
    ],
)
def test_what_may_be_zero_is_left_open(rows: list[list[object]], expected: tuple[int, int]) -> None:
    assert enclosed_rank(balls(rows)) == expected


def test_with_an_agreement_what_is_narrow_around_zero_counts_as_zero() -> None:
    matrix = balls([[1, 0], [0, arb(0, 1e-30)]])
    assert enclosed_rank(matrix, agreement=64) == (1, 1)
    assert enclosed_rank(matrix, agreement=128) == (1, 2)


def test_a_rank_that_is_not_certain_is_a_ball_of_all_that_it_may_be() -> None:
    found = Balls().rank(balls([[1, 0], [0, arb(0, 1e-30)]]))
    assert found.contains(1)
    assert found.contains(2)
    assert not found.contains(0)
