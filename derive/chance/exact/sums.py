"""Conditions on sums of signs and other discrete entries: the joint law of the sums, built up unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flint import arb, fmpq, fmpz

from derive.chance.exact.conditions import AtMostZero
from derive.chance.exact.laws import Source, between, fingerprint, outcomes
from derive.chance.exact.numbers import Known, Monomial

MOST_STATES = 20_000
"""Values that the sums may take together."""

MOST_WORK = 100_000
"""Steps from one value to another."""

State = tuple[Any, ...]
Step = tuple[Any, State]
"""A probability, and what it adds to each sum."""


def probability(conditions: Sequence[AtMostZero], sources: Sequence[Source]) -> arb | None:
    """The probability that all hold; None where a condition is not linear with rational slopes, or values are many."""
    rows = [_reduced(condition.polynomial.varying, sources) for condition in conditions]
    slopes = [value for row in rows for value in row.values()]
    if any(len(monomial) > 1 for row in rows for monomial in row) or not all(isinstance(x, fmpq) for x in slopes):
        return None
    states: dict[State, Any] = {tuple(fmpq(0) for _ in rows): arb(1)}
    work = 0
    for steps in _steps(rows, sources):
        work += len(states) * len(steps)
        if work > MOST_WORK:
            return None
        states = _after(states, steps)
        if len(states) > MOST_STATES:
            return None
    return _summed(states, conditions)


def _reduced(varying: dict[Monomial, Known], sources: Sequence[Source]) -> dict[Monomial, Known]:
    """The polynomial with ``x^2 = x`` for entries that are 0 or 1, and ``x y = 0`` for two of one unit vector."""
    found: dict[Monomial, Known] = {}
    for monomial, value in varying.items():
        units = {(sources[entry].kind, sources[entry].unit) for entry in monomial}
        single = len(set(monomial)) == 1 and sources[monomial[0]].kind in ("one_hot", "bernoulli")
        if not single and len(monomial) == 2 and len(units) == 1 and sources[monomial[0]].kind == "one_hot":
            continue
        key = monomial[:1] if single else monomial
        found[key] = found[key] + value if key in found else value
    return found


def _steps(rows: Sequence[dict[Any, Any]], sources: Sequence[Source]) -> Iterator[list[Step]]:
    """What each unit adds; entries with the same law and slopes are added up at once, as a binomial."""
    alike: dict[Any, list[int]] = {}
    done: set[int] = set()
    for entry in dict.fromkeys(entry for row in rows for monomial in row for entry in monomial):
        source = sources[entry]
        if source.kind == "one_hot":
            if source.unit not in done:
                done.add(source.unit)
                yield [(chance, _added(rows, values)) for chance, values in outcomes(source, entry, sources)]
        else:
            numbers = (*source.parameters, *_added(rows, {entry: 1}))
            alike.setdefault((source.kind, *map(fingerprint, numbers)), []).append(entry)
    for entries in alike.values():
        yield _binomial(rows, sources, entries)


def _added(rows: Sequence[dict[Any, Any]], values: dict[int, int]) -> State:
    return tuple(sum((row.get((k,), fmpq(0)) * value for k, value in values.items()), fmpq(0)) for row in rows)


def _binomial(rows: Sequence[dict[Any, Any]], sources: Sequence[Source], entries: list[int]) -> list[Step]:
    """What independent entries of one law with two values add together: k times the one, and else the other."""
    (first, low), (second, high) = outcomes(sources[entries[0]], entries[0], sources)
    lower, upper, count = _added(rows, low), _added(rows, high), len(entries)
    return [
        (
            arb(fmpz.bin_uiui(count, k)) * arb(second) ** k * arb(first) ** (count - k),
            tuple(x * (count - k) + y * k for x, y in zip(lower, upper, strict=True)),
        )
        for k in range(count + 1)
    ]


def _after(states: dict[State, Any], steps: Sequence[Step]) -> dict[State, Any]:
    found: dict[State, Any] = {}
    for chance, added in steps:
        for state, weight in states.items():
            after = tuple(x + y for x, y in zip(state, added, strict=True))
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
