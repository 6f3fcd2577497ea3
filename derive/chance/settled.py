"""Which parts of an expression depend on draws."""

from __future__ import annotations

from collections.abc import Iterable

from derive.evaluate.scope import Tally, operands
from derive.language.arrays import Composite
from derive.language.chance import Expectation, Probability, RandomSymbol
from derive.language.tensor import Tensor


def random_symbols(roots: Iterable[Tensor]) -> list[RandomSymbol]:
    """The random symbols that occur, by name once."""
    found = {node.name: node for root in roots for node in root.walk() if isinstance(node, RandomSymbol)}
    return list(found.values())


class Randomness:
    """Which nodes depend on a draw: those with a random symbol that no mean binds."""

    def __init__(self) -> None:
        self._known: dict[Tensor, bool] = {}

    def of(self, root: Tensor) -> bool:
        if root not in self._known:
            for node in root.walk():
                if node not in self._known:
                    below = not isinstance(node, (Expectation, Probability)) and any(
                        self._known[child] for child in node.children()
                    )
                    self._known[node] = below or isinstance(node, RandomSymbol)
        return self._known[root]


def settled(roots: Iterable[Tensor], tally: Tally) -> list[Tensor]:
    """The largest subexpressions that no draw changes, as far as they are evaluated in the outermost scope."""
    random = Randomness()
    found: dict[Tensor, None] = {}
    seen: set[Tensor] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if not random.of(node):
            found[node] = None
        elif isinstance(node, Composite):
            stack.append(tally.expanded(node))
        else:
            stack += operands(node)
    return list(found)
