"""Scalar expressions as quotients of polynomials, with exact rational coefficients, in the scalars they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import prod
from operator import add, mul

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from derive.language.derivatives import Definition
from derive.language.dimensions import Dimension
from derive.language.plain import identity
from derive.language.tensor import Add, Apply, Divide, Multiply, Negative, Number, Power, Size, Tensor

Polynomial = fmpq_mpoly

LARGEST_POWER = 6
"""Of an expression that is multiplied out."""


AT_ZERO = {"cosh": 1, "exp": 1, "sinh": 0}
"""Values of functions at 0."""


class TooLarge(ValueError):
    """The expression has a power that is not multiplied out."""


@dataclass(frozen=True)
class Quotient:
    """``numerator`` over the product of ``denominators``: of each, by its text, the polynomial and its power.

    Where the expression is defined no denominator is zero.
    """

    numerator: Polynomial
    denominators: Mapping[str, tuple[Polynomial, int]] = field(default_factory=dict)

    def __add__(self, other: Quotient) -> Quotient:
        common = _common(self.denominators, other.denominators)
        return Quotient(self._over(common) + other._over(common), common)

    def __mul__(self, other: Quotient) -> Quotient:
        found = dict(self.denominators)
        for text, (factor, power) in other.denominators.items():
            found[text] = (factor, power + found.get(text, (factor, 0))[1])
        return Quotient(self.numerator * other.numerator, found)

    def inverse(self) -> Quotient:
        """1 over it, which is defined where it is defined and not zero."""
        above = _product(self.denominators.values(), self.numerator**0)
        if self.numerator.is_constant():
            return Quotient(above / self.numerator.leading_coefficient())
        if len(self.numerator) > 1:
            return Quotient(above, {str(self.numerator): (self.numerator, 1)})
        ((exponents, coefficient),) = self.numerator.to_dict().items()
        atoms = zip(self.numerator.context().gens(), exponents, strict=True)
        return Quotient(above / coefficient, {str(atom): (atom, int(k)) for atom, k in atoms if k})

    def _over(self, common: Mapping[str, tuple[Polynomial, int]]) -> Polynomial:
        missing = [(f, power - self.denominators.get(text, (f, 0))[1]) for text, (f, power) in common.items()]
        return _product(missing, self.numerator)


def _common(
    left: Mapping[str, tuple[Polynomial, int]], right: Mapping[str, tuple[Polynomial, int]]
) -> dict[str, tuple[Polynomial, int]]:
    found = dict(left)
    for text, (factor, power) in right.items():
        found[text] = (factor, max(power, found.get(text, (factor, 0))[1]))
    return found


def _product(factors: Iterable[tuple[Polynomial, int]], start: Polynomial) -> Polynomial:
    return prod((factor**power for factor, power in factors), start=start)


class Ring:
    """The polynomials in the atoms of some scalar expressions: what they are made of by arithmetic.

    Attributes:
        atoms: the atoms, by a name each, in the order in which they occur: symbols, sizes, and whatever else is scalar.
    """

    def __init__(self, expressions: Iterable[Tensor]) -> None:
        self._names: dict[str, str] = {}
        self.atoms: dict[str, Tensor] = {}
        for expression in expressions:
            for atom in _atoms(expression):
                key = identity(atom)
                if key not in self._names:
                    self._names[key] = f"a{len(self._names)}"
                    self.atoms[self._names[key]] = atom
        self._context = fmpq_mpoly_ctx.get(list(self.atoms), Ordering.degrevlex)
        self._generators = dict(zip(self.atoms, self._context.gens(), strict=True))

    def constant(self, value: fmpq | int) -> Polynomial:
        return self._context.constant(value)

    def atom(self, name: str) -> Polynomial:
        return self._generators[name]

    def polynomial(self, expression: Tensor) -> Polynomial | None:
        """The expression as a polynomial in the atoms; None where it has other atoms or a denominator."""
        try:
            found = self.quotient(expression)
        except (TooLarge, ZeroDivisionError, KeyError):  # KeyError: an atom that the inequality does not have
            return None
        return None if found.denominators else found.numerator

    def tensor(self, polynomial: Polynomial) -> Tensor:
        """The polynomial as an expression."""
        terms = [self._term(exponents, value) for exponents, value in polynomial.to_dict().items()]
        return reduce(add, terms) if terms else Number(Fraction(0))

    def _term(self, exponents: Sequence[int], coefficient: fmpq) -> Tensor:
        powers = [
            atom if k == 1 else atom ** int(k) for atom, k in zip(self.atoms.values(), exponents, strict=True) if k
        ]
        number = Number(Fraction(int(coefficient.p), int(coefficient.q)))
        if not powers:
            return number
        product = reduce(mul, powers)
        return product if number.value == 1 else -product if number.value == -1 else number * product

    def quotient(self, expression: Tensor) -> Quotient:
        """The expression as a quotient of polynomials in the atoms.

        Raises:
            TooLarge: a power in it is beyond ``LARGEST_POWER``.
            ZeroDivisionError: it divides by zero.
        """
        match expression:
            case Definition(operand=operand):
                return self.quotient(operand)
            case Number(value=value):
                return Quotient(self.constant(fmpq(value.numerator, value.denominator)))
            case Apply(function=function, arguments=(Number(value=value),)) if not value and function in AT_ZERO:
                return Quotient(self.constant(AT_ZERO[function]))
            case Add(left=left, right=right):
                return self.quotient(left) + self.quotient(right)
            case Negative(operand=operand):
                return self.quotient(operand) * Quotient(self.constant(-1))
            case Multiply(left=left, right=right):
                return self.quotient(left) * self.quotient(right)
            case Divide(left=left, right=right):
                return self.quotient(left) * self.quotient(right).inverse()
            case Power(base=base, exponent=Number(value=value)) if value.denominator == 1:
                return self._power(self.quotient(base), int(value))
            case Size(dimension=size):
                return Quotient(self._size(size))
        return Quotient(self._generators[self._names[identity(expression)]])

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        if abs(exponent) > LARGEST_POWER:
            raise TooLarge(f"a power of {exponent}")
        factor = base if exponent >= 0 else base.inverse()
        return prod([factor] * abs(exponent), start=Quotient(self.constant(1)))

    def _size(self, size: Dimension) -> Polynomial:
        total = self.constant(0)
        for names, coefficient in size.terms:
            sizes = (self._generators[self._names[identity(Size(Dimension.symbol(name)))]] for name in names)
            total += prod(sizes, start=self.constant(coefficient))
        return total


def _atoms(expression: Tensor) -> Iterator[Tensor]:
    """What the expression is made of by arithmetic, left to right."""
    match expression:
        case Number():
            return
        case Apply(function=function, arguments=(Number(value=value),)) if not value and function in AT_ZERO:
            return
        case Size(dimension=size):
            for name in sorted(size.names):
                yield Size(Dimension.symbol(name))
        case Definition() | Add() | Negative() | Multiply() | Divide():
            for child in expression.children():
                yield from _atoms(child)
        case Power(base=base, exponent=Number(value=value)) if value.denominator == 1:
            yield from _atoms(base)
        case Apply(function="abs" | "sqrt" | "maximum" | "minimum", arguments=arguments):
            for operand in arguments:
                yield from _atoms(operand)
            yield expression
        case _:
            yield expression
