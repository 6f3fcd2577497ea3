"""What makes a statement about chance say nothing: random symbols that nothing binds, probabilities beyond 0 and 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.language.binding import free_names
from derive.language.chance import Probability, unbound
from derive.language.derivatives import Definition
from derive.language.experiment import experiments, sizes_without_value
from derive.language.relations import Relation
from derive.language.tensor import Add, Divide, Multiply, Negative, Number, Tensor


def stray(relations: Sequence[Relation], given: Sequence[Relation]) -> str | None:
    """Why a claim about chance says nothing, or None."""
    for relation in relations:
        for name in _unbound(relation):
            return f"{name} is random and stands outside any expectation(...) or probability(...) in {relation!r}"
        for measured in experiments(relation.left, relation.right):
            for name in (*sorted(free_names(measured)), *sizes_without_value(measured)):
                return f"{name} has no value in the experiment {measured!r}: a symbol needs a law, a size at=[n == 4]"
        if (bound := beyond(relation)) is not None:
            return f"a probability lies between 0 and 1, and {relation!r} compares one with {bound}"
    for relation in given:
        for name in _unbound(relation):
            return (
                f"the hypothesis {relation!r} speaks of {name}, which is random:"
                " condition with probability(..., given=...) or expectation(..., given=...)"
            )
    return None


def _unbound(relation: Relation) -> Iterator[str]:
    return (random.name for side in (relation.left, relation.right) for random in unbound(side))


def beyond(relation: Relation) -> Fraction | None:
    """The number outside 0 to 1 that a relation compares a probability with, if it is one."""
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        value = number(other) if isinstance(_opened(side), Probability) else None
        if value is not None and not 0 <= value <= 1:
            return value
    return None


def _opened(side: Tensor) -> Tensor:
    while isinstance(side, Definition):
        side = side.operand
    return side


def number(expression: Tensor) -> Fraction | None:
    """The number that an expression without symbols is, where sums, products and quotients lead to it."""
    match expression:
        case Number(value=value):
            return value
        case Definition(operand=operand):
            return number(operand)
        case Negative(operand=operand):
            opposite = number(operand)
            return None if opposite is None else -opposite
        case Add(left=left, right=right) | Multiply(left=left, right=right) | Divide(left=left, right=right):
            a, b = number(left), number(right)
            if a is None or b is None or (isinstance(expression, Divide) and not b):
                return None
            return a + b if isinstance(expression, Add) else a * b if isinstance(expression, Multiply) else a / b
    return None
