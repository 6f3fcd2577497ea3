"""Powers of matrices with symbolic exponents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom, delta
from derive.calculus.axes import Axis, axis_dims, axis_labels
from derive.calculus.form import Form, Head, Label, is_dummy, label_dimensions, magnitude
from derive.calculus.heads import close
from derive.calculus.matrices import inverse

MOST_FACTORS = 64
"""Of a power that is multiplied out."""


def matrix_power(algebra: Algebra, form: Form, exponent: Form, rows: Axis, columns: Axis) -> Form:
    """``form[rows, columns]`` to a power that is a whole number wherever the claim speaks.

    Raises:
        Undecidable: a power of a zero matrix, or of one whose axes are split or of size one.
    """
    number = exponent.constant
    if number is not None and number.denominator == 1 and magnitude(number) <= MOST_FACTORS:
        return _numbered(algebra, form, rows, columns, int(number))
    if form.is_zero or len(rows) != 1 or len(columns) != 1:
        raise Undecidable("a power of a matrix of zeros, or with axes that are no single ones")
    (row, d), (column, _) = rows[0], columns[0]
    if form.key() == delta(row, column, d).key():
        return form
    known = _power_of(algebra, form, (row, column))
    if known is not None:
        base, raised = known
        return matrix_power(algebra, base, algebra.multiply(raised, exponent), rows, columns)
    closed = close(form, [axis_labels(rows + columns), axis_labels(columns + rows)])
    if len(closed.labels) > 2:
        raise Undecidable("a power of a matrix that has more indices than its rows and columns")
    bound = (axis_dims(rows), axis_dims(columns))
    head = Head("power", "", (d, d), closed.body, 1, bound, closed.symmetries, exponent=exponent)
    return algebra.rewritten(atom(head, closed.labels))


def multiplied(algebra: Algebra, equations: Sequence[Form], sides: Sequence[Form]) -> Iterator[Form]:
    """The equations times the powers of matrices in the sides, at each free index of that size.

    ``M v = w`` says nothing of ``M^(j + 1) v`` where factors are joined; ``M^(j + 1) v = M^j w`` does.
    """
    powers = {head.key: head for side in sides for head in _powers(side)}
    for equation in equations:
        found = {label: d for m in equation.terms for label, d in label_dimensions(m) if _is_free(label)}
        for (label, d), head in product(found.items(), powers.values()):
            if head.dims == (d, d):
                times = algebra.multiply(atom(head, (algebra.fresh(), label)), equation)
                yield algebra.contract(times, label, d)


def _powers(form: Form) -> Iterator[Head]:
    for monomial in form.terms:
        for head, _, _ in monomial:
            if head.kind == "power":
                yield head
            elif head.body is not None:
                yield from _powers(head.body)


def _is_free(label: Label) -> bool:
    return isinstance(label, int) and not is_dummy(label)


def _power_of(algebra: Algebra, form: Form, ends: tuple[Label, Label]) -> tuple[Form, Form] | None:
    """Base and exponent of a form that is a power of a matrix, or an inverse; None of another form."""
    if len(form.terms) != 1:
        return None
    ((monomial, c),) = form.terms.items()
    if c != 1 or len(monomial) != 1:
        return None
    ((head, labels, e),) = monomial
    if not head.has_ends or e != 1 or head.body is None or set(labels) != set(ends) or len(labels) != 2:
        return None
    base = algebra.rename(head.body, dict(enumerate(labels)))
    return base, Form({(): -1}) if head.exponent is None else head.exponent


def _numbered(algebra: Algebra, form: Form, rows: Axis, columns: Axis, number: int) -> Form:
    """A product of that many factors, or of inverses."""
    factor = inverse(algebra, form, rows, columns) if number < 0 else form
    if not rows or len(rows) > 1:
        raise Undecidable("a power of a matrix with axes that are no single ones")
    (row, d), (column, _) = rows[0], columns[0]
    result = delta(row, column, d)
    for _ in range(abs(number)):
        middle = algebra.fresh()
        product = algebra.multiply(algebra.rename(result, {column: middle}), algebra.rename(factor, {row: middle}))
        result = algebra.contract(product, middle, d)
    return result
