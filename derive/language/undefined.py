"""Names whose definition says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.dimensions import Shape
from derive.language.errors import InputError
from derive.language.tensor import Tensor


@dataclass(frozen=True, eq=False, repr=False)
class IllDefined(Tensor):
    """A name whose definition does not conform. Whatever uses it raises the reason."""

    name: str
    reason: str

    @property
    def message(self) -> str:
        """Why a statement that uses the name says nothing."""
        return f"{self.name} is ill-defined: {self.reason}"

    @property
    def shape(self) -> Shape:  # type: ignore[override]  # it has none
        raise InputError(self.message)
