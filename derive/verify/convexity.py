"""Convexity looked at again: second derivatives along lines through a point have the sign that is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.directions import along, derivative, directions
from derive.verify.scope import Scope
from derive.verify.steps import Step
from derive.verify.values import Evaluation

CONVEXITIES = frozenset({"convex", "concave"})


def bends(step: Step, evaluation: Evaluation, values: Scope, moving: Mapping[str, str]) -> Iterator[Any]:
    """1 of every line along which no entry certainly bends the other way, 2 of one along which an entry does.

    Lines in one variable after the other: what is convex in all of them together is so in each.

    Raises:
        Unknown: a second derivative has no value, or what moves is no symbol.
    """
    sign = 1 if step.measure == "convex" else -1
    inside = {node.name: node for node in step.subject.walk() if isinstance(node, (Symbol, Definition))}
    found = [inside[name] for name in moving if name in inside]
    if not found:
        yield evaluation.one
    for variable in found:
        if not isinstance(variable, Symbol):
            raise Unknown("a second derivative in what is no symbol")
        value = evaluation.value(derivative(step.subject, variable, 2), values)
        for direction in directions(values[variable.name].shape, evaluation):
            line = _mirrored(direction) if variable.symmetric else direction
            wrong = any(sign * entry < 0 for entry in along(value, line, 2, evaluation.zero).entries)
            yield evaluation.one + evaluation.one if wrong else evaluation.one


def _mirrored(direction: Array) -> Array:
    """The direction and its transpose together: along it a symmetric matrix stays one."""
    rows, _ = direction.shape
    both = tuple(direction[(i, j)] + direction[(j, i)] for i in range(rows) for j in range(rows))
    return Array(direction.shape, both)
