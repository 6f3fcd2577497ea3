"""What a relation asks of one probability: at least or at most so much, at each instance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.system import Array, boxed
from derive.language.chance import Expectation, Probability
from derive.language.derivatives import Definition
from derive.language.tensor import Add, Divide, Multiply, Negative, Tensor
from derive.obligation import Obligation

PRECISION = 128

DIGITS = 6
"""Digits in which a frequency is told."""

LARGEST_EXPONENT = 2000
"""Bits before or behind the point beyond which a bound of a probability is of no use."""


@dataclass(frozen=True)
class Limit:
    """A claim on a probability at one instance: that a draw fails with probability at most ``allowed``.

    ``at_least``: the event is claimed to happen so often, and a draw fails where it does not; otherwise a draw fails
    where it happens. ``allowed`` is rounded up, so that what refutes it refutes the claim.
    """

    at_least: bool
    allowed: Fraction


@dataclass(frozen=True)
class Question:
    """A relation of scalars in which one probability stands affinely.

    Attributes:
        probability: the node.
    """

    obligation: Obligation
    probability: Probability

    def limits(self, point: Point) -> list[Limit]:
        """What the relation says of the probability at ``point``: two limits where it is an identity.

        Raises:
            EvaluationError: a side has no value there.
        """
        with Balls(PRECISION).context():
            none, certain = self._excess(point, arb(0)), self._excess(point, arb(1))
            slope = certain - none
            if slope.contains(0):
                return []
            bound = -none / slope
            found = []
            if self.obligation.sign == "==" or slope < 0:
                found.append(_limit(True, 1 - bound))
            if self.obligation.sign == "==" or slope > 0:
                found.append(_limit(False, bound))
            return [limit for limit in found if limit is not None]

    def sides(self, point: Point, frequency: Fraction) -> tuple[str, str]:
        """Both sides in a few digits, a frequency that was drawn in the place of the probability."""
        balls = Balls(PRECISION)
        with balls.context():
            scope = scope_at(point, balls)
            scope.known[self.probability] = boxed(balls.rational(frequency))
            left, right = (scope.value(side).item() for side in (self.obligation.left, self.obligation.right))
            return left.str(DIGITS, radius=False), right.str(DIGITS, radius=False)

    def _excess(self, point: Point, probability: arb) -> Any:
        """``left - right`` if the probability were this."""
        scope = scope_at(point, Balls(PRECISION))
        scope.known[self.probability] = boxed(probability)
        difference: Array = boxed(scope.value(self.obligation.left) - scope.value(self.obligation.right))
        return difference[()]


def _limit(at_least: bool, allowed: arb) -> Limit | None:
    end = allowed.upper()
    if not end.is_finite():
        return None
    mantissa, exponent = (int(part) for part in end.man_exp())
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    return Limit(at_least, Fraction(mantissa) * Fraction(2) ** exponent)


def chance_nodes(*sides: Tensor) -> list[Expectation | Probability]:
    """The outermost means and probabilities, each once."""
    found: dict[Tensor, None] = {}
    stack = list(reversed(sides))
    while stack:
        node = stack.pop()
        if isinstance(node, (Expectation, Probability)):
            found[node] = None
        else:
            stack.extend(reversed(list(node.children())))
    return [node for node in found if isinstance(node, (Expectation, Probability))]


def question(obligation: Obligation) -> Question | str:
    """The question about the one probability in it, or why there is none."""
    nodes = chance_nodes(obligation.left, obligation.right)
    if not nodes:
        return "the claim speaks of no probability"
    if len(nodes) > 1 or not isinstance(nodes[0], Probability):
        return "the claim is about more than one probability"
    if obligation.left.shape or obligation.right.shape:
        return "the claim is about an array"
    if obligation.sign not in ("<=", "<", "=="):
        return f"a relation {obligation.sign} of a probability"
    if not all(_affine(side, nodes[0]) for side in (obligation.left, obligation.right)):
        return "the probability does not stand by itself"
    return Question(obligation, nodes[0])


def _affine(root: Tensor, node: Tensor) -> bool:
    """Does the node enter ``root`` in first order alone, and not inside anything that binds?"""
    if root is node or not any(part is node for part in root.walk()):
        return True
    match root:
        case Add() | Negative() | Definition():
            return all(_affine(child, node) for child in root.children())
        case Multiply(left=left, right=right):
            return sum(any(part is node for part in side.walk()) for side in (left, right)) == 1 and all(
                _affine(side, node) for side in (left, right)
            )
        case Divide(left=left, right=right):
            return _affine(left, node) and not any(part is node for part in right.walk())
    return False
