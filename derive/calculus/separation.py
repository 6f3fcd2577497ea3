"""Functions of a two-valued entry made linear in it.

An entry t that takes only the values a and b enters every function linearly:
``g(t) = g(a) (b - t)/(b - a) + g(b) (t - a)/(b - a)``. So ``exp(-y z)`` with ``y**2 = 1`` is ``cosh z - y sinh z``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import atom, instantiate, number
from derive.calculus.form import Factor, Form, Head, Label, Monomial, Number, Raw, tidy
from derive.calculus.matching import is_port
from derive.calculus.opening import opened
from derive.calculus.powers import power
from derive.calculus.structure import depends, rebuild

ENTRYWISE = frozenset({"sum", "function", "step", "zero"})
"""Kinds of heads whose value depends on the values of their body's entries at the same labels alone."""

MOST_STEPS = 8
"""Steps after which the functions that are left stay as they are."""


@dataclass(frozen=True)
class TwoValued:
    """Entries of the symbol ``name`` that take the values ``low`` and ``high`` only.

    ``places`` are the labels of a pattern: ``!k`` for any label, others for themselves.
    """

    name: str
    places: tuple[Label, ...]
    low: Fraction
    high: Fraction

    def includes(self, labels: tuple[Label, ...]) -> bool:
        return all(is_port(place) or place == label for place, label in zip(self.places, labels, strict=True))


def separated(algebra: Algebra, form: Form, entries: TwoValued) -> Form:
    """The form with every function of two-valued entries written linearly in them."""
    for _ in range(MOST_STEPS):
        found = _one_step(algebra, form, entries)
        if found is None:
            return form
        form = found
    return form


def _one_step(algebra: Algebra, form: Form, entries: TwoValued) -> Form | None:
    products: list[Raw] = []
    changed = False
    for monomial, c in form.terms.items():
        place = next((k for k, f in enumerate(monomial) if _entries(f, entries)), None)
        if place is None:
            products.append((list(monomial), c))
            continue
        changed = True
        products.extend(_split(algebra, monomial, c, place, entries))
    return algebra.collect(products) if changed else None


def _entries(factor: Factor, entries: TwoValued) -> list[tuple[Label, ...]]:
    """The entries of the symbol inside a function or power, where all of them stand at labels of the factor."""
    head, labels, _ = factor
    name = entries.name
    if head.body is None or head.kind not in ENTRYWISE or not depends(head.body, name):
        return []
    found: set[tuple[Label, ...]] = set()
    if not _gather(instantiate(head.body, labels), name, set(labels), found):
        return []
    return sorted(filter(entries.includes, found), key=str)


def _gather(form: Form, name: str, allowed: set[Label], found: set[tuple[Label, ...]]) -> bool:
    for monomial in form.terms:
        for head, labels, _ in monomial:
            if head.kind == "symbol" and head.name == name:
                if not set(labels) <= allowed:
                    return False
                found.add(labels)
            elif head.body is not None and depends(head.body, name):
                inner = instantiate(head.body, labels)
                if head.kind not in ENTRYWISE:
                    return False
                if not _gather(inner, name, allowed, found):
                    return False
    return True


def _split(algebra: Algebra, monomial: Monomial, c: Number, place: int, entries: TwoValued) -> list[Raw]:
    """The monomial with the function at ``place`` written linearly in the first entry in it."""
    product = opened(algebra, monomial)
    function = product.factors[place]
    head, labels, _ = function
    name, low, high = entries.name, entries.low, entries.high
    entry = _entries(function, entries)[0]
    symbol = _symbol_head(instantiate(head.body, labels), name) if head.body is not None else None
    assert symbol is not None
    at_low, at_high = (_at_value(algebra, function, name, entry, value) for value in (low, high))
    spread = high - low
    variable = atom(symbol, entry)
    below = algebra.multiply(at_low, algebra.subtract(number(high / spread), algebra.scale(variable, 1 / spread)))
    above = algebra.multiply(at_high, algebra.subtract(algebra.scale(variable, 1 / spread), number(low / spread)))
    rest = product.factors[:place] + product.factors[place + 1 :]
    return [(product.closed([*rest, *inner]), tidy(k * c)) for inner, k in algebra.add(below, above).terms.items()]


def _symbol_head(form: Form, name: str) -> Head | None:
    for monomial in form.terms:
        for head, labels, _ in monomial:
            if head.kind == "symbol" and head.name == name:
                return head
            if head.body is not None and depends(head.body, name):
                return _symbol_head(instantiate(head.body, labels), name)
    return None


def _at_value(algebra: Algebra, factor: Factor, name: str, entry: tuple[Label, ...], value: Fraction) -> Form:
    """The factor with one entry of the symbol replaced by a number."""
    head, labels, exponent = factor
    free = Algebra(labels=algebra.labels, budget=algebra.budget)

    def replace(found: Head, at: tuple[Label, ...]) -> Form:
        return number(value) if found.name == name and at == entry else atom(found, at)

    return power(algebra, rebuild(free, atom(head, labels), replace), exponent)
