"""Axes whose size is a small number: sums over them written out, determinants and inverses by their entries.

So ``det(A) == A[0, 0]*A[1, 1] - A[0, 1]*A[1, 0]`` of a 2 by 2 matrix, and ``x.sum() == x[0] + x[1] + x[2]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations, product

from derive.calculus.algebra import Algebra, is_short
from derive.calculus.atoms import delta, number
from derive.calculus.axes import Axis
from derive.calculus.form import Form, Label
from derive.calculus.powers import power
from derive.calculus.rational import vanishes

MOST_ENTRIES = 64


def zero_entrywise(algebra: Algebra, form: Form, axes: Sequence[Axis]) -> bool:
    """Whether every entry along the short axes is zero."""
    short = [(label, d.value) for axis in axes for label, d in axis if is_short(d) and d.value is not None]
    places = list(product(*(range(size) for _, size in short)))
    if len(places) > MOST_ENTRIES:
        return False
    for place in places:
        at: dict[Label, Label] = {label: f"#{k}" for (label, _), k in zip(short, place, strict=True)}
        entry = algebra.rename(form, at)
        if not (entry.is_zero or vanishes(entry)):
            return False
    return True


def explicit_determinant(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form:
    """Leibniz' formula."""
    positions = range(rows[0][1].value or 0)
    return _minor(algebra, form, (rows[0][0], columns[0][0]), positions, positions)


def explicit_inverse(algebra: Algebra, form: Form, rows: Axis, columns: Axis) -> Form:
    """The cofactors, transposed, over the determinant."""
    ((i, dimension),), ((j, _),) = rows, columns
    positions = range(dimension.value or 0)
    adjugate = number(0)
    for p, q in product(positions, repeat=2):
        kept = [[k for k in positions if k != gone] for gone in (q, p)]
        cofactor = algebra.scale(_minor(algebra, form, (i, j), *kept), (-1) ** (p + q))
        place = algebra.multiply(delta(i, f"#{p}", dimension), delta(j, f"#{q}", dimension))
        adjugate = algebra.add(adjugate, algebra.multiply(place, cofactor))
    return algebra.multiply(adjugate, power(algebra, explicit_determinant(algebra, form, rows, columns), -1))


def _minor(
    algebra: Algebra, form: Form, ends: tuple[Label, Label], rows: Sequence[int], columns: Sequence[int]
) -> Form:
    """The determinant of the given rows and columns."""
    total = number(0)
    for chosen in permutations(columns):
        term = number((-1) ** sum(a > b for a, b in combinations(chosen, 2)))
        for row, column in zip(rows, chosen, strict=True):
            term = algebra.multiply(term, algebra.rename(form, {ends[0]: f"#{row}", ends[1]: f"#{column}"}))
        total = algebra.add(total, term)
    return total
