"""What is read of a function along a grid, and where."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.bounds.rules.combinations import terms
from derive.iteration.grid import Grid, Unread, end_values, placed, read
from derive.language import api as dv
from derive.language.tensor import IndexSymbol, Tensor, dimension

m = dv.dim("m")
k = IndexSymbol("k", dimension(m))
s, b, x = dv.scalar("s"), dv.scalar("b"), dv.vector("x", m)
g, f = dv.function("g"), dv.function("f")
GRID = Grid.of("g", b, k, k / m)


def slope(point: Tensor) -> Tensor:
    return dv.subs(dv.grad(g(s), s), s, point)


def test_the_four_readings_have_their_symbols() -> None:
    for node, symbol in zip((g(k / m), g((k + 1) / m), slope(k / m), slope((1 + k) / m)), GRID.symbols, strict=True):
        assert read(placed(node, k, GRID.place), GRID) is symbol


@pytest.mark.parametrize("node", [g((k + 2) / m), slope((k - 1) / m), f(k / m), g(s)])
def test_other_points_and_functions_are_not_read(node: Tensor) -> None:
    with pytest.raises(Unread):
        read(placed(node, k, GRID.place), GRID)


def test_no_array_is_read_along_the_grid() -> None:
    with pytest.raises(Unread):
        placed(x[k] * g(k / m), k, GRID.place)


def test_a_grid_shifted_back_reads_the_same_point_as_the_next_one() -> None:
    assert read(placed(slope(k / m), k, GRID.place), GRID.shifted_back) is GRID.symbols[3]


@pytest.mark.parametrize(
    ("rest", "factor"),
    [(g(1) - g(0), 1), (3 * g(0) - 3 * g(1), -3), (g(1) - 2 * g(0), None), (g(1) - g(s), None), (g(1) - s, None)],
)
def test_the_ends_of_the_grid(rest: Tensor, factor: int | None) -> None:
    assert end_values(terms(rest), GRID) == (None if factor is None else Fraction(factor))
