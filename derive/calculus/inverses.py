"""Identities between inverses: multiplied through by the matrix that is inverted."""

from __future__ import annotations

from derive.calculus.algebra import Algebra, Undecidable, instantiate
from derive.calculus.axes import Axis
from derive.calculus.form import Form, Head, Label, is_dummy


def cleared(algebra: Algebra, form: Form, axes: tuple[Axis, ...]) -> Form:
    """Zero where multiplying by some inverted matrix, which changes nothing about being zero, gives zero; else the form."""
    free = {label: d for axis in axes for label, d in axis}
    for _ in range(3):
        for head, labels, place in _outer_inverses(form, free):
            product = _multiplied(algebra, form, head, labels, place)
            if product.is_zero:
                return product
            if _count(product) < _count(form):
                return cleared(algebra, product, axes)
        break
    return form


def _outer_inverses(form: Form, free: dict[Label, object]) -> list[tuple[Head, tuple[Label, ...], int]]:
    """Inverses of matrices, one of whose two ends is a free label."""
    found: dict[tuple[str, Label], tuple[Head, tuple[Label, ...], int]] = {}
    for monomial in form.terms:
        for head, labels, _ in monomial:
            if head.kind == "inverse" and head.inner == 1 and not any(is_dummy(x) for x in labels[2:]):
                for place in (0, 1):
                    if labels[place] in free:
                        found.setdefault((head.key, labels[place]), (head, labels, place))
    return list(found.values())


def _multiplied(algebra: Algebra, form: Form, head: Head, labels: tuple[Label, ...], place: int) -> Form:
    """``sum_k M[new, k] form[k]`` for the free label at the inverse's end."""
    assert head.body is not None
    label = labels[place]
    summed = algebra.fresh()
    ends = (label, summed) if place == 0 else (summed, label)
    body = instantiate(head.body, [*ends, *labels[2:]])
    matrix = algebra.collect((list(m), c) for m, c in body.terms.items())
    try:
        return algebra.contract(algebra.multiply(matrix, algebra.rename(form, {label: summed})), summed, head.dims[0])
    except Undecidable:
        return form


def _count(form: Form) -> int:
    return sum(head.kind == "inverse" for m in form.terms for head, _, _ in m)
