"""The search for the setting where a claim fares worst."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from derive import Paper, gaussian, log, probability, scalar
from derive.chance.adversary import Adversary
from derive.chance.question import Question, question
from derive.evaluate.point import Point
from derive.instances.seeds import stream
from derive.language.tensor import Tensor
from derive.obligation import obligations

g, t = gaussian("g"), scalar("t")


def adversary(event: Tensor, budget: int = 20_000_000) -> Adversary:
    paper = Paper("paper", title="A paper")
    asked = question(obligations(paper.claim("claim", event <= Fraction(1, 5)))[0])
    assert isinstance(asked, Question)
    return Adversary(asked, lambda name: stream(0, name), budget)


def points(values: list[int]) -> Iterator[Point]:
    return (Point({}, {}, {"t": Fraction(value)}) for value in values)


@pytest.mark.parametrize("values", [[3, 2, 1, 0, 4], [0, 5, 6, 7], list(range(30, -1, -1))])
def test_the_setting_with_most_failures_is_left(values: list[int]) -> None:
    """P[g >= t] falls with t."""
    worst = adversary(probability(g >= t)).worst(points(values))
    assert worst is not None
    assert worst.point.values["t"] == 0


def test_a_setting_where_an_event_has_no_value_is_left_out() -> None:
    search = adversary(probability(g >= log(t)))
    worst = search.worst(points([-1, 1, 2]))
    assert worst is not None
    assert worst.point.values["t"] == 1
    assert len(search.contenders) == 2


def test_without_a_setting_nothing_is_left_and_the_reason_is_told() -> None:
    search = adversary(probability(g >= log(t)))
    assert search.worst(points([-1])) is None
    assert "log" in search.lacking


def test_a_larger_budget_takes_more_draws() -> None:
    small, large = adversary(probability(g >= t), 10**6), adversary(probability(g >= t), 10**7)
    small.worst(points([0, 1]))
    large.worst(points([0, 1]))
    assert small.runs < large.runs
