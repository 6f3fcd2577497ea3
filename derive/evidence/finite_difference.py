"""Method: differences of the model's value in fifty digits, with an error bar of their own.

A derivative is the central difference quotient of two step sizes, extrapolated (Richardson); their disagreement bounds
the truncation error, and balls carry the rounding error. No other tolerance enters. Where one-sided differences
disagree in the limit the point is at a kink, and nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.estimate import richardson
from derive.evaluate.errors import AtKink, Unavailable
from derive.evaluate.kinks import kinked
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.lines.entry_by_entry import Entry, derivative_by_entries, moves_along
from derive.evidence.trials.trial import Oracle
from derive.evidence.trials.trials import examine_by
from derive.instances.drawn import Drawn
from derive.language.derivatives import Derivative, Directional, flattened, underlying
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.obligation import Obligation

METHOD = "finite differences"
PRECISION = 224
AGREEMENT = Fraction(1, 5)
"""The part of the precision in which sides must agree: half of what the steps leave where no derivative is large."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides at instances, each outermost derivative replaced by difference quotients of its operand."""
    nodes = [node for side in (obligation.left, obligation.right) for node in side.walk()]
    derivatives = [node for node in nodes if isinstance(node, (Derivative, Directional))]
    if not derivatives:
        return Inapplicable(METHOD, "there is no derivative in the claim", telling=False)
    reasons = [reason for reason in map(_obstacle, derivatives) if reason]
    if reasons:
        return Inapplicable(METHOD, reasons[0])
    oracle = Oracle(METHOD, "50 digits", Quotients(), PRECISION, AGREEMENT)
    return examine_by(oracle, obligation, drawn)


def _obstacle(node: Derivative | Directional) -> str | None:
    """Why a derivative cannot be had from values of a function alone."""
    operand, variables = flattened(node)
    if len(variables) > max(richardson.STEPS):
        return f"a derivative of order {len(variables)} is too high for differences"
    if any(isinstance(below, (Derivative, Directional)) for below in operand.walk()):
        return "a derivative stands inside what is differentiated"
    return None


@dataclass(frozen=True)
class Quotients:
    """Differentiation by central differences of the operand's value."""

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        return derivative_by_entries(node, scope, _Values(flattened(node)[0], scope).partial)

    def directional(self, node: Directional, scope: Scope) -> Array:
        if any(isinstance(below, (Derivative, Directional)) for below in node.operand.walk()):
            raise Unavailable("a derivative stands inside what is differentiated")
        values = _Values(node.operand, scope)
        name, direction = underlying(node.variable).name, moves_along(node, scope)
        slopes = values.first(lambda t: {(name, k): slope * t for k, slope in direction.items()})
        return array_of(list(slopes), scope.shape(node.shape), object)


class _Values:
    """Values of an expression beside a point."""

    def __init__(self, operand: Tensor, scope: Scope) -> None:
        self.operand = operand
        self.scope = scope

    def at(self, shifts: Mapping[Entry, Any]) -> Array:
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

    def partial(self, shifts: Sequence[Entry]) -> Array:
        """The partial derivative of first or second order in the entries ``shifts``, flat."""
        if len(shifts) == 1:
            return self.first(lambda t: {shifts[0]: t})
        return self._second(shifts[0], shifts[1])

    def first(self, along: Callable[[Any], Mapping[Entry, Any]]) -> Array:
        """The derivative in t at 0 of the value at the point moved by ``along(t)``; a kink is named."""
        return self._named(lambda: richardson.first(lambda t: self.at(along(t))))

    def _second(self, one: Entry, other: Entry) -> Array:
        def corner(s: Any, t: Any) -> Array:
            return self.at({one: s + t} if one == other else {one: s, other: t})

        return self._named(lambda: richardson.second(corner))

    def _named(self, quotient: Callable[[], Array]) -> Array:
        """The quotient; a kink that it meets is named by the subexpression."""
        try:
            return quotient()
        except AtKink as error:
            subject = self._culprit() if error.subject is None else error.subject
            raise AtKink(error.function, subject) from None

    def _culprit(self) -> Tensor:
        return next((kink.node for kink in kinked(self.operand, self.scope)), self.operand)
