"""Conditions on sums of signs and other discrete entries: the joint law of the sums, built up unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, fmpq

from derive.chance.exact.conditions import AtMostZero
from derive.chance.exact.laws import Source, between, outcomes

MOST_STATES = 20_000
"""Values that the sums may take together."""

MOST_WORK = 2_000_000

State = tuple[Any, ...]


def probability(conditions: Sequence[AtMostZero], sources: Sequence[Source]) -> arb | None:
    """The probability that all hold; None where a condition is not linear with rational slopes, or values are many."""
    rows = [condition.polynomial.varying for condition in conditions]
    slopes = [value for row in rows for value in row.values()]
    if any(len(monomial) > 1 for row in rows for monomial in row) or not all(isinstance(x, fmpq) for x in slopes):
        return None
    states: dict[State, Any] = {tuple(fmpq(0) for _ in rows): fmpq(1)}
    done: set[int] = set()
    work = 0
    for entry in dict.fromkeys(entry for row in rows for monomial in row for entry in monomial):
        source = sources[entry]
        if source.unit in done:
            continue
        done.add(source.unit)
        states = _with(states, rows, outcomes(source, entry, sources))
        work += len(states)
        if len(states) > MOST_STATES or work > MOST_WORK:
            return None
    return _summed(states, conditions)


def _with(states: dict[State, Any], rows: Sequence[dict[Any, Any]], unit: Sequence[Any]) -> dict[State, Any]:
    """The states after one more unit."""
    found: dict[State, Any] = {}
    for chance, values in unit:
        steps = [sum((row.get((k,), fmpq(0)) * value for k, value in values.items()), fmpq(0)) for row in rows]
        for state, weight in states.items():
            after = tuple(x + step for x, step in zip(state, steps, strict=True))
            found[after] = found[after] + weight * chance if after in found else weight * chance
    return found


def _summed(states: dict[State, Any], conditions: Sequence[AtMostZero]) -> arb:
    """The weight of the states in which all hold, and of those in which they may."""
    certain, possible = arb(0), arb(0)
    for state, weight in states.items():
        excess = [x + condition.polynomial.constant for x, condition in zip(state, conditions, strict=True)]
        pairs = list(zip(excess, conditions, strict=True))
        if all((x < 0) if c.strict else (x <= 0) for x, c in pairs):
            certain = certain + weight
        elif not any((x >= 0) if c.strict else (x > 0) for x, c in pairs):
            possible = possible + weight
    return between(certain, certain + possible)
