"""Positive numbers and their logarithms are in the same order: what follows is shown, and what does not is not."""

from __future__ import annotations

import pytest

from derive.cone.inequality import show
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

n = dv.dim("n")
a, b, c = dv.scalar("a", positive=True), dv.scalar("b"), dv.scalar("c")
r, eps = dv.scalar("r", positive=True), dv.scalar("eps", positive=True)
power = a**b
weight = power / (power + n - 1)
threshold = dv.log((n - 1) * (1 - eps) / eps) / dv.log(a)

TRUE = {
    "a power by its logarithm": (r <= power, (b * dv.log(a) >= dv.log(r),)),
    "a power by a quotient of logarithms": (r <= power, (a > 1, b >= dv.log(r) / dv.log(a))),
    "strictly": (r < power, (a > 1, b > dv.log(r) / dv.log(a))),
    "a logarithm by its argument": (dv.log(r) <= dv.log(a), (r <= a,)),
    "the sign of a logarithm": (dv.log(a) > 0, (a > 1,)),
    "two powers of one base": (a**b <= a**c, (a >= 1, c >= b)),
    "two powers, strictly": (a**b < a**c, (a > 1, c > b)),
    "a quotient of powers": (weight >= 1 - eps, (a > 1, eps < 1, n >= 2, b >= threshold)),
    "its converse": (weight < 1 - eps, (a > 1, eps < 1, n >= 2, b < threshold)),
}

FALSE = {
    "no strict order": (r < power, (a > 1, b >= dv.log(r) / dv.log(a))),
    "another base": (r <= power, (b * dv.log(r) >= dv.log(r), dv.log(a) <= dv.log(r))),
    "the other order": (power <= r, (b * dv.log(a) >= dv.log(r),)),
    "a base of any size": (r <= power, (b >= dv.log(r) / dv.log(a),)),
    "a base below one": (a**b <= a**c, (a <= 1, c >= b)),
    "a base that may be one": (a**b < a**c, (a >= 1, c > b)),
    "a logarithm that may vanish": (dv.log(a) > 0, (a >= 1,)),
    "a quotient, strictly": (weight > 1 - eps, (a > 1, eps < 1, n >= 2, b >= threshold)),
    "a quotient, twice as near": (weight >= 1 - eps / 2, (a > 1, eps < 1, n >= 2, b >= threshold)),
}


def shown(statement: Relation, given: tuple[Relation, ...]) -> bool:
    sides = (statement.left, statement.right)
    small, large = sides if statement.sign in ("<=", "<") else reversed(sides)
    sign = "<=" if statement.sign in ("<=", ">=") else "<"
    return show(Obligation("c", sign, small, large, given)) is not None


@pytest.mark.parametrize("name", TRUE)
def test_what_follows_is_shown(name: str) -> None:
    assert shown(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_follow_is_not(name: str) -> None:
    assert not shown(*FALSE[name])
