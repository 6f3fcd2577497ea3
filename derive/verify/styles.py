"""Ways to choose the entries of a symbol such that a property or an equality holds, over any arithmetic.

Each is a rational map from free numbers, so that it serves fractions and residues alike.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any

from derive.language.symbols import Symbol
from derive.verify.arrays import Array, Shape, build, elementwise, matmul, total, transposed
from derive.verify.elementary import Elementary
from derive.verify.linear import inverse

Number = Any
Draw = Callable[[], Number]
Style = Callable[[Shape, Draw, Elementary], Array]


def free(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    del functions
    return Array(shape, tuple(draw() for _ in range(prod(shape))))


def signs(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    """``T * T == 1``: every entry is 1 or -1, in turn from a place that is drawn."""
    del draw
    return build(shape, lambda at: functions.number(-1 if sum(at) % 2 else 1))


def simplex(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    """``sum(T) == 1``, and no entry negative where the numbers drawn are not: squares over their sum."""
    squares = [z * z + functions.number(Fraction(1, 8)) for z in (draw() for _ in range(prod(shape)))]
    scale = functions.reciprocal(total(squares, functions.number(0)))
    return Array(shape, tuple(square * scale for square in squares))


def sphere(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    """Euclidean norm 1 along the last axis, by stereographic projection: ``(2 t, 1 - |t|^2) / (1 + |t|^2)``."""
    one, two = functions.number(1), functions.number(2)
    entries: list[Number] = []
    for _ in range(prod(shape[:-1])):
        t = [draw() for _ in range(shape[-1] - 1)]
        square = total((z * z for z in t), functions.number(0))
        scale = functions.reciprocal(one + square)
        entries += [two * z * scale for z in t] + [(one - square) * scale]
    return Array(shape, tuple(entries))


def symmetric(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    matrix = free(shape, draw, functions)
    return build(shape, lambda at: matrix[sorted(at)])


def skew(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    matrix, zero = free(shape, draw, functions), functions.number(0)

    def entry(at: tuple[int, ...]) -> Number:
        return zero if at[0] == at[1] else matrix[at] if at[0] < at[1] else -matrix[(at[1], at[0])]

    return build(shape, entry)


def gram(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    """``M M^T + I/8``, positive definite."""
    matrix = free(shape, draw, functions)
    square = matmul(matrix, transposed(matrix, (1, 0)), functions.number(0))
    return elementwise(lambda z, w: z + w, square, _identity(shape, functions, Fraction(1, 8)))


def cayley(shape: Shape, draw: Draw, functions: Elementary) -> Array:
    """``(I - K)(I + K)^-1`` of a skew matrix K is orthogonal."""
    zero, one = functions.number(0), _identity(shape, functions, Fraction(1))
    turn = skew(shape, draw, functions)
    first, second = elementwise(lambda z, w: z - w, one, turn), elementwise(lambda z, w: z + w, one, turn)
    return matmul(first, inverse(second, functions), zero)


def _identity(shape: Shape, functions: Elementary, factor: Fraction) -> Array:
    return build(shape, lambda at: functions.number(factor if at[0] == at[1] else 0))


FOR_EQUALITIES: tuple[Style, ...] = (free, signs, simplex, sphere)
"""What is tried for a symbol that stands in a hypothesis that is an equality."""

OF_PROPERTIES: dict[str, Style] = {
    "orthogonal": cayley,
    "pd": gram,
    "psd": gram,
    "skew": skew,
    "symmetric": symmetric,
}


def style(symbol: Symbol) -> Style:
    """How the values of a symbol with properties are chosen."""
    return next((OF_PROPERTIES[name] for name in OF_PROPERTIES if name in symbol.properties), free)
