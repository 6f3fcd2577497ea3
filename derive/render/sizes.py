"""Sizes in a line of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def told(sizes: Sequence[Mapping[str, int]]) -> str:
    """The sizes tried, named once where all name the same dimensions: ``(n, d) = (1, 2), (3, 2)``."""
    names = {tuple(size) for size in sizes}
    if len(names) != 1:
        return "; ".join(", ".join(f"{name}={value}" for name, value in size.items()) for size in sizes)
    dimensions = names.pop()
    tuples = [_tuple(map(str, size.values())) for size in sizes]
    return f"{_tuple(dimensions)} = {', '.join(tuples)}" if dimensions else ""


def _tuple(parts: Iterable[str]) -> str:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"({', '.join(listed)})"
