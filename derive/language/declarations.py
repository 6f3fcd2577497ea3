"""Symbols declared in text: shapes such as ``["n", "k*k"]``, in which every name is a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from derive.language.dimensions import Dimension
from derive.language.errors import InputError, ShapeError
from derive.language.laws import LawText, random_symbol
from derive.language.symbols import MOST_AXES, check_name, dim, index, symbol
from derive.language.tensor import Size, Tensor, dimension, tensor
from derive.language.text import free_names, parse_tensor
from derive.language.undefined import IllDefined

Extent = str | int
"""The size of an axis as it is declared: a number, a name, or an expression in names."""


@dataclass
class Declarations:
    """What each declared name stands for: dimensions, symbols and index symbols.

    ``names`` is what ``derive.language.text`` takes.
    """

    names: dict[str, Tensor] = field(default_factory=dict)
    dimensions: dict[str, Tensor] = field(default_factory=dict)

    def fix(self, name: str, size: Extent) -> None:
        """Make the dimension ``name`` stand for a number, or for an expression in other dimensions.

        Raises:
            InputError: the name is taken, or the size is none.
        """
        self._new(name)
        self._add(name, tensor(self.size(size).value or Size(self.size(size))))

    def size(self, extent: Extent) -> Dimension:
        """The dimension that ``extent`` denotes; names that are new become dimensions.

        Raises:
            InputError: it denotes none, or uses a name that stands for something else.
        """
        if isinstance(extent, bool) or not isinstance(extent, (str, int)):
            raise InputError(f"{extent!r} is no size of an axis", hint='write a name or a number: shape = ["n", 3]')
        if isinstance(extent, int):
            return dimension(extent)
        for name in free_names(extent):
            if name not in self.dimensions:
                self._new(name)
                self._add(name, dim(name))
        return dimension(parse_tensor(extent, self.dimensions))

    def symbol(
        self,
        name: str,
        shape: Sequence[Extent],
        properties: Iterable[str] = (),
        tex: str | None = None,
        law: LawText | None = None,
    ) -> None:
        """Declare an array symbol. One whose properties do not go with its shape makes ill-posed what uses it.

        Raises:
            InputError: the name is taken or no identifier, or a property, law or size is unknown.
        """
        if len(shape) > MOST_AXES:
            raise InputError(f"{name} has {len(shape)} axes, more than {MOST_AXES}")
        axes = [Size(self.size(extent)) for extent in shape]
        self._new(name)
        try:
            if law is None:
                self.names[name] = symbol(name, *axes, tex=tex, **dict.fromkeys(properties, True))
            elif declared := list(properties):
                raise InputError(f"{name} has the law {law.name} and the property {declared[0]}", hint="drop one")
            else:
                self.names[name] = random_symbol(name, axes, law, self.names, tex)
        except ShapeError as error:
            self.names[name] = IllDefined(name, error.message)

    def index(self, name: str, size: Extent, tex: str | None = None) -> None:
        """Declare a fixed but arbitrary position along an axis of the given size.

        Raises:
            InputError: the name is taken or no identifier, or the size is none.
        """
        axis = self.size(size)
        self._new(name)
        self.names[name] = index(name, Size(axis), tex)

    def _add(self, name: str, size: Tensor) -> None:
        self.names[name] = self.dimensions[name] = size

    def _new(self, name: str) -> None:
        if check_name(name) in self.names:
            former = "a dimension" if name in self.dimensions else "a symbol"
            raise InputError(f"the name {name} is declared twice; it is already {former}", hint="choose another name")
