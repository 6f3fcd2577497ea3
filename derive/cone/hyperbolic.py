"""Exponentials that are divided by, or that stand beside hyperbolic functions, in hyperbolic functions.

``exp(t) = cosh(t) + sinh(t)`` and ``1/exp(t) = cosh(t) - sinh(t)``: so a quotient of exponentials becomes a polynomial
in cosh(t) and sinh(t), between which ``cosh(t)**2 - sinh(t)**2 = 1``.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.tensor import Add, Apply, Divide, Multiply, Negative, Number, Power, Tensor

ARITHMETIC = (Add, Divide, Multiply, Negative, Power)


def arguments(sides: Iterable[Tensor]) -> frozenset[str]:
    """The arguments t, as text, of cosh and sinh, and of exponentials that stand in a divisor."""
    return frozenset(identity(t) for side in sides for part in side.walk() for t in _arguments(part))


def _arguments(node: Tensor) -> Iterable[Tensor]:
    match node:
        case Apply(function="cosh" | "sinh", arguments=found):
            return found
        case Divide(right=below):
            return [t for part in below.walk() if (t := _exponent(part)) is not None]
        case Power(base=base, exponent=Number(value=value)) if value < 0:
            return [t for part in base.walk() if (t := _exponent(part)) is not None]
    return ()


def _exponent(node: Tensor) -> Tensor | None:
    """t of ``exp(t)``."""
    return node.arguments[0] if isinstance(node, Apply) and node.function == "exp" else None


def hyperbolic(node: Tensor, of: frozenset[str]) -> Tensor:
    """The scalar with exponentials of the arguments ``of`` in cosh and sinh, and its divisors without them."""
    exponent = _exponent(node)
    if exponent is not None and identity(exponent) in of:
        return Apply.of("cosh", exponent) + Apply.of("sinh", exponent)
    if not isinstance(node, (*ARITHMETIC, Apply)):
        return node
    match node:
        case Divide(left=left, right=right) if (inverse := _inverse(right, of)) is not None:
            return hyperbolic(left, of) * inverse
        case Power(base=base, exponent=Number(value=v)) if v < 0 and (inverse := _inverse(base, of)) is not None:
            return inverse ** Number(-v)
    below = list(node.children())
    changed = [hyperbolic(child, of) for child in below]
    same = all(new is old for new, old in zip(changed, below, strict=True))
    return node if same else with_operands(node, changed)


def _inverse(node: Tensor, of: frozenset[str]) -> Tensor | None:
    """1 over a product of numbers and powers of exponentials; None where it is no such product."""
    exponent = _exponent(node)
    if exponent is not None and identity(exponent) in of:
        return Apply.of("cosh", exponent) - Apply.of("sinh", exponent)
    match node:
        case Number(value=value) if value:
            return Number(1 / value)
        case Power(base=base, exponent=Number(value=value)) if value.denominator == 1 and value > 0:
            return None if (inside := _inverse(base, of)) is None else inside**node.exponent
        case Multiply(left=left, right=right):
            first, second = _inverse(left, of), _inverse(right, of)
            return None if first is None or second is None else first * second
    return None
