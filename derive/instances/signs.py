"""The signs of a symbol's entries, as far as hypotheses and declarations tell."""

from __future__ import annotations

from collections.abc import Sequence

from derive.instances.patterns import bare, constant, symbols
from derive.language.relations import Relation
from derive.language.symbols import ENTRY_PROPERTIES
from derive.obligation import TURNED


def entry_signs(given: Sequence[Relation]) -> dict[str, str]:
    """Symbols that a hypothesis bounds below by zero or more, such as ``x >= 0`` or ``p >= eps``, and their sign."""
    found: dict[str, str] = {}
    for relation in given:
        small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
        symbol, end = bare(large), bare(small)
        if relation.sign not in ("<=", "<", ">=", ">") or symbol is None:
            continue
        value = constant(small)
        positive = (end is not None and end.positive) or (value is not None and value > 0)
        if positive or (value == 0 and relation.sign in ("<", ">")):
            found[symbol.name] = "positive"
        elif value == 0 or (end is not None and "nonnegative" in end.properties):
            found.setdefault(symbol.name, "nonnegative")
    return found


def cones(given: Sequence[Relation]) -> frozenset[str]:
    """The symbols declared to lie in a cone, entrywise or psd."""
    named = [symbols(relation.left, relation.right) for relation in given]
    cones = ENTRY_PROPERTIES | {"psd", "pd"}
    return frozenset(name for row in named for name, symbol in row.items() if symbol.properties & cones)
