"""The rank of a matrix by elimination, between the pivots that certainly are none of them zero and what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Number = Any
Sign = Callable[[Number], int | None]


def ranks(rows: Sequence[Sequence[Number]], sign: Sign) -> tuple[int, int]:
    """The least and the greatest rank that the matrix may have; ``sign`` is None where it is not certain."""
    rest, found = [list(row) for row in rows], 0
    while rest and rest[0]:
        places = ((i, j) for i, row in enumerate(rest) for j, x in enumerate(row) if sign(x) in (-1, 1))
        place = next(places, None)
        if place is None:
            break
        i, j = place
        pivot = rest.pop(i)
        rest = [[x - row[j] / pivot[j] * y for x, y in zip(row, pivot, strict=True)] for row in rest]
        rest = [row[:j] + row[j + 1 :] for row in rest]
        found += 1
    return found, found + sum(any(sign(x) != 0 for x in row) for row in rest)
