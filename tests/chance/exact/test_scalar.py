"""Means under a condition on one random number, beside closed forms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb

from derive import abs as absolute, exp, expectation, gaussian, rademacher, scalar, sin, uniform
from derive.chance.exact.scalar import expectation as exact
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.point import Point
from derive.language.chance import Expectation
from derive.language.relations import Relation
from derive.language.tensor import Tensor

g, h, u, s, t = gaussian("g"), gaussian("h"), uniform("u", low=0, high=2), rademacher("s"), scalar("t")


def mean(operand: Tensor, given: Relation) -> arb:
    node = expectation(operand, given)
    assert isinstance(node, Expectation)
    balls = Balls(128)
    with balls.context():
        found: arb = exact(node, Point({}, {}, {"t": Fraction(1)}), balls).item()
        return found


def normal(x: int) -> arb:
    return (1 + (arb(x) / arb(2).sqrt()).erf()) / 2


def test_an_exponential_between_two_ends() -> None:
    """E[exp(g) | |g| <= 1] = sqrt(e) (Phi(0) - Phi(-2)) / (Phi(1) - Phi(-1))."""
    with Balls(128).context():
        expected = (arb(1) / 2).exp() * (normal(0) - normal(-2))
        found = mean(exp(g), absolute(g) <= t)
        assert found.overlaps(expected / (normal(1) - normal(-1)))
        assert float(found.rad()) < 1e-12


def test_a_square_between_two_ends() -> None:
    """E[g^2 | |g| <= 1] = 1 - 2 phi(1)/(Phi(1) - Phi(-1))."""
    with Balls(128).context():
        density = (arb(-1) / 2).exp() / (2 * arb.pi()).sqrt()
        assert mean(g**2, absolute(g) <= t).overlaps(1 - 2 * density / (normal(1) - normal(-1)))


@pytest.mark.parametrize(("operand", "given", "value"), [(u, u <= t, "1/2"), (u**2, u >= t, "7/3"), (u, u <= 5, "1")])
def test_a_uniform_number(operand: Tensor, given: Relation, value: str) -> None:
    assert mean(operand, given).overlaps(arb(Fraction(value).numerator) / Fraction(value).denominator)


def test_odd_functions_vanish_under_an_even_condition() -> None:
    assert mean(sin(g), absolute(g) <= 2).contains(0)


@pytest.mark.parametrize(
    ("operand", "given"),
    [
        (g + h, absolute(g) <= t),
        (exp(g), g <= t),
        (s, s <= t),
        (absolute(g), absolute(g) <= t),
        (g, g**2 <= t),
        (1 / g, absolute(g) <= t),
    ],
    ids=repr,
)
def test_what_is_beyond_it_is_left_alone(operand: Tensor, given: Relation) -> None:
    """Several numbers, an unbounded interval, another law, a kink, a square, a pole."""
    with pytest.raises(Unavailable):
        mean(operand, given)
