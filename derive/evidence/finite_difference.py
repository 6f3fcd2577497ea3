"""Method: differences of the model's value in fifty digits, with an error bar of their own.

A derivative is the central difference quotient of two step sizes, extrapolated (Richardson); their disagreement bounds
the truncation error, and balls carry the rounding error. No other tolerance enters. Where one-sided differences
disagree in the limit the point is at a kink, and nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from flint import arb

from derive.evaluate.errors import AtKink, Unavailable
from derive.evaluate.kinks import kinked
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.trials import Oracle, examine_by
from derive.instances.drawn import Drawn
from derive.language.derivatives import Definition, Derivative, Directional, underlying
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.obligation import Obligation

METHOD = "finite differences"
PRECISION = 224
RESOLUTION = 1e-15
"""An error bar wider than this part of the terms says nothing of an agreement; it never decides a difference."""

STEPS = {1: Fraction(1, 2**56), 2: Fraction(1, 2**40)}
"""Step size for first and second derivatives: truncation near 1e-33 and 1e-24, rounding near 1e-50 and 1e-43."""

Shift = tuple[str, int]
"""An entry that a difference moves: a symbol's name and the entry's row-major position."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides at instances, each outermost derivative replaced by difference quotients of its operand."""
    nodes = [node for side in (obligation.left, obligation.right) for node in side.walk()]
    derivatives = [node for node in nodes if isinstance(node, (Derivative, Directional))]
    if not derivatives:
        return Inapplicable(METHOD, "there is no derivative in the claim")
    reasons = [reason for reason in map(_obstacle, derivatives) if reason]
    if reasons:
        return Inapplicable(METHOD, reasons[0])
    oracle = Oracle(METHOD, "50 digits", Quotients(), PRECISION, RESOLUTION)
    return examine_by(oracle, obligation, drawn)


def _obstacle(node: Derivative | Directional) -> str | None:
    """Why a derivative cannot be had from values of a function alone."""
    operand, variables = flattened(node)
    if len(variables) > max(STEPS):
        return f"a derivative of order {len(variables)} is too high for differences"
    if any(isinstance(below, (Derivative, Directional)) for below in operand.walk()):
        return "a derivative stands inside what is differentiated"
    return None


def flattened(node: Derivative | Directional) -> tuple[Tensor, tuple[Tensor, ...]]:
    """What is differentiated, and in what: a derivative of a derivative is one of higher order."""
    if isinstance(node, Directional):
        return node.operand, (node.variable,)
    operand = node.operand
    while isinstance(operand, Definition):
        operand = operand.operand
    if isinstance(operand, Derivative):
        below, variables = flattened(operand)
        return below, variables + node.variables
    return node.operand, node.variables


@dataclass(frozen=True)
class Quotients:
    """Differentiation by central differences of the operand's value."""

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        operand, variables = flattened(node)
        values = _Values(operand, scope)
        axes = [(underlying(variable).name, positions(variable, scope)) for variable in variables]
        found: dict[tuple[Shift, ...], Array] = {}
        columns = []
        for places in product(*(array.flat for _, array in axes)):
            shifts = tuple(sorted((name, int(k)) for (name, _), k in zip(axes, places, strict=True)))
            if shifts not in found:
                found[shifts] = values.partial(shifts)
            columns.append(found[shifts])
        entries = [column[k] for k in range(columns[0].size) for column in columns]
        shape = scope.shape(operand.shape) + tuple(size for _, array in axes for size in array.shape)
        return array_of(entries, shape, object)

    def directional(self, node: Directional, scope: Scope) -> Array:
        if any(isinstance(below, (Derivative, Directional)) for below in node.operand.walk()):
            raise Unavailable("a derivative stands inside what is differentiated")
        values = _Values(node.operand, scope)
        name, places = underlying(node.variable).name, positions(node.variable, scope)
        direction = dict(zip((int(k) for k in places.flat), scope.value(node.direction).flat, strict=True))
        slopes = values.first(lambda t: {(name, k): slope * t for k, slope in direction.items()})
        return array_of(list(slopes), scope.shape(node.shape), object)


class _Values:
    """Values of an expression beside a point."""

    def __init__(self, operand: Tensor, scope: Scope) -> None:
        self.operand = operand
        self.scope = scope

    def at(self, shifts: Mapping[Shift, Any]) -> Array:
        """The value, flat, with entries of symbols moved."""
        symbols = {leaf.name: leaf for leaf in self.operand.walk() if isinstance(leaf, Symbol)}
        moved: dict[str, Array] = {}
        for (name, place), shift in shifts.items():
            if name not in symbols:
                continue
            if name not in moved:
                moved[name] = self.scope.value(symbols[name]).copy()
            flat = moved[name].reshape(-1)
            flat[place] = flat[place] + shift
            moved[name] = flat.reshape(moved[name].shape)
        return self.scope.child(arrays=moved).value(self.operand).reshape(-1)

    def partial(self, shifts: Sequence[Shift]) -> Array:
        """The partial derivative of first or second order in the entries ``shifts``, flat."""
        if len(shifts) == 1:
            return self.first(lambda t: {shifts[0]: t})
        return self._second(shifts[0], shifts[1])

    def first(self, along: Callable[[Any], Mapping[Shift, Any]]) -> Array:
        """The derivative in t at 0 of the value at the point moved by ``along(t)``.

        Raises:
            AtKink: the one-sided differences do not approach each other.
        """
        middle, quotients, gaps = self.at({}), [], []
        for h in _halved(STEPS[1]):
            ahead, behind = self.at(along(h)), self.at(along(-h))
            quotients.append((ahead - behind) / (2 * h))
            gaps.append((ahead + behind - 2 * middle) / h)
        for wide, narrow in zip(*gaps, strict=True):
            if abs(narrow) > abs(wide) * arb(0.75):  # it halves where the function is smooth
                raise AtKink("a derivative", self._culprit())
        return _extrapolated(*quotients)

    def _second(self, first: Shift, second: Shift) -> Array:
        quotients = []
        for h in _halved(STEPS[2]):
            total = None
            for one, other in product((1, -1), repeat=2):
                shifts: dict[Shift, Any] = {first: one * h}
                shifts[second] = shifts.get(second, arb(0)) + other * h
                term = self.at(shifts) * (one * other)
                total = term if total is None else total + term
            quotients.append(total / (4 * h * h))
        if any(abs(narrow) > abs(wide) * arb(1.5) for wide, narrow in zip(*quotients, strict=True)):
            raise AtKink("a second derivative", self._culprit())
        return _extrapolated(*quotients)

    def _culprit(self) -> Tensor:
        return next(kinked(self.operand, self.scope), self.operand)


def _halved(step: Fraction) -> tuple[Any, Any]:
    wide = arb(step.numerator) / step.denominator
    return wide, wide / 2


def _extrapolated(wide: Array, narrow: Array) -> Array:
    """Richardson's extrapolation of second-order quotients at h and h/2, with the change as the radius."""
    entries = []
    for x, y in zip(wide, narrow, strict=True):
        change = x - y
        entries.append(y - change / 3 + arb(0, 1) * change.abs_upper())
    return array_of(entries, (len(entries),), object)
