"""How expectations are lowered: the operand, then the mean over its random symbols, which are bound there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeGuard

from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.axes import Array, align
from derive.calculus.expectation.definite import Signs
from derive.calculus.expectation.expected import expected
from derive.calculus.expectation.laws import RandomEntries
from derive.calculus.expectation.used_laws import used_laws
from derive.calculus.form import Form, Label
from derive.calculus.lower_arithmetic import Rule
from derive.calculus.positivity import positive_sides, same_up_to_scale
from derive.calculus.powers import certainly_positive
from derive.calculus.structure import depends
from derive.language import arrays
from derive.language.chance import Expectation, RandomSymbol, unbound
from derive.language.dimensions import ONE, Shape
from derive.language.plain import identity
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
    symbols = [random_entries(self, bound[name]) for name in names]
    if not symbols:
        return array
    self.laws[node] = used_laws(array.form, symbols)
    return Array(expected(self.algebra, array.form, symbols, _signs(self, node.operand)), array.axes)


def _signs(self: Lowering, operand: Tensor) -> Signs:
    """What the declarations and the hypotheses say of signs; hypotheses on single entries are left out."""
    symbols = [node for node in operand.walk() if isinstance(node, Symbol)]

    def positive(form: Form) -> bool:
        return certainly_positive(form) or any(same_up_to_scale(side, form) for side in self.stated_positive())

    def definite(form: Form, row: Label, column: Label) -> bool:
        """A hypothesis bounds the least eigenvalue of the matrix, or of a multiple of it, away from zero."""
        found = (self.lower(side.operand) for side in positive_sides(self.given) if _is_least_eigenvalue(side))
        wanted = _symmetric(self.algebra, form, row, column)
        stated = (_symmetric(self.algebra, a.form, *(axis[0][0] for axis in a.axes)) for a in found if _simple(a))
        return any(same_up_to_scale(matrix, wanted) for matrix in stated)

    return Signs(
        frozenset(s.name for s in symbols if "nonnegative" in s.properties),
        frozenset(s.name for s in symbols if s.properties & {"psd", "pd"}),
        positive,
        definite,
    )


def _is_least_eigenvalue(side: Tensor) -> TypeGuard[arrays.Spectral]:
    return isinstance(side, arrays.Spectral) and side.kind == "lambda_min"


def _simple(array: Array) -> bool:
    return len(array.axes) == 2 and all(len(axis) == 1 for axis in array.axes)


def _symmetric(algebra: Algebra, form: Form, row: Label, column: Label) -> Form:
    return algebra.add(form, algebra.rename(form, {row: column, column: row}))


def _bound(node: Tensor) -> dict[str, RandomSymbol]:
    """The random symbols of a node that nothing in it binds, by their names.

    Raises:
        Undecidable: one name stands for two symbols.
    """
    found: dict[str, RandomSymbol] = {}
    others = {s.name for s in node.walk() if isinstance(s, Symbol) and not isinstance(s, RandomSymbol)}
    for symbol in unbound(node):
        same = found.setdefault(symbol.name, symbol)
        if symbol.name in others or _nature(same) != _nature(symbol):
            raise Undecidable(f"{symbol.name} stands for two things in one expectation")
    return dict(sorted(found.items()))


def _nature(symbol: RandomSymbol) -> tuple[Shape, str, tuple[str, ...]]:
    """What makes two random symbols of one name the same: shape and law."""
    return symbol.shape, symbol.kind, tuple(identity(parameter) for parameter in symbol.parameters)


def random_entries(self: Lowering, symbol: RandomSymbol) -> RandomEntries:
    """The entries of a random symbol, with the parameters of its law lowered beside them."""
    entry = self.symbol(symbol)
    ((head, _, _),) = next(iter(entry.form.terms))
    parameters = [self.lower(parameter) for parameter in symbol.parameters]
    for parameter in symbol.parameters:
        if any(isinstance(node, RandomSymbol) for node in parameter.walk()):
            raise Undecidable(f"the law of {symbol.name} depends on chance")
    if symbol.kind == "one_hot" and parameters:
        row = Array(entry.form, entry.axes[-1:])
        _, axes = align(self.algebra, [row, parameters[0]])  # which asks for the splits that make them agree
        names = {old: new for (old, _), (new, _) in zip(parameters[0].axes[0], axes[0], strict=True)}
        parameters = [Array(self.algebra.rename(parameters[0].form, names), axes)]
    last = symbol.shape[-1] if symbol.shape else ONE
    return RandomEntries(symbol.kind, head, entry.axes, last, tuple(parameters))


RULES: Mapping[type[Tensor], Rule] = {RandomSymbol: _random_symbol, Expectation: _expectation}
