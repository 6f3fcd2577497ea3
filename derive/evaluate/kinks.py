"""Kinks: where they are (a step's argument at zero, a tie of a maximum, a root of zero), and the regions between them.

Between its kinks a piecewise function is smooth. A region is a pattern of signs of all arguments of steps, and of which
entry is the largest of a maximum; a formula can be right in one region and wrong in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from derive.evaluate.black_box import ties
from derive.evaluate.errors import EvaluationError
from derive.evaluate.program import Program, compiled
from derive.evaluate.scope import Scope, operands
from derive.evaluate.system import Array, System
from derive.language.arrays import Composite
from derive.language.black_box import BlackBox
from derive.language.chance import OverOutcomes
from derive.language.derivatives import Substitution
from derive.language.errors import InputError
from derive.language.experiment import Least
from derive.language.functions import FUNCTIONS, w, z
from derive.language.iteration import Always, AtTime, Converges, HittingTime
from derive.language.plain import plain
from derive.language.tangents import Generic
from derive.language.tensor import Apply, Extremum, IndexSum, Tensor

Region = tuple[tuple[int, ...], ...]
"""For each piecewise subexpression the signs of its arguments (0 at a kink), or the positions of its extrema."""


@dataclass(frozen=True)
class Kink:
    """A subexpression at a kink: ``node``, its ``entry`` there (0-based; of a maximum, the first that ties).

    ``certain`` is False where a ball only touches the kink, so that more precision may tell. ``line`` is that of an
    author's code.
    """

    node: Tensor
    entry: tuple[int, ...]
    certain: bool
    line: str = ""

    def __str__(self) -> str:
        where = f": {self.line}" if self.line else str(list(self.entry)) if self.entry else ""
        return f"{plain(self.node)}{where}"


@cache
def _kinks(name: str) -> Program | None:
    """The program of the expressions whose zeros are the kinks of a function, if it has any."""
    function = FUNCTIONS[name]
    if not function.kinks:
        return None
    return compiled(function.kinks, (z, w) if function.arity == 2 else (z,))


def is_piecewise(node: Tensor) -> bool:
    """Whether a node has pieces with regions between them; a root has none, its kink is an end of its domain."""
    if isinstance(node, Apply):
        return bool(FUNCTIONS[node.function].expression.has(sp.Heaviside))
    return isinstance(node, Extremum)


def kinked(root: Tensor, scope: Scope) -> Iterator[Kink]:
    """The nodes of ``root`` that stand at a kink in ``scope``, innermost first; those without a value are not."""
    for node, place in _places(root, scope):
        if isinstance(node, BlackBox):
            yield from _in_code(node, place)
        for arguments in _arguments(node, place):
            yield from _at_kink(node, arguments, place.system)


def _in_code(node: BlackBox, scope: Scope) -> Iterator[Kink]:
    try:
        arguments = [scope.value(argument) for argument in node.arguments]
    except (EvaluationError, InputError):
        return
    yield from (Kink(node, (), False, str(line)) for line in ties(node, arguments, scope.system))


def region(root: Tensor, scope: Scope) -> Region:
    """The region of ``scope``'s point; empty where ``root`` has no pieces."""
    pieces = [(node, place) for node, place in _places(root, scope) if is_piecewise(node)]
    return tuple(_signs(node, arguments, at.system) for node, at in pieces for arguments in _arguments(node, at))


def _places(root: Tensor, scope: Scope) -> Iterator[tuple[Tensor, Scope]]:
    """The nodes below ``root`` with the scopes in which they have their values, innermost first."""
    for node in _within(root):
        try:
            if isinstance(node, Composite):
                yield from _places(node.expand(), scope)
            elif isinstance(node, IndexSum):
                for position in range(node.index.dimension.size(scope.sizes)):
                    yield from _places(node.operand, scope.child(indices={node.index.name: position}))
            elif isinstance(node, Substitution):
                yield from _places(node.operand, scope.child(arrays={node.symbol.name: scope.value(node.value)}))
            else:
                yield node, scope
        except (EvaluationError, InputError):
            continue


def _within(root: Tensor) -> Iterator[Tensor]:
    """The nodes of ``root``, each once, operands first; nothing below those that stand for others or bind names."""
    seen: set[Tensor] = set()
    stack = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(_below(node)))


def _below(node: Tensor) -> Sequence[Tensor]:
    if isinstance(node, (Composite, Generic, IndexSum, Least, OverOutcomes)):
        return ()
    along = (Substitution, AtTime, Always, Converges, HittingTime)
    return operands(node) if isinstance(node, along) else tuple(node.children())


def _arguments(node: Tensor, scope: Scope) -> Iterator[Array]:
    """What is zero at the kinks of an elementwise function; the rows of which a maximum is taken."""
    try:
        if isinstance(node, Extremum):
            yield _rows(node, scope.value(node.operand))
        elif isinstance(node, Apply) and (program := _kinks(node.function)) is not None:
            values = [scope.value(argument) for argument in node.arguments]
            yield from (np.asarray(array) for array in program.run(scope.system, values))
    except (EvaluationError, InputError):
        return


def _rows(node: Extremum, array: Array) -> Array:
    """``array`` with the axes of the maximum joined into the last."""
    kept = [k for k in range(array.ndim) if k not in node.axes]
    return array.transpose(kept + list(node.axes)).reshape([*(array.shape[k] for k in kept), -1])


def _at_kink(node: Tensor, arguments: Array, system: System) -> Iterator[Kink]:
    if isinstance(node, Extremum):
        for entry in np.ndindex(*arguments.shape[:-1]):
            gaps = [x - y for x, y in _rivals(node, list(arguments[entry]), system)]
            if gaps:
                yield Kink(node, entry, all(_certainly_zero(gap, system) for gap in gaps))
        return
    for entry in np.ndindex(*arguments.shape):
        if system.may_be_zero(arguments[entry]):
            yield Kink(node, entry, _certainly_zero(arguments[entry], system))


def _rivals(node: Extremum, numbers: list[Any], system: System) -> list[tuple[Any, Any]]:
    """The pairs that may tie for the extremum."""
    best = [numbers[k] for k in _best(node, numbers, system)]
    return [(best[0], other) for other in best[1:]]


def _best(node: Extremum, numbers: list[Any], system: System) -> list[int]:
    """The positions of the numbers that none certainly beats."""

    def beaten(x: Any) -> bool:
        return any(system.certainly_less(*((x, y) if node.kind == "max" else (y, x))) for y in numbers)

    return [k for k, x in enumerate(numbers) if not beaten(x)]


def _certainly_zero(x: Any, system: System) -> bool:
    return bool(system.exact(x) == 0)


def _signs(node: Tensor, arguments: Array, system: System) -> tuple[int, ...]:
    if isinstance(node, Extremum):
        rows = [list(arguments[entry]) for entry in np.ndindex(*arguments.shape[:-1])]
        return tuple(_best(node, row, system)[0] for row in rows)
    zero = system.may_be_zero
    return tuple(0 if zero(x) else -1 if system.certainly_less(x, -x) else 1 for x in arguments.flat)
