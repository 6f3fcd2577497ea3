"""What relations speak of: symbols, positions and sizes, by name."""

from __future__ import annotations

from collections.abc import Iterable

from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Size, Tensor


def sides(relation: Relation) -> tuple[Tensor, Tensor]:
    return relation.left, relation.right


def names(*expressions: Tensor) -> set[str]:
    """The symbols, positions and sizes that expressions mention."""
    found: set[str] = set()
    for node in (node for expression in expressions for node in expression.walk()):
        if isinstance(node, (Symbol, IndexSymbol)):
            found.add(node.name)
        elif isinstance(node, Size):
            found |= node.dimension.names
    return found


def axes(*expressions: Tensor) -> set[str]:
    """The sizes of everything in expressions."""
    nodes = (node for expression in expressions for node in expression.walk())
    return {name for node in nodes for axis in node.shape for name in axis.names}


def unrelated(given: Iterable[Relation], stated: Iterable[Relation]) -> list[Relation]:
    """The hypotheses that speak of nothing in the statement, nor of what other hypotheses relate to it."""
    known = {name for relation in stated for name in names(*sides(relation)) | axes(*sides(relation))}
    left = [relation for relation in given if names(*sides(relation))]
    while related := [relation for relation in left if not known.isdisjoint(names(*sides(relation)))]:
        known = known.union(*(names(*sides(relation)) for relation in related))
        left = [relation for relation in left if not any(relation is other for other in related)]
    return left
