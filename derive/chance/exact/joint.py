"""The probability of conditions in balls: independent parts apart, the rest exactly or between bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import mul
from typing import Any

from flint import arb

from derive.chance.exact import gaussians, sums
from derive.chance.exact.classes import Quantity, probability, quantities
from derive.chance.exact.conditions import All, Any_, AtMostZero, Condition, Settled, complement
from derive.chance.exact.laws import DISCRETE, Source, anything, between, fingerprint
from derive.evaluate.balls import Balls


@dataclass
class Joint:
    """Probabilities of conditions about independent sources; what is asked twice is computed once."""

    sources: Sequence[Source]
    balls: Balls
    known: dict[Any, arb] = field(default_factory=dict)

    def probability(self, condition: Condition) -> arb:
        """A ball around the probability, which may be all of [0, 1]."""
        match condition:
            case Settled(holds=holds):
                return anything() if holds is None else arb(int(holds))
            case Any_():
                return 1 - self.probability(complement(condition))
            case All(parts=parts):
                groups = self._apart(_flat(parts))
                return reduce(mul, [self._together(group) for group in groups], arb(1))
        return self._together([condition])

    def _apart(self, parts: Sequence[Condition]) -> list[list[Condition]]:
        """The parts in groups without a unit in common."""
        groups: list[tuple[set[int], list[Condition]]] = []
        for part in parts:
            units, members = self._units(part), [part]
            others = []
            for group in groups:
                if group[0].isdisjoint(units):
                    others.append(group)
                else:
                    units |= group[0]
                    members = group[1] + members
            groups = [*others, (units, members)]
        return [members for _, members in groups]

    def _units(self, condition: Condition) -> set[int]:
        match condition:
            case AtMostZero(polynomial=polynomial):
                return {self.sources[entry].unit for monomial in polynomial.terms for entry in monomial}
            case All(parts=parts) | Any_(parts=parts):
                return set[int]().union(*map(self._units, parts))
        return set()

    def _together(self, group: Sequence[Condition]) -> arb:
        """The probability that all of a group hold, whose parts may depend on each other."""
        if len(group) == 1 and not isinstance(group[0], AtMostZero):
            return self.probability(group[0])
        simple = [part for part in group if isinstance(part, AtMostZero)]
        if len(simple) < len(group):
            return _at_once([self.probability(part) for part in group])
        key = self._signature(simple)
        if key not in self.known:
            self.known[key] = self._of(simple)
        return self.known[key]

    def _of(self, conditions: Sequence[AtMostZero]) -> arb:
        kinds = {self.sources[entry].kind for c in conditions for monomial in c.polynomial.terms for entry in monomial}
        if kinds <= set(DISCRETE):
            found = sums.probability(conditions, self.sources)
            return anything() if found is None else found
        parts = quantities(conditions)
        if len(parts) > 1 and kinds == {"gaussian"} and all(part.linear for part in parts):
            return gaussians.probability(parts)
        return _at_once([self._of_one(part) for part in parts])

    def _of_one(self, quantity: Quantity) -> arb:
        found = probability(quantity, self.sources, self.balls)
        return anything() if found is None else found

    def _signature(self, conditions: Sequence[AtMostZero]) -> Any:
        """The same for conditions that differ in the names of their entries alone."""
        names: dict[int, int] = {}
        units: dict[int, int] = {}
        rows = []
        for condition in conditions:
            row = []
            for monomial, value in condition.polynomial.terms.items():
                for entry in monomial:
                    names.setdefault(entry, len(names))
                    units.setdefault(self.sources[entry].unit, len(units))
                row.append((tuple(names[entry] for entry in monomial), fingerprint(value)))
            rows.append((condition.strict, tuple(row)))
        laws = tuple((self.sources[e].kind, units[self.sources[e].unit], self._law(e)) for e in names)
        return laws, tuple(rows)

    def _law(self, entry: int) -> Any:
        source = self.sources[entry]
        return source.size, tuple(map(fingerprint, source.parameters))


def _flat(parts: Sequence[Condition]) -> list[Condition]:
    return [inner for part in parts for inner in (_flat(part.parts) if isinstance(part, All) else [part])]


def _at_once(chances: Sequence[arb]) -> arb:
    """That all happen, whatever they have to do with each other (Fréchet): between 1 - sum(1 - p) and the least p."""
    if len(chances) == 1:
        return chances[0]
    least = arb.max(arb(0), 1 - reduce(lambda total, chance: total + (1 - chance), chances, arb(0)))
    return between(least, reduce(arb.min, chances))
