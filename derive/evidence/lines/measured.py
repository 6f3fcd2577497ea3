"""Derivatives of code that runs on floats alone, measured from its values: balls whose radius is an estimated error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from flint import arb

from derive.estimate.disagreement import QUANTILE
from derive.estimate.line import Floats, FunctionLine, Line
from derive.estimate.regression import taylor
from derive.evaluate.errors import AtKink, EvaluationError, Unavailable
from derive.evaluate.float64 import Float64
from derive.evaluate.forward import ForwardMode
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.language.derivatives import Derivative, Directional, flattened, underlying
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

EPSILON = 2.0**-52

ROUNDINGS = 64
"""Roundings that a value of the code is allowed."""

Estimate = tuple[Floats, Floats]
"""A derivative on a line in each output, and its error bar."""

Estimator = Callable[[Line, int], Estimate]
"""An estimate of the first or second derivative of a line."""


def by_regression(line: Line, order: int) -> Estimate:
    """The Taylor regression, with so many standard errors that an accident is as good as excluded.

    Raises:
        AtKink: the one-sided derivatives differ.
    """
    expansion = taylor(line, order=order)
    found = expansion.slope if order == 1 else expansion.curvature
    if np.any(found.kink):
        raise AtKink("a derivative")
    return found.value, np.where(found.coarse, np.inf, QUANTILE * found.error + EPSILON * np.abs(found.value))


def by_richardson(line: Line, order: int) -> Estimate:
    """Extrapolated central differences at the step of least error: what halving it changes, and the rounding."""
    best: Estimate | None = None
    for exponent in range(4, 24):
        h = 2.0**-exponent
        values = line.values([0.0, h, -h, h / 2, -h / 2])
        middle, ahead, behind, near, nearer = values
        rounding = ROUNDINGS * EPSILON * np.max(np.abs(values), axis=0)
        if order == 1:
            wide, narrow, error = (ahead - behind) / (2 * h), (near - nearer) / h, 4 * rounding / h
        else:
            wide, narrow = (ahead + behind - 2 * middle) / h**2, 4 * (near + nearer - 2 * middle) / h**2
            error = 32 * rounding / h**2
        value, bar = narrow + (narrow - wide) / 3, np.abs(narrow - wide) + error
        bar = np.where(np.isfinite(value), bar, np.inf)
        if best is None:
            best = value, bar
        else:
            smaller = bar < best[1]
            best = np.where(smaller, value, best[0]), np.where(smaller, bar, best[1])
    assert best is not None
    return best


def on_floats(expression: Tensor, scope: Scope, moved: Mapping[str, Floats] | None = None) -> Floats:
    """The value of an expression in floats, at the midpoints of the scope's balls; some symbols may have moved."""
    symbols = {leaf.name for leaf in expression.walk() if isinstance(leaf, Symbol)}
    arrays = {name: midpoints(array) for name, array in scope.arrays.items() if name in symbols}
    arrays |= moved or {}
    found = Scope(Float64(), scope.sizes, scope.indices, arrays, ForwardMode()).value(expression)
    return np.asarray(found, np.float64)


def midpoints(array: Any) -> Floats:
    """Balls as floats; exact where they are floats."""
    numbers = np.asarray(array, dtype=object)
    return np.array([float(x) for x in numbers.flat], np.float64).reshape(numbers.shape)


@dataclass(frozen=True)
class Measured:
    """Differentiation by the values of the operand in floats; of first and second order."""

    estimator: Estimator

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        operand, variables = flattened(node)
        _check(operand, len(variables))
        axes = [(underlying(variable).name, positions(variable, scope)) for variable in variables]
        columns: dict[tuple[tuple[str, int], ...], Array] = {}
        found = []
        for places in product(*(array.flat for _, array in axes)):
            moves = tuple(sorted((name, int(k)) for (name, _), k in zip(axes, places, strict=True)))
            if moves not in columns:
                columns[moves] = self._partial(operand, moves, scope)
            found.append(columns[moves])
        entries = [column[k] for k in range(found[0].size) for column in found]
        shape = scope.shape(operand.shape) + tuple(size for _, array in axes for size in array.shape)
        return array_of(entries, shape, object)

    def directional(self, node: Directional, scope: Scope) -> Array:
        _check(node.operand, 1)
        name, places = underlying(node.variable).name, positions(node.variable, scope)
        move = np.zeros(np.shape(scope.arrays[name]))
        move.reshape(-1)[places.reshape(-1)] = midpoints(scope.value(node.direction)).reshape(-1)
        entries = self._along(node.operand, {name: move}, 1, scope)
        return array_of(list(entries), scope.shape(node.shape), object)

    def _partial(self, operand: Tensor, moves: tuple[tuple[str, int], ...], scope: Scope) -> Array:
        """A partial derivative; a mixed one by polarisation."""
        if len(moves) == 1 or moves[0] == moves[1]:
            return self._along(operand, _units(moves[:1], scope), len(moves), scope)
        both, first, second = (
            self._along(operand, _units(part, scope), 2, scope) for part in (moves, moves[:1], moves[1:])
        )
        half: Array = (both - first - second) / 2
        return half

    def _along(self, operand: Tensor, moves: Mapping[str, Floats], order: int, scope: Scope) -> Array:
        point = {name: midpoints(scope.arrays[name]) for name in moves}
        size = max(float(np.max(np.abs(x), initial=0.0)) for x in point.values()) or 1.0

        def value(t: Floats) -> Floats:
            moved = {name: x + float(t) * size * moves[name] for name, x in point.items()}
            try:
                return on_floats(operand, scope, moved).reshape(-1)
            except EvaluationError as error:
                if isinstance(error, Unavailable):
                    raise
                return np.full(shape, np.nan)

        shape = int(np.prod(scope.shape(operand.shape), dtype=int))
        slopes, bars = self.estimator(FunctionLine(value, np.zeros(()), np.ones(())), order)
        scale = size**order
        return array_of([_ball(v / scale, b / scale) for v, b in zip(slopes, bars, strict=True)], (shape,), object)


def _ball(value: float, bar: float) -> Any:
    return arb(float(value)) + arb(0, float(bar)) if np.isfinite(value) and np.isfinite(bar) else arb(0, float("inf"))


def rounded(values: Floats) -> Array:
    """Values of code as balls, with the rounding that they may have."""
    size = float(np.max(np.abs(values), initial=0.0))
    return array_of([_ball(x, ROUNDINGS * EPSILON * size) for x in values.flat], values.shape, object)


def _units(moves: tuple[tuple[str, int], ...], scope: Scope) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for name, place in moves:
        array = found.setdefault(name, np.zeros(np.shape(scope.arrays[name])))
        array.reshape(-1)[place] += 1.0
    return found


def _check(operand: Tensor, order: int) -> None:
    if order > 2 or any(isinstance(node, (Derivative, Directional)) for node in operand.walk()):
        raise Unavailable("a derivative of this kind cannot be had from values in floats")
