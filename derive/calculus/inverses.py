"""Identities between inverses: multiplied through by the matrix that is inverted."""

from __future__ import annotations

from heapq import heappop, heappush

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import instantiate
from derive.calculus.axes import Axis
from derive.calculus.form import Form, Head, Label, is_dummy

PRODUCTS = 40
"""Products that are tried before the form is given back as it was."""


def cleared(algebra: Algebra, form: Form, axes: tuple[Axis, ...]) -> Form:
    """Zero where multiplying by inverted matrices, which changes nothing about being zero, gives zero; else the form.

    The forms with the fewest inverses are multiplied on first.
    """
    free: dict[Label, object] = {label: d for axis in axes for label, d in axis}
    waiting = [(_count(form), 0, form)]
    seen = {form.key()}
    while waiting and len(seen) <= PRODUCTS:
        _, _, current = heappop(waiting)
        for head, labels, place in _outer_inverses(current, free):
            product = _multiplied(algebra, current, head, labels, place)
            if product.is_zero:
                return product
            if product.key() not in seen:
                seen.add(product.key())
                heappush(waiting, (_count(product), len(seen), product))
    return form


def _outer_inverses(form: Form, free: dict[Label, object]) -> list[tuple[Head, tuple[Label, ...], int]]:
    """Inverses of matrices, one of whose two ends is a free label."""
    found: dict[tuple[str, Label], tuple[Head, tuple[Label, ...], int]] = {}
    for monomial in form.terms:
        for head, labels, _ in monomial:
            if head.kind == "inverse" and head.inner == 1 and not any(is_dummy(x) for x in labels[2:]):
                for place in (0, 1):
                    if labels[place] in free and labels[place] not in labels[2:]:
                        found.setdefault((head.key, labels[place]), (head, labels, place))
    return list(found.values())


def _multiplied(algebra: Algebra, form: Form, head: Head, labels: tuple[Label, ...], place: int) -> Form:
    """``sum_k M[new, k] form[k]`` for the free label at the inverse's end."""
    assert head.body is not None
    label = labels[place]
    summed = algebra.fresh()
    ends = (label, summed) if place == 0 else (summed, label)
    matrix = algebra.rewritten(instantiate(head.body, [*ends, *labels[2:]]))
    try:
        return algebra.contract(algebra.multiply(matrix, algebra.rename(form, {label: summed})), summed, head.dims[0])
    except Undecidable:
        return form


def _count(form: Form) -> int:
    return sum(head.kind == "inverse" for m in form.terms for head, _, _ in m)
