"""Claims whose truth is known: true ones from the norm calculus, false ones with a verified witness against each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np
import sympy as sp

from benchmarks.false_bounds.domain import BOUNDED, LARGEST, SIZES
from benchmarks.false_bounds.exact import TELLING, witness
from derive.bounds.bound import FROM_BELOW
from derive.bounds.goals import goals, prove
from derive.bounds.telling import value_text
from derive.evidence.evidence import Witness
from derive.instances.patterns import symbols
from derive.language import api as dv
from derive.language.arrays import Norm, Spectral
from derive.language.paper import Paper
from derive.language.tensor import Multiply, Tensor, tensor
from derive.obligation import Obligation
from tests.bounds.expressions import d, n
from tests.bounds.planted import (
    ALL,
    FLAVOURS,
    Hypothesis,
    Values,
    attacked,
    hypotheses,
    projections,
    ratio_at,
    relations,
    scope,
    statement,
)

FACTORS = (Fraction(1, 2), Fraction(9, 10), Fraction(99, 100), Fraction(999, 1000), Fraction(99_999, 100_000))
"""By what a constant is scaled below what an instance attains."""

DRAWS, MOVES = 20, 30
"""Random instances that are tried, and random moves of the best of them."""

LARGER = {"inf": 2, "2": 1, "fro": 1}
"""A norm, and one that is at least as large."""


@dataclass(frozen=True)
class Claim:
    """An inequality; ``against`` is the witness of a false one, and None of a true one, which ``kind`` calls true."""

    kind: str
    obligation: Obligation
    against: Witness | None = None


def claims(seed: str) -> Iterator[Claim]:
    """A random inequality below what is attained; and where a bound is derived, that one, and what it makes false."""
    rng = Random(seed)
    numbers = np.random.default_rng(rng.getrandbits(63))
    small, large = statement(rng, rng.choice(FLAVOURS))
    given = hypotheses(rng)
    yield from _scaled(seed, rng, numbers, small, large, given)
    bound = _derived(Obligation(seed, "<=", small, large, relations(given)))
    if bound is None:
        return
    yield Claim("true", Obligation(seed, "<=", small, bound, relations(given)))
    yield from _dropped(seed, rng, numbers, small, bound, given)
    yield from _swapped(seed, rng, numbers, small, bound, given)


def bounded(seed: str) -> Iterator[Claim]:
    """A random inequality on a bounded domain, below what is attained there."""
    rng = Random(seed)
    numbers = np.random.default_rng(rng.getrandbits(63))
    small, large = statement(rng, rng.choice(FLAVOURS), tensor(1))
    used = symbols(small, large)
    if not used.keys() <= BOUNDED.keys():
        return
    given = [BOUNDED[name] for name in BOUNDED if name in used]
    best, sizes, values = attacked(rng, numbers, small, large, projections(given), DRAWS, MOVES, LARGEST)
    if 1e-6 < best < 1e12:
        claimed = (Fraction(best) * rng.choice(FACTORS)).limit_denominator(10**12) * large
        obligation = Obligation(seed, "<=", small, claimed, (*relations(given), *SIZES))
        yield from _planted("bounded domain", obligation, sizes, values)


def _scaled(
    seed: str, rng: Random, numbers: np.random.Generator, small: Tensor, large: Tensor, given: list[Hypothesis]
) -> Iterator[Claim]:
    """The constant is just below what the best instance attains."""
    best, sizes, values = attacked(rng, numbers, small, large, projections(given), DRAWS, MOVES)
    if 1e-6 < best < 1e12:
        claimed = (Fraction(best) * rng.choice(FACTORS)).limit_denominator(10**12) * large
        yield from _planted("constant scaled", Obligation(seed, "<=", small, claimed, relations(given)), sizes, values)


def _dropped(
    seed: str, rng: Random, numbers: np.random.Generator, small: Tensor, bound: Tensor, given: list[Hypothesis]
) -> Iterator[Claim]:
    """A hypothesis of a true bound is left out."""
    for k in range(len(given)):
        left = given[:k] + given[k + 1 :]
        best, sizes, values = attacked(rng, numbers, small, bound, projections(left), DRAWS, MOVES)
        if best > 1 + TELLING:
            yield from _planted(
                "hypothesis dropped", Obligation(seed, "<=", small, bound, relations(left)), sizes, values
            )


def _swapped(
    seed: str, rng: Random, numbers: np.random.Generator, small: Tensor, bound: Tensor, given: list[Hypothesis]
) -> Iterator[Claim]:
    """The norm is a larger one."""
    larger = _larger(small)
    if larger is None:
        return
    best, sizes, values = attacked(rng, numbers, larger, bound, projections(given), DRAWS, MOVES)
    if best > 1 + TELLING:
        yield from _planted("norm swapped", Obligation(seed, "<=", larger, bound, relations(given)), sizes, values)


def _larger(small: Tensor) -> Tensor | None:
    match small:
        case Norm(operand=operand, order=order) if order in LARGER and operand.ndim == 1:
            return dv.norm(operand, LARGER[order])
        case Spectral(kind="opnorm", operand=operand):
            return dv.norm(operand)
    return None


def _planted(kind: str, obligation: Obligation, sizes: dict[str, int], values: Values) -> Iterator[Claim]:
    """The claim, if it is certainly false."""
    if ratio_at(scope(sizes, values), obligation.left, obligation.right) > 1 + TELLING:
        against = witness(obligation, sizes, values)
        if against is not None:
            yield Claim(kind, obligation, against)


def _derived(obligation: Obligation) -> Tensor | None:
    """The larger side of the bound that the norm calculus derives, whatever is claimed."""
    for goal in goals(obligation):
        found = () if goal.measure in FROM_BELOW else prove(goal)[1]
        if found:
            constant = _expression(found[0].value.expression, goal.facts.parameters.nodes)
            if constant is None or goal.value is not None:
                return constant
            assert isinstance(obligation.right, Multiply)  # a constant times the distance of the two points
            return constant * obligation.right.right
    return None


def _expression(value: sp.Expr, nodes: dict[sp.Symbol, Tensor]) -> Tensor | None:
    """A closed form in the author's language; None where that has no name for a function of it."""
    paper = Paper("bounds")
    paper.names |= {**ALL, "n": tensor(n), "d": tensor(d)}
    claim = paper.claim("bound", f"0 <= {value_text(value, nodes)}")
    if claim.problem is not None:
        return None
    relation = claim.relations[0]
    return relation.right if relation.sign == "<=" else relation.left
