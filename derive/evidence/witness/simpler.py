"""Points simpler than a given one: smaller sizes, fewer nonzero entries, smaller numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from derive.evaluate.point import Nested, Point, entries, nest
from derive.instances.patterns import symbols
from derive.language.tensor import IndexSymbol
from derive.obligation import Obligation

SMALL = tuple(map(Fraction, ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3")))


def simpler(obligation: Obligation, point: Point) -> Iterator[Point]:
    """Candidates, the boldest first. They need not satisfy any hypothesis."""
    blocks = list(_smaller_sizes(obligation, point))
    yield from blocks
    yield from _turned([*blocks, point])
    for bound in (2, 10):
        yield replace(point, values={name: _rounded(value, bound) for name, value in point.values.items()})
    yield from _simpler_entries(point)


def _smaller_sizes(obligation: Obligation, point: Point) -> Iterator[Point]:
    """One dimension made smaller: the leading, or the trailing, entries along its axes are kept."""
    found = symbols(*obligation.expressions)
    places = {
        node.name: node for side in obligation.expressions for node in side.walk() if isinstance(node, IndexSymbol)
    }
    for name, size in sorted(point.sizes.items()):
        for smaller in range(1, size):
            sizes = {**point.sizes, name: smaller}
            shapes = {key: tuple(axis.size(sizes) for axis in symbol.shape) for key, symbol in found.items()}
            ends = {key: places[key].dimension.size(sizes) - 1 for key in point.indices if key in places}
            indices = {key: min(point.indices[key], end) for key, end in ends.items()}
            for part in (_leading, _trailing):
                values = {key: _block(point.values[key], shape, part) for key, shape in shapes.items()}
                yield Point(sizes, indices, values)


def _turned(points: Sequence[Point]) -> Iterator[Point]:
    """Matrices with fractions, which may have to be orthogonal, as quarter turns, the smallest arrays first."""
    for point in sorted(points, key=lambda point: sum(point.sizes.values())):
        fractions = {name: value for name, value in point.values.items() if _is_matrix(value) and _fractional(value)}
        for turn in (_shift, _identity) if fractions else ():
            yield replace(point, values={**point.values, **{name: turn(value) for name, value in fractions.items()}})


def _is_matrix(value: Nested) -> bool:
    return isinstance(value, tuple) and isinstance(value[0], tuple) and not isinstance(value[0][0], tuple)


def _fractional(value: Nested) -> bool:
    return any(entry.denominator != 1 for entry in entries(value))


def _identity(value: Nested) -> Nested:
    return _matrix_of(value, lambda i, j, _: int(i == j))


def _shift(value: Nested) -> Nested:
    """Ones above the diagonal and -1 in the corner: for two rows a quarter turn."""
    return _matrix_of(value, lambda i, j, n: int(j == i + 1) - int(j == 0 and i == n - 1 > 0))


def _matrix_of(value: Nested, entry: Callable[[int, int, int], int]) -> Nested:
    """A matrix of the shape of ``value`` with the entries at ``(i, j)``, given the number of rows."""
    assert isinstance(value, tuple)
    return tuple(
        tuple(Fraction(entry(i, j, len(value))) for j in range(len(entries(row)))) for i, row in enumerate(value)
    )


def _leading(row: tuple[Nested, ...], size: int) -> tuple[Nested, ...]:
    return row[:size]


def _trailing(row: tuple[Nested, ...], size: int) -> tuple[Nested, ...]:
    return row[len(row) - size :]


def _block(
    value: Nested, shape: tuple[int, ...], part: Callable[[tuple[Nested, ...], int], tuple[Nested, ...]]
) -> Nested:
    """The block of the given shape at one end of every axis."""
    return tuple(_block(row, shape[1:], part) for row in part(value, shape[0])) if shape else value


def _rounded(value: Nested, bound: int) -> Nested:
    """Every entry rounded to an integer of at most ``bound``; what is not zero stays so."""
    if isinstance(value, tuple):
        return tuple(_rounded(part, bound) for part in value)
    nearest = round(value) or (value > 0) - (value < 0)
    return Fraction(max(-bound, min(bound, nearest)))


def _simpler_entries(point: Point) -> Iterator[Point]:
    """One entry at a time made simpler, the most complicated entries first."""
    places = [(name, k, x) for name, value in sorted(point.values.items()) for k, x in enumerate(entries(value))]
    places.sort(key=lambda place: -_cost(place[2]))
    for name, k, x in places:
        for candidate in (*SMALL, Fraction(round(x)), x.limit_denominator(4)):
            if _cost(candidate) < _cost(x):
                yield replace(point, values={**point.values, name: _with_entry(point.values[name], k, candidate)})


def _with_entry(value: Nested, place: int, x: Fraction) -> Nested:
    """``value`` with its entry at the row-major ``place`` replaced."""
    shape, part = [], value
    while isinstance(part, tuple):
        shape.append(len(part))
        part = part[0]
    flat = entries(value)
    flat[place] = x
    return nest(flat, tuple(shape))


def _cost(x: Fraction) -> float:
    """How much there is to read: zero is simplest, then small integers."""
    if x == 0:
        return 0.0
    return x.numerator.bit_length() + 2 * x.denominator.bit_length() + 0.5 * (x < 0)
