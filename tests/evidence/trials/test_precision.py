"""Precision is doubled while that gains bits fast enough."""

from __future__ import annotations

from math import inf

import pytest

from derive.evidence.trials.precision import LIMIT, cost, out_of_reach, rungs


def test_rungs_double_up_to_the_limit() -> None:
    assert list(rungs(192)) == [192, 384, 768, 1536, 3072]
    assert max(rungs(128)) == LIMIT


@pytest.mark.parametrize(
    ("before", "now", "precision", "hopeless"),
    [
        (inf, 0.0, 192, True),
        (inf, inf, 192, False),
        (inf, 1e9, 192, False),
        (inf, inf, 384, False),
        (100.0, 4.0, 384, False),
        (100.0, 100.0, 384, True),
        (100.0, 120.0, 384, True),
        (1e6, 1e6 - 96, 384, True),
        (3000.0, 2904.0, 384, True),
        (2000.0, 1500.0, 384, False),
    ],
)
def test_what_lacks_too_many_bits_is_given_up(before: float, now: float, precision: int, hopeless: bool) -> None:
    """None lacking, none gained, or too few for the limit."""
    assert out_of_reach(before, now, precision) is hopeless


def test_many_bits_cost_more() -> None:
    assert (cost(192), cost(4096)) == (1, 5)
