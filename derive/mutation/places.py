"""The places of an expression where an error can be planted, and the expression with another one in that place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.rebuild import with_operands
from derive.language.tensor import IndexSum, IndexSymbol, Tensor

Rebuild = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Place:
    """One occurrence of a node.

    Attributes:
        node: what stands there.
        is_root: whether that is the whole expression.
        bound: the index symbols that a sum above it binds.
        with_node: the whole expression with another node there; raises InputError where that does not conform, and
            TypeError where a node above has no operands to replace.
    """

    node: Tensor
    is_root: bool
    bound: frozenset[str]
    with_node: Rebuild


def places(root: Tensor, opened: int = 0) -> Iterator[Place]:
    """The places inside exactly ``opened`` definitions, each of which is written out where it is changed.

    Derivatives and substitutions are the author's and stay as they are.
    """
    yield from _below(Place(root, True, frozenset(), lambda node: node), opened)


def _below(place: Place, opened: int) -> Iterator[Place]:
    node = place.node
    if isinstance(node, Definition) and opened:
        yield from _below(Place(node.operand, False, place.bound, place.with_node), opened - 1)
        return
    if not opened:
        yield place
    if isinstance(node, (Definition, Derivative, Directional, Substitution)):
        return
    bound = place.bound | ({node.index.name} if isinstance(node, IndexSum) else frozenset())
    operands = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    for position, operand in enumerate(operands):
        yield from _below(Place(operand, False, bound, _with_operand(place, operands, position)), opened)


def _with_operand(place: Place, operands: list[Tensor], position: int) -> Rebuild:
    """The whole expression with one operand of ``place`` replaced."""

    def rebuild(changed: Tensor) -> Tensor:
        others = [changed if k == position else operand for k, operand in enumerate(operands)]
        return place.with_node(with_operands(place.node, others))

    return rebuild
