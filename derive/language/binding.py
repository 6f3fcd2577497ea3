"""Which symbols an expression speaks of: those that an iteration or a mean binds have no value outside of it."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.chance import OverOutcomes, RandomSymbol
from derive.language.derivatives import Substitution
from derive.language.iteration import Always, AtTime, HittingTime, Run
from derive.language.symbols import Symbol
from derive.language.tangents import Generic
from derive.language.tensor import Tensor

BINDERS = (Run, AtTime, HittingTime, Always, OverOutcomes, Generic)


def free_symbols(*expressions: Tensor) -> dict[str, Symbol]:
    """The symbols that occur free, by name, in the order of their first occurrence.

    States and choices are bound in the updates of a run and in what is taken along it, random symbols by the nearest
    expectation, probability or experiment. A symbol that is replaced by ``subs`` counts as free.
    """
    symbols = {node.name: node for side in expressions for node in side.walk() if isinstance(node, Symbol)}
    if not any(isinstance(node, BINDERS) for side in expressions for node in side.walk()):
        return symbols
    free = frozenset[str]().union(*(free_names(side) for side in expressions))
    return {name: symbol for name, symbol in symbols.items() if name in free}


def outside(root: Tensor) -> Iterator[Tensor]:
    """The nodes of ``root`` outside of what a run, a mean or a probability says with its own symbols, each once."""
    found: set[Tensor] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            yield node
            stack.extend(_outer(node))


def _outer(node: Tensor) -> Iterator[Tensor]:
    if isinstance(node, Run):
        yield from node.starts
    elif isinstance(node, (AtTime, HittingTime, Always)):
        within = node.operand if isinstance(node, AtTime) else node.event
        yield from (child for child in node.children() if child is not within)
    elif not isinstance(node, BINDERS):
        yield from node.children()


def free_names(root: Tensor) -> frozenset[str]:
    """The names of the symbols that occur free in ``root``."""
    found: dict[Tensor, frozenset[str]] = {}
    for node in root.walk():
        found[node] = _free(node, found)
    return found[root]


def names_read(root: Tensor) -> frozenset[str]:
    """The names on whose values ``root`` depends: those that occur free, but for what ``subs`` replaces."""
    found: dict[Tensor, frozenset[str]] = {}
    for node in root.walk():
        if isinstance(node, Substitution):
            found[node] = (found[node.operand] - {node.symbol.name}) | found[node.value]
        else:
            found[node] = _free(node, found)
    return found[root]


def _free(node: Tensor, below: dict[Tensor, frozenset[str]]) -> frozenset[str]:
    if isinstance(node, Symbol):  # a random one has the parameters of its law as operands
        return frozenset({node.name}).union(*(below[child] for child in node.children()))
    if isinstance(node, Run):
        inside = frozenset[str]().union(*(below[part] for part in (*node.updates, *node.rules)))
        return (inside - node.bound).union(*(below[start] for start in node.starts))
    names = frozenset[str]().union(*(below[child] for child in node.children()))
    if isinstance(node, (AtTime, HittingTime, Always)):
        along = node.operand if isinstance(node, AtTime) else node.event
        outside = (below[child] for child in node.children() if child is not along)
        return (below[along] - node.run.bound).union(*outside)
    if isinstance(node, Generic):
        return names - {node.variable.name}
    if isinstance(node, OverOutcomes):
        return names - frozenset(_random_names(node))
    return names


def _random_names(root: Tensor) -> Iterator[str]:
    return (node.name for node in root.walk() if isinstance(node, RandomSymbol))
