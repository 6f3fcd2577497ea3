"""Vectors in a claim about any function: combinations of points and gradients, and numbers made of them.

The zero of the gradient is taken for the origin, since the classes of functions do not change when they are moved. So
what a claim measures may depend on differences of points alone, which is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from derive.bounds.rules.softmax import unnamed
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.abstract import AbstractValue
from derive.language.arrays import Full, Norm
from derive.language.derivatives import Derivative, Substitution
from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Divide, MatMul, Multiply, Negative, Number, Power, Sum, Tensor

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))

Vector = Mapping[str, Tensor]
"""The coefficients, scalars, of basis vectors by name; ``@x`` is the place of the symbol x, ``g0`` a gradient."""


class Unread(Exception):
    """An expression that is no combination of points and gradients, or depends on where the origin is."""


@dataclass
class Interpolated:
    """A point at which values are known: the vector, and the names of the gradient and of the value there."""

    place: Vector
    gradient: Vector
    value: Symbol


@dataclass
class Reading:
    """Expressions in points and gradients, read as numbers; ``zero`` is the symbol where the gradient vanishes."""

    zero: str
    points: dict[str, Interpolated] = field(default_factory=dict)
    products: dict[str, Symbol] = field(default_factory=dict)

    def vector(self, node: Tensor, at: Mapping[str, Vector]) -> Vector:
        """The combination that a vector is; ``at`` has the vectors that stand for symbols.

        Raises:
            Unread: it is none.
        """
        node = unnamed(node)
        match node:
            case Symbol(name=name, shape=(_,)):
                return at.get(name, {f"@{name}": ONE})
            case Add(left=left, right=right):
                return added(self.vector(left, at), self.vector(right, at))
            case Negative(operand=operand):
                return scaled(Number(Fraction(-1)), self.vector(operand, at))
            case Multiply(left=left, right=right) if not left.ndim or not right.ndim:
                factor, array = (right, left) if left.ndim else (left, right)
                return scaled(self.number(factor, at), self.vector(array, at))
            case Divide(left=left, right=right) if not right.ndim:
                return scaled(ONE / self.number(right, at), self.vector(left, at))
            case Substitution(operand=operand, symbol=symbol, value=value):
                return self.vector(operand, {**at, symbol.name: self.vector(value, at)})
            case Derivative(operand=operand, variables=(variable,)):
                return self._gradient(operand, variable, at)
            case Full(value=Number(value=value)) if not value:
                return {}
        raise Unread(identity(node))

    def _gradient(self, operand: Tensor, variable: Tensor, at: Mapping[str, Vector]) -> Vector:
        value = unnamed(operand)
        if not isinstance(value, AbstractValue) or identity(value.arguments[0]) != identity(variable):
            raise Unread(identity(operand))
        return self.point(self.vector(variable, at)).gradient

    def point(self, place: Vector) -> Interpolated:
        """The point, which has a gradient and a value from now on."""
        place = {name: c for name, c in place.items() if name != f"@{self.zero}"}
        key = " + ".join(f"{identity(place[name])}*{name}" for name in sorted(place))
        if key not in self.points:
            number = len(self.points)
            gradient: Vector = {f"g{number}": ONE} if place else {}
            self.points[key] = Interpolated(place, gradient, Symbol(f"value_{number}", ()))
        return self.points[key]

    def number(self, node: Tensor, at: Mapping[str, Vector]) -> Tensor:
        """A scalar with symbols for inner products and values of the function.

        Raises:
            Unread: it depends on points in another way.
        """
        node = unnamed(node)
        match node:
            case AbstractValue(arguments=(argument,)):
                return self.point(self.vector(argument, at)).value
            case Substitution(operand=operand, symbol=symbol, value=value) if symbol.ndim == 1:
                return self.number(operand, {**at, symbol.name: self.vector(value, at)})
            case Power(base=base, exponent=Number(value=k)) if k == 2 and isinstance(unnamed(base), Norm):
                return self._square(unnamed(base), at)
            case MatMul(left=left, right=right) if left.ndim == right.ndim == 1:
                return self.product(self._moved(left, at), self._moved(right, at))
            case Sum(operand=Multiply(left=left, right=right), shape=()) if left.ndim == right.ndim == 1:
                return self.product(self._moved(left, at), self._moved(right, at))
            case Sum(operand=Power(base=base, exponent=Number(value=k)), shape=()) if k == 2 and base.ndim == 1:
                return self.product(self._moved(base, at), self._moved(base, at))
        if node.ndim or isinstance(node, (Norm, Derivative)):
            raise Unread(identity(node))
        below = list(node.children())
        return with_operands(node, [self.number(child, at) for child in below]) if below else node

    def _square(self, node: Tensor, at: Mapping[str, Vector]) -> Tensor:
        if not isinstance(node, Norm) or node.order != "2":
            raise Unread(identity(node))
        vector = self._moved(node.operand, at)
        return self.product(vector, vector)

    def _moved(self, node: Tensor, at: Mapping[str, Vector]) -> Vector:
        """A vector that does not depend on where the origin is.

        Raises:
            Unread: it does.
        """
        vector = self.vector(node, at)
        places = [c for name, c in vector.items() if name.startswith("@")]
        if places and not is_zero(total(places)):
            raise Unread(identity(node))
        return {name: c for name, c in vector.items() if name != f"@{self.zero}"}

    def product(self, left: Vector, right: Vector) -> Tensor:
        """The inner product, in symbols for those of the basis."""
        pairs = [(times(c, d), a, b) for a, c in left.items() for b, d in right.items()]
        terms = [times(factor, self.inner(a, b)) for factor, a, b in pairs if not is_nothing(factor)]
        return total(terms)

    def inner(self, first: str, second: str) -> Tensor:
        """The inner product of two basis vectors."""
        name = product_name(first, second)
        square = frozenset({"nonnegative"} if first == second else ())
        return self.products.setdefault(name, Symbol(name, (), square))


def product_name(first: str, second: str) -> str:
    """The name of the symbol for the inner product of two basis vectors."""
    one, other = sorted((first, second))
    return f"product_{one}_{other}".replace("@", "at_")


def added(left: Vector, right: Vector) -> Vector:
    found = dict(left)
    for name, c in right.items():
        found[name] = plus(found[name], c) if name in found else c
    return found


def scaled(factor: Tensor, vector: Vector) -> Vector:
    return {name: times(factor, c) for name, c in vector.items()}


def times(left: Tensor, right: Tensor) -> Tensor:
    """The product, carried out where it is one of numbers or by one."""
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value * right.value)
    for factor, other in ((left, right), (right, left)):
        if isinstance(factor, Number) and factor.value == 1:
            return other
    return left * right


def is_nothing(scalar: Tensor) -> bool:
    return isinstance(scalar, Number) and not scalar.value


def plus(left: Tensor, right: Tensor) -> Tensor:
    """The sum, carried out where it is one of numbers."""
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value + right.value)
    return left + right


def between(left: Vector, right: Vector) -> Vector:
    """The vector from the right point to the left one."""
    return added(left, scaled(Number(Fraction(-1)), right))


def total(terms: list[Tensor]) -> Tensor:
    found: Tensor = ZERO
    for term in terms:
        found = term if found is ZERO else found + term
    return found


def is_zero(scalar: Tensor) -> bool:
    try:
        return difference(scalar, ZERO).proved
    except Undecidable:
        return False
