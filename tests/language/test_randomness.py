"""Statements about chance that say nothing are ill-posed, with the reason and the next step."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

import derive as dv
from derive.language.randomness import number
from derive.language.tensor import Tensor, tensor

d = dv.dim("d")
x, t = dv.vector("x", d), dv.scalar("t")
w = dv.gaussian("w", d)
one = tensor(1)


def claimed(statement: dv.Relation, *given: dv.Relation) -> dv.Claim:
    return dv.Paper("p").claim("c", statement, given=list(given))


ILL_POSED: dict[str, tuple[Callable[[], dv.Claim], str]] = {
    "a random symbol in a deterministic claim": (
        lambda: claimed(w @ x == 0),
        "w is random and stands outside any expectation(...) or probability(...) in w @ x == 0",
    ),
    "a random symbol beside an expectation": (
        lambda: claimed(dv.expectation(w @ x) <= dv.norm(w)),
        "w is random and stands outside",
    ),
    "a random symbol in a definition": (
        lambda: claimed(dv.Paper("p").let("F", w @ x) == 0),
        "w is random and stands outside",
    ),
    "a hypothesis about a random symbol": (
        lambda: claimed(dv.probability(w @ x >= t) <= 1 / 2, dv.norm(w) <= 1),
        "the hypothesis norm(w) <= 1 speaks of w, which is random: condition with probability(..., given=...)",
    ),
    "a probability above one": (
        lambda: claimed(dv.probability(w @ x >= t) >= 1.2),
        "a probability lies between 0 and 1, and probability(w @ x >= t) >= 6/5 compares one with 6/5",
    ),
    "a probability below zero, on the left": (
        lambda: claimed(one - 3 * one / 2 <= dv.probability(w @ x >= t)),
        "compares one with -1/2",
    ),
}


@pytest.mark.parametrize("case", ILL_POSED)
def test_what_says_nothing_about_chance_is_ill_posed(case: str) -> None:
    make, reason = ILL_POSED[case]
    problem = make().problem
    assert problem is not None
    assert reason in problem


WELL_POSED: dict[str, Callable[[], dv.Claim]] = {
    "a random symbol in an expectation": lambda: claimed(dv.expectation(w @ x) == 0),
    "a definition in an expectation": lambda: claimed(dv.expectation(dv.Paper("p").let("F", w @ x)) == 0),
    "a condition": lambda: claimed(dv.probability(w @ x >= 0, given=dv.norm(w) <= 1) == 1 / 2),
    "a hypothesis about a mean": lambda: claimed(x @ x <= 1, dv.expectation((w @ x) ** 2) <= 1),
    "a certain event": lambda: claimed(dv.probability(w @ x <= dv.norm(w) * dv.norm(x)) == 1),
    "a multiple of a probability": lambda: claimed(2 * dv.probability(w @ x >= 0) <= 2),
}


@pytest.mark.parametrize("case", WELL_POSED)
def test_what_says_something_about_chance_is_a_probabilistic_claim(case: str) -> None:
    claim = WELL_POSED[case]()
    assert claim.problem is None
    assert claim.kind == ("bound" if case == "a hypothesis about a mean" else "probabilistic")


def test_a_name_with_two_laws_stands_for_two_things() -> None:
    problem = claimed(dv.expectation(w @ x) == dv.expectation(dv.rademacher("w", d) @ x)).problem
    assert problem is not None
    assert "the name w stands for two things" in problem


NUMBERS: dict[str, tuple[Tensor, Fraction | None]] = {
    "a difference": (one - 3 * one / 2, Fraction(-1, 2)),
    "a negative": (-one, Fraction(-1)),
    "a symbol": (one + t, None),
    "a division by zero": (one / (one - 1), None),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_a_number_is_what_arithmetic_leads_to(case: str) -> None:
    expression, value = NUMBERS[case]
    assert number(expression) == value
