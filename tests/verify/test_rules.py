"""Every line of the table is attacked: what it says is tried with random matrices, and no bound is exceeded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

import pytest
import sympy as sp
from flint import arb, ctx

from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise, kron, matmul, transposed
from derive.verify.balls import PRECISION, Balls
from derive.verify.elementary import Elementary
from derive.verify.measures import AT_A_POINT, FROM_BELOW, measure
from derive.verify.rules import TABLE, Key, Row

FUNCTIONS = Elementary(Balls())
SHAPES = ((), (2,), (3,), (2, 2), (3, 2))
KEYS = [key for key in TABLE if {key[1], *key[2]} <= AT_A_POINT - {"symmetric"}]


def drawn(shape: tuple[int, ...], rng: Random) -> Array:
    count = 1
    for size in shape:
        count *= size
    low = rng.choice((-8, 1))
    return Array(shape, tuple(arb(rng.choice([k for k in range(low, 9) if k])) / 8 for _ in range(count)))


def made_of(parts: list[Array]) -> Iterator[Array]:
    """What the parts can make: themselves, sums, products, quotients, rearrangements and pieces."""
    if len(parts) == 1:
        (part,) = parts
        axes = tuple(reversed(range(len(part.shape))))
        yield from (part, elementwise(lambda z: -z, part), transposed(part, axes))
        yield Array((len(part.entries),), part.entries)
        yield from (elementwise(lambda z, k=k: FUNCTIONS.power(z, Fraction(k)), part) for k in (2, 3))
        yield Array((), (sum(part.entries, arb(0)),))
        yield from (Array((), (entry,)) for entry in part.entries)
        if len(part.shape) == 2:
            yield from (Array((part.shape[1],), tuple(row)) for row in part.rows)
            yield matmul(transposed(part, axes), part, arb(0))
        yield from (Array((), (measure(name, part, FUNCTIONS),)) for name in ("2", "1", "inf"))
        if len(part.shape) == 1:
            n = part.shape[0]
            yield Array((n, n), tuple(part.entries[i] if i == j else arb(0) for i in range(n) for j in range(n)))
            yield Array((n, n), tuple(a * b for a in part.entries for b in part.entries))
        return
    first, second = parts[:2]
    for a, b in ((first, second), (second, first)):
        if a.shape == b.shape or not a.shape or not b.shape:
            yield from (elementwise(lambda x, y: x + y, a, b), elementwise(lambda x, y: x * y, a, b))
            yield elementwise(FUNCTIONS.divide, a, b)
        if a.shape == b.shape and a.shape:
            yield Array((), (sum((x * y for x, y in zip(a.entries, b.entries, strict=True)), arb(0)),))
        if a.shape and b.shape and a.shape[-1] == b.shape[max(len(b.shape) - 2, 0)]:
            yield matmul(a, b, arb(0))
        if len(a.shape) == len(b.shape) == 1:
            yield Array(a.shape + b.shape, tuple(x * y for x in a.entries for y in b.entries))
        if a.shape and len(a.shape) == len(b.shape):
            yield kron(a, b)


def exceeded(row: Row, parts: list[Array], subject: Array) -> bool:
    """Is the bound certainly wrong for these arrays?"""
    values = [measure(name, part, FUNCTIONS) for name, part in zip(row.premises, parts, strict=True)]
    length = [sp.Integer(subject.shape[0])] if row.sized else []
    bound = row.formula(*length, *(sp.Float(str(value.mid()), 40) for value in values))
    if bound is None:
        return False
    found, limit = measure(row.measure, subject, FUNCTIONS), arb(str(sp.N(bound, 40)))
    slack = arb(10) ** -25
    return bool(found < limit - slack) if row.measure in FROM_BELOW else bool(found > limit + slack)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key[0]}: {key[1]} of {' '.join(key[2])}")
def test_no_bound_is_exceeded(key: Key) -> None:
    rng = Random(0)
    with ctx.workprec(PRECISION):
        for row, several in product(TABLE[key], (1, 2)):
            if len(set(row.parts)) == several:
                for shapes in product(SHAPES, repeat=several):
                    attack(row, [drawn(shape, rng) for shape in shapes])


def attack(row: Row, parts: list[Array]) -> None:
    """What the parts can make as the row says is within its bound."""
    full: list[Array] = [parts[0]] * len(row.premises)
    for k, part in zip(row.parts, parts, strict=True):
        full[k] = part
    for _ in row.alike:
        for one, other in row.alike:
            full[one if one not in row.parts else other] = full[other if one not in row.parts else one]
    for subject in made_of(parts):
        try:
            assert not (row.made(subject, parts, FUNCTIONS) and exceeded(row, full, subject)), subject
        except (Unknown, IndexError, ValueError):
            continue


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("measure_name", ["lambda_min", "lambda_max"])
def test_no_eigenvalue_is_outside_of_the_discs(measure_name: str, seed: int) -> None:
    """Gershgorin's theorem, of entries of a symmetric matrix and of its difference from the identity."""
    rng = Random(f"discs {seed}")
    (row,) = TABLE["Gershgorin's theorem", measure_name, ("upper" if measure_name == "lambda_max" else "lower", "inf")]
    with ctx.workprec(PRECISION):
        half = drawn((3, 3), rng)
        matrix = elementwise(lambda a, b: a + b, half, transposed(half, (1, 0)))
        diagonal = Array((3,), tuple(matrix[k, k] for k in range(3)))
        less = Array((3, 3), tuple(x - (k % 4 == 0) for k, x in enumerate(matrix.entries)))
        for entries in (matrix, less):
            assert row.made(matrix, [diagonal, entries], FUNCTIONS)
            assert not exceeded(row, [diagonal, entries], matrix)
        assert not row.made(matrix, [diagonal, elementwise(lambda z: z / 2, matrix)], FUNCTIONS)


def test_the_discs_are_attained() -> None:
    """The planted error falls: one entry less in the radius is too few, for a matrix of ones."""
    (row,) = TABLE["Gershgorin's theorem", "lambda_max", ("upper", "inf")]
    with ctx.workprec(PRECISION):
        ones, diagonal = Array((3, 3), (arb(1),) * 9), Array((3,), (arb(1),) * 3)
        assert not exceeded(row, [diagonal, ones], ones)
        assert row.formula(sp.Integer(3), sp.S.One, sp.S.One) == 3
        assert row.formula(sp.Integer(2), sp.S.One, sp.S.One) < measure("lambda_max", ones, FUNCTIONS)
