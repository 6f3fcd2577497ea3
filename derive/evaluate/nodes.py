"""The value of each node of the language, given the values of its operands: NumPy, whatever the number system."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import singledispatch
from typing import Any

import numpy as np

from derive.evaluate import black_box, germs, layout_free
from derive.evaluate.chance import events, means
from derive.evaluate.errors import EvaluationError, OutsideDomain, Unavailable
from derive.evaluate.generic_ranks import generic_rank
from derive.evaluate.program import row
from derive.evaluate.rearrange import rearranged
from derive.evaluate.scope import Scope, under_even_power
from derive.evaluate.system import Array, System, array_of, boxed
from derive.language.arrays import (
    BlockDiag,
    Determinant,
    Diag,
    Eye,
    Full,
    Inverse,
    Kron,
    Literal,
    Spectral,
    Vec,
)
from derive.language.black_box import BlackBox
from derive.language.chance import Event, Every, Expectation, Probability
from derive.language.combinatorics import Binomial, Factorial, counted
from derive.language.errors import InputError
from derive.language.one_sided import Jump
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tangents import Generic
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


def compute(node: Tensor, scope: Scope) -> Array:
    """The value of ``node``; errors name the innermost subexpression that has none."""
    try:
        return boxed(_value(node, scope))
    except EvaluationError as error:
        if error.subject is None:
            error.subject = node
        raise


def _entrywise(function: Callable[..., Any], count: int, system: System, *arrays: Array) -> Any:
    """``function`` of numbers on arrays; native arrays are taken whole."""
    if system.dtype is not object:
        return function(*arrays)
    return np.frompyfunc(function, count, 1)(*arrays)


def _power(base: Array, exponent: Fraction, system: System) -> Any:
    return _entrywise(lambda x: system.power(x, exponent), 1, system, base)


@singledispatch
def _value(node: Tensor, scope: Scope) -> Any:
    raise InputError(f"{type(node).__name__} has no value")


for _kind, _rule in layout_free.RULES.items():
    _value.register(_kind, _rule)


for _node, _mean in (
    (Expectation, means.expectation),
    (Probability, means.probability),
    (Event, events.event),
    (Every, events.every),
):
    _value.register(_node, _mean)


_value.register(Jump, germs.jump)


@_value.register
def _(node: Symbol, scope: Scope) -> Any:
    if node.name not in scope.arrays:
        raise InputError(f"the symbol {node.name} has no value")
    array = boxed(scope.arrays[node.name])
    expected = scope.shape(node.shape)
    if array.shape != expected:
        raise InputError(f"the value of {node.name} has shape {array.shape}, expected {expected}")
    return array


@_value.register
def _(node: Eye, scope: Scope) -> Any:
    n = node.size.size(scope.sizes)
    zero, one = scope.system.rational(Fraction(0)), scope.system.rational(Fraction(1))
    return array_of([one if i == j else zero for i in range(n) for j in range(n)], (n, n), scope.system.dtype)


@_value.register
def _(node: Full, scope: Scope) -> Any:
    return np.full(scope.shape(node.shape), scope.value(node.value)[()])


@_value.register
def _(node: Literal, scope: Scope) -> Any:
    numbers = [scope.system.rational(entry) for entry in node.entries]
    return array_of(numbers, scope.shape(node.shape), scope.system.dtype)


@_value.register
def _(node: Add, scope: Scope) -> Any:
    return scope.value(node.left) + scope.value(node.right)


@_value.register
def _(node: Negative, scope: Scope) -> Any:
    return -scope.value(node.operand)


@_value.register
def _(node: Multiply, scope: Scope) -> Any:
    return scope.value(node.left) * scope.value(node.right)


@_value.register
def _(node: Divide, scope: Scope) -> Any:
    return _entrywise(scope.system.divide, 2, scope.system, scope.value(node.left), scope.value(node.right))


@_value.register
def _(node: Power, scope: Scope) -> Any:
    if isinstance(node.exponent, Number):
        exponent, rooted = node.exponent.value, under_even_power(node)
        if rooted is None:
            return _power(scope.value(node.base), exponent, scope.system)
        square = np.asarray(_power(scope.value(rooted), Fraction(2), scope.system)).sum()
        return _power(boxed(square), exponent / 2, scope.system)
    base = scope.value(node.base)
    return _entrywise(scope.system.general_power, 2, scope.system, base, scope.value(node.exponent))


@_value.register
def _(node: Apply, scope: Scope) -> Any:
    program = row(node.function)

    def function(*arguments: Any) -> Any:
        try:
            return program.run(scope.system, arguments)[0]
        except EvaluationError as error:
            error.what = f"{node.function} outside its domain" if hasattr(error, "certain") else error.what
            raise

    return _entrywise(function, program.inputs, scope.system, *map(scope.value, node.arguments))


@_value.register
def _(node: MatMul, scope: Scope) -> Any:
    return np.matmul(scope.value(node.left), scope.value(node.right))


@_value.register
def _(node: Sum, scope: Scope) -> Any:
    return scope.value(node.operand).sum(axis=node.axes, keepdims=node.keepdims)


@_value.register
def _(node: Extremum, scope: Scope) -> Any:
    array = scope.value(node.operand)
    kept = [k for k in range(array.ndim) if k not in node.axes]
    lead = [array.shape[k] for k in kept]
    rows = array.transpose(kept + list(node.axes)).reshape([*lead, -1])
    best = [scope.system.extremum(node.kind, list(rows[place])) for place in np.ndindex(*lead)]
    shape = [1 if k in node.axes else size for k, size in enumerate(array.shape)] if node.keepdims else lead
    return array_of(best, shape, scope.system.dtype)


@_value.register
def _(node: IndexSum, scope: Scope) -> Any:
    total = None
    for position in range(node.index.dimension.size(scope.sizes)):
        part = scope.child(indices={node.index.name: position}).value(node.operand)
        total = part if total is None else boxed(total + part)  # NumPy unboxes sums of scalars
    return total


@_value.register(Transpose)
@_value.register(Index)
@_value.register(Vec)
def _(node: Transpose | Index | Vec, scope: Scope) -> Any:
    return rearranged(node, scope.value(node.operand), scope.indices)


@_value.register
def _(node: Kron, scope: Scope) -> Any:
    return np.kron(scope.value(node.left), scope.value(node.right))


@_value.register
def _(node: Diag, scope: Scope) -> Any:
    array = scope.value(node.operand)
    if array.ndim == 2:
        return np.diagonal(array)
    return _blocks(array[:, None, None], scope.system)


@_value.register
def _(node: BlockDiag, scope: Scope) -> Any:
    return _blocks(scope.value(node.operand), scope.system)


def _blocks(blocks: Array, system: System) -> Array:
    k, p, q = blocks.shape
    result: Array = np.full((k * p, k * q), system.rational(Fraction(0)), dtype=blocks.dtype)
    for place in range(k):
        result[place * p : (place + 1) * p, place * q : (place + 1) * q] = blocks[place]
    return result


@_value.register
def _(node: Inverse, scope: Scope) -> Any:
    return scope.system.inverse(scope.value(node.operand))


@_value.register
def _(node: Determinant, scope: Scope) -> Any:
    return scope.system.determinant(scope.value(node.operand))


@_value.register(Binomial)
@_value.register(Factorial)
def _(node: Binomial | Factorial, scope: Scope) -> Any:
    numbers = [scope.system.exact(scope.value(operand)[()]) for operand in node.children()]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        raise Unavailable(f"{type(node).__name__.lower()} of a number that is not known exactly")
    value = counted(node, *known)
    if value is None:
        raise OutsideDomain(type(node).__name__.lower())
    return scope.system.rational(value)


@_value.register
def _(node: Generic, scope: Scope) -> Any:
    return generic_rank(node, scope)


@_value.register
def _(node: Rank, scope: Scope) -> Any:
    return scope.system.rank(scope.value(node.operand))


@_value.register
def _(node: Spectral, scope: Scope) -> Any:
    return scope.system.spectral(node.kind, scope.value(node.operand))


@_value.register
def _(node: BlackBox, scope: Scope) -> Any:
    return black_box.value(node, [scope.value(x) for x in node.arguments], scope.shape(node.shape), scope.system)
