"""Names whose definition says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.dimensions import Shape
from derive.language.errors import InputError
from derive.language.tensor import Tensor


@dataclass(frozen=True, eq=False, repr=False)
class IllDefined(Tensor):
    """A name whose definition does not conform. Whatever uses it raises the reason.

    Attributes:
        origin: the definition at fault, where this one only rests on it.
    """

    name: str
    reason: str
    origin: str = ""

    @property
    def message(self) -> str:
        """Why a statement that uses the name says nothing."""
        rests = f"{self.name} rests on " if self.origin else ""
        return f"{rests}{self.origin or self.name}{', which' if rests else ''} is ill-defined: {self.reason}"

    @property
    def shape(self) -> Shape:  # type: ignore[override]  # it has none
        raise UsesIllDefined(self)


class UsesIllDefined(InputError):
    """An expression uses a name whose definition says nothing."""

    def __init__(self, definition: IllDefined) -> None:
        super().__init__(definition.message)
        self.definition = definition
