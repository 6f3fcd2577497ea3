"""A proof by combinations as the lines that a reader sees, and as the record that a checker multiplies out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flint import fmpq

from derive.bounds.recording import proof_record
from derive.bounds.telling import lines as bound_lines
from derive.cone.combination import Combination, Term
from derive.cone.exponents import Comparison
from derive.cone.facts import Fact
from derive.cone.inequality import Shown
from derive.cone.termwise import Reading
from derive.language.grammar import LONGEST_TEXT
from derive.language.latex import latex
from derive.language.plain import plain, plain_relation
from derive.language.tensor import Tensor
from derive.record import (
    CombinationRecord,
    FactRecord,
    InstanceRecord,
    PositivityRecord,
    ProductRecord,
    ReadingRecord,
)

Line = tuple[str, str, tuple[int, ...]]
"""A statement in LaTeX, the rule that gives it, and the lines that it follows from, counted from 0."""

RULES = {
    "sign": "its sign",
    "size": "a size is at least 1",
    "square": "a square",
    "root": "what it is the root of",
    "exponential": "series of the exponential",
    "power": "power of a base with a sign",
    "hyperbola": "cosh and sinh",
    "exponents": "order of the exponents",
    "logarithm": "the logarithm increases",
    "norms": "comparison of norms",
    "lemma": "combination of the facts",
    "hypothesis": "hypothesis",
    "denominator": "combination of the facts, and it is not zero where the claim is defined",
}


def told(proofs: Iterable[Shown]) -> tuple[Line, ...]:
    """The lines of several proofs, what is said in more than one of them once."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for shown in proofs:
        places: list[int] = []
        for tex, rule, premises in lines(shown):
            found.setdefault((tex, rule), tuple(sorted({places[k] for k in premises})))
            places.append(list(found).index((tex, rule)))
    return tuple((tex, rule, premises) for (tex, rule), premises in found.items())


def lines(shown: Shown) -> tuple[Line, ...]:
    """Every fact that the proof rests on, and the identity that shows the inequality."""
    told: list[Line] = []
    numbers: dict[int, int] = {}
    for fact in shown.used:
        if fact in shown.comparisons:
            told += _derived(shown.comparisons[fact], len(told))
        told.append(_fact_line(shown, fact, numbers, len(told)))
        numbers[fact] = len(told) - 1
    premises = tuple(numbers[k] for k in sorted({k for _, c in _products(shown.goal) for k in c}))
    return (*told, (_identity(shown, shown.goal), "combination of the facts", premises))


def _derived(comparison: Comparison, before: int) -> list[Line]:
    """The lines of the bound that shows exponents to be in order."""
    derived = bound_lines(comparison.bound, comparison.goal.facts.parameters)
    return [(tex, rule, tuple(before + k for k in premises)) for tex, rule, premises in derived]


def _fact_line(shown: Shown, number: int, numbers: dict[int, int], before: int) -> Line:
    fact = shown.facts[number]
    premises = tuple(sorted({numbers[k] for k in shown.rests_on(number)}))
    rule = RULES[fact.reason] + (", times its denominators" if fact.divisors else "")
    if number in shown.lemmas:
        return _identity(shown, shown.lemmas[number]), rule, premises
    if number in shown.comparisons:
        premises = (before - 1,)
    return f"{_tex(shown, fact)} {_sign(fact)} 0", rule, premises


def _sign(fact: Fact) -> str:
    return "=" if fact.zero else ">" if fact.strict else r"\ge"


def _tex(shown: Shown, fact: Fact) -> str:
    if fact.root is not None:
        return latex(shown.ring.tensor(fact.root) ** 2)
    return latex(shown.ring.tensor(fact.polynomial))


def _products(combination: Combination) -> Sequence[Term]:
    return (*combination.multipliers, *combination.terms)


def _identity(shown: Shown, combination: Combination) -> str:
    """``(multipliers) (goal) = terms >= 0``."""
    goal = latex(shown.ring.tensor(combination.goal))
    by_one = combination.multipliers == ((fmpq(1), ()),)
    left = goal if by_one else rf"{_sum(shown, combination.multipliers)} \left({goal}\right)"
    sign = ">" if combination.strict else r"\ge"
    return rf"{left} = {_sum(shown, combination.terms)} {sign} 0"


def _sum(shown: Shown, terms: Sequence[Term]) -> str:
    written = [_term(shown, *term) for term in terms]
    return " + ".join(written).replace("+ -", "- ") or "0"


def _term(shown: Shown, coefficient: fmpq, chosen: tuple[int, ...]) -> str:
    factors = [_factor(shown, shown.facts[k]) for k in chosen]
    number = latex(shown.ring.tensor(shown.ring.constant(coefficient)))
    return "".join(factors) if coefficient == 1 and factors else rf"{number} {''.join(factors)}".strip()


def _factor(shown: Shown, fact: Fact) -> str:
    """A fact among the factors of a product, in brackets where it is a sum."""
    tex = _tex(shown, fact)
    return tex if fact.root is not None or len(fact.polynomial) == 1 else rf"\left({tex}\right)"


def record(shown: Shown, reading: Reading) -> PositivityRecord:
    """The facts and identities as text and exact numbers."""
    return PositivityRecord(
        reading=_reading_record(reading),
        facts=tuple(_fact_record(shown, number) for number in range(len(shown.facts))),
        polynomial=plain(shown.ring.tensor(shown.goal.goal), LONGEST_TEXT),
        shown=_combination_record(shown.goal),
        divisors=tuple(shown.divisors),
    )


def _reading_record(reading: Reading) -> ReadingRecord:
    indices = (*reading.free, *reading.summed)
    given = zip(reading.origins, reading.obligation.given, strict=True)
    found = reading.congruence
    return ReadingRecord(
        least=plain(found.least, LONGEST_TEXT) if found is not None else "",
        factor=plain(found.factor, LONGEST_TEXT) if found is not None else "",
        weights=plain(found.weights, LONGEST_TEXT) if found is not None else "",
        indices={index.name: str(index.dimension) for index in indices},
        summed=" ".join(index.name for index in reading.summed),
        small=plain(reading.obligation.left, LONGEST_TEXT),
        large=plain(reading.obligation.right, LONGEST_TEXT),
        given=tuple(InstanceRecord(hypothesis=k, statement=plain_relation(relation)) for k, relation in given),
    )


def _fact_record(shown: Shown, number: int) -> FactRecord:
    fact, order = shown.facts[number], shown.comparisons.get(number)
    return FactRecord(
        polynomial=plain(shown.ring.tensor(fact.polynomial), LONGEST_TEXT),
        reason=fact.reason,
        strict=fact.strict,
        zero=fact.zero,
        hypothesis=fact.hypothesis,
        divisors=fact.divisors,
        root=plain(shown.ring.tensor(fact.root), LONGEST_TEXT) if fact.root is not None else "",
        smaller=_text(order.smaller if order is not None else fact.smaller),
        larger=_text(order.larger if order is not None else fact.larger),
        order=proof_record(order.goal, order.bound) if order is not None else None,
        shown=_combination_record(shown.lemmas[number]) if number in shown.lemmas else None,
    )


def _text(node: Tensor | None) -> str:
    return "" if node is None else plain(node, LONGEST_TEXT)


def _combination_record(combination: Combination) -> CombinationRecord:
    multipliers, terms = (
        tuple(ProductRecord(coefficient=str(value), facts=chosen) for value, chosen in part)
        for part in (combination.multipliers, combination.terms)
    )
    return CombinationRecord(multipliers=multipliers, terms=terms)
