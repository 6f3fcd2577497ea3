"""A polynomial that is nonnegative where facts hold, as the identity that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, islice
from math import prod

from flint import fmpq

from derive.cone.facts import Fact
from derive.cone.polynomials import Polynomial
from derive.cone.program import Column, nonnegative_solution

MOST_FACTORS = 4
"""Facts that are multiplied with each other."""

MOST_PRODUCTS = 1500

LARGEST_WEIGHT = 10**6
"""Of the strictly positive products in a combination whose multipliers add up to 1."""

Term = tuple[fmpq, tuple[int, ...]]
"""A coefficient and the numbers of the facts that it multiplies."""


@dataclass(frozen=True)
class Combination:
    """``sum multipliers * goal = sum terms``, each a number times a product of facts; numbers are not negative.

    Multipliers are strictly positive products, so the goal is nonnegative where the facts hold; it is positive where
    one of the terms is (``strict``). Terms that have a fact that is zero may have any sign.
    """

    goal: Polynomial
    multipliers: tuple[Term, ...]
    terms: tuple[Term, ...]
    strict: bool


def combination(goal: Polynomial, facts: Sequence[Fact], *, strict: bool = False) -> Combination | None:
    """A combination that shows the goal nonnegative, or positive; of few facts where these are enough.

    None where none was found, which says nothing of the goal.
    """
    rest, taken = _without_positive_factors(goal, facts)
    found = _combined(rest, facts, strict=strict)
    if found is None or not taken:
        return found
    return replace(found, goal=goal, terms=tuple((x, (*chosen, *taken)) for x, chosen in found.terms))


def _without_positive_factors(goal: Polynomial, facts: Sequence[Fact]) -> tuple[Polynomial, tuple[int, ...]]:
    """The goal without the atoms in all of its terms that are known to be positive, and the facts that say so."""
    terms = goal.to_dict()
    least = [min(powers) for powers in zip(*terms, strict=True)]
    taken: list[int] = []
    for k, (atom, power) in enumerate(zip(goal.context().gens(), least, strict=False)):
        number = next((n for n, fact in enumerate(facts) if fact.strict and fact.polynomial == atom), None)
        if number is None:
            least[k] = 0
        else:
            taken += [number] * int(power)
    if taken:
        lower = {tuple(e - t for e, t in zip(exponents, least, strict=True)): c for exponents, c in terms.items()}
        goal = goal.context().from_dict(lower)
    return goal, tuple(taken)


def _combined(goal: Polynomial, facts: Sequence[Fact], *, strict: bool) -> Combination | None:
    degrees = [fact.polynomial.total_degree() for fact in facts]
    stated = max((n for n, fact in zip(degrees, facts, strict=True) if fact.reason == "hypothesis"), default=0)
    for least in dict.fromkeys((2, stated)):  # hypotheses of higher degree than the goal may be needed, too
        found = _of_degree(goal, facts, degrees, least, strict=strict)
        if found is not None:
            return found
    return None


def _of_degree(
    goal: Polynomial, facts: Sequence[Fact], degrees: Sequence[int], least: int, *, strict: bool
) -> Combination | None:
    for chosen, multipliers in _choices(goal, facts):
        degree = max(goal.total_degree() + max(sum(degrees[k] for k in product) for product in multipliers), least)
        for factors in range(1, MOST_FACTORS + 1):
            products = list(islice(_products(facts, degrees, chosen, factors, degree), MOST_PRODUCTS + 1))
            if len(products) > MOST_PRODUCTS:
                break
            found = _solved(goal, facts, multipliers, products)
            if found is not None and found.strict >= strict:
                return found
    return None


def _choices(goal: Polynomial, facts: Sequence[Fact]) -> Iterator[tuple[list[int], list[tuple[int, ...]]]]:
    """The facts to combine, and the multipliers: few facts first, those about the atoms of the goal, and 1 first."""
    every = list(range(len(facts)))
    atoms = _atoms(goal)
    near = [k for k in every if _atoms(facts[k].polynomial) <= atoms]
    few = [k for k in near if not _is_of_two_atoms(facts[k])]
    for chosen in {len(choice): choice for choice in (few, near, every)}.values():
        yield chosen, [()]
        yield chosen, list(_multipliers(facts, chosen))


def _is_of_two_atoms(fact: Fact) -> bool:
    """Is it one of the many squares of the sum or difference of two atoms?"""
    root = fact.root
    return root is not None and root.total_degree() == 1 and len(root) == len(_atoms(root)) == 2


def _atoms(polynomial: Polynomial) -> set[int]:
    """The positions of the atoms that occur in it."""
    return {k for exponents in polynomial.to_dict() for k, power in enumerate(exponents) if power}


def _multipliers(facts: Sequence[Fact], among: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """1, each strictly positive fact, and the product of two denominators."""
    strict = [k for k in among if facts[k].strict]
    yield ()
    yield from ((k,) for k in strict)
    dividing = [k for k in strict if facts[k].reason == "denominator"]
    yield from combinations_with_replacement(dividing, 2)


def _products(
    facts: Sequence[Fact], degrees: Sequence[int], among: Sequence[int], factors: int, degree: int
) -> Iterator[tuple[int, ...]]:
    """Products of so many facts at most, up to a degree, the empty one first."""
    for count in range(factors + 1):
        for chosen in combinations_with_replacement(among, count):
            if sum(map(degrees.__getitem__, chosen)) <= degree and sum(facts[k].zero for k in chosen) <= 1:
                yield chosen


def _solved(
    goal: Polynomial,
    facts: Sequence[Fact],
    multipliers: Sequence[tuple[int, ...]],
    products: Sequence[tuple[int, ...]],
) -> Combination | None:
    rows: dict[object, int] = {}
    signs = [(chosen, sign) for chosen in products for sign in _signs(chosen, facts)]
    one = goal**0
    columns = [_column(_value(chosen, facts, one) * sign, rows) for chosen, sign in signs]
    columns += [_column(-goal * _value(chosen, facts, one), rows) for chosen in multipliers]
    total, weight = len(rows), len(rows) + 1  # the multipliers add up to 1; the strict terms to a bounded number
    for number, (chosen, _) in enumerate(signs):
        if all(facts[k].strict for k in chosen):
            columns[number] = {**columns[number], weight: fmpq(1)}
    for number in range(len(signs), len(columns)):
        columns[number] = {**columns[number], total: fmpq(1)}
    columns += [{weight: fmpq(-1), weight + 1: fmpq(1)}, {weight + 1: fmpq(1)}]
    columns[-1], columns[-2] = columns[-2], columns[-1]
    solution = nonnegative_solution(columns, [fmpq(0)] * total + [fmpq(1), fmpq(0), fmpq(LARGEST_WEIGHT)])
    if solution is None:
        return None
    terms = tuple((x * sign, chosen) for x, (chosen, sign) in zip(solution, signs, strict=False) if x)
    used = zip(solution[len(signs) :], multipliers, strict=False)
    return Combination(goal, tuple((x, chosen) for x, chosen in used if x), terms, bool(solution[-1]))


def _signs(chosen: tuple[int, ...], facts: Sequence[Fact]) -> tuple[int, ...]:
    return (1, -1) if any(facts[k].zero for k in chosen) else (1,)


def _value(chosen: Sequence[int], facts: Sequence[Fact], one: Polynomial) -> Polynomial:
    return prod((facts[k].polynomial for k in chosen), start=one)


def _column(polynomial: Polynomial, rows: dict[object, int]) -> Column:
    return {rows.setdefault(monomial, len(rows)): value for monomial, value in polynomial.to_dict().items()}
