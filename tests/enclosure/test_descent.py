"""The descent to where a gap is small: inside, at a corner, and along an edge of the hypotheses."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.enclosure.descent import descend
from derive.enclosure.search import Budget, Search
from tests.enclosure.claims import problems


@pytest.mark.parametrize(
    ("statement", "given", "lowest"),
    [
        ("-(s - 1/3)**2 - (t + 1/5)**2 <= 1", (), 1.0),
        ("s*s + t*t <= 3", (), 1.0),
        ("s**2*t**3 + s**3*t**2 <= 3", ("s + t <= 1",), 3 - 1 / 16),
    ],
)
def test_the_smallest_gap_is_reached(statement: str, given: tuple[str, ...], lowest: float) -> None:
    for problem in problems(statement, "abs(s) <= 1", "abs(t) <= 1", *given):
        start = Search(problem).run(Budget(10**6)).lowest
        assert start is not None
        value, here = descend(problem, start)
        assert value <= start[0]
        assert value == pytest.approx(lowest, abs=1e-6)
        assert all(0 <= x <= 1 and isinstance(x, Fraction) for x in here)
