"""The terms of two sums over the same sizes: of one sum, and of sums in sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.cone.entries import entry_at, is_positive
from derive.language.dimensions import Dimension
from derive.language.entries import fresh_indices
from derive.language.rebuild import at_positions
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Size,
    Sum,
    Tensor,
)

MOST_SUMS = 3
"""In one another."""

Terms = tuple[Tensor, Tensor, tuple[IndexSymbol, ...]]
"""The terms of both sides, and the indices over which they are added up."""


def of_sums(
    small: Tensor, large: Tensor, free: tuple[IndexSymbol, ...], named: tuple[IndexSymbol, ...] = ()
) -> Iterator[Terms]:
    """The terms of one sum of both sides, and those of sums in sums; indices are none of those free or ``named``."""
    taken = (*free, *named)
    outer = list(_of_one_sum(small, large, taken))
    yield from outer
    for first in outer[:1]:
        deepest = first
        while len(deepest[2]) < MOST_SUMS:
            inner = next(_of_one_sum(*deepest[:2], (*taken, *deepest[2])), None)
            if inner is None:
                break
            deepest = (*inner[:2], (*deepest[2], *inner[2]))
        if deepest is not first:
            yield deepest


def unlike(expression: Tensor, sizes: Sequence[Dimension], taken: Sequence[IndexSymbol]) -> tuple[IndexSymbol, ...]:
    """Index symbols over the sizes whose names neither the expression nor those taken have."""
    names = {index.name for index in taken}
    found: list[IndexSymbol] = []
    for size in sizes:
        fresh = fresh_indices(expression, [size] * (len(names) + 1))
        found.append(next(index for index in fresh if index.name not in names))
        names.add(found[-1].name)
    return tuple(found)


def _of_one_sum(small: Tensor, large: Tensor, taken: tuple[IndexSymbol, ...]) -> Iterator[Terms]:
    """The terms over each of the sizes, in an index that is none of those taken."""
    for size in dict.fromkeys([*_summed_sizes(small), *_summed_sizes(large)]):
        (index,) = unlike(Add.of(small, large), [size], taken)
        terms = _terms(small, large, index)
        if terms is not None:
            yield (*terms, (index,))


def _summed_sizes(node: Tensor) -> Iterator[Dimension]:
    """The sizes over which the expression adds up."""
    for part in node.walk():
        match part:
            case IndexSum(index=index):
                yield index.dimension
            case MatMul(left=left) if not part.shape:
                yield left.shape[-1]
            case Sum(operand=operand, shape=()) if operand.ndim == 1:
                yield operand.shape[0]


def _terms(small: Tensor, large: Tensor, index: IndexSymbol) -> tuple[Tensor, Tensor] | None:
    """The terms of both sides in a sum over the index; an absolute value of a sum is at most that of its terms."""
    above = _term(large, index)
    inside = small.arguments[0] if isinstance(small, Apply) and small.function == "abs" else small
    below = _term(inside, index)
    if above is None or below is None:
        return None
    return (below if inside is small else Apply.of("abs", below)), above


def _term(node: Tensor, index: IndexSymbol) -> Tensor | None:
    """``x_r`` where the scalar is the sum over r of ``x_r``; None where it is no such sum."""
    match node:
        case Apply(function="abs", arguments=(operand,)) if (term := _term(operand, index)) is not None:
            return term if is_positive(term) else None
        case Size(dimension=size) if size == index.dimension:
            return Number(Fraction(1))
        case Number(value=value):  # shared out evenly
            return Divide.of(node, Size(index.dimension)) if value else node
        case IndexSum(operand=operand, index=own) if own.dimension == index.dimension:
            return at_positions(operand, {own.name: index})
        case MatMul(left=left, right=right) if not node.shape and left.shape[-1] == index.dimension:
            return Multiply.of(entry_at(left, [index]), entry_at(right, [index]))
        case Sum(operand=operand) if operand.ndim == 1 and operand.shape[0] == index.dimension:
            return entry_at(operand, [index])
        case Negative(operand=operand):
            return None if (term := _term(operand, index)) is None else Negative.of(term)
        case Add(left=left, right=right):
            terms = _term(left, index), _term(right, index)
            return None if terms[0] is None or terms[1] is None else Add.of(terms[0], terms[1])
        case Divide(left=left, right=right):
            return None if (term := _term(left, index)) is None else Divide.of(term, right)
        case Multiply(left=left, right=right):
            return _term_of_product(left, right, index)
    return None


def _term_of_product(left: Tensor, right: Tensor, index: IndexSymbol) -> Tensor | None:
    """Of a sum times what is no sum over the same size."""
    first, second = (None if isinstance(side, (Size, Number)) else _term(side, index) for side in (left, right))
    match first, second:
        case None, Tensor():
            return Multiply.of(left, second)
        case Tensor(), None:
            return Multiply.of(first, right)
    return None
