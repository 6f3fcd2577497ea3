"""An inequality between scalars under hypotheses between scalars: read, and shown by combinations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from derive.cone.combination import Combination, combination
from derive.cone.exponents import Comparison, comparisons
from derive.cone.facts import Fact, of_atoms
from derive.cone.logarithms import compared
from derive.cone.norms import norm_comparisons
from derive.cone.polynomials import Polynomial, Quotient, Ring, TooLarge
from derive.cone.powers import of_binomials, of_powers
from derive.cone.related import closest, related
from derive.cone.squares import completing
from derive.language.relations import Relation
from derive.language.tensor import Apply, Tensor
from derive.obligation import TURNED, Obligation

MOST_ATOMS = 16

ROUNDS = 3
"""How often hypotheses are read anew, with the signs of denominators that others gave."""


@dataclass(frozen=True)
class Shown:
    """A proof: ``goal`` shows the larger side minus the smaller one, times ``divisors``, to be nonnegative.

    Attributes:
        facts: what is known, in the order in which it was found out.
        lemmas: for the facts that are denominators, what shows them not to be negative.
        divisors: the numbers of the facts by which the inequality was multiplied.
        comparisons: for the facts that compare exponentials, what shows the exponents to be in order.
    """

    ring: Ring
    facts: Sequence[Fact]
    lemmas: Mapping[int, Combination]
    divisors: Sequence[int]
    goal: Combination
    comparisons: Mapping[int, Comparison]

    @property
    def used(self) -> list[int]:
        """The numbers of the facts on which the goal rests, in order."""
        pending = [*self.divisors, *_facts_of(self.goal)]
        found = set[int]()
        while pending:
            number = pending.pop()
            if number not in found:
                found.add(number)
                pending += self.rests_on(number)
        return sorted(found)

    def rests_on(self, number: int) -> list[int]:
        """The numbers of the facts on which a fact rests at once."""
        lemma = [*_facts_of(self.lemmas[number])] if number in self.lemmas else []
        return [*self.facts[number].divisors, *self.facts[number].conditions, *lemma]


def _facts_of(combination: Combination) -> Iterable[int]:
    return dict.fromkeys(k for _, chosen in (*combination.multipliers, *combination.terms) for k in chosen)


def show(obligation: Obligation, every: Sequence[Relation] = ()) -> Shown | None:
    """The inequality as combinations of its scalar hypotheses; None where it is none between scalars, or none found."""
    if obligation.sign not in ("<=", "<") or obligation.left.shape or obligation.right.shape:
        return None
    given = related(obligation)
    ring = _ring(obligation, given)
    if len(ring.atoms) > MOST_ATOMS:
        given = closest(obligation)
        ring = _ring(obligation, given)
    if not 0 < len(ring.atoms) <= MOST_ATOMS:
        return None
    try:
        goal = _difference(ring, obligation.left, obligation.right)
        return _Search(ring, given, (*obligation.given, *every)).shown(goal, strict=obligation.sign == "<")
    except (TooLarge, ZeroDivisionError):
        return None


def _ring(obligation: Obligation, given: Sequence[tuple[int, Relation]]) -> Ring:
    return Ring([obligation.left, obligation.right, *(side for _, r in given for side in (r.left, r.right))])


def _difference(ring: Ring, small: Tensor, large: Tensor) -> Quotient:
    return ring.quotient(large) + ring.quotient(small) * Quotient(ring.constant(-1))


class _Search:
    """The facts so far, and how those that were shown were shown."""

    def __init__(self, ring: Ring, given: Iterable[tuple[int, Relation]], every: Sequence[Relation]) -> None:
        self.ring = ring
        self.every = every
        self.comparisons: dict[int, Comparison] = {}
        self.facts: list[Fact] = list(of_atoms(ring))
        self.lemmas: dict[int, Combination] = {}
        waiting = list(given)
        for _ in range(ROUNDS):
            waiting = [item for item in waiting if not self._add(*item)]
            self._add_logarithms()
        self._add_exponentials()
        self._add_powers()

    def shown(self, goal: Quotient, *, strict: bool) -> Shown | None:
        divisors = self._divisors(goal)
        if divisors is None:
            return None
        self._common_factor(goal.numerator)
        for more in (None, self._complete_squares, self._compare_exponents, self._compare_norms):
            if more is None or more(goal.numerator):
                found = combination(goal.numerator, self.facts, strict=strict)
                if found is not None:
                    return Shown(self.ring, self.facts, self.lemmas, divisors, found, self.comparisons)
        return None

    def _common_factor(self, goal: Polynomial) -> None:
        """What all terms have in common, where that is a product of several atoms that are not negative."""
        powers = [list(exponents) for exponents in goal.to_dict()]
        common = [min(row) for row in zip(*powers, strict=True)]
        if sum(common) > 1:
            self._lemma(goal.context().from_dict({tuple(common): 1}))

    def _complete_squares(self, goal: Polynomial) -> bool:
        """Add the squares that complete the goal, if there are any."""
        squares = completing(goal, self.facts)
        self.facts += squares
        return bool(squares)

    def _compare_exponents(self, goal: Polynomial) -> bool:
        """Add what the norm calculus derives of the exponents, if it does."""
        del goal
        for comparison in comparisons(self.ring, self.every):
            self.comparisons[len(self.facts)] = comparison
            self.facts.append(Fact(comparison.polynomial, "exponents"))
        return bool(self.comparisons)

    def _compare_norms(self, goal: Polynomial) -> bool:
        """Add what the norm calculus derives of norms, if it does."""
        del goal
        before = len(self.facts)
        for comparison in norm_comparisons(self.ring, self.every):
            self.comparisons[len(self.facts)] = comparison
            self.facts.append(Fact(comparison.polynomial, "norms"))
        return len(self.facts) > before

    def _add(self, number: int, relation: Relation) -> bool:
        """Take a hypothesis among the facts; False where the sign of a denominator in it is not known (yet)."""
        sign = TURNED.get(relation.sign)
        small, large = (relation.right, relation.left) if sign else (relation.left, relation.right)
        difference = _difference(self.ring, small, large)
        divisors = self._divisors(difference)
        if divisors is None:
            return False
        strict, zero = (sign or relation.sign) == "<", relation.sign == "=="
        self.facts.append(Fact(difference.numerator, "hypothesis", strict, zero, number, divisors))
        if zero:
            self._range_of_mask(difference.numerator)
        return True

    def _range_of_mask(self, polynomial: Polynomial) -> None:
        """``x**2 - x`` is zero: then x is 0 or 1."""
        for atom in map(self.ring.atom, self.ring.atoms):
            if polynomial in (atom**2 - atom, atom - atom**2):
                self._lemma(atom)
                self._lemma(1 - atom)

    def _add_exponentials(self) -> None:
        """exp(u) >= 1 + u; with u <= 1 also exp(u) <= 1 + u + u^2, with u >= 0 also exp(u) >= 1 + u + u^2/2."""
        for name, atom in self.ring.atoms.items():
            match atom:
                case Apply(function="exp", arguments=(operand,)) if (u := self.ring.polynomial(operand)) is not None:
                    value = self.ring.atom(name)
                    self.facts.append(Fact(value - 1 - u, "exponential"))
                    if self._lemma(1 - u):
                        self.facts.append(Fact(1 + u + u**2 - value, "exponential"))
                    if self._lemma(u):
                        self.facts.append(Fact(value - 1 - u - u**2 / 2, "exponential"))

    def _add_powers(self) -> None:
        """What is known of powers with symbolic exponents where their bases have a sign."""
        for fact in (*of_powers(self.ring), *of_binomials(self.ring)):
            if all(self._lemma(condition, strict=fact.strict) for condition in fact.conditions):
                self.facts.append(Fact(fact.polynomial, "power", strict=fact.strict))

    def _add_logarithms(self) -> None:
        """What is known of positive numbers and their logarithms where facts say that one or the other are in order."""
        for found in compared(self.ring):
            known = [self._stated(condition) for condition in found.conditions]
            divisors = self._divisors(found.difference) if None not in known else None
            if divisors is not None:
                conditions = tuple(number for number in known if number is not None)
                strict = all(self.facts[number].strict for number in conditions)
                fact = Fact(found.difference.numerator, "logarithm", strict, divisors=divisors, conditions=conditions)
                fact = replace(fact, smaller=found.smaller, larger=found.larger)
                self.facts += [fact] if fact not in self.facts else []

    def _stated(self, polynomial: Polynomial) -> int | None:
        """The number of the fact that a polynomial is nonnegative, of one that it is positive if there is one."""
        found = [k for k, fact in enumerate(self.facts) if fact.polynomial == polynomial and not fact.zero]
        return max(found, key=lambda k: self.facts[k].strict, default=None)

    def _lemma(self, polynomial: Polynomial, *, strict: bool = False) -> bool:
        """Is a polynomial shown to be nonnegative, or positive? It is a fact then."""
        if any(f.polynomial == polynomial and f.strict >= strict and f.reason == "lemma" for f in self.facts):
            return True
        found = combination(polynomial, self.facts, strict=strict)
        if found is not None:
            self.lemmas[len(self.facts)] = found
            self.facts.append(Fact(polynomial, "lemma", strict=strict))
        return found is not None

    def _divisors(self, quotient: Quotient) -> tuple[int, ...] | None:
        """The facts that the denominators are positive where they are not zero; None where one may be negative."""
        found: list[int] = []
        for factor, power in quotient.denominators.values():
            number = self._positive(factor)
            if number is None:
                return None
            found += [number] * power
        return tuple(found)

    def _positive(self, factor: Polynomial) -> int | None:
        """The number of the fact that a denominator is positive."""
        known = (k for k, fact in enumerate(self.facts) if fact.strict and fact.polynomial == factor)
        number = next(known, None)
        if number is not None:
            return number
        found = combination(factor, self.facts)
        if found is None:
            return None
        self.lemmas[len(self.facts)] = found
        self.facts.append(Fact(factor, "denominator", strict=True))
        return len(self.facts) - 1
