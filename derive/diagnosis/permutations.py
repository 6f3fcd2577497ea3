"""Axes that are exchanged: the transpose, swapped indices, Kronecker factors in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from derive.diagnosis.balls import Array, same, vanishes
from derive.diagnosis.finding import Finding, Kind
from derive.diagnosis.proportion import ratio
from derive.diagnosis.reading import read
from derive.diagnosis.sides import Sides

MOST_AXES = 4
"""Axes of which all orders are tried."""

TRANSPOSE = "the transpose of what it should be"


def permuted(both: Sides) -> Finding | None:
    """The exchange of axes that makes the claimed array right, perhaps up to a factor."""
    for array, words in exchanges(both, both.claimed):
        factor = ratio(array, both.reference)
        if factor is not None and not same(array, both.claimed):
            return Finding(Kind.PERMUTED, read(factor, both.scalars), words)
    return None


def permuted_term(both: Sides) -> Finding | None:
    """The exchange of axes in a single term that makes the claim right."""
    gap = both.difference
    for number, term in enumerate(both.terms if len(both.terms) > 1 else ()):
        for array, words in exchanges(both, term):
            if vanishes(gap - term + array) and not vanishes(array - term):
                return Finding(Kind.TERM_PERMUTED, None, _term_words(both.term(number), words))
    return None


def _term_words(term: str, words: str) -> str:
    return f"{term} should be transposed" if words == TRANSPOSE else f"in {term} {words}"


def exchanges(both: Sides, array: Array) -> Iterator[tuple[Array, str]]:
    """``array`` with its axes in every other order that keeps its shape, and the order in words."""
    split = both.factored
    if any(len(sizes) == 2 for sizes in split):
        for sizes in (split, [sizes[::-1] for sizes in split]):
            yield (
                _shuffled(array, sizes),
                "the factors of each axis in the other order, as in kron(B, A) for kron(A, B)",
            )
    flat = [size for sizes in split for size in sizes]
    if 2 <= len(flat) <= MOST_AXES:
        apart = array.reshape(flat)
        for order in permutations(range(len(flat))):
            if order != tuple(range(len(flat))) and [flat[k] for k in order] == flat:
                yield apart.transpose(order).reshape(array.shape), _order_words(both, order)


def _order_words(both: Sides, order: Sequence[int]) -> str:
    moved = [k for k, source in enumerate(order) if source != k]
    names = both.axes
    composite = any(len(sizes) > 1 for sizes in both.factored)
    if len(both.factored) == 2 and not composite:
        return TRANSPOSE
    where = _axes_words(both) if composite else ""
    if len(moved) == 2:
        return f"indices {names[moved[0]]} and {names[moved[1]]} are swapped{where}"
    was, now = ", ".join(names), ", ".join(names[k] for k in order)
    return f"what stands at ({was}) belongs at ({now}){where}"


def _axes_words(both: Sides) -> str:
    """Which indices the entries of a matrix of Kronecker form have: ``, entries counted (i, j), (k, l)``."""
    names, groups = list(both.axes), []
    for sizes in both.factored:
        group, names = names[: len(sizes)], names[len(sizes) :]
        groups.append(f"({', '.join(group)})")
    return f" where axes run through {' and '.join(groups)}"


def _shuffled(array: Array, split: Sequence[Sequence[int]]) -> Array:
    """Each axis that runs through two, with the other of the two running fastest; ``split`` is the order it has now."""
    order: list[int] = []
    for sizes in split:
        order += range(len(order) + len(sizes) - 1, len(order) - 1, -1)
    apart = array.reshape([size for sizes in split for size in sizes])
    found: Array = np.asarray(apart.transpose(order).reshape(array.shape), dtype=object)
    return found
