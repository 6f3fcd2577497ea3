"""What a bound is written in: sizes, scalar symbols, and norms that the statement or a hypothesis names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256

import numpy as np
import sympy as sp

from derive.bounds.closed_form import substituted
from derive.bounds.counts import COUNTS, counted
from derive.bounds.norm_names import canonical, inner
from derive.bounds.order import at_most
from derive.bounds.value import CLOSED, Value, largest, smallest
from derive.language.arrays import Norm, Spectral
from derive.language.derivatives import Definition
from derive.language.dimensions import Dimension, Shape
from derive.language.latex import latex
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Constant,
    Divide,
    Extremum,
    Index,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Sum,
    Tensor,
)

SAMPLES = 5
SIZES = (2.0, 3.0, 10.0, 100.0, 2.0)
SCALARS = (1.0, 2.0, 0.5, 4.0, 0.01)
RELATIVE = {"sigma_min": 0.5, "inf": 1.0, "rows": 1.3, "op": 1.7, "2": 1.6, "fro": 2.1, "1": 3.0}
"""Norms of one array at the sample points, in the order that they always have."""


@dataclass
class Parameters:
    """The parameters met so far: one SymPy symbol each, with its LaTeX and its sample values.

    ``positive`` and ``nonnegative`` are names of scalars, and keys of norms, that the hypotheses give a sign; ``least``
    are numbers below which scalars do not lie, so that no sample does; ``given`` are the hypotheses themselves.
    ``relations``: ``small <= large`` (or ``<``).
    """

    positive: frozenset[str] = frozenset()
    nonnegative: frozenset[str] = frozenset()
    least: Mapping[str, Fraction] = field(default_factory=dict)
    given: Sequence[Relation] = ()
    relations: list[tuple[sp.Expr, sp.Expr, bool]] = field(default_factory=list)
    symbols: dict[str, Value] = field(default_factory=dict)
    tex: dict[sp.Symbol, str] = field(default_factory=dict)
    nodes: dict[sp.Symbol, Tensor] = field(default_factory=dict)
    texts: dict[Tensor, tuple[str, str]] = field(default_factory=dict)
    sizes: dict[Dimension, Value] = field(default_factory=dict)

    def text(self, node: Tensor) -> str:
        """The expression as text that no other has, printed once."""
        return self._texts(node)[0]

    def norm_key(self, order: str, operand: Tensor) -> str:
        """The name of a norm as a parameter, printed once."""
        return f"{order}:{self._texts(operand)[1]}"

    def _texts(self, node: Tensor) -> tuple[str, str]:
        if node not in self.texts:
            self.texts[node] = identity(node), identity(substituted(inner(node)))
        return self.texts[node]

    def number(self, value: Fraction | int) -> Value:
        value = Fraction(value)
        return Value.of(sp.Rational(value.numerator, value.denominator), np.full(SAMPLES, float(value)))

    def constant(self, value: sp.Expr) -> Value:
        """A real constant of SymPy."""
        return Value.of(value, np.full(SAMPLES, float(value)))

    def _parameter(self, key: str, node: Tensor, samples: tuple[float, ...], **assumptions: bool) -> Value:
        if key not in self.symbols:
            symbol = sp.Symbol(key, real=True, **assumptions)
            self.symbols[key] = Value.of(symbol, np.array(samples))
            self.tex[symbol] = latex(node)
            self.nodes[symbol] = node
        return self.symbols[key]

    def size(self, dimension: Dimension) -> Value:
        """A size as a number, told once."""
        if dimension not in self.sizes:
            self.sizes[dimension] = self._size(dimension)
        return self.sizes[dimension]

    def _size(self, dimension: Dimension) -> Value:
        total = self.number(0)
        for names, coefficient in dimension.terms:
            term = self.number(coefficient)
            for name in names:
                node = Size(Dimension.symbol(name))
                term = term * self._parameter(name, node, SIZES, positive=True, integer=True)
            total = total + term
        return total

    def entries(self, shape: Shape) -> Value:
        """The number of entries of an array."""
        total = self.number(1)
        for axis in shape:
            total = total * self.size(axis)
        return total

    def norm(self, order: str, operand: Tensor, node: Tensor) -> Value:
        """A norm taken as a parameter."""
        scale = 1 + sha256(identity(operand).encode()).digest()[0] / 512
        samples = tuple(scale * RELATIVE[order] * sample for sample in SCALARS)
        key = self.norm_key(order, operand)
        sign = "positive" if key in self.positive else "nonnegative"
        return self._parameter(key, node, samples, **{sign: True})

    def _count(self, node: Tensor) -> Value | None:
        """A number of rows or of entries, which is no more than there are."""
        most = counted(node)
        if most is None:
            return None
        found = self._parameter(identity(node), node, COUNTS, nonnegative=True)
        known = [(found.expression, self.size(size).expression, False) for size in most]
        self.relations.extend(relation for relation in known if relation not in self.relations)
        return found

    def index_free(self, value: Value) -> bool:
        """Is no parameter in ``value`` tied to a position?"""
        nodes = (self.nodes[symbol] for symbol in value.expression.free_symbols)
        return not any(isinstance(leaf, IndexSymbol) for node in nodes for leaf in node.walk())

    def depends(self, value: Value, index: IndexSymbol) -> bool:
        """Does a parameter in ``value`` differ from one position of ``index`` to another?"""
        nodes = (self.nodes[symbol] for symbol in value.expression.free_symbols)
        return any(isinstance(leaf, IndexSymbol) and leaf.name == index.name for node in nodes for leaf in node.walk())

    def scalar(self, node: Tensor) -> Value | None:
        """A scalar expression in closed form; None where it is not one in sizes, scalar symbols and norms."""
        match node:
            case Number(value=value):
                return self.number(value)
            case Constant(name=name):
                constant = sp.pi if name == "pi" else sp.E
                return Value.of(constant, np.full(SAMPLES, float(constant)))
            case Size(dimension=size):
                return self.size(size)
            case Symbol(shape=()):
                return self._symbol(node)
            case Definition(shape=()):
                found = self.scalar(node.operand)
                return self._taken(node) if found is None and self._signs(identity(node)) else found
            case Negative(operand=operand, shape=()):
                negated = self.scalar(operand)
                return None if negated is None else -negated
            case Add(shape=()) | Multiply(shape=()) | Divide(shape=()):
                return self._binary(node)
            case Power(shape=()):
                return self._power(node)
            case Apply(shape=(), function="abs", arguments=(Add() as difference,)):
                return self.norm("inf", difference, node)
            case Apply(shape=(), function="minimum" | "maximum" as function, arguments=(first, second)):
                return self._extremum(function, first, second)
            case Apply(shape=(), function=function, arguments=(argument,)):
                return self._applied(function, argument)
            case Norm(operand=operand, order=order):
                return self.norm(canonical(order, operand.ndim), operand, node)
            case MatMul(left=left, right=right, shape=()) if left.ndim == 1 and identity(left) == identity(right):
                return self.norm("2", left, Norm(left, "2")).power(Fraction(2))
            case Sum(operand=Power(base=base, exponent=Number(value=k)), shape=()) if k == 2 and base.ndim in (1, 2):
                order = canonical("fro", base.ndim)
                return self.norm(order, base, Norm(base, order)).power(Fraction(2))
            case Sum(operand=Apply(function="abs", arguments=(argument,)), shape=()):
                return self.norm("1", argument, node)
            case Extremum(kind="max", operand=Apply(function="abs", arguments=(argument,)), shape=()):
                return self.norm("inf", argument, node)
            case Spectral(kind="opnorm" | "sigma_min" as kind, operand=operand):
                return self.norm("op" if kind == "opnorm" else kind, operand, node)
            case Spectral() | Index(shape=()) | Extremum(shape=()):
                return self._taken(node)
        return self._count(node)

    def _taken(self, node: Tensor) -> Value:
        """A scalar as a parameter."""
        return self._parameter(identity(node), node, SCALARS, **self._signs(identity(node)))

    def _signs(self, key: str, properties: frozenset[str] = frozenset()) -> dict[str, bool]:
        """What the hypotheses, or the properties that it is declared with, say of the sign of a parameter."""
        stated = (("positive", self.positive), ("nonnegative", self.nonnegative))
        return {sign: True for sign, names in stated if sign in properties or key in names}

    def _symbol(self, node: Symbol) -> Value:
        signs = self._signs(node.name, node.properties)
        samples = tuple(max(sample, float(self.least.get(node.name, sample))) for sample in SCALARS)
        return self._parameter(node.name, node, samples, **signs)

    def nonnegative_there(self, value: Value) -> bool:
        """Is the value certainly at least zero where the hypotheses hold?"""
        somewhere = bool((value.samples >= 0).any())
        return value.nonnegative or (somewhere and at_most(sp.S.Zero, value.expression, self.relations))

    def positive_there(self, value: Value) -> bool:
        """Is the value certainly more than zero where the hypotheses hold, by its form or as one of them says?"""
        gaps = [large - small for small, large, strict in self.relations if strict]
        return value.positive or all(
            part.is_positive or any(sp.expand(part - gap).is_nonnegative for gap in gaps)
            for part in sp.fraction(value.expression)
        )

    def _binary(self, node: Add | Multiply | Divide) -> Value | None:
        left, right = self.scalar(node.left), self.scalar(node.right)
        if left is None or right is None:
            return None
        if isinstance(node, Add):
            return left + right
        return left * right if isinstance(node, Multiply) else left / right

    def _power(self, node: Power) -> Value | None:
        left, right = self.scalar(node.base), self.scalar(node.exponent)
        if left is None or right is None:
            return None
        if isinstance(node.exponent, Number):
            return left.power(node.exponent.value)
        return Value.of(left.expression**right.expression, left.samples**right.samples)

    def _extremum(self, function: str, first: Tensor, second: Tensor) -> Value | None:
        left, right = self.scalar(first), self.scalar(second)
        if left is None or right is None:
            return None
        return smallest(left, right) if function == "minimum" else largest(left, right)

    def _applied(self, function: str, argument: Tensor) -> Value | None:
        value = self.scalar(argument)
        if value is None and function == "abs":
            return self.norm("inf", argument, Apply.of("abs", argument))
        if value is None or function not in CLOSED:
            return None
        return value.apply(CLOSED[function])
