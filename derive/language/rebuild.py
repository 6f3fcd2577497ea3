"""The same expression with other operands: what edits and differentials are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from derive.language.arrays import (
    BlockDiag,
    Determinant,
    Diag,
    Full,
    Inverse,
    Kron,
    LogSumExp,
    Norm,
    Outer,
    Softmax,
    Spectral,
    Trace,
    Vec,
    block_diag,
    det,
    diag,
    inv,
    kron,
    logsumexp,
    outer,
    softmax,
    trace,
    vec,
)
from derive.language.black_box import BlackBox
from derive.language.chance import Event, Every, Expectation, Probability, RandomSymbol
from derive.language.combinatorics import Binomial, Factorial
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.iteration import Always, AtTime, Converges, HittingTime, Run
from derive.language.matrix_powers import MatrixPower, matrix_power
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tangents import TangentGram, tangent_gram
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Extremum,
    Index,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Power,
    Sum,
    Tensor,
    Transpose,
)


class NotRebuilt(TypeError):
    """A node cannot be made anew with other operands."""


def with_operands(node: Tensor, operands: Sequence[Tensor]) -> Tensor:
    """``node`` with its tensor operands replaced, shapes computed anew.

    A position among them that is no index of another operand, as in ``k / m``, may be left out; it stays.

    Raises:
        ShapeError: the new operands do not conform.
        NotRebuilt: the node has no operands that could be replaced.
    """
    match node:
        case Add() | Multiply() | Divide() | MatMul() | Power():
            return type(node).of(*_with_positions(node, operands))
        case Negative():
            return Negative.of(*_with_positions(node, operands))
        case Apply(function=function):
            return Apply.of(function, *_with_positions(node, operands))
        case Sum(axes=axes, keepdims=keepdims):
            return Sum.of(operands[0], axes, keepdims)
        case Extremum(kind=kind, axes=axes, keepdims=keepdims):
            shape = tuple(d for k, d in enumerate(operands[0].shape) if k not in axes)
            return Extremum(kind, operands[0], axes, keepdims, node.shape if keepdims else shape)
        case IndexSum(index=index):
            return IndexSum.of(operands[0], index)
        case Transpose(permutation=permutation):
            return Transpose.of(operands[0], permutation)
        case Index(items=items):
            words = {":": slice(None), "None": None}
            return Index.of(operands[0], tuple(words[i] if isinstance(i, str) else i for i in items))
    return _array(node, operands)


def _with_positions(node: Tensor, operands: Sequence[Tensor]) -> Sequence[Tensor]:
    """The operands, and the positions that the node has among its own where they are left out."""
    own = list(node.children())
    if len(operands) == len(own):
        return operands
    rest = iter(operands)
    return [child if isinstance(child, IndexSymbol) else next(rest) for child in own]


def _array(node: Tensor, operands: Sequence[Tensor]) -> Tensor:
    match node:
        case BlackBox() | Expectation() | Probability() | Event() | Every() | RandomSymbol(parameters=(_, *_)):
            return _bound(node, operands)
        case AtTime() | HittingTime() | Always() | Converges() | Run():
            return _along(node, operands)
        case Vec(order=order):
            return vec(operands[0], order)
        case Kron():
            return kron(*operands)
        case Outer():
            return outer(*operands)
        case Diag():
            return diag(operands[0])
        case Full(shape=shape):
            return Full(operands[0], shape)
        case BlockDiag():
            return block_diag(operands[0])
        case Inverse():
            return inv(operands[0])
        case MatrixPower():
            return matrix_power(*operands)
        case Determinant():
            return det(operands[0])
        case Binomial():
            return Binomial(operands[0], operands[1])
        case Factorial():
            return Factorial(operands[0])
        case TangentGram():
            return tangent_gram(*operands)
        case Rank():
            return Rank(operands[0])
        case Trace():
            return trace(operands[0])
        case Softmax(axis=axis):
            return softmax(operands[0], axis)
        case LogSumExp(axis=axis):
            return logsumexp(operands[0], axis)
        case Norm(order=order):
            return Norm(operands[0], order)
        case Spectral(kind=kind):
            return Spectral(kind, operands[0])
    raise NotRebuilt(f"{type(node).__name__} has no operands to replace")


def _bound(node: Tensor, operands: Sequence[Tensor]) -> Tensor:
    """Functions given as code, and what is said of chance."""
    match node:
        case BlackBox(name=name, function=function, shape=shape, tex=tex):
            return BlackBox(name, function, tuple(operands), shape, tex)
        case Expectation():
            return Expectation(operands[0], operands[1] if node.event is not None else None, operands[0].shape)
        case Probability():
            return Probability(operands[0], operands[1] if node.given is not None else None)
        case Event(sign=sign):
            return Event(sign, operands[0], operands[1])
        case Every():
            return Every(tuple(operands))
        case RandomSymbol():
            return replace(node, parameters=tuple(operands))
    raise NotRebuilt(f"{type(node).__name__} has no operands to replace")


def _along(node: Tensor, operands: Sequence[Tensor]) -> Tensor:
    """Runs, and what is said along them."""
    match node, operands:
        case AtTime(), [operand, Run() as run, time]:
            return AtTime(operand, run, time, operand.shape)
        case HittingTime(), [Run() as run, event]:
            return HittingTime(run, event)
        case Always(), [Run() as run, event, until]:
            return Always(run, event, until)
        case Converges(), [Run() as run, *points]:
            return Converges(run, tuple(points))
        case Run(states=states, choices=choices, rules=rules), _:
            rest = iter(operands)
            rows = [tuple(next(rest) for _ in row) for row in (states, states, states, choices, rules)]
            if all(isinstance(symbol, Symbol) for symbol in (*rows[0], *rows[3])):
                return replace(node, states=rows[0], updates=rows[1], starts=rows[2], choices=rows[3], rules=rows[4])
    raise InputError(f"{type(node).__name__} of these operands is no iteration")


def renamed(node: Tensor, names: Mapping[str, Tensor]) -> Tensor:
    """The expression at another point: other symbols in the place of some, in definitions too, which are written out.

    Where a symbol cannot be replaced, since something is differentiated in it, a ``Substitution`` says so.
    """
    if not any(isinstance(leaf, Symbol) and leaf.name in names for leaf in node.walk()):
        return node
    if isinstance(node, Symbol) and node.name in names:
        return names[node.name]
    if isinstance(node, Definition):
        return renamed(node.operand, names)
    if isinstance(node, (Derivative, Directional, Substitution, AtTime, HittingTime, Always, Converges)):
        return _substituted(node, names)
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    try:
        return with_operands(node, [renamed(child, names) for child in below])
    except (InputError, TypeError):
        return _substituted(node, names)


def _substituted(node: Tensor, names: Mapping[str, Tensor]) -> Tensor:
    symbols = {leaf.name: leaf for leaf in node.walk() if isinstance(leaf, Symbol)}
    for name, other in names.items():
        if name in symbols:
            node = Substitution(node, symbols[name], other, node.shape)
    return node


def substituted(node: Tensor) -> Tensor:
    """The expression with its substitutions of a symbol for a symbol carried out, where they can be."""
    if not any(isinstance(below, Substitution) and isinstance(below.value, Symbol) for below in node.walk()):
        return node
    if isinstance(node, Definition):
        return substituted(node.operand)
    if isinstance(node, Substitution) and isinstance(node.value, Symbol):
        return renamed(substituted(node.operand), {node.symbol.name: node.value})
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    try:
        return with_operands(node, [substituted(child) for child in below])
    except (InputError, TypeError):
        return node


def at_positions(node: Tensor, names: Mapping[str, IndexSymbol]) -> Tensor:
    """The expression with other index symbols in the place of some, by their names; definitions are written out.

    Raises:
        NotRebuilt: a new index symbol would be taken for the bound one of a sum, or a node cannot be made anew.
    """
    if not any(isinstance(leaf, IndexSymbol) and leaf.name in names for leaf in node.walk()):
        return node
    if isinstance(node, IndexSymbol):
        return names.get(node.name, node)
    if isinstance(node, Index):
        items = tuple(names.get(item.name, item) if isinstance(item, IndexSymbol) else item for item in node.items)
        return Index(at_positions(node.operand, names), items, node.shape)
    if isinstance(node, IndexSum):
        inside = {name: index for name, index in names.items() if name != node.index.name}
        if any(index.name == node.index.name for index in inside.values()):
            raise NotRebuilt(f"the index {node.index.name} is bound by a sum here")
        return IndexSum.of(at_positions(node.operand, inside), node.index)
    if isinstance(node, Definition):
        return at_positions(node.operand, names)
    return with_operands(node, [at_positions(child, names) for child in node.children()])
