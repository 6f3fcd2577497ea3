"""The degree of an expression, as a linear form in the weights of its symbols.

The rules are those of dimensional analysis: terms of a sum have one degree, what stands under an exponential has none,
a derivative has that of the function less that of the variable. They say nothing of what cancels, so that an expression
may be homogeneous in more ways than are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from derive.language.arrays import (
    BlockDiag,
    Determinant,
    Diag,
    Full,
    Inverse,
    Kron,
    Literal,
    Norm,
    Outer,
    Spectral,
    Trace,
    Vec,
)
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Extremum,
    Index,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Sum,
    Tensor,
    Transpose,
)
from derive.lint.scaling.weights import Weights, plus, times

LINEAR = (
    Definition,
    Negative,
    Sum,
    IndexSum,
    Transpose,
    Index,
    Vec,
    Diag,
    BlockDiag,
    Trace,
    Norm,
    Spectral,
    Extremum,
    Full,
)
"""Nodes of the degree of their first operand."""

PRODUCTS = (Multiply, MatMul, Kron, Outer)

POWERS = {"abs": Fraction(1), "relu": Fraction(1), "square": Fraction(2), "sqrt": Fraction(1, 2)}
"""Functions with ``f(t*z) = t**k * f(z)`` for t > 0, and k."""

STEPS = frozenset({"sign", "heaviside"})
"""Functions with ``f(t*z) = f(z)`` for t > 0."""

Degree = Weights | None
"""None is the degree of zero, which has every degree."""


@dataclass
class Degrees:
    """The degrees of expressions under one scaling of their symbols.

    Attributes:
        vanish: the linear forms that must vanish for the degrees to be right.
        bound: the degrees of symbols for which something is substituted.
    """

    vanish: list[Weights] = field(default_factory=list)
    bound: Mapping[str, Weights] = field(default_factory=dict)
    _known: dict[Tensor, Degree] = field(default_factory=dict)

    def relation(self, relation: Relation) -> None:
        """Keep the relation as it is: both sides get one degree."""
        self._same(self.of(relation.left), self.of(relation.right))

    def of(self, node: Tensor) -> Degree:
        """The degree of an expression."""
        if node not in self._known:
            self._known[node] = self._degree(node)
        return self._known[node]

    def _degree(self, node: Tensor) -> Degree:  # one line a node
        match node:
            case Symbol(name=name):
                return self._symbol(node) if name not in self.bound else self.bound[name]
            case Number(value=value):
                return {} if value else None
            case Literal(entries=entries):
                return {} if any(entries) else None
            case Add(left=left, right=right):
                return self._same(self.of(left), self.of(right))
            case Divide(left=left, right=right):
                return _total(self.of(left), _power(self.of(right), Fraction(-1)))
            case Power(base=base, exponent=Number(value=exponent)):
                return _power(self.of(base), exponent)
            case Inverse(operand=operand):
                return _power(self.of(operand), Fraction(-1))
            case Determinant(operand=operand) if operand.shape[0].value is not None:
                return _power(self.of(operand), Fraction(operand.shape[0].value))
            case Derivative(operand=operand, variables=variables):
                return self._over(self.of(operand), *map(self.of, variables))
            case Directional(operand=operand, variable=variable, direction=direction):
                return _total(self._over(self.of(operand), self.of(variable)), self.of(direction))
            case Substitution(operand=operand, symbol=symbol, value=value):
                return self._substituted(operand, symbol.name, self.of(value))
            case Apply(function=function, arguments=arguments):
                return self._applied(function, arguments)
        if isinstance(node, LINEAR):
            return self.of(node.children()[0])
        if isinstance(node, PRODUCTS):
            return _total(self.of(node.left), self.of(node.right))
        return self._constant(*node.children())

    def _symbol(self, symbol: Symbol) -> Weights:
        degree = {symbol.name: Fraction(1)}
        if symbol.properties & {"orthogonal", "integer"}:  # such a symbol cannot be scaled
            self.vanish.append(degree)
        return degree

    def _same(self, *degrees: Degree) -> Degree:
        known = [degree for degree in degrees if degree is not None]
        self.vanish.extend(plus(known[0], other, Fraction(-1)) for other in known[1:])
        return known[0] if known else None

    def _constant(self, *nodes: Tensor) -> Degree:
        """The degree of what has none unless its operands have none."""
        self.vanish.extend(degree for node in nodes if (degree := self.of(node)))
        return {}

    def _applied(self, function: str, arguments: tuple[Tensor, ...]) -> Degree:
        if function in POWERS:
            return _power(self.of(arguments[0]), POWERS[function])
        if function in STEPS:
            self.of(arguments[0])
            return {}
        if function in ("maximum", "minimum"):
            return self._same(*map(self.of, arguments))
        return self._constant(*arguments)

    def _over(self, degree: Degree, *variables: Degree) -> Degree:
        """The degree of a derivative."""
        for variable in variables:
            degree = _total(degree, _power(variable, Fraction(-1)))
        return degree

    def _substituted(self, operand: Tensor, name: str, value: Degree) -> Degree:
        inner = Degrees(self.vanish, {**self.bound, name: value or {}})
        return inner.of(operand)


def _total(left: Degree, right: Degree) -> Degree:
    return None if left is None or right is None else plus(left, right)


def _power(degree: Degree, exponent: Fraction) -> Degree:
    return None if degree is None else times(degree, exponent)
