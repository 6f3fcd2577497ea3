"""Obligations that state nothing, under hypotheses given as text."""

from __future__ import annotations

from derive.language.symbols import dim, index, symbol
from derive.language.tensor import Tensor
from derive.language.text import parse_relations
from derive.obligation import Obligation

Shapes = dict[str, str]


def obligation(shapes: Shapes, *given: str, indices: str = "", name: str = "paper/claim") -> Obligation:
    """``0 == 0`` about the symbols: ``"n,d"`` is a shape, ``"n,n;pd"`` one with a property; ``indices`` run over n.

    An index ``"r:m"`` runs over m instead.
    """
    names: dict[str, Tensor] = {size: dim(size) for size in ("n", "d", "m")}
    for key, text in shapes.items():
        sizes, _, properties = text.partition(";")
        axes = [names[size] if size in names else int(size) for size in sizes.split(",") if size]
        names[key] = symbol(key, *axes, **dict.fromkeys(properties.split(), True))
    for text in indices.split():
        key, _, size = text.partition(":")
        names[key] = index(key, names[size or "n"])
    total = sum((names[key].sum() if names[key].shape else names[key]) for key in shapes)
    relations = tuple(relation for text in given for relation in parse_relations(text, names))
    return Obligation(name, "==", total - total, symbol("zero_is_free") * 0, relations)
