"""Sums of independent exponentials of linear forms: ``c sum_r exp(L_r) + constant``, read off an expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.concentration.events import unnamed
from derive.concentration.randomness import mentions
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Index,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Tensor,
)


@dataclass(frozen=True, eq=False)
class ExponentialSum:
    """``factor`` times the sum of ``exp(exponent)`` over ``index``; the exponent is the sum of ``terms``."""

    factor: Tensor
    exponent: Tensor
    index: IndexSymbol
    terms: tuple[Tensor, ...]


def exponential_sum(variable: Tensor, names: Mapping[str, object]) -> ExponentialSum | None:
    """The scalar as such a sum and what is free of the random symbols of these names; None where it is another."""
    random = [term for term in summands(variable) if mentions(term, names)]
    if len(random) != 1:
        return None
    numerators, denominators = _factors(random[0])
    inside = [factor for factor in numerators if mentions(factor, names)]
    if len(inside) != 1 or any(mentions(factor, names) for factor in denominators):
        return None
    match inside[0]:
        case IndexSum(operand=Apply(function="exp", arguments=(exponent,)), index=index):
            if _only_at(exponent, index, names):
                factor = _quotient([f for f in numerators if f is not inside[0]], denominators)
                return ExponentialSum(factor, exponent, index, tuple(summands(exponent)))
    return None


def summands(node: Tensor) -> Iterator[Tensor]:
    """The terms of a sum, products with a sum multiplied out."""
    node = unnamed(node)
    match node:
        case Add(left=left, right=right) if left.shape == right.shape:
            yield from summands(left)
            yield from summands(right)
        case Negative(operand=operand):
            yield from (Negative.of(term) for term in summands(operand))
        case MatMul(left=left, right=right):
            for row in summands(left):
                yield from (MatMul.of(row, column) for column in summands(right))
        case _:
            yield node


def _factors(node: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    """The factors of a product of scalars, and those that it is divided by."""
    node = unnamed(node)
    match node:
        case Multiply(left=left, right=right):
            (a, b), (c, d) = _factors(left), _factors(right)
            return a + c, b + d
        case Divide(left=left, right=right):
            (a, b), (c, d) = _factors(left), _factors(right)
            return a + d, b + c
        case Negative(operand=operand):
            a, b = _factors(operand)
            return [Number(Fraction(-1)), *a], b
    return [node], []


def _quotient(numerators: list[Tensor], denominators: list[Tensor]) -> Tensor:
    total: Tensor = Number(Fraction(1))
    for factor in numerators:
        total = factor if isinstance(total, Number) and total.value == 1 else Multiply.of(total, factor)
    for factor in denominators:
        total = Divide.of(total, factor)
    return total


def _only_at(node: Tensor, index: IndexSymbol, names: Mapping[str, object]) -> bool:
    """Do the random symbols stand in it only as the slice at the index, the same one of each symbol?"""
    slices: dict[str, set[int]] = {}

    def visit(part: Tensor) -> bool:
        if isinstance(part, Index) and isinstance(part.operand, Symbol) and part.operand.name in names:
            places = [k for k, item in enumerate(part.items) if item is index]
            slices.setdefault(part.operand.name, set()).update(places)
            return len(places) == 1 and len(part.items) == part.operand.ndim
        if isinstance(part, Symbol):
            return part.name not in names
        return all(map(visit, part.children()))

    return visit(node) and all(len(places) == 1 for places in slices.values())
