"""How expectations are lowered: the operand, then the mean over its random symbols, which are bound there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derive.calculus.algebra import Undecidable
from derive.calculus.axes import Array, align
from derive.calculus.expectation.expected import expected
from derive.calculus.expectation.laws import RandomEntries
from derive.calculus.lower_arithmetic import Rule
from derive.calculus.structure import depends
from derive.language.chance import Expectation, RandomSymbol
from derive.language.dimensions import ONE
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

if TYPE_CHECKING:
    from derive.calculus.lower import Lowering


def _random_symbol(self: Lowering, node: RandomSymbol) -> Array:
    return self.symbol(node)


def _expectation(self: Lowering, node: Expectation) -> Array:
    """E[operand], over the random symbols that are left once inner expectations are taken."""
    array = self.at(node.operand)
    bound = _bound(node.operand)
    if node.event is not None and bound.keys() & _bound(node.event).keys():
        raise Undecidable("the condition of an expectation depends on what is averaged")
    names = [name for name in bound if depends(array.form, name)]
    symbols = [_entries(self, bound[name]) for name in names]
    return Array(expected(self.algebra, array.form, symbols), array.axes) if symbols else array


def _bound(node: Tensor) -> dict[str, RandomSymbol]:
    """The random symbols below a node by their names.

    Raises:
        Undecidable: one name stands for two symbols.
    """
    found: dict[str, Symbol] = {}
    for symbol in node.walk():
        if isinstance(symbol, Symbol) and _unlike(found.setdefault(symbol.name, symbol), symbol):
            raise Undecidable(f"{symbol.name} stands for two things in one expectation")
    return {name: symbol for name, symbol in found.items() if isinstance(symbol, RandomSymbol)}


def _unlike(one: Symbol, other: Symbol) -> bool:
    if one is other:
        return False
    random = [symbol for symbol in (one, other) if isinstance(symbol, RandomSymbol)]
    return bool(random) and (len(random) == 1 or random[0].law != random[1].law or one.shape != other.shape)


def _entries(self: Lowering, symbol: RandomSymbol) -> RandomEntries:
    entry = self.symbol(symbol)
    ((head, _, _),) = next(iter(entry.form.terms))
    parameters = [self.lower(parameter) for parameter in symbol.law.parameters]
    for parameter in symbol.law.parameters:
        if any(isinstance(node, RandomSymbol) for node in parameter.walk()):
            raise Undecidable(f"the law of {symbol.name} depends on chance")
    if symbol.law.kind == "one_hot" and parameters:
        row = Array(entry.form, entry.axes[-1:])
        _, axes = align(self.algebra, [row, parameters[0]])  # which asks for the splits that make them agree
        names = {old: new for (old, _), (new, _) in zip(parameters[0].axes[0], axes[0], strict=True)}
        parameters = [Array(self.algebra.rename(parameters[0].form, names), axes)]
    last = symbol.shape[-1] if symbol.shape else ONE
    return RandomEntries(symbol.law.kind, head, entry.axes, last, tuple(parameters))


RULES: Mapping[type[Tensor], Rule] = {RandomSymbol: _random_symbol, Expectation: _expectation}
