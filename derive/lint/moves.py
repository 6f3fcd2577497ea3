"""Ways to move one symbol that leave many expressions as they are: shifts, exchanges, reflections, rotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from derive.instances import rational
from derive.instances.rational import Array
from derive.language.symbols import Symbol

Values = Mapping[str, Array]


@dataclass(frozen=True)
class Move:
    """``words`` says what is done, as in "adding a constant to x"; ``apply`` gives the values that it leads to."""

    words: str
    names: frozenset[str]
    apply: Callable[[Values], Values | None]


SHIFT = Fraction(3, 7)
"""A number that no cancellation expects."""


def moves(symbols: Mapping[str, Symbol]) -> Iterator[Move]:
    """The exchanges of two symbols that are alike, and all moves of each of the symbols."""
    pairs = ((a, b) for a in sorted(symbols) for b in sorted(symbols) if a < b)
    for first, second in pairs:
        if symbols[first].ndim and _alike(symbols[first], symbols[second]):
            words = f"exchanging {first} and {second}"
            yield Move(words, frozenset({first, second}), _exchange(first, second))
    for name, symbol in sorted(symbols.items()):
        for words, change in CHANGES.get(symbol.ndim, {}).items():
            yield Move(words.format(name), frozenset({name}), _of_one(name, change))


def _alike(first: Symbol, second: Symbol) -> bool:
    return first.shape == second.shape and first.properties == second.properties


def _of_one(name: str, change: Callable[[Array], Array | None]) -> Callable[[Values], Values | None]:
    def apply(values: Values) -> Values | None:
        moved = change(values[name])
        return None if moved is None else {**values, name: np.asarray(moved, dtype=object)}

    return apply


def _exchange(first: str, second: str) -> Callable[[Values], Values | None]:
    return lambda values: {**values, first: values[second], second: values[first]}


def _swapped(array: Array) -> Array | None:
    """The first two rows, or entries, exchanged."""
    return None if len(array) < 2 else array[[1, 0, *range(2, len(array))]]


def _turned(array: Array) -> Array | None:
    """``(I - 2 v v^T / v^T v) array``, a reflection that mixes all rows."""
    size = len(array)
    if size < 2:
        return None
    v = rational.array([Fraction(k + 1) for k in range(size)], (size,))
    return array - 2 * np.multiply.outer(v, v @ array) / (v @ v)


def _shifted_rows(array: Array) -> Array:
    """Another constant added to each row, but to all its entries."""
    steps = rational.array([SHIFT * (k + 1) for k in range(len(array))], (len(array),))
    return array + steps[:, None]


def _transposed(change: Callable[[Array], Array | None]) -> Callable[[Array], Array | None]:
    def apply(array: Array) -> Array | None:
        moved = change(array.T)
        return None if moved is None else moved.T

    return apply


CHANGES: Mapping[int, Mapping[str, Callable[[Array], Array | None]]] = {
    0: {"changing the sign of {}": lambda number: -number},
    1: {
        "adding a constant to the entries of {}": lambda vector: vector + SHIFT,
        "changing the sign of {}": lambda vector: -vector,
        "exchanging two entries of {}": _swapped,
        "an orthogonal transformation of {}": _turned,
    },
    2: {
        "adding a constant to each row of {}": _shifted_rows,
        "adding a constant to each column of {}": _transposed(_shifted_rows),
        "changing the sign of {}": lambda matrix: -matrix,
        "exchanging two rows of {}": _swapped,
        "exchanging two columns of {}": _transposed(_swapped),
        "an orthogonal transformation of the rows of {}": _turned,
        "an orthogonal transformation of the columns of {}": _transposed(_turned),
    },
}
"""By the number of axes: what is done, and to what array it leads; None where there is no room for it."""
