"""Derivatives as they are defined: a symbol moved by infinitesimals, one an entry, and the coefficient read off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.tensor import Tensor
from derive.verify.arrays import Array, Position, build, positions
from derive.verify.jets import Jet, coefficient
from derive.verify.scope import Scope

if TYPE_CHECKING:
    from derive.verify.values import Evaluation

Entry = tuple[str, int]
"""A symbol's name, and the number of one of its entries."""


def derivative(evaluation: Evaluation, node: Derivative | Directional, scope: Scope) -> Array:
    """The array of partial derivatives, axes of the operand first; or the derivative along a direction."""
    if isinstance(node, Directional):
        return _directional(evaluation, node, scope)
    views = [_view(evaluation, variable, scope) for variable in node.variables]
    known: dict[tuple[Entry, ...], Array] = {}

    def partial(chosen: Sequence[Entry]) -> Array:
        key = tuple(sorted(chosen))  # partial derivatives commute
        if key not in known:
            moves = [{entry: evaluation.one} for entry in key]
            known[key] = _along(evaluation, node.operand, moves, scope)
        return known[key]

    rank = len(node.operand.shape)
    ranks = [len(view.shape) for view in views]
    shape = tuple(map(evaluation.size, node.shape))

    def entry(position: Position) -> Any:
        chosen, at = [], rank
        for view, axes in zip(views, ranks, strict=True):
            chosen.append(view[position[at : at + axes]])
            at += axes
        return partial(chosen)[position[:rank]]

    return build(shape, entry)


def _directional(evaluation: Evaluation, node: Directional, scope: Scope) -> Array:
    view = _view(evaluation, node.variable, scope)
    direction = evaluation.value(node.direction, scope)
    move = {view[at]: direction[at] for at in positions(view.shape)}
    return _along(evaluation, node.operand, [move], scope)


def _view(evaluation: Evaluation, variable: Tensor, scope: Scope) -> Array:
    """Which entry of its symbol each entry of a variable is."""
    symbol = underlying(variable)
    shape = tuple(map(evaluation.size, symbol.shape))
    labels = build(shape, lambda at: (symbol.name, _number(shape, at)))
    return evaluation.value(variable, scope.binding(symbol.name, labels))


def _number(shape: Sequence[int], position: Position) -> int:
    number = 0
    for size, k in zip(shape, position, strict=True):
        number = number * size + k
    return number


def _along(evaluation: Evaluation, operand: Tensor, moves: Sequence[dict[Entry, Any]], scope: Scope) -> Array:
    """The mixed derivative of ``operand`` along several moves of entries."""
    first = scope.infinitesimals
    moved = scope
    for number, move in enumerate(moves, first):
        for name in sorted({name for name, _ in move}):
            moved = moved.binding(name, _moved(moved[name], name, move, 1 << number, evaluation.zero))
    moved = Scope(moved.values, first + len(moves))
    mask = sum(1 << number for number in range(first, first + len(moves)))
    value = evaluation.value(operand, moved)
    return Array(value.shape, tuple(coefficient(entry, mask, evaluation.zero) for entry in value.entries))


def _moved(values: Array, name: str, move: dict[Entry, Any], bit: int, zero: Any) -> Array:
    entries = list(values.entries)
    for (symbol, number), speed in move.items():
        if symbol == name:
            entries[number] = entries[number] + _times(bit, speed, zero)
    return Array(values.shape, tuple(entries))


def _times(bit: int, speed: Any, zero: Any) -> Jet:
    """An infinitesimal times a number, or a jet in others."""
    if isinstance(speed, Jet):
        return Jet({0: zero} | {bit | mask: part for mask, part in speed.parts.items()})
    return Jet({0: zero, bit: speed})
