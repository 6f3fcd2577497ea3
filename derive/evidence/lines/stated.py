"""A claim that states a derivative: what is differentiated, in what, and what is claimed of it."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.derivatives import Definition, Derivative, Directional, flattened
from derive.language.tensor import Tensor
from derive.obligation import Obligation


@dataclass(frozen=True)
class StatedDerivative:
    """``D operand == claimed``, of first or second order, with no derivative inside ``operand``.

    Attributes:
        variables: one symbol, or view of one, for each order.
        direction: that of a directional derivative, else None.
    """

    operand: Tensor
    variables: tuple[Tensor, ...]
    direction: Tensor | None
    claimed: Tensor

    @property
    def order(self) -> int:
        return len(self.variables)


def stated_derivative(obligation: Obligation) -> StatedDerivative | str:
    """The derivative that one side of the obligation is, definitions unwrapped; or why it is none."""
    if obligation.sign != "==":
        return "the claim is not an identity"
    reason = "neither side is a derivative"
    for side, claimed in ((obligation.left, obligation.right), (obligation.right, obligation.left)):
        node = _unwrapped(side)
        if not isinstance(node, (Derivative, Directional)):
            continue
        operand, variables = flattened(node)
        if len(variables) > 2:
            reason = f"a derivative of order {len(variables)} is too high for a regression"
        elif any(isinstance(below, (Derivative, Directional)) for below in operand.walk()):
            reason = "a derivative stands inside what is differentiated"
        else:
            direction = node.direction if isinstance(node, Directional) else None
            return StatedDerivative(operand, variables, direction, claimed)
    return reason


def _unwrapped(node: Tensor) -> Tensor:
    while isinstance(node, Definition):
        node = node.operand
    return node
