"""Comparisons of balls: certain differences, agreements within the resolution, and what lies between."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from flint import arb

from derive.evidence.trials.comparison import Sizes, compare


def array(*entries: Any) -> Any:
    return np.array([arb(entry) for entry in entries], dtype=object)


def scale(size: float) -> Sizes:
    return lambda: np.array(arb(size), dtype=object)


@pytest.mark.parametrize(
    ("sign", "left", "right", "outcome"),
    [
        ("==", array(1, 2), array(1, 2), "holds"),
        ("==", array(1, 2), array(1, 2.5), "violated"),
        ("==", array(arb(1, 1e-20)), array(1), "holds"),
        ("==", array(arb(1, 1e-3)), array(1), "open"),
        ("==", array(arb(1, 1e-3), 5), array(1, 6), "violated"),
        ("==", array(arb("nan")), array(1), "open"),
        ("<=", array(1, 2), array(1, 3), "holds"),
        ("<=", array(1, 4), array(1, 3), "violated"),
        ("<=", array(arb(1, 1e-3)), array(1), "open"),
        ("<", array(1), array(1), "violated"),
        ("<", array(arb(1, 1e-20)), array(1), "open"),
        ("<", array(1), array(2), "holds"),
    ],
)
def test_entrywise(sign: str, left: Any, right: Any, outcome: str) -> None:
    assert compare(sign, left, right, scale(1), 40).outcome == outcome


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        (array(0, 0, 0, 0), array(1, 0, 0, 1), "holds"),
        (array(1, 1, 1, 1), array(2, 0, 0, 2), "holds"),
        (array(1, 1, 1, 1), array(1, 0, 0, 1), "violated"),
        (array(0, 1, 0, 0), array(1, 0, 0, 1), "open"),
    ],
)
def test_loewner_order(left: Any, right: Any, outcome: str) -> None:
    """A matrix that is not symmetric is not compared."""
    assert compare("<<", left.reshape(2, 2), right.reshape(2, 2), scale(1), 40).outcome == outcome


def test_a_scalar_is_a_multiple_of_the_identity() -> None:
    assert compare("<<", array(1)[0:1].reshape(()), array(1, 0, 0, 2).reshape(2, 2), scale(1), 40).outcome == "holds"


def test_the_worst_entry_is_a_certain_one() -> None:
    """A wide ball that may differ more does not hide the entry that certainly differs."""
    found = compare("==", array(arb(0, 9), 1), array(0, 2), scale(4), 40)
    assert found.entry == (1,)
    assert found.margin == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("sign", "left", "right", "margin"),
    [
        ("==", array(1, 2), array(1, 2), 0.0),
        ("==", array(1, 2), array(1, 4), 0.5),
        ("<=", array(1, 2), array(2, 4), -0.25),
        ("<=", array(1, 4), array(2, 2), 0.5),
        ("<<", array(0, 0, 0, 0), array(1, 0, 0, 2), -0.25),
    ],
)
def test_the_margin_is_the_difference_found_relative_to_the_terms(
    sign: str, left: Any, right: Any, margin: float
) -> None:
    """0 is exact agreement; an inequality with room has a negative one."""
    if sign == "<<":
        left, right = left.reshape(2, 2), right.reshape(2, 2)
    found = compare(sign, left, right, scale(4), 40)
    assert found.margin == pytest.approx(margin)
    assert found.error_bar < 1e-15


def test_the_error_bar_is_no_part_of_the_margin() -> None:
    found = compare("==", array(arb(3, 1e-6)), array(1), scale(4), 40)
    assert found.margin == pytest.approx(2 / 3)
    assert found.error_bar == pytest.approx(1e-6 / 3)


def test_an_entry_is_compared_with_itself() -> None:
    """Next to an entry of 1e300, whose ball is wide in absolute terms, a small one must be as narrow for its size."""
    left, right = array(arb(1e300, 1e270), arb(1, 1e-9)), array(1e300, 1)
    found = compare("==", left, right, scale(1e300), 40)
    assert found.outcome == "open"
    assert found.lacking == pytest.approx(10.1, abs=0.1)
    assert compare("==", left, right, scale(1e300), 29).outcome == "holds"


def test_an_entry_that_may_be_zero_is_compared_with_its_terms() -> None:
    left, right = array(arb(0, 1e-9)), array(arb(0, 1e-9))
    assert compare("==", left, right, scale(1), 29).outcome == "open"
    assert compare("==", left, right, scale(1000), 29).outcome == "holds"
