"""Symbols: dimensions, scalars, vectors, matrices and tensors that a paper's statements range over."""

from __future__ import annotations

import keyword
import unicodedata
from dataclasses import dataclass

from derive.language.dimensions import Dimension, Shape, shape_text
from derive.language.errors import InputError, ShapeError, shorten
from derive.language.tensor import IndexSymbol, Operand, Size, Tensor, dimension

MATRIX_PROPERTIES = frozenset({"symmetric", "skew", "psd", "pd", "orthogonal"})
ENTRY_PROPERTIES = frozenset({"positive", "nonnegative", "integer"})
MOST_AXES = 16
LONGEST_NAME = 60
PROPERTIES = MATRIX_PROPERTIES | ENTRY_PROPERTIES


@dataclass(frozen=True, eq=False, repr=False)
class Symbol(Tensor):
    """A named array. ``properties`` (of ``PROPERTIES``) restrict its values, but not the directions of derivatives."""

    name: str
    shape: Shape
    properties: frozenset[str] = frozenset()
    tex: str | None = None

    @property
    def symmetric(self) -> bool:
        return bool(self.properties & {"symmetric", "psd", "pd"})

    @property
    def positive(self) -> bool:
        return "positive" in self.properties


def check_name(name: str) -> str:
    """``name`` itself, where it is a Python identifier.

    Raises:
        InputError: it is not.
    """
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name) or name.startswith("__"):
        raise InputError(f"{shorten(repr(name))} is not a name", hint="use a Python identifier, and tex= for its LaTeX")
    if len(name) > LONGEST_NAME or unicodedata.normalize("NFKC", name) != name:
        raise InputError(f"{shorten(name, 40)!r} is too long or not in Unicode's normal form NFKC", hint="shorten it")
    return name


def dims(names: str) -> tuple[Tensor, ...] | Tensor:
    """Dimension symbols, from names separated by spaces or commas: ``n, d = dims("n d")``; of one name one symbol."""
    found = [check_name(name) for name in names.replace(",", " ").split()]
    if not found:
        raise InputError("dims() needs at least one name", hint='write n, d = dims("n d")')
    symbols = tuple(Size(Dimension.symbol(name)) for name in found)
    return symbols if len(symbols) > 1 else symbols[0]


def dim(name: str) -> Tensor:
    """One dimension symbol."""
    return Size(Dimension.symbol(check_name(name)))


def index(name: str, size: Operand, tex: str | None = None) -> Tensor:
    """A fixed but arbitrary position along an axis of the given size: ``A[:, index("i", d)]`` is a column of A."""
    return IndexSymbol(check_name(name), dimension(size), tex)


def symbol(name: str, *shape: Operand, tex: str | None = None, **properties: bool) -> Tensor:
    """An array symbol of any rank; ``tensor_symbol`` under the name that the field uses for it.

    Raises:
        InputError: the name is no identifier, or a property is unknown.
        ShapeError: a property of square matrices is given to something else.
    """
    unknown = sorted(set(properties) - PROPERTIES)
    if unknown:
        raise InputError(
            f"{name} has no property {unknown[0]!r}", hint=f"known properties: {', '.join(sorted(PROPERTIES))}"
        )
    chosen = frozenset(key for key, value in properties.items() if value)
    if len(shape) > MOST_AXES:
        raise InputError(f"{name} has {len(shape)} axes, more than {MOST_AXES}")
    axes = tuple(dimension(size) for size in shape)
    if chosen & MATRIX_PROPERTIES and (len(axes) != 2 or axes[0] != axes[1]):
        raise ShapeError(
            f"{name} with shape {shape_text(axes)} cannot be {sorted(chosen & MATRIX_PROPERTIES)[0]}: it is not square"
        )
    return Symbol(check_name(name), axes, chosen, tex)


def scalar(name: str, *, tex: str | None = None, **properties: bool) -> Tensor:
    """A real number."""
    return symbol(name, tex=tex, **properties)


def vector(name: str, size: Operand, *, tex: str | None = None, **properties: bool) -> Tensor:
    """A real vector."""
    return symbol(name, size, tex=tex, **properties)


def matrix(name: str, rows: Operand, columns: Operand, *, tex: str | None = None, **properties: bool) -> Tensor:
    """A real matrix.

    Properties: symmetric, skew, psd, pd, orthogonal (square only); positive, nonnegative, integer (entrywise).
    """
    return symbol(name, rows, columns, tex=tex, **properties)
