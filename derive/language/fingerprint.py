"""What a claim says, as a digest: claims of equal fingerprints are examined alike, and any change of one changes it.

It is taken of the objects, not of their text: every field of every node, its LaTeX included, and which nodes are one
object. So two spellings of one statement may differ in it (the claim is then examined once more), and two statements
never agree in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from derive.language.claims import Claim
from derive.language.tensor import Tensor

PRINTED = frozenset({"where", "cite", "expect", "reason"})
"""Fields of a claim on which nothing that is found of it depends."""

PLAIN = (str, bytes, int, float, Fraction, type(None))
"""Types whose ``repr`` says all."""


class _Opaque(Exception):
    """A value that nothing but itself tells: code of the author's."""


def fingerprint(claim: Claim, used: Sequence[Claim] = ()) -> str | None:
    """The digest of ``claim`` and of the claims ``used`` by it; None where it speaks of code.

    Where the claim stands is no part of it, nor are its citation and what its author expects.
    """
    writer = _Writer()
    try:
        for stated in (claim, *used):
            writer.line(writer.claim(stated))
    except _Opaque:
        return None
    return sha256("\n".join(writer.lines).encode()).hexdigest()


class _Writer:
    """Nodes as numbered lines, operands first; a node that occurs again is its number."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._number: dict[Tensor, int] = {}  # by identity, and kept alive by being here

    def line(self, text: str) -> int:
        self.lines.append(text)
        return len(self.lines) - 1

    def claim(self, claim: Claim) -> str:
        return self._fields(claim, [field.name for field in fields(claim) if field.name not in PRINTED])

    def _fields(self, value: Any, names: Sequence[str]) -> str:
        kind = type(value)
        if kind.__module__.partition(".")[0] != "derive":
            raise _Opaque
        inside = ", ".join(f"{name}={self._written(getattr(value, name))}" for name in names)
        return f"{kind.__module__}.{kind.__qualname__}({inside})"

    def _node(self, root: Tensor) -> str:
        if root not in self._number:
            for node in root.walk():
                if node not in self._number:
                    self._number[node] = self.line(self._fields(node, list(node.__dataclass_fields__)))
        return f"#{self._number[root]}"

    def _written(self, value: Any) -> str:
        if isinstance(value, Tensor):
            return self._node(value)
        if isinstance(value, Claim):
            return self.claim(value)
        if isinstance(value, PLAIN):
            return repr(value)
        if isinstance(value, (tuple, list)):
            return f"({', '.join(map(self._written, value))},)"
        if isinstance(value, (set, frozenset)):
            return f"{{{', '.join(sorted(map(self._written, value)))}}}"
        if isinstance(value, Mapping):
            return f"{{{', '.join(f'{self._written(k)}: {self._written(v)}' for k, v in value.items())}}}"
        if is_dataclass(value) and not isinstance(value, type):
            return self._fields(value, [field.name for field in fields(value)])
        raise _Opaque
