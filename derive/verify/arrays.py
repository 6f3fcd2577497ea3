"""Arrays of any numbers in row-major order, with NumPy's rules of broadcasting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import add
from typing import Any

Number = Any
"""An element of the arithmetic at hand, or a jet over it (``derive.verify.jets``)."""

Shape = tuple[int, ...]
Position = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Array:
    shape: Shape
    entries: tuple[Number, ...]

    def __getitem__(self, position: Sequence[int]) -> Number:
        offset = 0
        for size, k in zip(self.shape, position, strict=True):
            offset = offset * size + k
        return self.entries[offset]

    @property
    def scalar(self) -> Number:
        """The entry of an array that has one."""
        (entry,) = self.entries
        return entry

    @property
    def rows(self) -> list[list[Number]]:
        """A matrix as its rows."""
        height, width = self.shape
        return [list(self.entries[i * width : (i + 1) * width]) for i in range(height)]


def positions(shape: Shape) -> Iterator[Position]:
    return product(*map(range, shape))


def build(shape: Shape, entry: Callable[[Position], Number]) -> Array:
    """The array with ``entry(position)`` at each position."""
    return Array(shape, tuple(entry(position) for position in positions(shape)))


def elementwise(function: Callable[..., Number], *operands: Array) -> Array:
    """A function of the entries of arrays that are broadcast to one shape."""
    first = operands[0]
    if all(operand.shape == first.shape for operand in operands):
        return Array(first.shape, tuple(map(function, *(operand.entries for operand in operands))))
    rank = max(len(operand.shape) for operand in operands)
    padded = [(1,) * (rank - len(operand.shape)) + operand.shape for operand in operands]
    shape = tuple(next((size for size in axis if size != 1), 1) for axis in zip(*padded, strict=True))
    return build(shape, lambda at: function(*(broadcast_entry(operand, at) for operand in operands)))


def broadcast_entry(operand: Array, position: Position) -> Number:
    """The entry that stands at a position of the larger shape."""
    own = position[len(position) - len(operand.shape) :]
    return operand[[0 if size == 1 else k for size, k in zip(operand.shape, own, strict=True)]]


def total(numbers: Iterable[Number], zero: Number) -> Number:
    return reduce(add, numbers, zero)


def reduced(operand: Array, axes: Sequence[int], keepdims: bool, fold: Callable[[list[Number]], Number]) -> Array:
    """The entries along some axes folded into one."""
    kept = [k for k in range(len(operand.shape)) if k not in axes]
    groups: dict[Position, list[Number]] = {}
    for position, entry in zip(positions(operand.shape), operand.entries, strict=True):
        groups.setdefault(tuple(position[k] for k in kept), []).append(entry)
    shape = tuple(operand.shape[k] for k in kept)
    if keepdims:
        shape = tuple(1 if k in axes else size for k, size in enumerate(operand.shape))
    return Array(shape, tuple(fold(group) for group in groups.values()))


def transposed(operand: Array, permutation: Sequence[int]) -> Array:
    """Axis k of the result is axis ``permutation[k]`` of the operand."""
    back = [permutation.index(k) for k in range(len(permutation))]
    shape = tuple(operand.shape[k] for k in permutation)
    return build(shape, lambda at: operand[[at[k] for k in back]])


def matmul(left: Array, right: Array, zero: Number) -> Array:
    """NumPy's ``@``: vectors are rows on the left and columns on the right, leading axes are broadcast."""
    a = left if len(left.shape) > 1 else Array((1, *left.shape), left.entries)
    b = right if len(right.shape) > 1 else Array((*right.shape, 1), right.entries)
    inner, rank = a.shape[-1], max(len(a.shape), len(b.shape)) - 2
    leads = [(1,) * (rank + 2 - len(x.shape)) + x.shape[:-2] for x in (a, b)]
    lead = tuple(max(pair) for pair in zip(*leads, strict=True))

    def entry(at: Position) -> Number:
        first, second = at[:-1], at[-1]
        pairs = (((*first, k), (*at[:-2], k, second)) for k in range(inner))
        return total((broadcast_entry(a, row) * broadcast_entry(b, column) for row, column in pairs), zero)

    full = build((*lead, a.shape[-2], b.shape[-1]), entry)
    shape = (*lead, *(a.shape[-2:-1] if len(left.shape) > 1 else ()), *(b.shape[-1:] if len(right.shape) > 1 else ()))
    return Array(shape, full.entries)


def kron(left: Array, right: Array) -> Array:
    """NumPy's Kronecker product; of arrays of unlike rank the smaller one gets leading axes of size one."""
    rank = max(len(left.shape), len(right.shape))
    a = Array((1,) * (rank - len(left.shape)) + left.shape, left.entries)
    b = Array((1,) * (rank - len(right.shape)) + right.shape, right.entries)
    shape = tuple(x * y for x, y in zip(a.shape, b.shape, strict=True))

    def entry(at: Position) -> Number:
        parts = [divmod(k, size) for k, size in zip(at, b.shape, strict=True)]
        return a[[outer for outer, _ in parts]] * b[[inner for _, inner in parts]]

    return build(shape, entry)
