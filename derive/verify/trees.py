"""The tree of a case: boxes of parameters, bisected at exact midpoints, and a letter for each leaf."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

Box = tuple[tuple[Fraction, Fraction], ...]


class Torn(Exception):
    """The letters are no tree: leaves are missing, or left over."""


def leaves(tree: str, axes: int) -> Iterator[tuple[str, Box]]:
    """The leaves, which cover the unit box: capital letters cut it at the midpoint of an axis, the lower half first.

    Raises:
        Torn: a leaf is missing or left over, or a cut is along no axis.
    """
    pending: list[Box] = [((Fraction(0), Fraction(1)),) * axes]
    for letter in tree:
        if not pending:
            raise Torn("leaves are left over")
        box = pending.pop()
        if letter in "nmo":
            yield letter, box
            continue
        axis = ord(letter) - ord("A")
        if not 0 <= axis < axes:
            raise Torn(f"a cut along {letter!r}")
        pending += reversed(halves(box, axis))
    if pending:
        raise Torn(f"{len(pending)} leaves are missing")


def halves(box: Box, axis: int) -> list[Box]:
    low, high = box[axis]
    middle = (low + high) / 2
    return [(*box[:axis], part, *box[axis + 1 :]) for part in ((low, middle), (middle, high))]


def widest(box: Box) -> int:
    return max(range(len(box)), key=lambda axis: box[axis][1] - box[axis][0])
