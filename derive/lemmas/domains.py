"""Where an expression has a value: the parts of it that must satisfy a condition."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.evaluate.kinks import is_piecewise
from derive.evaluate.scope import under_even_power
from derive.language.arrays import Inverse, Norm, Spectral
from derive.language.chance import Expectation, Probability
from derive.language.derivatives import Derivative, Directional
from derive.language.functions import FUNCTIONS
from derive.language.iteration import Always, AtTime, Converges, HittingTime
from derive.language.plain import identity
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Divide, Multiply, Number, Power, Size, Tensor


def guarded(node: Tensor) -> Iterator[Tensor]:
    """What must satisfy a condition for the node to have a value, or not to stand at a kink."""
    match node:
        case Divide(right=right) if not isinstance(right, Number):
            yield right
        case Power(base=base, exponent=Number(value=exponent)) if exponent.denominator == 1 and exponent > 0:
            return
        case Power(base=base) | Inverse(operand=base):
            yield base
        case Apply(function=function, arguments=arguments):
            if is_piecewise(node) or FUNCTIONS[function].domain != sp.true:
                yield from arguments


def conditions(*expressions: Tensor) -> set[str]:
    """The nodes that may have no value at some point, as texts: equal texts have a value at the same points."""
    return set(partial(*expressions))


def partial(*expressions: Tensor) -> dict[str, Tensor]:
    """The nodes that may have no value at some point, by their ``conditions``."""
    return {_condition(node): node for expression in expressions for node in expression.walk() if _is_partial(node)}


def _condition(node: Tensor) -> str:
    return f"division by {identity(node.right)}" if isinstance(node, Divide) else identity(node)


def _is_partial(node: Tensor) -> bool:
    """May the node have no value though its operands have? A derivative has none at a kink, a mean may not exist."""
    match node:
        case Derivative() | Directional():
            return any(map(_has_kinks, node.children()))
        case Expectation() | Probability() | AtTime() | HittingTime() | Always() | Converges():
            return True
    return not is_piecewise(node) and any(not _certainly_positive(part) for part in guarded(node))


def _has_kinks(node: Tensor) -> bool:
    """May it have no derivative at some point? The square of a Euclidean norm has one everywhere."""
    rooted = under_even_power(node)
    if rooted is not None:
        return _has_kinks(rooted)
    return is_piecewise(node) or isinstance(node, (Norm, Spectral)) or any(map(_has_kinks, node.children()))


def _certainly_positive(node: Tensor) -> bool:
    """By its form: sizes, positive numbers and symbols, exponentials, and what is made of them."""
    match node:
        case Number(value=value):
            return value > 0
        case Size():
            return True
        case Symbol(properties=properties):
            return "positive" in properties
        case Apply(function="exp"):
            return True
        case Add(left=left, right=right) | Multiply(left=left, right=right) | Divide(left=left, right=right):
            return _certainly_positive(left) and _certainly_positive(right)
        case Power(base=base):
            return _certainly_positive(base)
    return False
