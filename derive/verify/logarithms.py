"""What the order of two positive numbers says of their logarithms, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Apply, Number, Power, Tensor

Order = tuple[Tensor, tuple[Tensor, ...]]
"""A difference that is nonnegative, or positive, where all of some others are."""


def logarithmic_orders(gap: Tensor, smaller: Tensor, larger: Tensor, relations: Sequence[Relation]) -> Iterator[Order]:
    """``gap`` is larger - smaller, times what is positive; ``relations`` have values where a claim is made.

    A number is positive where its logarithm, or that of the base of which it is a power, stands in one of them.
    """
    defined = {
        identity(node.arguments[0])
        for relation in relations
        for node in (*relation.left.walk(), *relation.right.walk())
        if isinstance(node, Apply) and node.function == "log"
    }
    low, high = _logarithm(smaller, defined), _logarithm(larger, defined)
    if low is not None and high is not None:
        yield gap, (high - low,)
        yield high - low, (gap,)
    match smaller, larger:
        case Power(base=a, exponent=u), Power(base=b, exponent=v) if identity(a) == identity(b):
            yield gap, (v - u, b - 1)


def _logarithm(number: Tensor, defined: set[str]) -> Tensor | None:
    match number:
        case Number(value=value) if value == 1:
            return Number(Fraction(0))
        case Power(base=base, exponent=exponent) if identity(base) in defined:
            return exponent * Apply.of("log", base)
        case _ if identity(number) in defined:
            return Apply.of("log", number)
    return None
