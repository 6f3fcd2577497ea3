"""Norms compared where one is derived to be no larger than another, as that of a residual at its least is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from derive.cone.exponents import Comparison, derived
from derive.cone.polynomials import Ring
from derive.language.arrays import Norm
from derive.language.relations import Relation

MOST_NORMS = 4


def norm_comparisons(ring: Ring, given: Sequence[Relation]) -> Iterator[Comparison]:
    """``||u||^2 <= ||v||^2`` for pairs of norms of which the norm calculus derives it from equalities of arrays."""
    norms = [(ring.atom(name), atom) for name, atom in ring.atoms.items() if isinstance(atom, Norm)]
    if len(norms) > MOST_NORMS or not any(relation.sign == "==" and relation.left.shape for relation in given):
        return
    for (small, first), (large, second) in permutations(norms, 2):
        if first.order == second.order and first.operand.shape == second.operand.shape:
            proof = derived(first**2, second**2, given)
            if proof is not None:
                yield Comparison(large**2 - small**2, *proof)
