"""The benchmark of runs: both sides record the same, and a difference is seen."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.simulation import agree, by_derive, by_hand, values

WIDTH, DATA_SETS, STEPS = 50, 3, 5


def test_the_loop_records_what_derive_does() -> None:
    holds, found = by_derive(WIDTH, DATA_SETS, STEPS)
    expected = by_hand(values(WIDTH, DATA_SETS), DATA_SETS, STEPS)
    assert holds
    assert found.moved.shape == (STEPS + 1, DATA_SETS)
    assert agree(found, expected)
    assert not agree(found, replace(expected, kernel=expected.kernel * 1.001))
