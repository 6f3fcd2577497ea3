"""The values of expectations and probabilities: random symbols are bound to numbers that depend on chance.

What is not made of exponentials and polynomials, an event for one, is gone through outcome by outcome where the random
symbols in it are discrete and the outcomes few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from derive.evaluate.chance.integrals import MOST_OUTCOMES, mean
from derive.evaluate.chance.laws import DISCRETE, Outcome, outcomes
from derive.evaluate.chance.numbers import Source
from derive.evaluate.chance.scope import inside
from derive.evaluate.chance.system import ExponentialPolynomials
from derive.evaluate.errors import Unavailable
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of, boxed
from derive.language.chance import Expectation, Occurrence, OverOutcomes, Probability, RandomSymbol, unbound
from derive.language.tensor import Multiply, Tensor


def expectation(node: Expectation, scope: Scope) -> Array:
    """The mean, entrywise: under a condition that of the operand times its indicator, over its probability.

    Raises:
        Unavailable: the mean has no closed form that is known here.
        OutsideDomain: it is infinite, the condition has probability zero, or the parameters of a law are none.
    """
    if node.event is None:
        return _mean(node.operand, scope)
    whole, share = _mean(Multiply.of(node.operand, node.event), scope), _mean(node.event, scope)
    return array_of([scope.system.divide(x, share[()]) for x in whole.flat], whole.shape, scope.system.dtype)


def probability(node: Probability, scope: Scope) -> Array:
    """The mean of the event's indicator; errors as those of ``expectation``."""
    return expectation(Expectation(node.event, node.given, ()), scope)


def _mean(operand: Tensor, scope: Scope) -> Array:
    symbols = list({symbol.name: symbol for symbol in unbound(operand)}.values())
    stepwise = _in_events(operand)
    if stepwise:
        return _by_outcomes(operand, stepwise, symbols, scope)
    try:
        return _by_integrals(operand, symbols, scope)
    except Unavailable:
        discrete = [symbol for symbol in symbols if symbol.kind in DISCRETE]
        if not discrete:
            raise
        return _by_outcomes(operand, discrete, symbols, scope)


def _in_events(operand: Tensor) -> list[RandomSymbol]:
    """The random symbols that stand in events, outside of means within the operand."""
    found: dict[str, RandomSymbol] = {}
    seen: set[Tensor] = set()
    stack = [operand]
    while stack:
        node = stack.pop()
        if node in seen or isinstance(node, OverOutcomes):
            continue
        seen.add(node)
        if isinstance(node, Occurrence):
            found |= {symbol.name: symbol for symbol in unbound(node)}
        else:
            stack.extend(node.children())
    return list(found.values())


def _by_integrals(operand: Tensor, symbols: Sequence[RandomSymbol], scope: Scope) -> Array:
    """The mean by closed forms."""
    if not symbols:
        return scope.value(operand)
    system = ExponentialPolynomials(scope.system)
    arrays = {symbol.name: _numbers(symbol, system, scope) for symbol in symbols}
    values = inside(scope, arrays, system).value(operand)
    means = [system.base.real(mean(x, system) if system.is_random(x) else x) for x in values.flat]
    scope.tally.work += sum(len(x.terms) for x in values.flat if system.is_random(x))
    return array_of(means, values.shape, scope.system.dtype)


def _numbers(symbol: RandomSymbol, system: ExponentialPolynomials, scope: Scope) -> Array:
    """The entries of a random symbol as new random scalars."""
    shape = scope.shape(symbol.shape)
    rows = symbol.kind in ("sphere", "one_hot")
    size = shape[-1] if rows else 1
    parameters = _parameters(symbol, scope)
    numbers = []
    for k in range(prod(shape)):
        first = len(system.sources) - (k % size if rows else 0)
        numbers.append(system.variable(Source(symbol.kind, first, k % size, size, parameters)))
    return array_of(numbers, shape, object)


def _parameters(symbol: RandomSymbol, scope: Scope) -> tuple[Any, ...]:
    return tuple(x for parameter in symbol.parameters for x in scope.value(parameter).flat)


def _by_outcomes(
    operand: Tensor, chosen: Sequence[RandomSymbol], symbols: Sequence[RandomSymbol], scope: Scope
) -> Array:
    """The mean over the outcomes of the ``chosen`` symbols of the mean over the others.

    Raises:
        Unavailable: one of them is not discrete, or there are too many outcomes.
    """
    for symbol in chosen:
        if symbol.kind not in DISCRETE:
            raise Unavailable(f"an event of {symbol.name}, whose law is {symbol.kind}, has no closed form")
    names = {symbol.name for symbol in chosen}
    others = [symbol for symbol in symbols if symbol.name not in names]
    total: Any = None
    for weight, arrays in _outcomes(chosen, scope):
        part = _by_integrals(operand, others, scope.child(arrays=arrays)) * boxed(weight)
        total = part if total is None else total + part
    return boxed(total)


def _outcomes(chosen: Sequence[RandomSymbol], scope: Scope) -> Iterator[tuple[Any, dict[str, Array]]]:
    """The probability of each outcome, and the arrays that the symbols are."""
    system, shapes = scope.system, [scope.shape(symbol.shape) for symbol in chosen]
    parts = [_parts(symbol, shape, scope) for symbol, shape in zip(chosen, shapes, strict=True)]
    count = prod(len(part) for row in parts for part in row)
    if count > MOST_OUTCOMES:
        raise Unavailable(f"there are {count} outcomes, more than {MOST_OUTCOMES}")
    for outcome in product(*(part for row in parts for part in row)):
        weight, values, arrays = system.rational(Fraction(1)), iter(outcome), {}
        for symbol, shape, row in zip(chosen, shapes, parts, strict=True):
            taken = [next(values) for _ in row]
            for chance, _ in taken:
                weight = weight * chance
            flat = [system.rational(Fraction(x)) for _, entries in taken for x in entries]
            arrays[symbol.name] = array_of(flat, shape, system.dtype)
        yield weight, arrays


def _parts(symbol: RandomSymbol, shape: Sequence[int], scope: Scope) -> list[list[Outcome]]:
    """The outcomes of each independent part of a discrete symbol."""
    size = shape[-1] if symbol.kind == "one_hot" else 1
    source = Source(symbol.kind, 0, 0, size, _parameters(symbol, scope))
    return [outcomes(source, scope.system)] * (prod(shape) // size)
