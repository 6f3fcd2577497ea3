"""Moments of several factors from their joint cumulants, by the sum over all partitions of the factors.

``E[f_1 ... f_n] = sum over partitions of the product over blocks of kappa(block)`` (Leonov and Shiryaev, On a method of
calculation of semi-invariants, 1959). A joint cumulant is zero where a block holds independent factors, so that of
entries of one random array it is a Kronecker delta of their indices times the cumulant at one index: which indices are
equal need not be known. For Gaussians only blocks of one and two are left, which is Isserlis' theorem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import number
from derive.calculus.form import Form

Block = tuple[int, ...]
"""The positions of some factors, in order."""

Value = Callable[[Block], Form]
"""A moment or a cumulant of the factors at some positions."""


def joint_moment(algebra: Algebra, factors: Block, cumulant: Value) -> Form:
    """The mean of the product of the factors."""
    known: dict[Block, Form] = {(): number(1)}

    def moment(block: Block) -> Form:
        if block not in known:
            parts = ((cumulant(first), rest) for first, rest in _first_blocks(block))
            known[block] = algebra.add(*(algebra.multiply(k, moment(rest)) for k, rest in parts if not k.is_zero))
        return known[block]

    return moment(factors)


def cumulants(algebra: Algebra, moment: Value) -> Value:
    """The joint cumulants that belong to given moments."""
    known: dict[Block, Form] = {}

    def cumulant(block: Block) -> Form:
        if block not in known:
            proper = [(first, rest) for first, rest in _first_blocks(block) if rest]
            others = [algebra.multiply(cumulant(first), moment(rest)) for first, rest in proper]
            known[block] = algebra.subtract(moment(block), algebra.add(*others))
        return known[block]

    return cumulant


def pairings(items: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """All ways to pair the items."""
    if not items:
        yield []
    for k in range(1, len(items)):
        for rest in pairings([*items[1:k], *items[k + 1 :]]):
            yield [(items[0], items[k]), *rest]


def _first_blocks(block: Block) -> Iterator[tuple[Block, Block]]:
    """Every part of the block that holds its first position, and what is left."""
    first, others = block[:1], block[1:]
    for count in range(len(others) + 1):
        for chosen in combinations(others, count):
            yield (*first, *chosen), tuple(k for k in others if k not in chosen)
