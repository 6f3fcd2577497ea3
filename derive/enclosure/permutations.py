"""Reduction: an inequality that permutations of a dimension leave as it is needs one order of the coordinates.

An expression in which no position along a dimension is named (no fixed entry, no index symbol, no literal array, no
``vec`` or ``kron`` along it) commutes with every permutation of that dimension, done to all axes of this dimension at
once: ``G(P v) = P G(v) P^T``. Then G(v) is nonnegative or positive definite just if G(P v) is. So of all cases that are
permutations of one another one suffices; and where a permutation leaves a case as it is, one order of the coordinates
that it permutes suffices.

Each coordinate has a label: its entries in the symbols that stand at a vertex, and whether it is the largest. Cases
with the same labels up to order are permutations of one another, and the coordinates of one label are interchangeable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from derive.instances.patterns import symbols
from derive.language.arrays import BlockDiag, Kron, Literal, Vec
from derive.language.black_box import BlackBox
from derive.language.dimensions import Dimension
from derive.language.symbols import Symbol
from derive.language.tensor import Index, IndexSymbol, Tensor

NAME = "permutations of {}: one order of the coordinates for each kind of case"

Label = tuple[Fraction | bool, ...]


def interchangeable(expressions: Sequence[Tensor], dimension: Dimension) -> bool:
    """Do all expressions commute with permutations of the dimension?"""
    found = symbols(*expressions).values()
    alien = {axis for s in found for axis in s.shape if axis != dimension and axis.names & dimension.names}
    nodes = (node for expression in expressions for node in expression.walk())
    return not alien and not any(_names_a_position(node, dimension) for node in nodes)


def _names_a_position(node: Tensor, dimension: Dimension) -> bool:
    match node:
        case BlackBox():
            return True
        case IndexSymbol(dimension=axis):
            return axis == dimension
        case Literal(shape=shape):
            return dimension in shape
        case Vec(operand=operand) | BlockDiag(operand=operand):
            return _along(operand.shape, dimension)
        case Kron(left=left, right=right):
            return _along(left.shape + right.shape, dimension)
        case Index(operand=operand, items=items):
            axes = iter(operand.shape)
            places = [(item, next(axes)) for item in items if not (isinstance(item, str) and item == "None")]
            return any(isinstance(item, int) and axis == dimension for item, axis in places)
    return False


def _along(shape: Iterable[Dimension], dimension: Dimension) -> bool:
    return any(axis == dimension or axis.names & dimension.names for axis in shape)


def representative(labels: Sequence[Label]) -> bool:
    """Is this the case that stands for all its permutations: are its labels in order?"""
    return list(labels) == sorted(labels, reverse=True)


def chain(labels: Sequence[Label]) -> tuple[tuple[int, int], ...]:
    """Neighbours of the same label: the pairs (i, i + 1) whose order may be chosen."""
    return tuple((i, i + 1) for i in range(len(labels) - 1) if labels[i] == labels[i + 1])


def ordered_symbol(candidates: Iterable[Symbol], dimension: Dimension) -> str:
    """The symbol whose coordinates are put in order: the first vector along the dimension; empty where none is."""
    return next((s.name for s in candidates if s.shape == (dimension,)), "")
