"""Rational functions of atoms, decided by clearing denominators.

The rewriting of the normal form knows one denominator at a time; ``tanh(2 s)`` against ``2 tanh(s) / (1 +
tanh(s)**2)`` needs several together. Terms summed over dummies of the same dimensions are compared under the sum,
which is sufficient: a sum vanishes where its summand does. Else each sum that no other part shares a dummy with is
taken as one number: ``<g, mu> / (n - <g, 1>)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import sympy as sp

from derive.calculus.atoms import instantiate
from derive.calculus.canonical import canonical, components
from derive.calculus.form import Factor, Form, Head, Label, Monomial, Number, dummies, label_dimensions

LARGEST = 60
"""Terms of a form beyond which clearing denominators is not tried."""

Atom = tuple[Head, tuple[Label, ...]]


def vanishes(form: Form) -> bool:
    """Whether the form is zero as a rational function of its atoms."""
    if len(form.terms) > LARGEST or not any(_reciprocal(f) for m in form.terms for f in m):
        return False
    groups: dict[tuple[str, ...], list[tuple[Monomial, Number]]] = {}
    for monomial, c in form.terms.items():
        groups.setdefault(_summed_dimensions(monomial), []).append((monomial, c))
    return all(_zero(terms) for terms in groups.values()) or _zero_in_sums(form)


def _reciprocal(factor: Factor) -> bool:
    head, _, exponent = factor
    return head.kind == "sum" and exponent < 0


def _summed_dimensions(monomial: Monomial) -> tuple[str, ...]:
    """The dimensions of the dummies in the order of their canonical names."""
    found = {label: str(d) for label, d in label_dimensions(monomial)}
    return tuple(found[name] for name in sorted(dummies(monomial), reverse=True))


def _zero(terms: Iterable[tuple[Monomial, Number]]) -> bool:
    symbols: dict[Atom, sp.Symbol] = {}
    total = sp.Add(*(_expression(monomial, c, symbols) for monomial, c in terms))
    numerator, _ = sp.fraction(sp.together(total))
    return bool(sp.expand(numerator) == 0)


def _zero_in_sums(form: Form) -> bool:
    """Is the form zero as a rational function of its atoms and of whole sums?"""
    symbols: dict[Monomial, sp.Symbol] = {}
    numerator, _ = sp.fraction(sp.together(_in_sums(form, symbols)))
    return bool(sp.expand(numerator) == 0)


def _in_sums(form: Form, symbols: dict[Monomial, sp.Symbol]) -> sp.Expr:
    terms = []
    for monomial, c in form.terms.items():
        factors = [_sum_or_factor(part, symbols) for part in components(monomial)]
        terms.append(sp.Mul(sp.Rational(Fraction(c).numerator, Fraction(c).denominator), *factors))
    return sp.Add(*terms)


def _sum_or_factor(part: list[Factor], symbols: dict[Monomial, sp.Symbol]) -> sp.Expr:
    """A sum as a symbol of its own; a single factor, or a whole power of a sum, as what it is made of."""
    head, labels, exponent = part[0]
    if len(part) == 1 and not dummies(part):
        power = sp.Rational(Fraction(exponent).numerator, Fraction(exponent).denominator)
        if head.kind == "sum" and head.body is not None and power.is_Integer:
            return _in_sums(instantiate(head.body, labels), symbols) ** power
        key: Monomial = ((head, labels, 1),)
        return symbols.setdefault(key, sp.Symbol(f"a{len(symbols)}", positive=head.positive)) ** power
    key, sign = canonical(part)
    return sign * symbols.setdefault(key, sp.Symbol(f"a{len(symbols)}"))


def _expression(monomial: Monomial, c: Number, symbols: dict[Atom, sp.Symbol]) -> sp.Expr:
    fraction = Fraction(c)
    return sp.Mul(sp.Rational(fraction.numerator, fraction.denominator), *(_factor(f, symbols) for f in monomial))


def _factor(factor: Factor, symbols: dict[Atom, sp.Symbol]) -> sp.Expr:
    head, labels, exponent = factor
    power = sp.Rational(Fraction(exponent).numerator, Fraction(exponent).denominator)
    if (
        head.kind == "sum"
        and head.body is not None
        and power.is_Integer
        and not any(dummies(m) for m in head.body.terms)
    ):
        body = instantiate(head.body, labels)
        return sp.Add(*(_expression(m, c, symbols) for m, c in body.terms.items())) ** power
    symbol = symbols.setdefault((head, labels), sp.Symbol(f"a{len(symbols)}", positive=head.positive))
    return symbol**power
