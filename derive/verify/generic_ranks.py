"""Dimensions of tangent spaces of sums of powers at generic vectors: a rank modulo a prime below, a grid above.

The form ``<u, x>^(l-1) x_a`` has the coefficient ``(l-1)!/(f_1! ... f_d!) u^f`` at ``x^f x_a``. What is independent
modulo a prime is so for generic vectors. These are, up to linear maps and multiples, the unit vectors, the vector of
ones and others that begin with 1; in an entry of one of these a minor has the degree ``d (l-1)`` or less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import product
from math import comb, factorial, prod

from flint import fmpz_mat, nmod_mat

from derive.verify.arithmetic import Unknown

PRIME = 2**61 - 1

MOST_ENTRIES = 10**5
MOST_POINTS = 1000
"""Of a matrix, and of a grid, that is looked at."""

Rows = list[list[int]]


@lru_cache(maxsize=64)
def tangent_dimension(m: int, d: int, order: int) -> int:
    """The dimension at m generic vectors of d entries.

    Raises:
        Unknown: it is not told by the rank modulo a prime and the grid.
    """
    if min(m, d, order) < 1 or max(m, d, order) > MOST_POINTS or m * d * comb(d + order - 1, order) > MOST_ENTRIES:
        raise Unknown("a tangent space that is too large to be looked at")
    spread = [[_scattered(f"{i} {a}") for a in range(d)] for i in range(m)]
    low = nmod_mat(fmpz_mat(forms(spread, order)), PRIME).rank()
    most = min(m * d, comb(d + order - 1, order))
    if low < most and any(fmpz_mat(forms(vectors, order)).rank() > low for vectors in _grid(m, d, order)):
        raise Unknown("a generic rank that a grid does not bound")
    return int(low)


def forms(vectors: Sequence[Sequence[int]], order: int) -> Rows:
    """The coefficients of the forms, a row for each vector and each a."""
    d = len(vectors[0])
    places = {exponents: k for k, exponents in enumerate(_exponents(d, order))}
    rows: Rows = []
    for u in vectors:
        for a in range(d):
            row = [0] * len(places)
            for f in _exponents(d, order - 1):
                ways = factorial(order - 1) // prod(map(factorial, f))
                whole = (*f[:a], f[a] + 1, *f[a + 1 :])
                row[places[whole]] = ways * prod(entry**k for entry, k in zip(u, f, strict=True))
            rows.append(row)
    return rows


def _scattered(key: str) -> int:
    """A residue without pattern that follows from the key."""
    return int.from_bytes(sha256(key.encode()).digest(), "big") % PRIME


def _exponents(d: int, total: int) -> Iterator[tuple[int, ...]]:
    if d == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _exponents(d - 1, total - first))


def _grid(m: int, d: int, order: int) -> Iterator[Rows]:
    """Vectors in normal position, at every point of a grid that is finer than the degrees of minors.

    Raises:
        Unknown: it has too many points.
    """
    frame = [[int(a == i) for a in range(d)] for i in range(d)] + [[1] * d]
    count = max(m - len(frame), 0) * (d - 1)
    if (d * (order - 1) + 1) ** count > MOST_POINTS:
        raise Unknown("a grid of too many points")
    for point in product(range(d * (order - 1) + 1), repeat=count):
        parts = [list(point[k : k + d - 1]) for k in range(0, count, max(d - 1, 1))]
        yield [*frame[:m], *([1, *part] for part in parts)]
