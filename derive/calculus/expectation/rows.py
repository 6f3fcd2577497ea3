"""Means of products of entries of independent rows: uniform on a sphere, or unit vectors drawn at random."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import number
from derive.calculus.expectation.laws import RandomEntries, same
from derive.calculus.expectation.partitions import Block, cumulants, joint_moment, pairings
from derive.calculus.form import Form, Label, size
from derive.calculus.powers import power

Place = tuple[Label, ...]


def moment_of_rows(algebra: Algebra, entries: RandomEntries, places: Sequence[Place]) -> Form:
    """``E[prod_j u[row_j, i_j]]``: partitions of the different rows, each block in one row."""
    start = len(entries.head.dims) - entries.within
    rows: dict[Place, list[Place]] = {}
    for place in places:
        rows.setdefault(place[:start], []).append(place[start:])
    ends = list(rows)
    row_dims = entries.head.dims[:start]

    def within_one_row(block: Block) -> Form:
        columns = [column for k in block for column in rows[ends[k]]]
        moment = _on_a_sphere if entries.kind == "sphere" else _of_a_unit_vector
        return moment(algebra, entries, columns)

    inner = cumulants(algebra, within_one_row)

    def joint(block: Block) -> Form:
        value = inner(block)
        for other in block[1:]:
            value = algebra.multiply(same(algebra, ends[block[0]], ends[other], row_dims), value)
        return value

    return joint_moment(algebra, tuple(range(len(ends))), joint)


def _on_a_sphere(algebra: Algebra, entries: RandomEntries, columns: Sequence[Place]) -> Form:
    """``E[u_i u_j ...]``: the sum over pairings of deltas, over ``d (d + 2) ... (d + n - 2)``; odd moments vanish."""
    dims = entries.head.dims[len(entries.head.dims) - entries.within :]
    total = number(0)
    for pairing in pairings(range(len(columns))):
        term = number(1)
        for i, j in pairing:
            term = algebra.multiply(term, same(algebra, columns[i], columns[j], dims))
        total = algebra.add(total, term)
    for k in range(0, len(columns) - 1, 2):
        total = algebra.multiply(total, power(algebra, algebra.add(size(entries.last), number(k)), -1))
    return total


def _of_a_unit_vector(algebra: Algebra, entries: RandomEntries, columns: Sequence[Place]) -> Form:
    """``E[e_i e_j ...]``: the probability of i where all places are one, else 0."""
    dims = entries.head.dims[len(entries.head.dims) - entries.within :]
    value = _probability(algebra, entries, columns[0])
    for column in columns[1:]:
        value = algebra.multiply(same(algebra, columns[0], column, dims), value)
    return value


def _probability(algebra: Algebra, entries: RandomEntries, column: Place) -> Form:
    if not entries.parameters:
        return power(algebra, size(entries.last), -1)
    array = entries.parameters[0]
    return algebra.rename(array.form, dict(zip((label for label, _ in array.axes[0]), column, strict=True)))
