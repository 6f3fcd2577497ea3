"""Sylvester's identity: ``det(I + A B) = det(I + B A)``, so of all rotations of a product one is canonical."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import delta, number
from derive.calculus.axes import Axis
from derive.calculus.form import Factor, Form, Label, Monomial, Number, is_dummy, label_dimensions, rename


def rotations(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> list[tuple[Form, Axis, Axis]]:
    """The forms ``I + (rotated product)`` of ``form = I + product``, with their axes, the given one first.

    Empty where the form is not the identity plus one multiple of a chain of matrices.
    """
    split = _identity_plus_chain(form, rows, columns)
    if split is None:
        return []
    chain, others, c = split
    dims = dict(label_dimensions(chain))
    found = [(form, rows, columns)]
    for cut in range(1, len(chain)):
        joint = next(label for label in chain[cut - 1][1] if label in chain[cut][1])
        first, last = algebra.fresh(), algebra.fresh()
        closed: Label = min([-1, *(x for f in chain for x in f[1] if isinstance(x, int))]) - 1
        ends: dict[Label, Label] = {rows[0][0]: closed, columns[0][0]: closed}
        rotated = rename(chain[cut:], {**ends, joint: first}) + rename(chain[:cut], {**ends, joint: last})
        d = dims[joint]
        product = algebra.collect([([*rotated, *others], c)])
        found.append((algebra.add(delta(first, last, d), product), ((first, d),), ((last, d),)))
    return found


def rank_one(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form | None:
    """``det(I + c u v^T) = 1 + c <u, v>``, or None where the form is not of that kind."""
    rest = _without_identity(form, rows, columns)
    if rest is None:
        return None
    monomial, c = rest
    row, column = rows[0][0], columns[0][0]
    reach = _reach(monomial, row)
    if column in reach or not any(row in f[1] for f in monomial) or not any(column in f[1] for f in monomial):
        return None
    joined = algebra.collect([(rename(monomial, {column: row}), c)])
    return algebra.add(number(1), algebra.contract(joined, row, rows[0][1]))


def _reach(monomial: Monomial, start: Label) -> set[Label]:
    """The labels connected to ``start`` through factors and dummies."""
    reach: set[Label] = {start}
    while True:
        more = {
            x for _, at, _ in monomial if reach & set(at) for x in at if is_dummy(x) or not isinstance(x, str)
        } - reach
        if not more:
            return reach
        reach |= more


def _without_identity(form: Form, rows: Axis, columns: Axis) -> tuple[Monomial, Number] | None:
    """The other term of a form of two terms, one of them the identity matrix."""
    if len(form.terms) != 2 or len(rows) != 1:
        return None
    ends = {rows[0][0], columns[0][0]}
    identity = [
        m for m, c in form.terms.items() if c == 1 and len(m) == 1 and m[0][0].kind == "delta" and set(m[0][1]) == ends
    ]
    rest = [(m, c) for m, c in form.terms.items() if m not in identity]
    return rest[0] if len(identity) == 1 and len(rest) == 1 else None


def _identity_plus_chain(form: Form, rows: Axis, columns: Axis) -> tuple[list[Factor], list[Factor], Number] | None:
    rest = _without_identity(form, rows, columns)
    if rest is None:
        return None
    monomial, c = rest
    matrices = [
        f for f in monomial if len({x for x in f[1] if isinstance(x, int)}) == 2 and len(f[1]) == 2 and f[2] == 1
    ]
    others = [f for f in monomial if f not in matrices]
    chain = _chain(matrices, rows[0][0], columns[0][0])
    if chain is None or any(isinstance(x, int) for f in others for x in f[1]):
        return None
    return chain, others, c


def _chain(matrices: Sequence[Factor], start: Label, end: Label) -> list[Factor] | None:
    """The matrices in the order in which they lead from one label to the other, all of them used."""
    left = list(matrices)
    chain: list[Factor] = []
    at = start
    while left:
        here = [f for f in left if at in f[1]]
        if len(here) != 1:
            return None
        chain.append(here[0])
        left.remove(here[0])
        at = here[0][1][0] if here[0][1][1] == at else here[0][1][1]
    return chain if at == end else None
