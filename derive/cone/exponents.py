"""Exponentials compared by their exponents: ``exp(u) <= exp(v) exp(w)`` where it is derived that ``u - v <= w``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from derive.bounds.bound import Bound
from derive.bounds.goal import Goal
from derive.bounds.goals import goals, prove
from derive.cone.polynomials import Polynomial, Ring
from derive.language.relations import Relation
from derive.language.tensor import Apply, Number, Tensor
from derive.obligation import Obligation

MOST_EXPONENTIALS = 3

STEPS = 400
"""Combinations of premises that a derivation may try."""


@dataclass(frozen=True)
class Comparison:
    """``polynomial >= 0`` as ``smaller <= larger``, of exponents or squared norms, by a bound that reaches a goal."""

    polynomial: Polynomial
    smaller: Tensor
    larger: Tensor
    goal: Goal
    bound: Bound


def comparisons(ring: Ring, given: Sequence[Relation]) -> Iterator[Comparison]:
    """What is derived of all pairs of exponentials, with one more as a factor, or none."""
    found = [
        (ring.atom(name), atom.arguments[0])
        for name, atom in ring.atoms.items()
        if isinstance(atom, Apply) and atom.function == "exp"
    ]
    if len(found) > MOST_EXPONENTIALS:
        return
    one = (ring.constant(1), Number(Fraction(0)))
    for (small, u), (large, v) in permutations(found, 2):
        for factor, w in (one, *((f, w) for f, w in found if f is not small and f is not large)):
            proof = derived(u - v, w, given) or derived(-w, v - u, given)
            if proof is not None:
                yield Comparison(large * factor - small, *proof)
                break


def derived(smaller: Tensor, larger: Tensor, given: Sequence[Relation]) -> tuple[Tensor, Tensor, Goal, Bound] | None:
    """The norm calculus's proof of an inequality, with its sides; None where it finds none."""
    obligation = Obligation("derived", "<=", smaller, larger, tuple(given))
    for goal in goals(obligation):
        bound, _ = prove(goal, STEPS)
        if bound is not None:
            return smaller, larger, goal, bound
    return None
