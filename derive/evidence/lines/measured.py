"""Derivatives of code that runs on floats alone, measured from its values: balls whose radius is an estimated error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from derive.estimate.directions import direction, generator
from derive.estimate.disagreement import QUANTILE
from derive.estimate.line import Floats, FunctionLine, Line
from derive.estimate.regression import taylor
from derive.evaluate.errors import AtKink, EvaluationError, Unavailable
from derive.evaluate.float64 import Float64
from derive.evaluate.forward import ForwardMode
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.evidence.lines.entry_by_entry import Entry, derivative_by_entries
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
        return derivative_by_entries(node, scope, lambda entries: self._partial(operand, entries, scope))

    def directional(self, node: Directional, scope: Scope) -> Array:
        _check(node.operand, 1)
        name, places = underlying(node.variable).name, positions(node.variable, scope)
        move = np.zeros(np.shape(scope.arrays[name]))
        move.reshape(-1)[places.reshape(-1)] = midpoints(scope.value(node.direction)).reshape(-1)
        entries = self._along(node.operand, {name: move}, 1, scope)
        return array_of(list(entries), scope.shape(node.shape), object)

    def _partial(self, operand: Tensor, moves: tuple[Entry, ...], scope: Scope) -> Array:
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
        line = _line(operand, scope, point, {name: size * move for name, move in moves.items()})
        slopes, bars = self.estimator(line, order)
        scale = size**order
        return array_of(
            [_ball(v / scale, b / scale) for v, b in zip(slopes, bars, strict=True)], (len(slopes),), object
        )


def _ball(value: float, bar: float) -> Any:
    return arb(float(value)) + arb(0, float(bar)) if np.isfinite(value) and np.isfinite(bar) else arb(0, float("inf"))


def computed(expression: Tensor, scope: Scope) -> Array:
    """The value of code in floats, as balls of the error that it may have: its last roundings, and its noise.

    How much an author's code loses inside is not known; it shows in the scatter of its values along a line through the
    point. Where these do not change at all, half of the digits may have been lost.
    """
    values = on_floats(expression, scope)
    size = np.max(np.abs(values), initial=0.0)
    bars = ROUNDINGS * EPSILON * size + _scatter(expression, scope, values)
    return array_of([_ball(x, bar) for x, bar in zip(values.flat, bars, strict=True)], values.shape, object)


def _scatter(expression: Tensor, scope: Scope, values: Floats) -> Floats:
    """By how much each output scatters about a smooth function, as all entries of all symbols move.

    That is the noise at the smallest steps of a Taylor regression, and what its best slope leaves uncertain over the
    steps that it was fitted to: at small ones the values of code that cancels repeat, and show nothing.
    """
    symbols = {leaf.name for leaf in expression.walk() if isinstance(leaf, Symbol)}
    point = {name: midpoints(scope.arrays[name]) for name in sorted(symbols)}
    rng = generator(0, "scatter")
    moves = {name: direction(rng, array) for name, array in point.items()}
    found = taylor(_line(expression, scope, point, moves))
    unmoved = (found.slope.value == 0) & (found.curvature.value == 0)
    hidden = np.where(unmoved, EPSILON**0.5 * np.maximum(np.abs(values.reshape(-1)), 1.0), 0.0)
    scatter: Floats = QUANTILE * found.noise + found.slope.error * found.slope.step + hidden
    return np.where(np.isfinite(scatter), scatter, np.inf)


def _line(operand: Tensor, scope: Scope, point: Mapping[str, Floats], moves: Mapping[str, Floats]) -> Line:
    """``t -> operand``, flattened, with the symbols of ``point`` moved by ``t`` times ``moves``."""
    outputs = int(np.prod(scope.shape(operand.shape), dtype=int))

    def value(t: Floats) -> Floats:
        moved = {name: x + float(t) * moves[name] for name, x in point.items()}
        try:
            return on_floats(operand, scope, moved).reshape(-1)
        except Unavailable:
            raise
        except EvaluationError:
            return np.full(outputs, np.nan)

    return FunctionLine(value, np.zeros(()), np.ones(()))


def _units(moves: tuple[Entry, ...], scope: Scope) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for name, place in moves:
        array = found.setdefault(name, np.zeros(np.shape(scope.arrays[name])))
        array.reshape(-1)[place] += 1.0
    return found


def _check(operand: Tensor, order: int) -> None:
    if order > 2 or any(isinstance(node, (Derivative, Directional)) for node in operand.walk()):
        raise Unavailable("a derivative of this kind cannot be had from values in floats")
