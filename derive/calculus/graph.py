"""One monomial as a graph of arrays, reduced by Hadamard and matrix products until only free labels are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from derive.calculus.form import Head, Label, Number, dummies
from derive.language.arrays import Diag, Eye, Outer, diag, ones, outer, trace
from derive.language.dimensions import Dimension
from derive.language.plain import identity
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    MatMul,
    Multiply,
    Negative,
    Number as NumberNode,
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)


class NoMatrixForm(Exception):
    """The form has no expression in matrix notation."""


@dataclass(frozen=True)
class Edge:
    """An array with a label on each of its axes."""

    labels: tuple[Label, ...]
    array: Tensor


class Graph:
    """The edges of one monomial, reduced until only free labels are left."""

    def __init__(self, edges: Sequence[Edge], dims: Mapping[Label, Dimension]) -> None:
        self.scalars = [e.array for e in edges if not e.labels]
        self.edges = [e for e in edges if e.labels]
        self.dims = dims

    def array(self, labels: Sequence[Label]) -> Tensor:
        """The product as an array with the given labels on its axes, in order."""
        self.join()
        while names := dummies([(Head("symbol"), e.labels, 1) for e in self.edges]):
            degrees = {name: sum(name in e.labels for e in self.edges) for name in names}
            turned = {name: sum(len(e.labels) == 2 and e.labels[0] == name for e in self.edges) for name in names}
            chosen = min(names, key=lambda name: (degrees[name], turned[name], -name))
            self.eliminate(chosen)
            self.join()
        result = self.assembled(labels)
        for scalar in reversed(_as_powers(self.scalars)):
            result = Multiply.of(scalar, result) if result is not None else scalar
        if result is None:
            return NumberNode(Fraction(1))
        return result

    def join(self) -> None:
        """Diagonals of arrays with a label twice; Hadamard products of arrays on the same labels."""
        joined: dict[frozenset[Label], Edge] = {}
        for edge in self.edges:
            if len(edge.labels) > 2:
                raise NoMatrixForm("an array of more than two axes")
            if len(edge.labels) == 2 and edge.labels[0] == edge.labels[1]:
                edge = Edge(edge.labels[:1], diag(edge.array))
            key = frozenset(edge.labels)
            known = joined.get(key)
            if known is None:
                joined[key] = edge
            else:
                array = edge.array if edge.labels == known.labels else turned(edge.array)
                joined[key] = Edge(known.labels, _hadamard(known.array, array))
        self.edges = list(joined.values())

    def eliminate(self, name: int) -> None:
        here = [e for e in self.edges if name in e.labels]
        rest = [e for e in self.edges if name not in e.labels]
        vectors = [e for e in here if len(e.labels) == 1]
        matrices = [e for e in here if len(e.labels) == 2]
        if len(matrices) > 2:
            raise NoMatrixForm("three matrices meet at one index")
        if not matrices:
            self.scalars.append(_summed(vectors[0].array))
            self.edges = rest
            return
        left = _oriented(matrices[0], name, last=True)
        if len(matrices) == 1:
            array = MatMul.of(left.array, vectors[0].array) if vectors else Sum.of(left.array, 1)
            self.edges = [*rest, Edge(left.labels[:1], array)]
            return
        right = _oriented(matrices[1], name, last=False)
        product = MatMul.of(left.array, diag(vectors[0].array)) if vectors else left.array
        self.edges = [*rest, Edge((left.labels[0], right.labels[1]), MatMul.of(product, right.array))]

    def assembled(self, labels: Sequence[Label]) -> Tensor | None:
        vectors = {e.labels[0]: e.array for e in self.edges if len(e.labels) == 1}
        matrices = [e for e in self.edges if len(e.labels) == 2]
        if not labels:
            return None
        if len(labels) == 1:
            return vectors.get(labels[0], ones(Size(self.dims[labels[0]])))
        if not matrices:
            row, column = (vectors.get(x, ones(Size(self.dims[x]))) for x in labels)
            return outer(row, column)
        matrix = matrices[0]
        array = matrix.array if matrix.labels == tuple(labels) else turned(matrix.array)
        if isinstance(array, Eye):
            present = [vectors[x] for x in labels if x in vectors]
            return diag(present[0] if len(present) == 1 else Multiply.of(*present)) if present else array
        if labels[0] in vectors:
            array = MatMul.of(diag(vectors[labels[0]]), array)
        return MatMul.of(array, diag(vectors[labels[1]])) if labels[1] in vectors else array


def _as_powers(scalars: Sequence[Tensor]) -> list[Tensor]:
    """Equal scalars as powers of one."""
    counts = Counter(identity(scalar) for scalar in scalars)
    first = {identity(scalar): scalar for scalar in reversed(scalars)}
    return [powered(first[text], count) for text, count in counts.items()]


def _hadamard(left: Tensor, right: Tensor) -> Tensor:
    """The entrywise product, reciprocals as quotients."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Divide) and isinstance(one.left, NumberNode) and one.left.value == 1:
            return Divide.of(other, one.right)
    return Multiply.of(left, right)


def _oriented(edge: Edge, name: Label, last: bool) -> Edge:
    """The matrix with ``name`` on its last or its first axis."""
    if (edge.labels[1] == name) == last:
        return edge
    return Edge((edge.labels[1], edge.labels[0]), turned(edge.array))


def turned(array: Tensor) -> Tensor:
    if isinstance(array, MatMul) and array.ndim == 2:
        return MatMul.of(turned(array.right), turned(array.left))

    if isinstance(array, (Eye, Diag)):
        return array
    if isinstance(array, Outer):
        return outer(array.right, array.left)
    if isinstance(array, Multiply):
        return (
            Multiply.of(turned(array.left), turned(array.right))
            if array.left.ndim == array.right.ndim == 2
            else array.T
        )
    return Transpose.of(array, (1, 0))


def _summed(vector: Tensor) -> Tensor:
    """``v.sum()``; of a Hadamard product the inner product, of a diagonal the trace."""

    if isinstance(vector, Multiply) and vector.left.ndim == vector.right.ndim == 1:
        return MatMul.of(vector.left, vector.right)
    if isinstance(vector, Diag) and vector.operand.ndim == 2:
        return trace(vector.operand)
    if isinstance(vector, Power) and isinstance(vector.exponent, NumberNode) and vector.exponent.value == 2:
        return MatMul.of(vector.base, vector.base)
    return Sum.of(vector)


def powered(array: Tensor, exponent: Number) -> Tensor:
    if exponent == 1:
        return array
    if exponent < 0:
        return Divide.of(NumberNode(Fraction(1)), powered(array, -exponent))
    if Fraction(exponent) == Fraction(1, 2):
        return Apply.of("sqrt", array)
    return Power.of(array, NumberNode(Fraction(exponent)))


def scaled(array: Tensor, c: Number) -> Tensor:
    """``c * array`` as one writes it: signs and denominators outside."""
    if c < 0:
        return Negative.of(scaled(array, -c))
    value = Fraction(c)
    if isinstance(array, NumberNode) and array.value == 1:
        return NumberNode(value)
    result = array if value.numerator == 1 else Multiply.of(NumberNode(Fraction(value.numerator)), array)
    return result if value.denominator == 1 else Divide.of(result, NumberNode(Fraction(value.denominator)))


def total(parts: Sequence[Tensor]) -> Tensor:
    """The sum of the parts in order."""
    return reduce(Add.of, parts)
