"""Facts about powers of a base with a sign, ``b**k`` with k = 0, 1, 2, ..., and what they ask of base and exponent."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.symbols import Symbol
from derive.language.tensor import Number, Power, Tensor

Known = tuple[Tensor, bool, tuple[Tensor, ...]]
"""What is at least 0, or positive, and what has to be at least 0, or positive, for that."""


def facts_of_powers(node: Tensor) -> Iterator[Known]:
    """Signs, Bernoulli's inequality, and that powers of what is between 0 and 1 fall, for each power in an expression.

    By induction over k: ``b**(k + 1) = b b**k >= b (1 + k (b - 1)) = 1 + (k + 1) (b - 1) + k (b - 1)**2``.
    """
    for power in node.walk():
        match power:
            case Power(base=b, exponent=Symbol(properties=properties, shape=()) as k, shape=()):
                if "integer" in properties and properties & {"nonnegative", "positive"} and not isinstance(b, Number):
                    yield power, True, (b,)
                    yield power - 1 - k * (b - 1), False, (b,)
                    yield 1 - power, False, (b, 1 - b)
                    yield b - power, False, (b, 1 - b, k - 1)
