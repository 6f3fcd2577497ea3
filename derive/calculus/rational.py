"""Rational functions of atoms, decided by clearing denominators.

The rewriting of the normal form knows one denominator at a time; ``tanh(2 s)`` against ``2 tanh(s) / (1 +
tanh(s)**2)`` needs several together. Terms summed over dummies of the same dimensions are compared under the sum,
which is sufficient: a sum vanishes where its summand does.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import sympy as sp

from derive.calculus.atoms import instantiate
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
    return all(_zero(terms) for terms in groups.values())


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
