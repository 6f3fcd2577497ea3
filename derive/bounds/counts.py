"""Numbers of rows and of entries that stand in claims: ranks, and how many entries are positive."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.dimensions import Shape
from derive.language.rank import Rank
from derive.language.tensor import Apply, Sum, Tensor

COUNTS = (0.5, 0.25, 1.0, 1000.0, 0.1)
"""What counts are taken for where bounds are weighed: some far less than every size, one far more."""


def counted(node: Tensor) -> Shape | None:
    """The sizes of which none is exceeded by the number that ``node`` is; None where it is no count."""
    match node:
        case Rank(operand=operand):
            return operand.shape
        case Sum(operand=Apply(function="heaviside", shape=(size,)), shape=()):
            return (size,)
    return None


def steps(node: Tensor) -> Iterator[Tensor]:
    """The vector ``heaviside(z)`` of which a count of positive entries is the sum."""
    if isinstance(node, Sum) and isinstance(node.operand, Apply) and counted(node) is not None:
        yield node.operand
