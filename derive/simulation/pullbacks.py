"""Reverse mode on a tape: the slope of a scalar in a variable as further steps of the same tape."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from derive.attack import linear
from derive.attack.tape import Node, Tape
from derive.evaluate.errors import Unavailable

Pullback = Callable[[Node, Node, Any, Sequence[Node], int], Node | None]
"""``(slope, result, detail, operands, k)``: the slope of operand ``k``; None where it is zero."""


def gradient(tape: Tape, output: Node, variable: Node) -> Node:
    """The gradient of the scalar ``output`` in ``variable``, an earlier step, by the chain rule backwards.

    Raises:
        Unavailable: a primitive between them has no pullback.
    """
    depends = {variable.place}
    for place in range(variable.place + 1, output.place + 1):
        if depends.intersection(tape.steps[place].operands):
            depends.add(place)
    slopes: dict[int, Node] = {}
    if output.place in depends:
        slopes[output.place] = tape.constant(np.ones(()))
    for place in sorted(depends - {variable.place}, reverse=True):
        if place not in slopes:
            continue
        step = tape.steps[place]
        if step.primitive not in PULLBACKS:
            raise Unavailable(f"{step.primitive} has no pullback")
        operands = [tape.node(k) for k in step.operands]
        slope = slopes.pop(place)
        for k, operand in enumerate(operands):
            if operand.place in depends:
                found = PULLBACKS[step.primitive](slope, tape.node(place), step.detail, operands, k)
                if found is not None:
                    known = slopes.get(operand.place)
                    slopes[operand.place] = found if known is None else known + found
    return slopes[variable.place] if variable.place in slopes else tape.constant(np.zeros(variable.shape))


def number(tape: Tape, value: float) -> Node:
    return tape.constant(np.float64(value))


def repeated(x: Node, shape: tuple[int, ...]) -> Node:
    """``x`` repeated along leading axes and those of length one."""
    if x.shape == shape:
        return x
    narrow = (1,) * (len(shape) - len(x.shape)) + x.shape
    return x.tape.apply("repeat", (x,), shape, (narrow, shape))


def _summed(slope: Node, shape: tuple[int, ...]) -> Node:
    """The slope of an operand of that shape that was repeated along axes of length one."""
    axes = tuple(k for k, size in enumerate(shape) if size == 1 and slope.shape[k] != 1)
    return slope.tape.reshaped(linear.total(slope, axes, False), shape) if axes else slope


def _entrywise(partial: Callable[..., Node]) -> Pullback:
    """Of a function of entries with the derivative ``partial(result, detail, operands, k)``."""

    def pullback(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
        full = repeated(slope * partial(result, detail, operands, k), result.shape)
        return _summed(full, operands[k].shape)

    return pullback


def _add(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    return _summed(repeated(slope, result.shape), operands[k].shape)


def _zero(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> None:
    return None


def _divide(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    tape, below = result.tape, operands[1]
    over = tape.entrywise("divide", number(tape, 1.0), below)
    return over if k == 0 else -(result * over)


def _larger(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    """1 for the operand that is larger, one half for each of equal ones."""
    return result.tape.entrywise("step", operands[k] - operands[1 - k])


def _smaller(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    return result.tape.entrywise("step", operands[1 - k] - operands[k])


def _sign(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    tape = result.tape
    return tape.entrywise("step", operands[0]) * number(tape, 2.0) - number(tape, 1.0)


def _of(name: str, factor: float = 1.0) -> Callable[..., Node]:
    """The derivative is another function of the operand, times a number."""

    def partial(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
        return result.tape.entrywise(name, operands[0]) * number(result.tape, factor)

    return partial


def _atan(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    tape, one, x = result.tape, number(result.tape, 1.0), operands[0]
    return tape.entrywise("divide", one, one + x * x)


def _erf(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    bell = result.tape.entrywise("exp", -(operands[0] * operands[0]))
    return bell * number(result.tape, 2 / math.sqrt(math.pi))


def _log(result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    return result.tape.entrywise("divide", number(result.tape, 1.0), operands[0])


def _power(result: Node, detail: float, operands: Sequence[Node], k: int) -> Node:
    if detail == 2:
        return operands[0] * number(result.tape, 2.0)
    return result.tape.entrywise("power_slope", operands[0], detail=detail)


def _reshape(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    return slope.tape.reshaped(repeated(slope, result.shape), operands[0].shape)


def _sum(slope: Node, result: Node, axes: tuple[int, ...], operands: Sequence[Node], k: int) -> Node:
    shape = operands[0].shape
    kept = tuple(1 if j - len(shape) in axes else size for j, size in enumerate(shape))
    return repeated(slope.tape.reshaped(slope, kept), shape)


def _take(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    _, places, taken = detail
    shape = operands[0].shape
    full = repeated(slope, result.shape)
    return slope.tape.apply("scatter", (full,), shape, (len(taken), places, taken, shape))


def _swapped(x: Node) -> Node:
    return x.tape.apply("swap", (x,), (*x.shape[:-2], x.shape[-1], x.shape[-2]))


def _matmul(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    x, y = operands
    slope = repeated(slope, result.shape)
    left, right = (slope, _swapped(y)) if k == 0 else (_swapped(x), slope)
    lead = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    full = x.tape.apply("matmul", (left, right), (*lead, left.shape[-2], right.shape[-1]))
    return _summed(full, operands[k].shape)


def _largest(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    x = operands[0]
    return slope.tape.reshaped(slope, (*result.shape, 1)) * x.tape.apply("best", (x,), x.shape)


def _inverse(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    turned = _swapped(result)
    found: Node = -linear.product(linear.product(turned, repeated(slope, result.shape)), turned)
    return found


def _determinant(slope: Node, result: Node, detail: Any, operands: Sequence[Node], k: int) -> Node:
    return slope * result * _swapped(linear.inverse(operands[0]))


def _spectral(slope: Node, result: Node, kind: str, operands: Sequence[Node], k: int) -> Node:
    x = operands[0]
    lead = slope.tape.reshaped(slope, (*result.shape, 1, 1))
    return lead * x.tape.apply("spectral_slope", (x,), x.shape, kind)


PULLBACKS: dict[str, Pullback] = {
    "add": _add,
    "multiply": _entrywise(lambda result, detail, operands, k: operands[1 - k]),
    "divide": _entrywise(_divide),
    "power": _entrywise(_power),
    "exp": _entrywise(lambda result, detail, operands, k: result),
    "log": _entrywise(_log),
    "sin": _entrywise(_of("cos")),
    "cos": _entrywise(_of("sin", -1.0)),
    "atan": _entrywise(_atan),
    "erf": _entrywise(_erf),
    "abs": _entrywise(_sign),
    "maximum": _entrywise(_larger),
    "minimum": _entrywise(_smaller),
    "step": _zero,
    "held": _zero,
    "best": _zero,
    "variable": lambda slope, result, detail, operands, k: slope,
    "reshape": _reshape,
    "take": _take,
    "matmul": _matmul,
    "sum": _sum,
    "largest": _largest,
    "inverse": _inverse,
    "determinant": _determinant,
    "spectral": _spectral,
}
"""By the primitive's name. Where a maximum is reached twice the slope is shared, as the tape does."""
