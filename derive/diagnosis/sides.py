"""A claimed array beside what it should be: which entries are wrong, by how much, and how the arrays lie as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from typing import Any

import numpy as np
import numpy.typing as npt

from derive.diagnosis.balls import Array, balls, dot, may_vanish, middle
from derive.diagnosis.reading import decimal

SHOWN = 10
"""Wrong entries that are listed, the worst first."""

FEWEST_DIGITS, MOST_DIGITS = 6, 60

LONGEST_NAME = 40
"""Characters of a term up to which it is quoted."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Sides:
    """At one point: the claimed array, what it should be, the claim's own terms (their sum is the claim), all in balls.

    Attributes:
        scalars: named numbers of which a factor may be a multiple (a dimension, a regularisation constant).
        factored: for each axis the sizes of the axes that it runs through, the last one fastest: ``((2, 3), (4,))``
            for the rows of a Kronecker product beside an ordinary axis.
        axes: names of all these axes, in order.
        names: the terms as text.
        arrays: named arrays by which entries, rows or columns may have to be multiplied.
        sizes: the dimensions and their sizes at this point; empty where the arrays have none with a name.
        counted: whether a reader who counts the terms of the printed claim finds these.
    """

    claimed: Array
    reference: Array
    terms: tuple[Array, ...] = ()
    scalars: Mapping[str, Any] = field(default_factory=dict)
    factored: tuple[tuple[int, ...], ...] = ()
    axes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    arrays: Mapping[str, Array] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    counted: bool = True

    def term(self, number: int) -> str:
        """A term in words: ``the second term, A.T @ b,``; by its text alone where it cannot be counted."""
        if not self.counted:
            return f"the term {self.names[number]}"
        name = self.names[number] if len(self.names[number]) <= LONGEST_NAME else ""
        return f"the {ORDINALS[number]} term{f', {name},' if name else ''}"

    @property
    def difference(self) -> Array:
        """Claimed minus reference."""
        found: Array = np.asarray(self.claimed - self.reference, dtype=object)
        return found

    @property
    def wrong(self) -> npt.NDArray[np.bool_]:
        """For each entry, whether it certainly differs from what it should be."""
        return ~may_vanish(self.difference)


@dataclass(frozen=True)
class Entry:
    """A wrong entry: its place (0-based), both numbers as text, and their distance."""

    index: tuple[int, ...]
    claimed: str
    reference: str
    absolute: float
    relative: float | None


def sides(
    claimed: Any,
    reference: Any,
    terms: Sequence[tuple[str, Any]] = (),
    *,
    error: Any = 0,
    scalars: Mapping[str, Any] | None = None,
    factored: Sequence[Sequence[int]] = (),
    axes: Sequence[str] = (),
    arrays: Mapping[str, Any] | None = None,
    sizes: Mapping[str, int] | None = None,
    counted: bool = True,
) -> Sides:
    """Both sides in one shape; ``error`` is the absolute error bar of an entry of their difference.

    Raises:
        ValueError: the arrays do not broadcast together, or ``factored`` does not multiply to their shape.
    """
    left, right = np.broadcast_arrays(balls(claimed), balls(reference, error))
    known = {name: balls(value).item() for name, value in (scalars or {}).items()}
    named = list(terms) if len(terms) <= len(ORDINALS) else []
    parts = tuple(np.broadcast_to(balls(value), left.shape) for _, value in named)
    split = tuple(tuple(sizes) for sizes in factored) or tuple((size,) for size in left.shape)
    if tuple(int(np.prod(sizes)) for sizes in split) != left.shape:
        raise ValueError(f"factored axes {split} do not make the shape {left.shape}")
    count = sum(map(len, split))
    letters = tuple(axes) or tuple("ijklmnpqrs"[:count])
    lined_up = {name: balls(value) for name, value in (arrays or {}).items()}
    names = tuple(name for name, _ in named)
    return Sides(left, right, parts, known, split, letters, names, lined_up, dict(sizes or {}), counted)


def wrong_entries(both: Sides) -> tuple[Entry, ...]:
    """The wrong entries, the worst first (by absolute distance, then by place)."""
    gaps = both.difference
    places = [tuple(int(k) for k in place) for place in np.argwhere(both.wrong)]
    places.sort(key=lambda place: (-middle(abs(gaps[place])), place))
    return tuple(_entry(both, place, abs(gaps[place])) for place in places[:SHOWN])


def _entry(both: Sides, place: tuple[int, ...], gap: Any) -> Entry:
    claimed, reference = both.claimed[place], both.reference[place]
    digits = _digits(gap, claimed, reference)
    size = abs(reference)
    relative = None if reference.contains(0) else middle(gap / size)
    return Entry(place, decimal(claimed, digits), decimal(reference, digits), middle(gap), relative)


def _digits(gap: Any, claimed: Any, reference: Any) -> int:
    """Digits in which the difference of two numbers shows, with two digits of its own."""
    ratio = middle(max(abs(claimed), abs(reference), key=middle) / gap)
    return min(MOST_DIGITS, max(FEWEST_DIGITS, int(log10(max(ratio, 1.0))) + 3))


def cosine(both: Sides) -> float | None:
    """Of the angle between the two arrays; None where one is zero or both are single numbers."""
    left, right = dot(both.claimed, both.claimed), dot(both.reference, both.reference)
    if both.claimed.size < 2 or left.contains(0) or right.contains(0):
        return None
    found = dot(both.claimed, both.reference) / (left * right).sqrt()
    return 0.0 if found.contains(0) else middle(found)


def norm_ratio(both: Sides) -> float | None:
    """The Euclidean norm of the claimed array over that of the reference; None where one of them is zero."""
    left, right = dot(both.claimed, both.claimed), dot(both.reference, both.reference)
    return None if left.contains(0) or right.contains(0) else middle((left / right).sqrt())
