"""Extrapolated differences carry a ball that holds the truth, and stop at kinks."""

from typing import Any

import numpy as np
import pytest
from flint import arb

from derive.estimate import richardson
from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink

BALLS = Balls(224)


def flat(*entries: Any) -> Any:
    return np.array(entries, dtype=object)


def test_first_derivatives() -> None:
    with BALLS.context():
        slope, steep = richardson.first(lambda t: flat((2 + t).exp(), 10**8 + 1 / (t + arb(1) / 1000)))
        assert slope.overlaps(arb(2).exp())
        assert float(slope.rad()) < 1e-30
        assert steep.overlaps(arb(-(10**6)))
        assert float(steep.rad()) < 1e-15


def test_mixed_second_derivatives() -> None:
    with BALLS.context():
        (mixed,) = richardson.second(lambda s, t: flat((s + 2 * t + s * t).sin()))
        assert mixed.overlaps(arb(1))  # cos(0) - 2 sin(0)
        assert float(mixed.rad()) < 1e-20


def test_a_kink_has_no_derivative() -> None:
    with BALLS.context(), pytest.raises(AtKink):
        richardson.first(lambda t: flat(abs(t)))


def test_a_kink_has_no_second_derivative() -> None:
    with BALLS.context(), pytest.raises(AtKink):
        richardson.second(lambda s, t: flat(abs(s + t)))
