"""Derivatives of formulas, entry by entry, by SymPy's or symengine's own ``diff``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.errors import Unavailable
from derive.evaluate.rearrange import positions
from derive.evaluate.scope import Scope
from derive.evaluate.symbolic import Formulas
from derive.evaluate.system import Array, array_of
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.symbols import Symbol

LONGEST = 400_000
"""Nodes of formulas, written out, that are still differentiated once."""

GROWTH = 30
"""By how much they are expected to grow with each derivative."""


def entry_symbols(symbol: Symbol, scope: Scope, formulas: Formulas, mark: str = "") -> Array:
    """One symbol for each entry of ``symbol``; the names cannot clash with an author's."""
    shape = scope.shape(symbol.shape)
    names = [f"{symbol.name}{mark}[{','.join(map(str, place))}]" for place in np.ndindex(*shape)]
    return array_of([formulas.symbol(name) for name in names], shape, object)


class Partials:
    """Differentiation in the number system ``Formulas``."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        symbols = {underlying(variable).name: underlying(variable) for variable in node.variables}
        point = {name: scope.value(symbol) for name, symbol in symbols.items()}
        fresh = {name: entry_symbols(symbol, scope, self.formulas, "'") for name, symbol in symbols.items()}
        array = scope.child(arrays=fresh).value(node.operand)
        self._check_length(array, len(node.variables))
        for variable in node.variables:
            places = positions(variable, scope)
            entries = fresh[underlying(variable).name].reshape(-1)
            partials = [self.formulas.partial(formula, entries[k]) for formula in array.flat for k in places.flat]
            array = array_of(partials, array.shape + places.shape, object)
        return self._back(array, [(fresh[name], point[name]) for name in symbols])

    def directional(self, node: Directional, scope: Scope) -> Array:
        symbol, step = underlying(node.variable), self.formulas.symbol("'t")
        point = scope.value(symbol)
        moved = point.copy().reshape(-1)
        direction = scope.value(node.direction)
        for place, slope in zip(positions(node.variable, scope).flat, direction.flat, strict=True):
            moved[place] = moved[place] + step * slope
        array = scope.child(arrays={symbol.name: moved.reshape(point.shape)}).value(node.operand)
        slopes = [self.formulas.partial(formula, step) for formula in array.flat]
        origin = self.formulas.rational(Fraction(0))
        return array_of([self.formulas.replaced(slope, {step: origin}) for slope in slopes], array.shape, object)

    def _check_length(self, array: Array, order: int) -> None:
        """Formulas are compared as trees, so that derivatives of long ones take time out of all proportion.

        Raises:
            Unavailable: the formulas are too long to be differentiated to this order.
        """
        length = sum(self.formulas.length(formula) for formula in array.flat)
        if length * GROWTH ** (order - 1) > LONGEST:
            raise Unavailable("the formulas grow too long at some sizes")

    def _back(self, array: Array, bindings: Sequence[tuple[Array, Array]]) -> Array:
        """The formulas at the point of the scope: fresh symbols replaced by what they stood for."""
        values: dict[Any, Any] = {}
        for fresh, point in bindings:
            values.update(zip(fresh.flat, point.flat, strict=True))
        return array_of([self.formulas.replaced(formula, values) for formula in array.flat], array.shape, object)
