"""Means over rows drawn from finite laws, outcome by outcome: of functions that are no mixtures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial, reduce
from itertools import product
from math import prod
from operator import add, mul
from typing import TYPE_CHECKING, Any

from derive.language.chance import RandomSymbol
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise
from derive.verify.scope import Scope

if TYPE_CHECKING:
    from derive.verify.values import Evaluation

MOST_OUTCOMES = 256


def mean_by_outcomes(evaluation: Evaluation, operand: Tensor, symbols: Sequence[RandomSymbol], scope: Scope) -> Array:
    """``sum_outcome Pr[outcome] operand(outcome)``; what has the probability 0 need have no value.

    Raises:
        Unknown: a symbol has another law, there are too many outcomes, or one of them has no value.
    """
    if not symbols or any(symbol.kind != "one_hot" for symbol in symbols):
        raise Unknown("outcomes that cannot be counted")
    shapes = [tuple(map(evaluation.size, symbol.shape)) for symbol in symbols]
    if prod(size**rows for rows, size in shapes) > MOST_OUTCOMES:
        raise Unknown("too many outcomes")
    parts = []
    for weight, values in _outcomes(evaluation, symbols, shapes, scope):
        if weight != 0:
            parts.append(elementwise(partial(mul, weight), evaluation.value(operand, values)))
    return reduce(lambda first, second: elementwise(add, first, second), parts)


def _outcomes(
    evaluation: Evaluation, symbols: Sequence[RandomSymbol], shapes: Sequence[tuple[int, ...]], scope: Scope
) -> Iterator[tuple[Any, Scope]]:
    """The probability of each outcome, and the scope in which the symbols have their values."""
    laws = [_law(evaluation, symbol, size, scope) for symbol, (_, size) in zip(symbols, shapes, strict=True)]
    for chosen in product(*(product(range(size), repeat=rows) for rows, size in shapes)):
        values, weight = scope, evaluation.one
        for symbol, shape, law, places in zip(symbols, shapes, laws, chosen, strict=True):
            entries = [evaluation.one if k == place else evaluation.zero for place in places for k in range(shape[1])]
            values = values.binding(symbol.name, Array(shape, tuple(entries)))
            weight = reduce(mul, (law[place] for place in places), weight)
        yield weight, values


def _law(evaluation: Evaluation, symbol: RandomSymbol, size: int, scope: Scope) -> Sequence[Any]:
    if symbol.parameters:
        return evaluation.value(symbol.parameters[0], scope).entries
    return [evaluation.functions.reciprocal(evaluation.functions.number(size))] * size
