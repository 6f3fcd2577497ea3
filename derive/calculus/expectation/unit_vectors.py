"""Functions of unit vectors drawn at random: ``f(P[k, :]) = sum_i P[k, i] f(e_i)``, as one entry of a row is 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import atom, instantiate
from derive.calculus.expectation.laws import RandomEntries, same
from derive.calculus.form import Factor, Form, Head, Label, Monomial, Number, is_dummy
from derive.calculus.opening import opened
from derive.calculus.structure import depends, rebuild

Place = tuple[Label, ...]


def by_outcomes(algebra: Algebra, form: Form, entries: RandomEntries) -> Form:
    """The form with the entries of the random rows as factors alone, and no longer within functions.

    A function of rows that are summed over inside of it, of their total for one, stays as it is.
    """
    return algebra.add(*(_term(algebra, monomial, c, entries) for monomial, c in form.terms.items()))


def _term(algebra: Algebra, monomial: Monomial, c: Number, entries: RandomEntries) -> Form:
    product = opened(algebra, monomial)
    inside = [factor for factor in product.factors if factor[0] != entries.head and _has(factor, entries)]
    plain = [factor for factor in product.factors if all(factor is not other for other in inside)]
    rows = dict.fromkeys(row for factor in inside for row in _rows(factor, entries))
    if not rows or any(is_dummy(label) for row in rows for label in row):
        return Form({monomial: c})
    drawn = _drawn(algebra, plain, rows, entries)
    added = [(entries.head, row + place, 1) for row, place in drawn.items() if not _stands(plain, row, entries)]
    result = algebra.collect([([*plain, *added], c)])
    for factor in inside:
        result = algebra.multiply(result, _settled(algebra, factor, drawn, entries))
    for label, dimension in product.summed.items():
        result = algebra.contract(result, label, dimension)
    for _, labels, _ in added:
        for label, dimension in zip(labels[-entries.within :], entries.head.dims[-entries.within :], strict=True):
            result = algebra.contract(result, label, dimension)
    return result


def _has(factor: Factor, entries: RandomEntries) -> bool:
    return factor[0].body is not None and depends(factor[0].body, entries.name)


def _rows(factor: Factor, entries: RandomEntries) -> Iterator[Place]:
    """The rows of which a function is one; a label that is bound within it is a dummy."""
    head, labels, _ = factor
    assert head.body is not None
    bound = [] if head.has_ends else [-1] * head.inner
    for monomial in instantiate(head.body, [*bound, *labels]).terms:
        for part in monomial:
            if part[0] == entries.head:
                yield part[1][: -entries.within]
            elif _has(part, entries):
                yield from _rows(part, entries)


def _drawn(
    algebra: Algebra, plain: Iterable[Factor], rows: Iterable[Place], entries: RandomEntries
) -> dict[Place, Place]:
    """Where the 1 of each row stands: at the place of an entry that is a factor, or at a new one."""
    found: dict[Place, Place] = {}
    for head, labels, e in plain:
        if head == entries.head and isinstance(e, int) and e > 0:
            found.setdefault(labels[: -entries.within], labels[-entries.within :])
    return {row: found.get(row) or tuple(algebra.fresh() for _ in range(entries.within)) for row in rows}


def _stands(plain: Iterable[Factor], row: Place, entries: RandomEntries) -> bool:
    return any(head == entries.head and labels[: -entries.within] == row and e > 0 for head, labels, e in plain)


def _settled(algebra: Algebra, factor: Factor, drawn: dict[Place, Place], entries: RandomEntries) -> Form:
    """The function at unit vectors."""
    dims = entries.head.dims[-entries.within :]

    def replace(head: Head, labels: Place) -> Form:
        if head == entries.head and labels[: -entries.within] in drawn:
            return same(algebra, labels[-entries.within :], drawn[labels[: -entries.within]], dims)
        return atom(head, labels)

    return rebuild(algebra, Form({(factor,): 1}), replace)
