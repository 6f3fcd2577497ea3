"""Closed forms of a proof: text in its parameters, as SymPy expressions and as values at a point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import sympy as sp

from derive.language.arrays import Norm, Spectral
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Constant,
    Divide,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Tensor,
)
from derive.verify.generic import Unreadable
from derive.verify.scope import unnamed

FUNCTIONS = {
    "exp": sp.exp,
    "log": sp.log,
    "sqrt": sp.sqrt,
    "abs": sp.Abs,
    "sin": sp.sin,
    "cos": sp.cos,
    "tanh": sp.tanh,
    "cosh": sp.cosh,
    "sinh": sp.sinh,
    "maximum": sp.Max,
    "minimum": sp.Min,
}


def parameter(name: str, node: Tensor, given: Sequence[Relation]) -> sp.Expr:
    """A parameter with what is known of it: the sign of sizes, norms and scalars, and numbers below them.

    Above a positive number c it is ``c + t`` with ``t >= 0``, so that signs of its terms tell.
    """
    node = unnamed(node)
    least = least_of(node, given)
    if isinstance(node, Size):
        return 1 + sp.Symbol(name, integer=True, nonnegative=True)
    if least is not None and least[0] > 0:
        return sp.Rational(least[0].numerator, least[0].denominator) + sp.Symbol(name, real=True, nonnegative=True)
    return _signed(name, node, given, least)


def _signed(name: str, node: Tensor, given: Sequence[Relation], least: tuple[Fraction, bool] | None) -> sp.Symbol:
    if any(identity(node) == identity(divisor) for divisor in _divisors(given)):  # where it is zero a hypothesis fails
        return sp.Symbol(name, real=True, positive=True)
    if isinstance(node, Norm) or (isinstance(node, Spectral) and node.kind in ("opnorm", "sigma_min", "nuclear")):
        return sp.Symbol(name, real=True, nonnegative=True)
    if isinstance(node, Apply) and node.function == "abs":
        return sp.Symbol(name, real=True, nonnegative=True)
    declared = isinstance(node, Symbol) and "positive" in node.properties
    if declared or (least is not None and least[0] == 0 and least[1]):
        return sp.Symbol(name, real=True, positive=True)
    if (least is not None and least[0] == 0) or (isinstance(node, Symbol) and "nonnegative" in node.properties):
        return sp.Symbol(name, real=True, nonnegative=True)
    return sp.Symbol(name, real=True)


def _divisors(given: Sequence[Relation]) -> Iterator[Tensor]:
    """The norms by which hypotheses divide."""
    for node in (node for relation in given for side in (relation.left, relation.right) for node in side.walk()):
        if isinstance(node, Divide):
            divisor = unnamed(node.right)
            divisor = unnamed(divisor.base) if isinstance(divisor, Power) else divisor
            if isinstance(divisor, (Norm, Spectral)):
                yield divisor


def least_of(node: Tensor, given: Sequence[Relation]) -> tuple[Fraction, bool] | None:
    """The largest number that a hypothesis puts below a scalar, and whether it is above it strictly."""
    if node.shape:
        return None
    name = identity(node)
    found: tuple[Fraction, bool] | None = None
    for relation in given:
        small, large = relation.left, relation.right
        if relation.sign in (">=", ">"):
            small, large = large, small
        elif relation.sign not in ("<=", "<"):
            continue
        if isinstance(small, Number) and identity(unnamed(large)) == name:
            stated = (small.value, relation.sign in ("<", ">"))
            found = stated if found is None else max(found, stated)
    return found


def sympified(node: Tensor, symbols: Mapping[str, sp.Expr]) -> sp.Expr:
    """A closed form as a SymPy expression.

    Raises:
        Unreadable: it is none.
    """
    match node:
        case Number(value=value):
            return sp.Rational(value.numerator, value.denominator)
        case Constant(name=name):
            return sp.pi if name == "pi" else sp.E
        case Symbol(name=name) if name in symbols:
            return symbols[name]
        case Definition(operand=operand):
            return sympified(operand, symbols)
        case Negative(operand=operand):
            return -sympified(operand, symbols)
        case Add(left=left, right=right):
            return sympified(left, symbols) + sympified(right, symbols)
        case Multiply(left=left, right=right):
            return sympified(left, symbols) * sympified(right, symbols)
        case Divide(left=left, right=right):
            return sympified(left, symbols) / sympified(right, symbols)
        case Power(base=base, exponent=exponent):
            return sympified(base, symbols) ** sympified(exponent, symbols)
        case Apply(function=function, arguments=arguments) if function in FUNCTIONS:
            return FUNCTIONS[function](*(sympified(argument, symbols) for argument in arguments))
    raise Unreadable(f"{node!r} is no closed form")


def same(first: sp.Expr, second: sp.Expr) -> bool:
    """Are two closed forms certainly equal?"""
    return bool(first == second) or bool(sp.expand(first - second) == 0)


def nonnegative(expression: sp.Expr) -> bool:
    """Is a closed form certainly at least zero, by the signs of its parameters?

    Where that does not tell, ``exp(t) = 1 + t + d`` with some ``d >= 0``.
    """
    if expression.is_nonnegative or _by_terms(expression):
        return True
    powers = [power for power in expression.atoms(sp.exp) if power.args[0].is_nonnegative]
    if not powers:
        return False
    return _by_terms(expression.xreplace({power: 1 + power.args[0] + sp.Dummy(nonnegative=True) for power in powers}))


def _by_terms(expression: sp.Expr) -> bool:
    """Is every term of the expanded expression at least zero, the numbers among them together?"""
    numbers, terms = sp.sift(sp.Add.make_args(sp.expand(expression)), lambda term: term.is_number, binary=True)
    return all(term.is_nonnegative for term in terms) and bool(sp.Add(*numbers) >= 0)


def positive(expression: sp.Expr) -> bool:
    return bool(expression.is_positive)


def certainly_at_most(small: sp.Expr, large: sp.Expr) -> bool:
    """Is one closed form at most another, as every term of their difference is certainly nonnegative?"""
    small, large = _spread(small), _spread(large)
    if isinstance(small, sp.Max):
        return all(certainly_at_most(part, large) for part in small.args)
    if isinstance(large, sp.Min):
        return all(certainly_at_most(small, part) for part in large.args)
    if isinstance(small, sp.Min):
        return any(certainly_at_most(part, large) for part in small.args)
    if isinstance(large, sp.Max):
        return any(certainly_at_most(small, part) for part in large.args)
    difference = large - small
    return nonnegative(difference) or nonnegative(sp.cancel(difference))


def _spread(expression: sp.Expr) -> sp.Expr:
    """A sum with one minimum or maximum as the minimum or maximum of sums."""
    chosen = [part for part in sp.Add.make_args(expression) if isinstance(part, (sp.Min, sp.Max))]
    if len(chosen) != 1:
        return expression
    rest = expression - chosen[0]
    return chosen[0].func(*(rest + part for part in chosen[0].args))
