"""A failure probability that nothing keeps between 0 and 1."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from derive.lint.checks.no_probability import examine
from derive.lint.subject import Examined
from derive.verdict import decide

d = dv.dim("d")
w, x = dv.gaussian("w", d), dv.vector("x", d)
t, delta, rate = dv.scalar("t"), dv.scalar("delta"), dv.scalar("rate", positive=True)
chance = dv.probability(w @ x <= t)


def flagged(statement: Any, *given: Any) -> list[str]:
    claim = dv.Paper("lint").claim("c", statement, given=given)
    return list(examine(Examined(claim, decide([[]]), [[]], [])))


@pytest.mark.parametrize(
    ("statement", "given", "shown"),
    [
        (chance >= 1 - delta, [], "1 - delta is -1 at delta = 2"),
        (1 - delta <= chance, [], "1 - delta is -1 at delta = 2"),
        (chance >= 1 - delta, [delta < 1], "1 - delta is 2 at delta = -1"),
        (chance <= delta, [], "delta is -1 at delta = -1"),
        (chance == rate / 2, [rate <= 5], None),
        (chance == 2 * rate, [], "2*rate is 4 at rate = 2"),
    ],
    ids=["below", "turned round", "one end alone", "above", "nothing wrong where it is tried", "equal"],
)
def test_a_bound_that_may_be_no_probability(statement: Any, given: list[Any], shown: str | None) -> None:
    told = flagged(statement, *given)
    assert [text.partition(",")[0] for text in told] == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (chance >= 1 - delta, [delta > 0, delta < 1]),
        (chance <= rate, []),
        (chance >= 1 - dv.exp(-(t**2)), []),
        (dv.norm(x) >= 1 - delta, []),
        (chance <= delta * dv.norm(x), []),
    ],
    ids=["between 0 and 1", "an upper bound above 1", "no line", "no probability", "another symbol"],
)
def test_a_bound_that_is_a_probability_or_nothing_of_the_kind(statement: Any, given: list[Any]) -> None:
    assert flagged(statement, *given) == []
