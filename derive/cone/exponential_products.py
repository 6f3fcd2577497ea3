"""Exponentials of sums as products of exponentials, one for each monomial of the exponent, written in one way.

``exp(s (a + b)) = exp(a s) exp(b s)``: so that equal exponentials are one scalar in a polynomial.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import reduce

from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.tensor import Add, Apply, Divide, Multiply, Negative, Number, Power, Tensor

ARITHMETIC = (Add, Multiply, Divide, Negative, Power, Apply)

MOST_MONOMIALS = 8

Monomials = list[tuple[Fraction, tuple[Tensor, ...]]]


def multiplied(node: Tensor) -> Tensor:
    """The scalar expression with each exponential as a product."""
    if not isinstance(node, ARITHMETIC) or node.shape:
        return node
    match node:
        case Apply(function="exp", arguments=(argument,)):
            found = _collected(_monomials(argument))
            return _product(found) if 0 < len(found) <= MOST_MONOMIALS else node
    children = list(node.children())
    changed = [multiplied(child) for child in children]
    return node if all(a is b for a, b in zip(changed, children, strict=True)) else with_operands(node, changed)


def _product(found: Monomials) -> Tensor:
    factors = [Apply.of("exp", _term(value, factors)) for value, factors in found]
    return reduce(Multiply.of, factors)


def _term(value: Fraction, factors: tuple[Tensor, ...]) -> Tensor:
    if not factors:
        return Number(value)
    product = reduce(Multiply.of, factors)
    return product if value == 1 else Multiply.of(Number(value), product)


def _monomials(node: Tensor) -> Monomials:
    """The sum of products that the expression is, multiplied out."""
    match node:
        case Number(value=value):
            return [(value, ())]
        case Negative(operand=operand):
            return [(-value, factors) for value, factors in _monomials(operand)]
        case Add(left=left, right=right):
            return _monomials(left) + _monomials(right)
        case Multiply(left=left, right=right):
            return [(a * b, f + g) for a, f in _monomials(left) for b, g in _monomials(right)]
        case Divide(left=left, right=Number(value=value)) if value:
            return [(c / value, factors) for c, factors in _monomials(left)]
    return [(Fraction(1), (node,))]


def _collected(found: Monomials) -> Monomials:
    """Equal products added, each in the order of its factors' texts."""
    sums: defaultdict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    nodes: dict[tuple[str, ...], tuple[Tensor, ...]] = {}
    for value, factors in found:
        ordered = tuple(sorted(factors, key=identity))
        key = tuple(map(identity, ordered))
        sums[key] += value
        nodes.setdefault(key, ordered)
    return [(sums[key], nodes[key]) for key in sorted(nodes) if sums[key]]
