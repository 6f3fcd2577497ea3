"""Equal expressions as one object (hash consing), so that what is found of one need not be found of the others."""

from __future__ import annotations

from typing import Any

from derive.language.tensor import Tensor


class Sharing:
    """Gives expressions that are built alike, of the same symbols, the same object: the first that it has seen.

    It keeps what it has seen alive, so that an object's identity stands for it.
    """

    def __init__(self) -> None:
        self._first: dict[Tensor, Tensor] = {}
        self._by_form: dict[tuple[Any, ...], Tensor] = {}

    def first(self, expression: Tensor) -> Tensor:
        """The first expression that was built like this one."""
        if expression not in self._first:
            for node in expression.walk():
                if node not in self._first:
                    self._first[node] = self._by_form.setdefault(self._form(node), node)
        return self._first[expression]

    def _form(self, node: Tensor) -> tuple[Any, ...]:
        return (type(node), *(self._mark(getattr(node, name)) for name in node.__dataclass_fields__))

    def _mark(self, value: Any) -> Any:
        if isinstance(value, Tensor):
            return id(self._first[value])
        return tuple(self._mark(item) for item in value) if isinstance(value, tuple) else value
