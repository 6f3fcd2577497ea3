"""The sizes and positions at which an inequality is enclosed."""

from __future__ import annotations

import pytest

from derive.enclosure.sizes import positions, stated_sizes
from derive.instances.sizes import Shapes
from derive.language.symbols import index
from derive.language.tensor import Size
from tests.enclosure.claims import NAMES, obligation

N = NAMES["n"]
assert isinstance(N, Size)


@pytest.mark.parametrize(
    ("given", "sizes", "bounded"),
    [
        (("n <= 4",), [1, 2, 3, 4], True),
        (("n >= 2", "n <= 3"), [2, 3], True),
        (("n == 4",), [4], True),
        ((), [1, 2, 3], False),
        (("n >= 2",), [2, 3], False),
        (("n >= 6",), [], False),
    ],
)
def test_a_dimension_is_taken_as_far_as_it_is_bounded(given: tuple[str, ...], sizes: list[int], bounded: bool) -> None:
    found, complete = stated_sizes(Shapes(obligation("sum(x) <= 1", *given)))
    assert ([row["n"] for row in found], complete) == (sizes, bounded)


def test_no_dimension_is_one_size() -> None:
    assert stated_sizes(Shapes(obligation("t <= 1"))) == ([{}], True)


def test_only_free_index_symbols_have_positions() -> None:
    x, i, j = NAMES["x"], index("i", N), index("j", N)
    bound = x[j].sum(over=j)
    shapes = Shapes(obligation("sum(x) <= 1"))
    shapes.indices |= {"i": N.dimension, "j": N.dimension}
    assert positions(shapes, {"n": 2}, x[i] + bound) == [{"i": 0}, {"i": 1}]
    assert positions(shapes, {"n": 2}, bound) == [{}]
