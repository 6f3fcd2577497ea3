"""Where the wrong entries lie, and what the difference looks like there.

Positions are written as NumPy writes and counts them, from 0: ``entry [1, 2]``, ``row [1, :]``, ``columns [:, 2:4]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from derive.diagnosis.balls import Array, may_vanish, middle, vanishes
from derive.diagnosis.finding import Finding, Kind
from derive.diagnosis.reading import read
from derive.diagnosis.sides import Sides

Mask = npt.NDArray[np.bool_]


def offset(both: Sides) -> Finding | None:
    """Every entry off by the same number."""
    gap = both.difference
    first = gap.flat[0]
    if not vanishes(gap - first) or first.contains(0):
        return None
    several = gap.size > 1
    return Finding(Kind.OFFSET, read(first, both.scalars), "every entry is" if several else "it is", several)


def identity_multiple(both: Sides) -> Finding | None:
    """A square difference that is a multiple of the identity."""
    gap = both.difference
    if gap.ndim != 2 or len(set(gap.shape)) != 1 or len(gap) < 2 or gap[0, 0].contains(0):
        return None
    eye = np.eye(len(gap), dtype=int)
    return Finding(Kind.IDENTITY, read(gap[0, 0], both.scalars)) if vanishes(gap - gap[0, 0] * eye) else None


def place(both: Sides) -> Finding | None:
    """The wrong entries, where they have a place with a name and others are right."""
    wrong = both.wrong
    if wrong.all() or not wrong.any():
        return None
    if wrong.sum() == 1:
        at = tuple(int(k) for k in np.argwhere(wrong)[0])
        words = f"entry {list(at)} is wrong"
        return Finding(Kind.PLACE, read(both.difference[at], both.scalars), words)
    words = _named_place(wrong) if wrong.ndim == 2 else _slice(wrong) if wrong.ndim > 2 else ""
    return Finding(Kind.PLACE, None, words) if words else None


def sign(both: Sides) -> Finding | None:
    """Wrong just where a named array is negative, or positive: the claim is right on one side of a kink.

    Where all of its entries have one sign, another point has to confirm it.
    """
    for name, array in both.arrays.items():
        if array.shape != both.claimed.shape or may_vanish(array).any():
            continue
        negative = np.array([bool(x < 0) for x in array.flat], dtype=bool).reshape(array.shape)
        for relation, part in (("<", negative), (">", ~negative)):
            if (both.wrong == part).all() and part.any():
                return Finding(Kind.SIGN, None, f"where {name} {relation} 0", certain=not part.all())
    return None


def _named_place(wrong: Mask) -> str:
    """The diagonal, what lies off it, a triangle, a row, a column, a block, or empty."""
    rows, columns = (np.flatnonzero(wrong.any(axis=1 - k)) for k in (0, 1))
    named = _diagonal_place(wrong) if wrong.shape[0] == wrong.shape[1] else ""
    if named:
        return named
    if len(rows) == 1:
        return _line(wrong[rows[0]], f"row [{rows[0]}, :]")
    if len(columns) == 1:
        return _line(wrong[:, columns[0]], f"column [:, {columns[0]}]")
    return _block(wrong, rows, columns)


def _diagonal_place(wrong: Mask) -> str:
    """The diagonal, all that lies off it, or a triangle with it, or empty."""
    diagonal = np.eye(len(wrong), dtype=bool)
    triangle = np.tril(np.ones_like(wrong))
    named = {"the diagonal": diagonal, "what lies off the diagonal": ~diagonal}
    if len(wrong) > 2:
        named |= {"the lower triangle": triangle, "the upper triangle": triangle.T}
    return next((f"{words} is wrong" for words, part in named.items() if (wrong == part).all()), "")


def _line(wrong: Mask, name: str) -> str:
    return f"{name} is wrong" if wrong.all() else f"entries of {name} are wrong"


def _block(wrong: Mask, rows: Any, columns: Any) -> str:
    """Neighbouring rows and columns in which everything is wrong."""
    contiguous = all(np.ptp(lines) + 1 == len(lines) for lines in (rows, columns))
    if not contiguous or not wrong[np.ix_(rows, columns)].all():
        return ""
    across, down = len(columns) == wrong.shape[1], len(rows) == wrong.shape[0]
    row_slice, column_slice = (f"{lines[0]}:{lines[-1] + 1}" for lines in (rows, columns))
    if across or down:
        return f"columns [:, {column_slice}] are wrong" if down else f"rows [{row_slice}, :] are wrong"
    return f"the block [{row_slice}, {column_slice}] is wrong"


def _slice(wrong: Mask) -> str:
    """All wrong entries at one position of one axis."""
    for axis in range(wrong.ndim):
        at = np.flatnonzero(wrong.any(axis=tuple(k for k in range(wrong.ndim) if k != axis)))
        if len(at) == 1 and wrong.shape[axis] > 1:
            place = [str(at[0]) if k == axis else ":" for k in range(wrong.ndim)]
            return f"entries of [{', '.join(place)}] are wrong"
    return ""


def rank_one(both: Sides) -> Finding | None:
    """A difference ``u v^T`` with more than one row and column that is not zero."""
    gap = both.difference
    if gap.ndim != 2 or min(gap.shape) < 2:
        return None
    rows, columns = (both.wrong.any(axis=1 - k).sum() for k in (0, 1))
    if min(rows, columns) < 2:
        return None
    i, j = max(np.ndindex(gap.shape), key=lambda at: middle(abs(gap[at])))
    minors: Array = gap * gap[i, j] - np.multiply.outer(gap[:, j], gap[i, :])
    return Finding(Kind.RANK_ONE) if vanishes(minors) else None


def not_symmetric(both: Sides) -> Iterator[Finding]:
    """A claimed matrix that is not symmetric where it should be."""
    left, right = both.claimed, both.reference
    square = left.ndim == 2 and left.shape[0] == left.shape[1] and len(left) > 1
    if square and vanishes(right - right.T) and not vanishes(left - left.T):
        yield Finding(Kind.NOT_SYMMETRIC)
