"""Sums over a grid of the derivative of any smooth function: true bounds are proved, false ones beside them fall."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language import api as dv
from derive.language.paper import Paper
from derive.language.tensor import Operand, Tensor, tensor
from derive.record import Verdict

m = dv.dim("m")
k, b, s, a = dv.index("k", m), dv.scalar("b", positive=True), dv.scalar("s"), dv.scalar("a", positive=True)
g = dv.function("g")
slope = dv.grad(g(s), s)
SMOOTH = dv.lipschitz(slope, s) <= b


def at(point: Operand) -> Tensor:
    return dv.subs(slope, s, tensor(point))


LEFT = dv.sum(at(k / m) / m, over=k)
RIGHT = dv.sum(at((k + 1) / m), over=k) / m
BETWEEN = dv.sum((at(k / m) + at((k + 1) / m)) / (2 * m), over=k)
LONG = dv.sum(a * at(a * k / m) / m, over=k)
GROWTH = g(1) - g(0)

PROVED = {
    "left": (dv.abs(LEFT - GROWTH), b / m),
    "left, the best constant": (dv.abs(LEFT - GROWTH), b / (2 * m)),
    "the other way round": (dv.abs(g(1) - g(0) - LEFT), b / (2 * m)),
    "one side": (2 * LEFT - 2 * GROWTH, b / m),
    "right": (dv.abs(RIGHT - GROWTH), b / (2 * m)),
    "both": (dv.abs(BETWEEN - GROWTH), b / (2 * m)),
    "a longer interval": (dv.abs(LONG - (g(a) - g(0))), a**2 * b / (2 * m)),
}
REFUTED = {
    "left": (dv.abs(LEFT - GROWTH), b / (3 * m)),
    "another order in m": (dv.abs(LEFT - GROWTH), b / m**2),
    "another sign": (dv.abs(LEFT + GROWTH), b / m),
    "another end": (dv.abs(LEFT - (g(1) - g(1 / m))), b / m),
    "a missing weight": (dv.abs(dv.sum(at(k / m), over=k) - GROWTH), b / m),
    "a longer interval": (dv.abs(LONG - (g(a) - g(0))), a * b / (2 * m)),
    "no second derivative is bounded": (dv.abs(LEFT - GROWTH), dv.abs(at(0)) / m),
}


@pytest.mark.parametrize("name", PROVED)
def test_a_true_bound_is_proved(name: str) -> None:
    left, right = PROVED[name]
    found = judge(Paper("p").claim("c", left <= right, given=[SMOOTH]))
    assert found.verdict is Verdict.PROVED, found.reason
    assert found.derivation


@pytest.mark.parametrize("name", REFUTED)
def test_a_false_bound_is_refuted(name: str) -> None:
    left, right = REFUTED[name]
    found = judge(Paper("p").claim("c", left <= right, given=[SMOOTH]))
    assert found.verdict is Verdict.REFUTED, found.reason


def test_functions_with_a_lipschitz_second_derivative_are_others() -> None:
    """Of these the method says nothing, and examples prove nothing."""
    bend = dv.grad(slope, s)
    given = [dv.lipschitz(bend, s) <= b]
    found = judge(Paper("p").claim("c", dv.abs(LEFT - GROWTH - (at(0) - at(1)) / (2 * m)) <= b / m, given=given))
    assert found.verdict is Verdict.SUPPORTED
