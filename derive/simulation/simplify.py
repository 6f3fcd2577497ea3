"""A tape recorded anew in fewer operations: sums of products become matrix products, repeated work is done once.

Every rule is an identity of real numbers; in doubles the result may differ by roundings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from derive.attack.tape import Node, Step, Tape
from derive.simulation.contraction import contraction, made_by, reshaped

Rule = Callable[[Step, Sequence[Node]], Node]

UNARY = frozenset({"exp", "log", "sin", "cos", "atan", "erf", "step", "abs", "power", "square", "power_slope"})
"""Functions of one entry, which commute with a change of shape."""


def simplified(tape: Tape, outputs: Sequence[Node]) -> tuple[Tape, list[Node]]:
    """The steps that ``outputs`` need on a new tape, with the same inputs, and the outputs there."""
    target = Tape()
    inputs = [target.input(tape.steps[place].shape) for place in tape.inputs]
    found: dict[int, Node] = {}
    for place in tape.needed(outputs):
        step = tape.steps[place]
        if step.primitive == "input":
            found[place] = inputs[step.detail]
        elif step.primitive == "constant":
            found[place] = target.apply("constant", (), step.shape, step.detail)
        else:
            found[place] = _emitted(step, [found[k] for k in step.operands])
    return target, [found[node.place] for node in outputs]


def _emitted(step: Step, operands: Sequence[Node]) -> Node:
    if step.primitive in RULES:
        return RULES[step.primitive](step, operands)
    return _plain(step, operands)


def _plain(step: Step, operands: Sequence[Node]) -> Node:
    if step.primitive in UNARY:
        inner = made_by(operands[0], "reshape")
        if inner:  # the function of what is reshaped may be known already
            return reshaped(_apply(step.primitive, inner, inner[0].shape, step.detail), step.shape)
    return _apply(step.primitive, operands, step.shape, step.detail)


def _apply(primitive: str, operands: Sequence[Node], shape: tuple[int, ...], detail: Any = None) -> Node:
    return operands[0].tape.apply(primitive, operands, shape, detail)


def _itself(step: Step, operands: Sequence[Node]) -> Node:
    return operands[0]


def _exp(step: Step, operands: Sequence[Node]) -> Node:
    """``exp(x + y) = exp(x) exp(y)`` where x and y have fewer entries than their sum."""
    terms = made_by(operands[0], "add")
    if terms and all(term.size < operands[0].size for term in terms):
        left, right = (_exp(Step("exp", (), None, term.shape), [term]) for term in terms)
        return left.tape.entrywise("multiply", left, right)
    return _plain(step, operands)


def _power(step: Step, operands: Sequence[Node]) -> Node:
    if step.detail == 1:
        return operands[0]
    if step.detail == 2:
        return _plain(Step("square", (), None, step.shape), operands)
    return _plain(step, operands)


def _multiply(step: Step, operands: Sequence[Node]) -> Node:
    """``s (t X) = (s t) X`` for scalars s and t."""
    for scalar, other in (operands, operands[::-1]):
        factors = made_by(other, "multiply")
        if scalar.size == 1 < other.size and factors:
            for small, large in (factors, factors[::-1]):
                if small.size == 1 < large.size:
                    return other.tape.entrywise("multiply", other.tape.entrywise("multiply", scalar, small), large)
    return _plain(step, operands)


def _reshape(step: Step, operands: Sequence[Node]) -> Node:
    return reshaped(operands[0], step.shape)


def _matmul(step: Step, operands: Sequence[Node]) -> Node:
    """``(x + y) Z = x Z + y Z`` where x and y have fewer rows than their sum; axes in front become rows."""
    left, right = operands
    terms = made_by(left, "add")
    if terms and all(term.size < left.size and term.shape[-1] == left.shape[-1] for term in terms):
        parts = []
        for term in terms:
            lead = np.broadcast_shapes(term.shape[:-2], right.shape[:-2])
            shape = (*lead, term.shape[-2], right.shape[-1])
            parts.append(_matmul(Step("matmul", (), None, shape), [term, right]))
        return parts[0] + parts[1]
    if len(left.shape) > 2 and all(size == 1 for size in right.shape[:-2]):
        rows = reshaped(left, (left.size // left.shape[-1], left.shape[-1]))
        columns = reshaped(right, right.shape[-2:])
        shape = (rows.shape[0], columns.shape[1])
        return reshaped(_apply("matmul", [rows, columns], shape), step.shape)
    return _plain(step, operands)


def _sum(step: Step, operands: Sequence[Node]) -> Node:
    """A sum of products along axes that both factors have is a matrix product."""
    factors = made_by(operands[0], "multiply") or 2 * made_by(operands[0], "square")
    found = contraction(factors, operands[0].shape, step.detail) if factors else None
    return found or _plain(step, operands)


def _take(step: Step, operands: Sequence[Node]) -> Node:
    """Entries in an arithmetic order along each axis are a view."""
    rank, places, shape = step.detail
    index = np.frombuffer(places, dtype=np.int64).reshape(shape)
    if not index.size:
        return _plain(step, operands)
    first = int(index.flat[0])
    units = [tuple(int(j == k and size > 1) for j in range(len(shape))) for k, size in enumerate(shape)]
    paces = tuple(int(index[unit]) - first for unit in units)
    regular = np.full(shape, first, dtype=np.int64)
    for k, (size, pace) in enumerate(zip(shape, paces, strict=True)):
        regular += (pace * np.arange(size)).reshape((-1,) + (1,) * (len(shape) - k - 1))
    if min(paces, default=0) < 0 or not np.array_equal(regular, index):
        return _plain(step, operands)
    return _apply("view", operands, shape, (rank, first, paces, shape))


RULES: dict[str, Rule] = {
    "variable": _itself,
    "held": _itself,
    "exp": _exp,
    "power": _power,
    "multiply": _multiply,
    "reshape": _reshape,
    "matmul": _matmul,
    "sum": _sum,
    "take": _take,
}
