"""Equations freed of what does not annul: a matrix with independent columns, and factors that are never zero.

``sum_k M[p, k] v[k] = 0`` at every p gives ``v = 0`` where the columns of M are independent, and ``s v = 0`` gives it
where s is not zero. What is left says as much as the equation did.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce

from derive.calculus.algebra import Algebra
from derive.calculus.form import Factor, Form, Head, Label, Monomial, is_dummy, rename
from derive.calculus.injective import Injective


def cancelled(algebra: Algebra, equation: Form, matrices: Sequence[Injective], nonzero: Collection[Head]) -> Form:
    """The form that is zero where ``equation`` is, as short as it can be made."""
    while not equation.is_zero:
        shorter = _without_factors(algebra, equation, nonzero)
        for matrix in matrices:
            shorter = _without_matrix(algebra, shorter, matrix)
        if shorter.key() == equation.key():
            break
        equation = shorter
    return equation


def _without_factors(algebra: Algebra, equation: Form, nonzero: Collection[Head]) -> Form:
    """Divided by what all terms have in common and is not zero, to the lowest power there is."""
    common = reduce(_common, map(_divisors, equation.terms))
    known = [(head, labels, e) for (head, labels), e in common.items() if head.positive or head in nonzero]
    return algebra.divided(equation, known) if known else equation


Powers = dict[tuple[Head, tuple[Label, ...]], int]
"""Entries, and the powers in which they divide a product."""


def _divisors(monomial: Monomial) -> Powers:
    """The factors of a product without a summed index, and how often each divides it."""
    return {
        (head, labels): int(e)
        for head, labels, e in monomial
        if e >= 1 and e.denominator == 1 and not any(map(is_dummy, labels))
    }


def _common(one: Powers, other: Powers) -> Powers:
    return {factor: min(e, other[factor]) for factor, e in one.items() if factor in other}


def _without_matrix(algebra: Algebra, equation: Form, matrix: Injective) -> Form:
    """``v`` of ``M v``; the equation itself where it is no such product."""
    for label in equation.labels():
        if isinstance(label, int):
            cofactors = [_cofactor(monomial, matrix, label) for monomial in equation.terms]
            found = [cofactor for cofactor in cofactors if cofactor is not None]
            if len(found) == len(cofactors):
                free = algebra.fresh()
                terms = zip(found, equation.terms.values(), strict=True)
                return algebra.collect((rename(rest, {column: free}), c) for (rest, column), c in terms)
    return equation


def _cofactor(monomial: Monomial, matrix: Injective, label: Label) -> tuple[list[Factor], Label] | None:
    """What is multiplied by ``M[label, k]`` where nothing else depends on the label, and the summed index k."""
    places = [k for k, (_, labels, _) in enumerate(monomial) if label in labels]
    if len(places) != 1:
        return None
    head, labels, e = monomial[places[0]]
    if head != matrix.head or e != 1 or labels[matrix.row] != label:
        return None
    column = labels[1 - matrix.row]
    if not is_dummy(column):
        return None
    return [factor for k, factor in enumerate(monomial) if k != places[0]], column
