"""The search: its trees cover the unit cube, and on every leaf the goal holds at every point that is tried."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from derive.enclosure.problem import Problem
from derive.enclosure.search import Budget, Search, Tree
from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import evaluate
from derive.language.arrays import Spectral
from tests.enclosure.claims import BALL, SIMPLEX, B, problems

Box = tuple[tuple[Fraction, Fraction], ...]

CLAIMS = [
    ("t*exp(-t) <= 0.37", ("t >= 0", "t <= 5"), {}),
    ("t**2*s - s**3/3 <= 0.67", ("abs(t) <= 1", "abs(s) <= 1"), {}),
    ("norm(x) <= 1.01", ("norm(x, 1) <= 1",), {"n": 2}),
    (f"{B} >> -0.25*eye(n)", (*SIMPLEX, *BALL), {"n": 3}),
    ("logsumexp(x) <= 2.3", ("norm(x, inf) <= 1",), {"n": 3}),
]


def leaves(tree: str, dimension: int) -> Iterator[tuple[str, Box]]:
    """The leaves of a tree as its definition says, with nothing of the search."""
    letters = iter(tree)
    pending: list[Box] = [((Fraction(0), Fraction(1)),) * dimension]
    while pending:
        box, letter = pending.pop(), next(letters)
        if letter.islower():
            yield letter, box
            continue
        axis = ord(letter) - ord("A")
        low, high = box[axis]
        halves = ((low, (low + high) / 2), ((low + high) / 2, high))
        lower, upper = ((*box[:axis], half, *box[axis + 1 :]) for half in halves)
        pending += [upper, lower]
    assert next(letters, None) is None


def volume(box: Box) -> Fraction:
    total = Fraction(1)
    for low, high in box:
        total *= high - low
    return total


def searched(problem: Problem) -> str:
    tree = Search(problem).run(Budget(10**8)).tree
    assert tree is not None
    return tree


@pytest.mark.parametrize(("statement", "given", "sizes"), CLAIMS, ids=[row[0][:24] for row in CLAIMS])
def test_the_leaves_fill_the_cube(statement: str, given: tuple[str, ...], sizes: dict[str, int]) -> None:
    for problem in problems(statement, *given, sizes=sizes):
        assert sum(volume(box) for _, box in leaves(searched(problem), problem.dimension)) == 1


@pytest.mark.parametrize(("statement", "given", "sizes"), CLAIMS, ids=[row[0][:24] for row in CLAIMS])
def test_the_goal_holds_inside_the_leaves(statement: str, given: tuple[str, ...], sizes: dict[str, int]) -> None:
    from derive.enclosure.extreme import point_of

    rng = Random(0)
    for problem in problems(statement, *given, sizes=sizes):
        inside = [box for letter, box in leaves(searched(problem), problem.dimension) if letter != "o"]
        for box in rng.sample(inside, min(5, len(inside))):
            here = tuple(low + (high - low) * Fraction(rng.randint(0, 8), 8) for low, high in box)
            gap = problem.goal.gap
            value = evaluate(Spectral("lambda_min", gap) if problem.size else gap, point_of(problem, here), Balls(64))
            assert all(x >= 0 for x in value.flat)


def test_a_tree_is_written_in_preorder() -> None:
    tree = Tree()
    first = tree.cut(np.array([0]), np.array([1]))
    second = tree.cut(first, np.array([0]))
    for node, letter in ((first[0] + 1, "n"), (second[0], "m"), (second[0] + 1, "o")):
        tree.letters[node] = letter
    assert tree.text() == "BAmon"


def test_a_part_of_a_budget_counts_for_the_whole() -> None:
    whole = Budget(10)
    assert whole.part(4).spend(4)
    assert not whole.part(100).spend(7)


def test_a_spent_budget_leaves_no_tree_and_a_bound() -> None:
    [problem] = problems("t*exp(-t) <= 0.36789", "t >= 0", "t <= 5")
    found = Search(problem).run(Budget(200))
    assert found.tree is None
    assert -np.inf < found.least < 0
