"""Squares that complete an inequality which is quadratic in an atom.

``c (M b)^2 + B b + C = (2 c M b + B/M)^2 / (4c) + C - (B/M)^2 / (4c)``: where the left side has to be shown
nonnegative, the square on the right is the one that helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from math import prod

from flint import fmpq

from derive.cone.facts import Fact, square
from derive.cone.polynomials import Polynomial

MOST_SQUARES = 8


def completing(goal: Polynomial, facts: Sequence[Fact]) -> list[Fact]:
    """Squares that complete the goal, or what is left of it less multiples of the hypotheses."""
    found: dict[str, Polynomial] = {}
    for polynomial in _left_over(goal, facts):
        for atom in range(len(goal.context().names())):
            root = _root(polynomial, atom)
            if root is not None and not root.is_constant():
                found.setdefault(str(root), root)
    return [square(root) for root in list(found.values())[:MOST_SQUARES]]


def _left_over(goal: Polynomial, facts: Sequence[Fact]) -> Iterator[Polynomial]:
    """The goal, less a hypothesis times positive facts, less what a maximum is at least: where that cancels a term."""
    strict = [fact.polynomial for fact in facts if fact.strict and len(fact.polynomial) == 1]
    factors = [prod(c, start=goal**0) for count in range(3) for c in combinations_with_replacement(strict, count)]
    usable = [fact for fact in facts if not fact.zero and len(fact.polynomial) > 1]
    hypotheses = [f.polynomial for f in usable if f.reason == "hypothesis"]
    definitions = [f.polynomial for f in usable if f.reason == "root"]
    equations = [fact.polynomial for fact in facts if fact.zero and fact.reason == "hyperbola"]
    reduced = [less for equation in equations for less in _reduced(goal, equation)]
    multiples = [fact * factor for fact in hypotheses for factor in factors]
    once = [part for start in (goal, *reduced) for part in (start, *(p for m in multiples for p in _less(start, m)))]
    yield from once
    shifts = [fact.polynomial for fact in usable if fact.reason == "hyperbola" and not fact.strict]
    for polynomial in once:
        for fact in definitions:
            for factor in (*factors, *shifts):
                yield from _less(polynomial, fact * factor)


def _reduced(goal: Polynomial, equation: Polynomial) -> Iterator[Polynomial]:
    """The goal without one of the squares in an equation ``C^2 - S^2 = 1``, then without the other."""
    context = goal.context()
    for told, sign in [(monomial, value) for monomial, value in equation.to_dict().items() if sum(monomial)]:
        less = goal
        for monomial, value in goal.to_dict().items():
            rest = tuple(power - part for power, part in zip(monomial, told, strict=True))
            if min(rest) >= 0:
                less -= context.from_dict({rest: value / sign}) * equation
        yield less


def _less(goal: Polynomial, multiple: Polynomial) -> Iterator[Polynomial]:
    """The goal minus a number times the multiple, such that a term of both cancels."""
    terms = goal.to_dict()
    for monomial, value in multiple.to_dict().items():
        if monomial in terms and terms[monomial] / value > 0:
            yield goal - terms[monomial] / value * multiple


def _root(polynomial: Polynomial, atom: int) -> Polynomial | None:
    """``2 c M b + B/M`` of a polynomial ``c (M b)^2 + B b + C`` in the atom b; None where it is none."""
    parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for monomial, value in polynomial.to_dict().items():
        rest = tuple(0 if k == atom else int(power) for k, power in enumerate(monomial))
        parts.setdefault(int(monomial[atom]), {})[rest] = value
    if max(parts, default=0) != 2 or len(parts[2]) > 1 or 1 not in parts:
        return None
    context = polynomial.context()
    ((leading, c),) = parts[2].items()
    if not c > 0 or any(power % 2 for power in leading):
        return None
    b = context.gens()[atom]
    factor = context.from_dict({tuple(power // 2 for power in leading): 1})
    quotient, remainder = divmod(context.from_dict(parts[1]), factor)
    return None if remainder else 2 * c * factor * b + quotient
