"""Kronecker deltas in a product: summed out where a label is a dummy, equal labels made one where none is."""

from __future__ import annotations

from itertools import combinations

from derive.calculus.form import Factor, Head, Label, is_dummy, rename
from derive.calculus.rules import lost_sizes

Distinct = frozenset[frozenset[Label]]
"""Pairs of fixed labels that are different."""


def without_deltas(factors: list[Factor], distinct: Distinct) -> list[Factor] | None:
    """The product with no delta but of different free labels; None where it is zero."""
    pending = factors
    while (place := _first_resolved(pending, distinct)) is not None:
        head, (i, j), _ = pending[place]
        if i != j and not is_dummy(i) and not is_dummy(j):
            return None
        old, new = (i, j) if is_dummy(i) else (j, i)
        pending = rename(pending[:place] + pending[place + 1 :], {old: new})
        if is_dummy(new):
            pending += lost_sizes({new: head.dims[0]}, pending)
    return _aligned(pending, distinct)


def _first_resolved(factors: list[Factor], distinct: Distinct) -> int | None:
    """The place of the first delta whose value is known, or that is summed."""
    deltas = ((k, labels) for k, (head, labels, _) in enumerate(factors) if head.kind == "delta")
    return next((k for k, (i, j) in deltas if is_dummy(i) or is_dummy(j) or _is_known(i, j, distinct)), None)


def _is_known(i: Label, j: Label, distinct: Distinct) -> bool:
    """Whether two free labels are certainly equal or certainly different."""
    both_positions = str(i).startswith("#") and str(j).startswith("#")
    return i == j or both_positions or frozenset((i, j)) in distinct


def _aligned(factors: list[Factor], distinct: Distinct) -> list[Factor] | None:
    """Beside deltas of free labels, all uses the first label of each class; None where two cannot be equal."""
    first: dict[Label, Label] = {}
    heads: dict[Label, Head] = {}
    for head, (i, j), _ in (f for f in factors if f[0].kind == "delta"):
        one, other = sorted((first.get(i, i), first.get(j, j)), key=_precedence)
        heads.update(dict.fromkeys((i, j, one, other), head))
        first = {**{x: one if y == other else y for x, y in first.items()}, i: one, j: one, other: one}
    if not first:
        return factors
    if any(_is_known(i, j, distinct) for i, j in combinations(first, 2) if first[i] == first[j]):
        return None
    others = sorted((label for label in first if first[label] != label), key=_precedence)
    deltas: list[Factor] = [(heads[label], (first[label], label), 1) for label in others]
    return [*rename((f for f in factors if f[0].kind != "delta"), first), *deltas]


def _precedence(label: Label) -> tuple[bool, bool, str]:
    """Positions, then the author's indices, then free labels."""
    return not str(label).startswith("#"), isinstance(label, int), str(label)
