"""Inverses, determinants, extrema and spectral functions of forms: heads that bind matrix axes."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.algebra import Algebra, Undecidable, atom, delta, dimension_of, number
from derive.calculus.form import Form, Head, Label, Symmetry, is_dummy
from derive.calculus.heads import close
from derive.calculus.powers import power

Labels = tuple[Label, ...]


def inverse(algebra: Algebra, form: Form, rows: Labels, columns: Labels) -> Form:
    """The inverse of the matrix ``form[rows, columns]``; the result has the same row and column labels."""
    if form.is_zero:
        raise Undecidable("the inverse of a zero matrix")
    if not rows:
        return power(algebra, form, -1)
    for simple in (_diagonal, _single, _product):
        found = simple(algebra, form, rows, columns)
        if found is not None:
            return found
    swapped = [rows + columns, columns + rows]
    closed = close(form, [swapped])
    rank = len(rows)
    head = Head("inverse", "inv", closed.dims, closed.body, inner=rank, symmetries=closed.symmetries)
    labels = rows + columns if closed.labels[: 2 * rank] == rows + columns else columns + rows
    return atom(head, labels + closed.labels[2 * rank :])


def _diagonal(algebra: Algebra, form: Form, rows: Labels, columns: Labels) -> Form | None:
    """A diagonal matrix: delta times the reciprocals."""
    pairs = list(zip(rows, columns, strict=True))
    deltas = [delta(i, j, dimension_of(form, i)) for i, j in pairs]
    heads = [next(iter(d.terms))[0] for d in deltas]
    if not all(all(_same_delta(h, m) for h in heads) for m in form.terms):
        return None
    off = algebra.collect(([f for f in m if not any(_same_delta(h, (f,)) for h in heads)], c) for m, c in form.terms.items())
    result = power(algebra, off, -1)
    for d in deltas:
        result = algebra.multiply(result, d)
    return result


def _same_delta(wanted: tuple[Head, Labels, object], monomial: Sequence[tuple[Head, Labels, object]]) -> bool:
    return any(head == wanted[0] and set(labels) == set(wanted[1]) for head, labels, _ in monomial)


def _single(algebra: Algebra, form: Form, rows: Labels, columns: Labels) -> Form | None:
    """A scalar multiple of one matrix atom: the scalar taken out; an inverse of an inverse undone."""
    if len(form.terms) != 1:
        return None
    ((monomial, c),) = form.terms.items()
    matrix_factors = [f for f in monomial if set(f[1]) & {*rows, *columns} or any(is_dummy(x) for x in f[1])]
    scalars = [f for f in monomial if f not in matrix_factors]
    if (scalars or c != 1) and matrix_factors:
        scale = power(algebra, algebra.collect([(scalars, c)]), -1)
        return algebra.multiply(scale, inverse(algebra, algebra.collect([(matrix_factors, 1)]), rows, columns))
    if len(monomial) == 1 and monomial[0][0].kind == "inverse" and monomial[0][2] == 1:
        head, labels, _ = monomial[0]
        rank = head.inner
        if rank == len(rows) and {*labels[: 2 * rank]} == {*rows, *columns} and head.body is not None:
            if labels[: 2 * rank] in (rows + columns, columns + rows):
                return algebra.rename(head.body, dict(enumerate(labels)))
    return None


def _product(algebra: Algebra, form: Form, rows: Labels, columns: Labels) -> Form | None:
    """A product of two square matrices: the product of their inverses, turned round."""
    split = split_square(algebra, form, rows, columns)
    if split is None:
        return None
    left, right, near = split
    first = algebra.rename(inverse(algebra, right, (near,), columns), {near: rows[0], columns[0]: near})
    second = algebra.rename(inverse(algebra, left, rows, (near,)), {rows[0]: near, near: columns[0]})
    return algebra.contract(algebra.multiply(first, second), near, dimension_of(form, rows[0]))


def determinant(algebra: Algebra, form: Form, rows: Labels, columns: Labels) -> Form:
    """The determinant of ``form[rows, columns]``: multiplicative in square factors, equal for the transpose."""
    if not rows:
        return form
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
        return algebra.multiply(determinant(algebra, left, rows, (near,)), determinant(algebra, right, (near,), columns))
    return bound_head(algebra, "determinant", "det", form, [rows + columns, columns + rows])


def split_square(algebra: Algebra, form: Form, rows: Labels, columns: Labels) -> tuple[Form, Form, Label] | None:
    """``(left, right, label)`` with form = left[rows, label] right[label, columns] and left a square matrix atom, or None."""
    if len(form.terms) != 1 or len(rows) != 1:
        return None
    ((monomial, c),) = form.terms.items()
    first = next((f for f in monomial if rows[0] in f[1]), None)
    if c != 1 or first is None or len(first[1]) != 2 or first[2] != 1 or len(monomial) < 2 or columns[0] in first[1]:
        return None
    middle = first[1][0] if first[1][1] == rows[0] else first[1][1]
    others = [f for f in monomial if f is not first]
    if not is_dummy(middle) or dimension_of(form, middle) != dimension_of(form, rows[0]):
        return None
    if any(rows[0] in f[1] for f in others) or sum(f[1].count(middle) for f in others) != 1:
        return None
    near = algebra.fresh()
    left = algebra.collect([([(first[0], tuple(near if x == middle else x for x in first[1]), 1)], 1)])
    right = algebra.collect([([(h, tuple(near if x == middle else x for x in lab), e) for h, lab, e in others], 1)])
    return left, right, near


def bound_head(algebra: Algebra, kind: str, name: str, form: Form, bound: Sequence[Labels]) -> Form:
    """A head whose first ports are bound inside it; ``bound`` lists the orders in which they may stand."""
    count = len(bound[0])
    closed = close(form, [list(bound)])
    outer = closed.labels[count:]
    symmetries = {tuple(k - count for k in p[count:]): sign for p, sign in closed.symmetries if all(k >= count for k in p[count:])}
    identity = tuple(range(len(outer)))
    ordered = ((identity, 1), *((p, s) for p, s in symmetries.items() if p != identity))
    head = Head(kind, name, closed.dims[count:], closed.body, inner=count, symmetries=ordered)
    return atom(head, outer)
