"""Sums of columns times rows with scalar coefficients: ``sum c_ab u_a v_b^T`` has no more rank than the matrix c."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from derive.calculus.algebra import Algebra
from derive.calculus.canonical import components
from derive.calculus.form import Factor, Form, Label, Monomial, Number

LARGEST = 24
"""Columns and rows up to which the rank of their coefficients is computed."""


def rank_of_products(algebra: Algebra, form: Form, rows: Sequence[Label], columns: Sequence[Label]) -> int | None:
    """The rank of the coefficients c, in which scalars count as independent; None where a term is no such product.

    That is no less than the rank for any values of the scalars at which they are defined: minors of c that are zero
    as rational functions are zero.
    """
    entries: dict[tuple[str, str], sp.Expr] = {}
    for monomial, c in form.terms.items():
        parts = _parts(monomial, rows, columns)
        if parts is None:
            return None
        left, right, scalars = parts
        place = algebra.collect([(left, 1)]).key(), algebra.collect([(right, 1)]).key()
        entries[place] = entries.get(place, sp.S.Zero) + _number(c) * sp.Mul(*map(_scalar, scalars))
    us, vs = (list(dict.fromkeys(place[k] for place in entries)) for k in (0, 1))
    if min(len(us), len(vs)) <= 1 or max(len(us), len(vs)) > LARGEST:
        return min(len(us), len(vs))
    table = sp.Matrix(len(us), len(vs), lambda i, j: entries.get((us[i], vs[j]), sp.S.Zero))
    return int(DomainMatrix.from_Matrix(table).to_field().rank())


def _parts(
    monomial: Monomial, rows: Sequence[Label], columns: Sequence[Label]
) -> tuple[list[Factor], list[Factor], list[list[Factor]]] | None:
    """The factors that depend on the row, those that depend on the column, and the scalars, each of them connected."""
    left, right, scalars = list[Factor](), list[Factor](), list[list[Factor]]()
    for component in components(monomial):
        labels = {label for _, at, _ in component for label in at}
        ends = [part for part, axis in ((left, rows), (right, columns)) if labels & set(axis)]
        if len(ends) > 1:
            return None
        if ends:
            ends[0].extend(component)
        else:
            scalars.append(component)
    return left, right, scalars


def _scalar(component: Sequence[Factor]) -> sp.Expr:
    """A scalar by its name; of a single factor the power of one."""
    if len(component) == 1 and Fraction(component[0][2]).denominator == 1:
        head, labels, exponent = component[0]
        return sp.Symbol(f"{head.key} {labels}") ** int(exponent)
    return sp.Symbol(str([(head.key, labels, exponent) for head, labels, exponent in component]))


def _number(value: Number) -> sp.Rational:
    fraction = Fraction(value)
    return sp.Rational(fraction.numerator, fraction.denominator)
