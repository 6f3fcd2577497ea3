"""Axes of arrays in index notation, and how two of them are brought to the same labels.

An axis is a tuple of atomic labels, row-major: ``vec(X)`` has one axis of two labels, an axis of size one has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.form import Factor, Form, Head, Label, delta_factor, label_dimensions
from derive.language.dimensions import ONE, Dimension

Axis = tuple[tuple[Label, Dimension], ...]

MOST_SPLITS = 32
"""Times that axes are read as products of smaller ones before they are said not to line up."""


@dataclass(frozen=True)
class Array:
    """A form and the axes that its free labels make up."""

    form: Form
    axes: tuple[Axis, ...] = ()


class NeedsSplit(Exception):
    """A symbol's axis (or a fixed index) must be read as a row-major product of smaller axes: ``parts``."""

    def __init__(self, name: str, axis: int, dimension: Dimension, parts: tuple[Dimension, ...]) -> None:
        super().__init__(f"{name} axis {axis} of size {dimension} as {parts}")
        self.name, self.axis, self.dimension, self.parts = name, axis, dimension, parts


def axis_dims(axis: Axis) -> tuple[Dimension, ...]:
    return tuple(d for _, d in axis)


def axis_labels(axis: Axis) -> tuple[Label, ...]:
    return tuple(label for label, _ in axis)


def align(algebra: Algebra, arrays: Sequence[Array]) -> tuple[list[Form], tuple[Axis, ...]]:
    """NumPy's broadcasting: the forms with equal labels on equal axes, and the axes of the result.

    Raises:
        Undecidable: product axes enumerate their entries in different orders.
        NeedsSplit: a symbol's axis must be split first.
    """
    rank = max(len(a.axes) for a in arrays)
    padded = [Array(a.form, ((),) * (rank - len(a.axes)) + a.axes) for a in arrays]
    padded = [
        padded[0],
        *(fresh_axes(algebra, a) if _clashes(padded[:k], a) else a for k, a in enumerate(padded[1:], 1)),
    ]
    for position in range(rank):
        padded = _refine(algebra, padded, position)
    result: list[Axis] = []
    names: list[dict[Label, Label]] = [{} for _ in padded]
    for position in range(rank):
        chosen = next((a.axes[position] for a in padded if a.axes[position]), ())
        for k, a in enumerate(padded):
            names[k].update({old: new for (old, _), (new, _) in zip(a.axes[position], chosen, strict=False)})
        result.append(chosen)
    forms = [
        a.form if all(x == y for x, y in n.items()) else algebra.rename(a.form, n)
        for a, n in zip(padded, names, strict=True)
    ]
    return forms, tuple(result)


def fresh_axes(algebra: Algebra, array: Array) -> Array:
    """The same array with new labels on its axes."""
    names: dict[Label, Label] = {label: algebra.fresh() for axis in array.axes for label, _ in axis}
    axes = tuple(tuple((names[label], d) for label, d in axis) for axis in array.axes)
    return Array(algebra.rename(array.form, names), axes)


def _clashes(earlier: Sequence[Array], array: Array) -> bool:
    """Whether a label of the array stands at another place in an earlier one."""
    places = {label: (k, n) for a in earlier for k, axis in enumerate(a.axes) for n, (label, _) in enumerate(axis)}
    return any(
        places.get(label, (k, n)) != (k, n) for k, axis in enumerate(array.axes) for n, (label, _) in enumerate(axis)
    )


def _refine(algebra: Algebra, arrays: list[Array], position: int) -> list[Array]:
    """The arrays with the labels of one axis split until all that have it agree on its factors."""
    for _ in range(MOST_SPLITS):
        present = [a.axes[position] for a in arrays if a.axes[position]]
        clash = next((axis for axis in present if axis_dims(axis) != axis_dims(present[0])), None)
        if clash is None:
            return arrays
        coarse, label, dimension, parts = _split_point(present[0], clash)
        arrays = [split(algebra, a, label, dimension, parts) if a.axes[position] == coarse else a for a in arrays]
    raise Undecidable("product axes do not line up")


def square(algebra: Algebra, array: Array) -> Array:
    """A matrix whose two axes, equal in size, are the same product of smaller axes.

    Raises:
        Undecidable, NeedsSplit: see ``align``.
    """
    for _ in range(MOST_SPLITS):
        rows, columns = array.axes
        if axis_dims(rows) == axis_dims(columns):
            return array
        _, label, dimension, parts = _split_point(rows, columns)
        array = split(algebra, array, label, dimension, parts)
    raise Undecidable("the two axes of a square matrix do not line up")


def _split_point(left: Axis, right: Axis) -> tuple[Axis, Label, Dimension, tuple[Dimension, ...]]:
    """The first label of one axis that stands for several of the other."""
    for (a, x), (b, y) in zip(left, right, strict=False):
        if x != y:
            start = next(k for k, pair in enumerate(left) if pair[0] == a)
            for coarse, label, dim, fine in ((left, a, x, right[start:]), (right, b, y, left[start:])):
                parts = _prefix(dim, axis_dims(fine))
                if len(parts) > 1:
                    return coarse, label, dim, parts
            break
    names = [" x ".join(str(d) for d in axis_dims(axis)) for axis in (left, right)]
    raise Undecidable(
        f"one side enumerates an axis as {names[0]}, the other as {names[1]}: the orders differ where the sizes do"
    )


def _prefix(dimension: Dimension, parts: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
    """The first factors of ``parts`` whose product is ``dimension``, or nothing."""
    total = ONE
    for count, part in enumerate(parts, 1):
        total = total * part
        if total == dimension:
            return parts[:count]
    return ()


def split(algebra: Algebra, array: Array, label: Label, dimension: Dimension, parts: tuple[Dimension, ...]) -> Array:
    """The array with a free label read as several: deltas are split here, symbols are asked for."""
    pieces: dict[Label, tuple[Label, ...]] = {label: tuple(algebra.fresh() for _ in parts)}
    for monomial in array.form.terms:
        for head, labels, _ in monomial:
            if label in labels:
                if head.kind != "delta":
                    _ask(head_symbol(head, labels.index(label)), dimension, parts)
                other = labels[1] if labels[0] == label else labels[0]
                if isinstance(other, str) and not other.startswith("#"):
                    raise NeedsSplit(other, 0, dimension, parts)
                pieces.setdefault(other, _pieces(algebra, other, parts))
    terms = []
    for monomial, c in array.form.terms.items():
        factors: list[Factor] = []
        for head, labels, e in monomial:
            if head.kind == "delta" and labels[0] in pieces:
                ends = zip(pieces[labels[0]], pieces[labels[1]], parts, strict=True)
                factors.extend(delta_factor(i, j, part) for i, j, part in ends)
            else:
                for found, _ in label_dimensions([(head, labels, e)]):
                    if found in pieces:
                        _ask(head_symbol(head, labels.index(found)), dimension, parts)
                factors.append((head, labels, e))
        terms.append((factors, c))
    axes = tuple(
        tuple(
            pair for old, d in axis for pair in (zip(pieces[old], parts, strict=True) if old in pieces else ((old, d),))
        )
        for axis in array.axes
    )
    return Array(algebra.collect(terms), axes)


def _pieces(algebra: Algebra, label: Label, parts: tuple[Dimension, ...]) -> tuple[Label, ...]:
    """Labels for the factors of an axis: new ones, or the positions that make up a position."""
    return position(int(label[1:]), parts) if isinstance(label, str) else tuple(algebra.fresh() for _ in parts)


def position(place: int, parts: Sequence[Dimension]) -> tuple[Label, ...]:
    """The labels of a position on an axis that is a row-major product.

    Raises:
        Undecidable: it depends on a symbolic size.
    """
    if len(parts) == 1:
        return (f"#{place}",)
    rest = place
    found: list[Label] = []
    for part in reversed(parts):
        if part.value is None and rest:
            raise Undecidable(f"position {place} of an axis that is a product of symbolic sizes")
        rest, here = divmod(rest, part.value) if part.value is not None else (0, 0)
        found.append(f"#{here}")
    return tuple(reversed(found))


def _ask(place: tuple[str, int] | None, dimension: Dimension, parts: tuple[Dimension, ...]) -> None:
    if place is None:
        raise Undecidable(f"an axis of size {dimension} cannot be read as a product")
    raise NeedsSplit(place[0], place[1], dimension, parts)


def head_symbol(head: Head, port: int) -> tuple[str, int] | None:
    """The symbol, and the port of it, at which a port of a head ends."""
    if head.kind == "symbol":
        return head.name, port
    if head.body is None:
        return None
    inner = port + (0 if head.has_ends else head.inner)
    for monomial in head.body.terms:
        for below, labels, _ in monomial:
            if inner in labels and below.kind != "delta":
                return head_symbol(below, labels.index(inner))
    return None
