"""What a relation asks of a probability."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive import Paper, dims, expectation, gaussian, log, norm, probability, scalar
from derive.chance.question import Question, question
from derive.evaluate.point import Point
from derive.language.relations import Relation
from derive.obligation import Obligation, obligations

d = dims("d")
g = gaussian("g", d)
delta = scalar("delta", positive=True)
chance = probability(norm(g) <= 2)
POINT = Point({"d": 2}, {}, {"delta": Fraction(1, 8)})


def obligation(relation: Relation) -> Obligation:
    paper = Paper("paper", title="A paper")
    return obligations(paper.claim("claim", relation))[0]


def limits(relation: Relation) -> set[tuple[bool, Fraction]]:
    """Whether it is claimed to happen at least so often, and how often a draw may fail."""
    asked = question(obligation(relation))
    assert isinstance(asked, Question)
    return {(limit.at_least, limit.allowed) for limit in asked.limits(POINT)}


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (chance >= 1 - delta, {(True, "1/8")}),
        (1 - chance <= delta, {(True, "1/8")}),
        (chance <= delta, {(False, "1/8")}),
        (2 * chance - 1 >= delta, {(True, "7/16")}),
        (-chance / delta >= -4, {(False, "1/2")}),
        (chance == delta, {(True, "7/8"), (False, "1/8")}),
        (chance - chance * delta <= delta, {(False, "1/7")}),
    ],
)
def test_a_relation_is_solved_for_the_probability(relation: Relation, expected: set[tuple[bool, str]]) -> None:
    """Rounded up by less than one part in 2**100."""
    found = limits(relation)
    for at_least, allowed in expected:
        [own] = [limit for side, limit in found if side is at_least]
        assert 0 <= own - Fraction(allowed) < Fraction(1, 2**100)
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    "relation",
    [
        norm(delta) <= 1,
        chance * chance <= delta,
        log(chance) <= delta,
        chance <= probability(norm(g) <= 3),
        expectation(g @ g) <= 3,
        1 / chance >= delta,
    ],
)
def test_anything_else_is_no_question_about_one_probability(relation: Relation) -> None:
    assert isinstance(question(obligation(relation)), str)


def test_a_relation_that_says_the_same_of_every_probability_has_no_limit() -> None:
    assert limits(chance - chance <= delta) == set()
