"""Inverses of matrices that an orthogonal matrix makes diagonal: ``(V diag(g) V^T)^-1 = V diag(1/g) V^T``."""

from __future__ import annotations

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import delta
from derive.calculus.axes import Axis
from derive.calculus.form import Factor, Form, Head, Label, Monomial, is_dummy, rename
from derive.calculus.powers import power

Frame = tuple[Head, int]
"""An orthogonal matrix, and the port at which it stands at the ends of the product."""


def conjugated_inverse(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """The inverse of ``sum_k g[k] V[r, k] V[c, k] + s delta[r, c]``; None of another form, or if V is not orthogonal.

    ``s`` is added to every g, as the identity is ``V V^T``.
    """
    if len(rows) != 1 or len(form.terms) < 2:
        return None
    (row, d), (column, _) = rows[0], columns[0]
    frames = (_frame(monomial, row, column) for monomial in form.terms)
    frame = next((frame for frame in frames if frame is not None), None)
    if frame is None or not _is_orthogonal(algebra, frame):
        return None
    place = algebra.fresh()
    parts = [_part(monomial, frame, row, column, place) for monomial in form.terms]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) or any(x in (row, column) for part in found for _, at, _ in part for x in at):
        return None
    spectrum = algebra.collect(zip(found, form.terms.values(), strict=True))
    pair = [_entry(frame, end, place) for end in (row, column)]
    inverted = algebra.multiply(algebra.collect([(pair, 1)]), power(algebra, spectrum, -1))
    return algebra.contract(inverted, place, d)


def _entry(frame: Frame, end: Label, place: Label) -> Factor:
    head, port = frame
    return head, (end, place) if port == 0 else (place, end), 1


def _frame(monomial: Monomial, row: Label, column: Label) -> Frame | None:
    """The square matrix that stands at both ends of a term, joined by one summed index."""
    for head, labels, e in monomial:
        if head.kind == "symbol" and len(labels) == 2 and row in labels and e == 1 and head.dims[0] == head.dims[1]:
            port = labels.index(row)
            if _joint(monomial, (head, port), row, column) is not None:
                return head, port
    return None


def _joint(monomial: Monomial, frame: Frame, row: Label, column: Label) -> Label | None:
    """The summed index between the two ends."""
    head, port = frame
    joints = {}
    for other, labels, e in monomial:
        if other == head and e == 1 and labels[port] in (row, column) and is_dummy(labels[1 - port]):
            joints[labels[port]] = labels[1 - port]
    return joints[row] if len(joints) == 2 and joints[row] == joints[column] else None


def _is_orthogonal(algebra: Algebra, frame: Frame) -> bool:
    """Do the rules of the algebra say ``V V^T = I``? Then ``V^T V = I`` too, as the matrix is square."""
    head, port = frame
    first, second = algebra.fresh(), algebra.fresh()
    pair = [_entry(frame, first, -1), _entry(frame, second, -1)]
    return algebra.subtract(algebra.collect([(pair, 1)]), delta(first, second, head.dims[port])).is_zero


def _part(monomial: Monomial, frame: Frame, row: Label, column: Label, place: Label) -> list[Factor] | None:
    """What a term adds to the entries of the diagonal, at a place of it; None of another term."""
    deltas = [factor for factor in monomial if factor[0].kind == "delta" and set(factor[1]) == {row, column}]
    if deltas:
        return [factor for factor in monomial if factor is not deltas[0]]
    joint = _joint(monomial, frame, row, column)
    if joint is None:
        return None
    ends = (_entry(frame, row, joint), _entry(frame, column, joint))
    return rename([factor for factor in monomial if factor not in ends], {joint: place})
