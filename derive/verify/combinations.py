"""Inequalities between scalars that are combinations of facts: every identity multiplied out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import permutations
from operator import add, mul

from derive.language.dimensions import Dimension
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Apply, Number, Size, Tensor
from derive.record import CombinationRecord, FactRecord, PositivityRecord, ProductRecord, ProofRecord
from derive.verify import proofs
from derive.verify.arithmetic import Unknown
from derive.verify.generic import Unreadable, equal
from derive.verify.level import Finding, Level, worst
from derive.verify.logarithms import logarithmic_orders
from derive.verify.polynomials import same
from derive.verify.signs import has_sign
from derive.verify.statement import Statement
from derive.verify.terms import Inequality, Wrong, read_as
from derive.verify.whole_powers import facts_of_powers


def check(part: Statement, records: Sequence[PositivityRecord], name: str) -> Finding:
    """Whether the scalar inequalities are what the claim says of entries or terms, and are shown by facts that are."""
    orders: list[Finding] = []
    try:
        for inequality, record in zip(read_as(part, [r.reading for r in records], name), records, strict=True):
            proof = _Proof(inequality, record, name)
            proof.check()
            orders += proof.orders
    except Unreadable as problem:
        return Finding(Level.FALLEN, f"the proof cannot be read: {problem}")
    except Wrong as problem:
        return Finding(Level.FALLEN, str(problem))
    except ZeroDivisionError:
        return Finding(Level.FALLEN, "the proof divides by zero")
    except Unknown as problem:
        return Finding(Level.OPEN, f"the sides have no value in general position: {problem}")
    count = sum(len(record.facts) for record in records)
    found = Finding(Level.VERIFIED, f"{count} facts, and the identities that follow from them")
    return worst([found, *orders])


ROOTS = frozenset({"abs", "sqrt", "maximum", "minimum"})
"""Functions that are told by what they are of."""


class _Proof:
    """The record of a proof of a scalar inequality, with its texts read."""

    def __init__(self, part: Inequality, record: PositivityRecord, name: str) -> None:
        self.texts = part.texts
        self.part, self.record = part, record
        self.facts = [self.texts.node(fact.polynomial) for fact in record.facts]
        self.goal = self.texts.node(record.polynomial)
        self.name = name
        self.orders: list[Finding] = []

    def check(self) -> None:
        """Raises Wrong where a fact or an identity is not as it is said to be."""
        for number, fact in enumerate(self.record.facts):
            if not self._is_fact(number, fact):
                raise Wrong(f"fact {number} of the proof is no {fact.reason}")
        relation = self.part.relation
        self._is_multiple(self.goal, relation, self.record.divisors, len(self.facts))
        if self._shows(self.record.shown, self.goal, len(self.facts)) < (relation.sign in ("<", ">")):
            raise Wrong("the combination does not show that the inequality is strict")

    def _is_fact(self, number: int, fact: FactRecord) -> bool:
        node = self.facts[number]
        match fact.reason:
            case "hypothesis":
                relation = self.part.given[self._hypothesis(fact)]
                self._is_multiple(node, relation, fact.divisors, number)
                strict, zero = relation.sign in ("<", ">"), relation.sign == "=="
                return fact.strict <= strict and fact.zero <= zero and relation.sign not in ("!=", "<<", ">>")
            case "lemma" if fact.shown is not None and not fact.zero:
                return self._shows(fact.shown, node, number) >= fact.strict
            case "exponential":
                return not fact.strict and not fact.zero and self._is_of_exponential(node, number)
            case "power":
                return not fact.zero and self._is_of_power(node, number, strict=fact.strict)
            case "logarithm":
                return not fact.zero and self._is_by_logarithm(node, number, fact)
            case "exponents" if fact.order is not None:
                return not fact.strict and not fact.zero and self._compares(node, fact, fact.order)
            case "norms" if fact.order is not None:
                return not fact.strict and not fact.zero and self._is_derived(node, fact, fact.order)
            case "denominator" if fact.shown is not None and not fact.zero:
                self._shows(fact.shown, node, number)  # where it is zero, what is divided by it has no value
                return self._divides(number)
            case "sign":
                return not fact.zero and has_sign(node, strict=fact.strict)
            case "size":
                return not fact.zero and self._is_size(node, strict=fact.strict)
            case "square":
                self._same(node, self.texts.node(fact.root) ** 2)
                return not fact.zero and not fact.strict
            case "hyperbola":
                known = () if fact.zero and fact.strict else _of_hyperbola(node, fact)
                return any(same(node, other, self.name) for other in known)
            case "root":
                return not fact.strict and self._is_of_root(node, zero=fact.zero)
        return False

    def _hypothesis(self, fact: FactRecord) -> int:
        if fact.hypothesis is None or not 0 <= fact.hypothesis < len(self.part.given):
            raise Wrong("the proof cites a hypothesis that the claim does not have")
        return fact.hypothesis

    def _divides(self, number: int) -> bool:
        """Is a relation divided by it?"""
        facts = self.record.facts
        return number in self.record.divisors or any(number in fact.divisors for fact in facts)

    def _is_multiple(self, node: Tensor, relation: Relation, divisors: Sequence[int], before: int) -> None:
        """Is it the larger side minus the smaller one, times facts that are positive and come before it?"""
        turned = relation.sign in (">=", ">")
        difference = relation.left - relation.right if turned else relation.right - relation.left
        if any(not 0 <= k < before or not self.record.facts[k].strict for k in divisors):
            raise Wrong("an inequality is multiplied by what is not known to be positive")
        self._same(node, reduce(mul, (self.facts[k] for k in divisors), difference))

    def _shows(self, combination: CombinationRecord, goal: Tensor, before: int) -> bool:
        """The identity, signs of its terms included; True where it shows that the goal is positive."""
        facts = self.record.facts
        for product in (*combination.multipliers, *combination.terms):
            if any(not 0 <= k < before for k in product.facts):
                raise Wrong("a combination rests on a fact that does not come before it")
        positive = [p for p in combination.terms if not any(facts[k].zero for k in p.facts)]
        weights = [_number(p) for p in (*positive, *combination.multipliers)]
        strict = [all(facts[k].strict for k in p.facts) for p in combination.multipliers]
        if not weights or min(weights) <= 0 or not combination.multipliers or not all(strict):
            raise Wrong("a combination has a negative term, or a multiplier that may vanish")
        self._same(self._sum(combination.multipliers) * goal, self._sum(combination.terms))
        return any(all(facts[k].strict for k in p.facts) for p in positive)

    def _sum(self, products: Sequence[ProductRecord]) -> Tensor:
        terms = [reduce(mul, (self.facts[k] for k in p.facts), Number(_number(p))) for p in products]
        return reduce(add, terms, Number(Fraction(0)))

    def _same(self, left: Tensor, right: Tensor) -> None:
        if not same(left, right, self.name):
            raise Wrong("an identity of the proof does not hold")

    def _is_size(self, node: Tensor, *, strict: bool) -> bool:
        """Is it a size, or (where it is not said to be positive) a size minus 1?"""
        if isinstance(node, Size):
            return True
        sizes = [Size(Dimension.symbol(name)) for name in self.part.sizes]
        return not strict and any(same(node, size - 1, self.name) for size in sizes)

    def _is_of_exponential(self, node: Tensor, before: int) -> bool:
        """exp(u) >= 1 + u; with u <= 1 also exp(u) <= 1 + u + u^2, with u >= 0 also exp(u) >= 1 + u + u^2/2."""
        known = [k for k in range(before) if not self.record.facts[k].zero]
        for value in (part for part in node.walk() if isinstance(part, Apply) and part.function == "exp"):
            (u,) = value.arguments
            if same(node, value - 1 - u, self.name):
                return True
            for bounded, series in ((1 - u, 1 + u + u**2 - value), (u, value - 1 - u - u**2 / 2)):
                if same(node, series, self.name):
                    return any(same(self.facts[k], bounded, self.name) for k in known)
        return False

    def _is_of_power(self, node: Tensor, before: int, *, strict: bool) -> bool:
        """Is it known of a power, by facts about base and exponent that come before it?"""
        return any(
            positive == strict and self._follows(node, before, strict, known, conditions)
            for known, positive, conditions in facts_of_powers(node)
        )

    def _is_by_logarithm(self, node: Tensor, before: int, fact: FactRecord) -> bool:
        """Two positive numbers, or their logarithms, are in order as facts before it say of the others."""
        if any(not 0 <= k < before or not self.record.facts[k].strict for k in fact.divisors):
            return False
        smaller, larger = self.texts.node(fact.smaller), self.texts.node(fact.larger)
        gap = reduce(mul, (self.facts[k] for k in fact.divisors), larger - smaller)
        orders = logarithmic_orders(gap, smaller, larger, (self.part.relation, *self.part.given))
        return any(self._follows(node, before, fact.strict, *order) for order in orders)

    def _follows(self, node: Tensor, before: int, strict: bool, known: Tensor, conditions: Sequence[Tensor]) -> bool:
        """Is it what is known, of which all conditions are facts that come before it?"""
        facts = enumerate(self.record.facts[:before])
        stated = [self.facts[k] for k, fact in facts if not fact.zero and fact.strict >= strict]
        wanted = all(any(same(other, condition, self.name) for other in stated) for condition in conditions)
        return wanted and same(node, known, self.name)

    def _is_derived(self, node: Tensor, fact: FactRecord, order: ProofRecord) -> bool:
        """Is it the larger side less the smaller one of an inequality whose proof is looked at?"""
        smaller, larger = self.texts.node(fact.smaller), self.texts.node(fact.larger)
        part = replace(self.part.statement, relations=(Relation.of("<=", smaller, larger),))
        self.orders.append(proofs.check(part, order, f"{self.name} order"))
        return same(node, larger - smaller, self.name)

    def _compares(self, node: Tensor, fact: FactRecord, order: ProofRecord) -> bool:
        """exp(v) exp(w) - exp(u), where ``smaller <= larger`` says that u - v <= w; the proof of it is looked at."""
        smaller, larger = self.texts.node(fact.smaller), self.texts.node(fact.larger)
        part = replace(self.part.statement, relations=(Relation.of("<=", smaller, larger),))
        self.orders.append(proofs.check(part, order, f"{self.name} order"))
        inside = {identity(n): n for n in node.walk() if isinstance(n, Apply) and n.function == "exp"}
        zero, one = Number(Fraction(0)), Number(Fraction(1))
        for first, second in permutations(inside.values(), 2):
            (u,), (v,) = first.arguments, second.arguments
            for factor, w in ((one, zero), *((n, n.arguments[0]) for n in inside.values())):
                if same(node, second * factor - first, self.name):
                    values = self.part.generic.values(u - v - w, smaller - larger)
                    return all(equal(a, b) for a, b in values)
        return False

    def _is_of_root(self, node: Tensor, *, zero: bool) -> bool:
        """Is it a square less what it is the square of, or an absolute value plus or minus its argument?"""
        roots = [part for part in node.walk() if isinstance(part, Apply) and part.function in ROOTS]
        return any(same(node, fact, self.name) for root in roots for fact in _of_root(root, zero=zero))


def _of_hyperbola(node: Tensor, fact: FactRecord) -> Iterator[Tensor]:
    """cosh(t) >= 1, cosh(t)^2 = 1 + sinh(t)^2, and exp(t) and exp(-t), which are positive, for each cosh(t) in it."""
    for cosh in node.walk():
        if isinstance(cosh, Apply) and cosh.function == "cosh":
            sinh = Apply.of("sinh", *cosh.arguments)
            if fact.zero:
                yield cosh**2 - sinh**2 - 1
            elif fact.strict:
                yield from (cosh + sinh, cosh - sinh)
            else:
                yield cosh - 1


def _of_root(root: Apply, *, zero: bool) -> tuple[Tensor, ...]:
    """What is zero, or at least zero, for a square root, an absolute value or a maximum."""
    if root.function in ("maximum", "minimum"):
        larger = root.function == "maximum"
        return () if zero else tuple(root - x if larger else x - root for x in root.arguments)
    (inside,) = root.arguments
    if zero:
        return (root**2 - (inside if root.function == "sqrt" else inside**2),)
    return (root - inside, root + inside) if root.function == "abs" else ()


def _number(product: ProductRecord) -> Fraction:
    try:
        return Fraction(product.coefficient)
    except (ValueError, ZeroDivisionError):
        raise Wrong(f"{product.coefficient[:40]!r} is no number") from None
