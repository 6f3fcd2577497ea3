"""Inverses, determinants, extrema and spectral functions of forms: heads that bind matrix axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from derive.calculus.algebra import Algebra, Undecidable, is_short
from derive.calculus.atoms import atom, delta, dimension_of, number
from derive.calculus.axes import Axis, axis_dims, axis_labels
from derive.calculus.conjugation import conjugated_inverse
from derive.calculus.explicit import explicit_determinant, explicit_inverse
from derive.calculus.form import Factor, Form, Head, Label, is_dummy, magnitude, size
from derive.calculus.functions import primitive
from derive.calculus.heads import Closed, close, common_factors
from derive.calculus.powers import certainly_positive, power
from derive.calculus.replacement import leading_coefficient
from derive.calculus.sylvester import rank_one, rotations
from derive.language.dimensions import Dimension

OF_THE_TRANSPOSE = frozenset({"rank", "opnorm", "nuclear"})
"""Functions of a matrix that have the same value for its transpose."""


def inverse(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form:
    """The inverse of the matrix ``form[rows, columns]``; the result has the same row and column labels."""
    if form.is_zero:
        raise Undecidable("the inverse of a zero matrix")
    if not rows:
        return power(algebra, form, -1)
    if algebra.explicit and len(rows) == 1 and is_short(rows[0][1]):
        return explicit_inverse(algebra, form, rows, columns)
    for simple in (_diagonal, _single, _product, conjugated_inverse):
        found = simple(algebra, form, rows, columns)
        if found is not None:
            return found
    ends = axis_labels(rows + columns)
    turned = axis_labels(columns + rows)
    closed = close(form, [ends, turned])
    count = len(ends)
    dims = axis_dims(rows + columns) + closed.dims[count:]
    bound = (axis_dims(rows), axis_dims(columns))
    head = Head("inverse", "inv", dims, closed.body, inner=len(rows), bound=bound, symmetries=closed.symmetries)
    return atom(head, closed.labels)


def _diagonal(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """A diagonal matrix: delta times the reciprocals."""
    deltas = [delta(i, j, d) for (i, d), (j, _) in zip(rows, columns, strict=True)]
    heads = [next(iter(d.terms))[0] for d in deltas]
    if not all(all(_has_delta(h, m) for h in heads) for m in form.terms):
        return None
    off = algebra.collect(
        ([f for f in m if not any(_has_delta(h, (f,)) for h in heads)], c) for m, c in form.terms.items()
    )
    result = power(algebra, off, -1)
    for d in deltas:
        result = algebra.multiply(result, d)
    return result


def _has_delta(wanted: Factor, monomial: Sequence[Factor]) -> bool:
    return any(head == wanted[0] and set(labels) == set(wanted[1]) for head, labels, _ in monomial)


def _single(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """A scalar multiple of one matrix atom: the scalar taken out; an inverse of an inverse undone."""
    if len(form.terms) != 1:
        return None
    ((monomial, c),) = form.terms.items()
    ends, turned = axis_labels(rows + columns), axis_labels(columns + rows)
    matrix_factors = [f for f in monomial if set(f[1]) & set(ends) or any(is_dummy(x) for x in f[1])]
    scalars = [f for f in monomial if f not in matrix_factors]
    if (scalars or c != 1) and matrix_factors:
        scale = power(algebra, algebra.collect([(scalars, c)]), -1)
        return algebra.multiply(scale, inverse(algebra, algebra.collect([(matrix_factors, 1)]), rows, columns))
    if len(monomial) != 1:
        return None
    ((head, labels, exponent),) = monomial
    if head.kind == "power" and head.exponent is not None and exponent == 1 and labels in (ends, turned):
        return atom(replace(head, exponent=algebra.scale(head.exponent, -1)), labels)
    if head.kind == "inverse" and exponent == 1 and labels[: len(ends)] in (ends, turned):
        assert head.body is not None
        return algebra.rename(head.body, dict(enumerate(labels)))
    return None


def _product(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """A product of two square matrices: the product of their inverses, turned round."""
    split = split_square(algebra, form, rows, columns)
    if split is None:
        return None
    left, right, near = split
    ((row, d),), ((column, _),) = rows, columns
    middle = ((near, d),)
    first = algebra.rename(inverse(algebra, right, middle, columns), {near: row, column: near})
    second = algebra.rename(inverse(algebra, left, rows, middle), {row: near, near: column})
    return algebra.contract(algebra.multiply(first, second), near, d)


def determinant(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form:
    """The determinant of ``form[rows, columns]``: multiplicative in square factors, equal for the transpose."""
    if not rows:
        return form
    if algebra.explicit and len(rows) == 1 and is_short(rows[0][1]):
        return explicit_determinant(algebra, form, rows, columns)
    if len(form.terms) == 1 and len(rows) == 1:
        ((monomial, c),) = form.terms.items()
        if c == 1 and len(monomial) == 1 and monomial[0][0].kind == "delta":
            return number(1)
        if c == 1 and len(monomial) == 1 and monomial[0][0].kind == "inverse" and monomial[0][0].inner == 1:
            head, labels, _ = monomial[0]
            assert head.body is not None
            body = algebra.rename(head.body, dict(enumerate(labels)))
            return power(algebra, determinant(algebra, body, rows, columns), -1)
    split = split_square(algebra, form, rows, columns)
    if split is not None:
        left, right, near = split
        middle = ((near, rows[0][1]),)
        return algebra.multiply(determinant(algebra, left, rows, middle), determinant(algebra, right, middle, columns))
    for simple in (_diagonal_determinant, rank_one, _scaled_determinant):
        found = simple(algebra, form, rows, columns)
        if found is not None:
            return found
    turned = rotations(algebra, form, rows, columns) or [(form, rows, columns)]
    heads = [bound_head("determinant", "det", body, axes) for body, *axes in turned]
    return min(heads, key=lambda head: head.key())


def _diagonal_determinant(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """``det(diag(u)) = exp(sum(log(u)))`` of a positive u, or None where the form is not of that kind."""
    ends = set(axis_labels(rows + columns))
    if len(rows) != 1 or not all(any(f[0].kind == "delta" and set(f[1]) == ends for f in m) for m in form.terms):
        return None
    diagonal = algebra.rename(form, {columns[0][0]: rows[0][0]})
    if not certainly_positive(diagonal):
        return None
    logarithms = algebra.contract(primitive(algebra, "log", diagonal), *rows[0])
    return primitive(algebra, "exp", logarithms)


def _scaled_determinant(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """``det(s M) = s^n det(M)`` for a positive s, or any where powers are formal; None where there is no such s."""
    bound = {label for label, _ in rows + columns}
    content = [f for f in common_factors(form.terms) if not set(f[1]) & bound and (f[0].positive or algebra.formal)]
    numbers = {magnitude(c) for c in form.terms.values()}
    unit = numbers.pop() if len(numbers) == 1 else 1
    if unit == 1 and not content:
        return None
    rest = algebra.divided(form, content, unit)
    order = number(1)
    for _, d in rows:
        order = algebra.multiply(order, size(d))
    scalar = algebra.collect([(list(content), unit)])
    power_of_scalar = primitive(algebra, "exp", algebra.multiply(order, primitive(algebra, "log", scalar)))
    return algebra.multiply(power_of_scalar, determinant(algebra, rest, rows, columns))


def split_square(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> tuple[Form, Form, Label] | None:
    """``(left, right, label)`` with form = left[rows, label] right[label, columns], left a square atom; or None."""
    if len(form.terms) != 1 or len(rows) != 1:
        return None
    row, column = rows[0][0], columns[0][0]
    ((monomial, c),) = form.terms.items()
    first = next((f for f in monomial if row in f[1]), None)
    if c != 1 or first is None or len(first[1]) != 2 or first[2] != 1 or len(monomial) < 2 or column in first[1]:
        return None
    middle = first[1][0] if first[1][1] == row else first[1][1]
    others = [f for f in monomial if f is not first]
    if not is_dummy(middle) or dimension_of(form, middle) != rows[0][1]:
        return None
    if any(row in f[1] for f in others) or sum(f[1].count(middle) for f in others) != 1:
        return None
    near = algebra.fresh()
    left = algebra.collect([([(first[0], tuple(near if x == middle else x for x in first[1]), 1)], 1)])
    right = algebra.collect([([(h, tuple(near if x == middle else x for x in lab), e) for h, lab, e in others], 1)])
    return left, right, near


def bound_head(kind: str, name: str, form: Form, axes: Sequence[Axis]) -> Form:
    """A head that binds ``axes`` of the form; the closing order is free where the function does not depend on it.

    A determinant is that of the transpose, as other functions of singular values are, and an extremum is over a set.
    """
    pairs = [pair for axis in axes for pair in axis]
    dims = dict(pairs)
    labels = tuple(dims)
    orders = [labels]
    if kind == "determinant" or name in OF_THE_TRANSPOSE:
        orders.append(axis_labels(axes[1] + axes[0]))
    elif len(axes) == 1 and len(labels) <= 3:
        orders = list(permutations(labels))
    closed = close(form, orders)
    shown = iter(dims[label] for label in closed.labels[: len(labels)])
    bound = tuple(tuple(next(shown) for _ in axis) for axis in axes)
    return atom(_head(kind, name, closed, bound), closed.labels[len(labels) :])


def _head(kind: str, name: str, closed: Closed, bound: tuple[tuple[Dimension, ...], ...]) -> Head:
    count = sum(map(len, bound))
    outer = {
        tuple(k - count for k in p[count:]): sign
        for p, sign in closed.symmetries
        if min(p[count:], default=count) >= count
    }
    identity = tuple(range(len(closed.labels) - count))
    symmetries = ((identity, 1), *((p, s) for p, s in outer.items() if p != identity))
    return Head(kind, name, closed.dims[count:], closed.body, inner=count, bound=bound, symmetries=symmetries)


def extremum(algebra: Algebra, form: Form, axis: Axis) -> Form:
    """The largest value over an axis; common positive factors, and terms without the axis, are taken out."""
    bound = set(axis_labels(axis))
    apart = {m: c for m, c in form.terms.items() if not any(label in bound for _, at, _ in m for label in at)}
    rest = Form({m: c for m, c in form.terms.items() if m not in apart})
    if rest.is_zero:
        return form
    taken = [f for f in common_factors(rest.terms) if f[0].positive and not set(f[1]) & bound]
    unit = magnitude(leading_coefficient(rest))
    largest = bound_head("max", "max", algebra.divided(rest, taken, unit), (axis,))
    return algebra.add(Form(apart), algebra.multiply(algebra.collect([(taken, unit)]), largest))
