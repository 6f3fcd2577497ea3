"""Claims of existence, "there are A and b such that ...", and what is refuted where they hold.

For all values of the other symbols that the hypotheses allow there are values of the chosen ones, which the hypotheses
allow too, with all relations. Sizes that no other symbol has are chosen with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from derive.language.abstract import AbstractValue
from derive.language.binding import names_read
from derive.language.black_box import BlackBox
from derive.language.chance import OverOutcomes, RandomSymbol
from derive.language.latex import latex
from derive.language.relations import Relation
from derive.language.statements import IllPosed, Where, refusal
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSum, IndexSymbol, Number, Tensor

NEGATED = {"==": "!=", "!=": "==", "<=": ">", ">": "<=", "<": ">=", ">=": "<"}

UNSEARCHED = (AbstractValue, BlackBox, OverOutcomes, RandomSymbol)
"""Functions without a formula, and chance: of these no values are searched for."""


def names_of(exists: Any, claim: str, where: Where) -> tuple[str, ...]:
    """The names of what is claimed to exist, each once: symbols or their names.

    Raises:
        InputError: something else is among them.
    """
    items = exists if isinstance(exists, (list, tuple)) else [exists]
    for item in items:
        if not isinstance(item, (str, Symbol, IndexSymbol)) or isinstance(item, RandomSymbol):
            raise refusal(f"exists= names symbols, not {item!r}", 'such as exists=["A", "b"]', claim, where)
    return tuple(dict.fromkeys(item if isinstance(item, str) else item.name for item in items))


def check(exists: Sequence[str], relations: Sequence[Relation], given: Sequence[Relation]) -> None:
    """Refuse what a claim does not speak of, and of what no values are searched for.

    Raises:
        IllPosed: there is such a name, or such an expression.
    """
    known = {symbol.name for symbol in _free(relations, given)}
    for name in exists:
        if name not in known:
            raise IllPosed(f"nothing in the claim is called {name}, which is said to exist")
    if exists and any(isinstance(node, UNSEARCHED) for side in _sides(relations, given) for node in side.walk()):
        raise IllPosed("existence is claimed of numbers and arrays alone: not of functions, and not of chance")
    if exists and len(relations) > 1 and any(map(_positions, _sides(relations))):
        raise IllPosed("of values that have several relations, none of these may name a position")


def universal(exists: Sequence[str], relations: Sequence[Relation], given: Sequence[Relation]) -> tuple[str, ...]:
    """The names of the symbols and positions of which the claim speaks for all values."""
    return tuple(symbol.name for symbol in _free(relations, given) if symbol.name not in exists)


def contradiction(
    relations: Sequence[Relation], given: Sequence[Relation]
) -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    """What says that no values have all the relations: the negation of one of them, under the others.

    It is the first inequality between scalars, else the first equation; where there is neither, that nothing satisfies
    the hypotheses and relations.
    """
    scalar = [r for r in relations if r.sign in NEGATED and not r.left.shape and not r.right.shape]
    chosen = next(iter(sorted(scalar, key=lambda relation: relation.sign == "==")), None)
    others = tuple(relation for relation in relations if relation is not chosen)
    if chosen is None:
        impossible = Relation.of("<=", Number(Fraction(1)), Number(Fraction(0)))
        return (impossible,), (*given, *others)
    return (Relation.of(NEGATED[chosen.sign], chosen.left, chosen.right),), (*given, *others)


def quantifier(exists: Sequence[str], relations: Sequence[Relation], given: Sequence[Relation]) -> str:
    r"""``\exists\, n, A, b\colon\ `` in LaTeX, with the sizes that are chosen; nothing where nothing is."""
    symbols = {symbol.name: symbol for symbol in _free(relations, given)}
    fixed = {name for key, symbol in symbols.items() if key not in exists for name in _sizes(symbol)}
    sizes = dict.fromkeys(name for key in exists if key in symbols for name in _sizes(symbols[key]))
    chosen = [*(name for name in sizes if name not in fixed), *(latex(symbols[n]) for n in exists if n in symbols)]
    return rf"\exists\, {', '.join(chosen)}\colon\ " if chosen else ""


def _sizes(symbol: Symbol | IndexSymbol) -> list[str]:
    axes = [symbol.dimension] if isinstance(symbol, IndexSymbol) else symbol.shape
    return [name for axis in axes for name in sorted(axis.names)]


def _sides(*relations: Iterable[Relation]) -> list[Tensor]:
    return [side for part in relations for relation in part for side in (relation.left, relation.right)]


def _free(relations: Iterable[Relation], given: Iterable[Relation]) -> list[Symbol | IndexSymbol]:
    """The symbols on whose values the claim depends, and the positions that it names, in order of occurrence.

    A hypothesis that names a position says something of all positions.
    """
    sides = _sides(relations, given)
    read = frozenset[str]().union(*map(names_read, sides))
    named = frozenset[str]().union(*map(_positions, _sides(relations)))
    found = [node for side in sides for node in side.walk()]
    free = {node.name: node for node in found if isinstance(node, Symbol) and node.name in read}
    return [*free.values(), *{n.name: n for n in found if isinstance(n, IndexSymbol) and n.name in named}.values()]


def _positions(root: Tensor) -> frozenset[str]:
    """The names of the index symbols over which no sum runs."""
    found: dict[Tensor, frozenset[str]] = {}
    for node in root.walk():
        inside = frozenset[str]().union(*(found[child] for child in node.children()))
        match node:
            case IndexSymbol(name=name):
                inside = frozenset({name})
            case IndexSum(index=index):
                inside -= {index.name}
        found[node] = inside
    return found[root]
