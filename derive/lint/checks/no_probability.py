"""A probability is compared with what the hypotheses allow to lie outside of 0 to 1: ``1 - delta`` with delta = 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.instances.patterns import strip
from derive.language.chance import Probability
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Divide, Multiply, Negative, Number, Tensor
from derive.lint.mentions import names, sides
from derive.lint.moderate import moderate_points, place
from derive.lint.subject import Examined
from derive.obligation import TURNED

VALUES = (2, -1)
"""Of a failure probability: neither is one."""


def examine(examined: Examined) -> Iterator[str]:
    """The bounds in one number, such as ``1 - delta``, that are no probability where nothing forbids it."""
    claim = examined.claim
    for bound, upper in (found for relation in claim.relations for found in _bounds(relation)):
        for point in _points(bound, claim.given):
            value = Rationals().exact(evaluate(bound, point, Rationals()).item())
            if value is not None and (value < 0 or (value > 1 and not upper)):
                name = min(names(bound))
                yield (
                    f"{bound!r} is {value} at {place(point)}, which is no probability: no hypothesis keeps {name}"
                    " between 0 and 1"
                )
                break


def _bounds(relation: Relation) -> Iterator[tuple[Tensor, bool]]:
    """What a probability is compared with, where it is linear in one number, and whether it is an upper bound."""
    pairs = (sides(relation), sides(relation)[::-1])
    for probability, bound in pairs:
        if isinstance(strip(probability), Probability) and len(names(bound)) == 1 and _is_linear(bound):
            below = relation.sign in ("<=", "<") and probability is relation.left
            yield bound, below or (relation.sign in TURNED and probability is relation.right)


def _points(bound: Tensor, given: Sequence[Relation]) -> Iterator[Point]:
    signed = any(isinstance(n, Symbol) and n.properties & {"positive", "nonnegative"} for n in bound.walk())
    yield from moderate_points(given, bound, values=[value for value in VALUES if value > 0 or not signed])


def _is_linear(side: Tensor) -> bool:
    match strip(side):
        case Number() | Symbol(shape=()):
            return True
        case Add(left=left, right=right):
            return _is_linear(left) and _is_linear(right)
        case Negative(operand=operand):
            return _is_linear(operand)
        case Multiply(left=left, right=right):
            return isinstance(left, Number) and _is_linear(right)
        case Divide(left=left, right=right):
            return isinstance(right, Number) and _is_linear(left)
    return False
