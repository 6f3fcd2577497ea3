"""How definitions, derivatives and substitutions are lowered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derive.calculus.algebra import Undecidable
from derive.calculus.atoms import atom
from derive.calculus.axes import Array, Axis, align, fresh_axes
from derive.calculus.form import Form, Head, Label
from derive.calculus.lower_arithmetic import Rule
from derive.calculus.lower_arrays import index_axes
from derive.calculus.powers import certainly_positive
from derive.calculus.structure import differentiate, rebuild
from derive.language import arrays, derivatives, tensor
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

if TYPE_CHECKING:
    from derive.calculus.lower import Lowering


def _definition(self: Lowering, node: derivatives.Definition) -> Array:
    return self.named(node) if node in self.opaque else self.at(node.operand)


def _derivative(self: Lowering, node: derivatives.Derivative) -> Array:
    array = self.at(node.operand)
    for variable in node.variables:
        name, entry = self.base(variable)
        labels = [label for axis in entry.axes for label, _ in axis]
        form = differentiate(self.algebra, array.form, name, labels)
        form, axes = view(self, form, entry.axes, variable)
        array = Array(form, array.axes + axes)
    return array


def view(self: Lowering, form: Form, axes: tuple[Axis, ...], variable: Tensor) -> tuple[Form, tuple[Axis, ...]]:
    """The axes of a symbol as a variable shows them: ``vec``, entries, columns, transposes."""
    if isinstance(variable, Symbol) or (isinstance(variable, derivatives.Definition) and variable in self.opaque):
        return form, axes
    form, axes = view(self, form, axes, next(iter(variable.children())))
    if isinstance(variable, arrays.Vec):
        ordered = axes if variable.order == "C" else tuple(reversed(axes))
        return form, (tuple(pair for axis in ordered for pair in axis),)
    if isinstance(variable, tensor.Transpose):
        return form, tuple(axes[k] for k in variable.permutation)
    if isinstance(variable, tensor.Index):
        names, left = index_axes(self, axes, variable.items)
        return self.algebra.rename(form, names), left
    return form, axes


def _directional(self: Lowering, node: derivatives.Directional) -> Array:
    operand = self.at(node.operand)
    name, entry = self.base(node.variable)
    form = differentiate(self.algebra, operand.form, name, [label for axis in entry.axes for label, _ in axis])
    form, axes = view(self, form, entry.axes, node.variable)
    forms, joined = align(self.algebra, [Array(form, axes), fresh_axes(self.algebra, self.at(node.direction))])
    product = self.algebra.multiply(*forms)
    for axis in joined:
        for label, d in axis:
            product = self.algebra.contract(product, label, d)
    return Array(product, operand.axes)


def _substitution(self: Lowering, node: derivatives.Substitution) -> Array:
    operand, value = self.at(node.operand), self.at(node.value)
    if not _has(value.form, node.symbol.properties):
        raise Undecidable(
            f"a value for {node.symbol.name}, which is declared {', '.join(sorted(node.symbol.properties))}"
        )
    entry = self.symbol(node.symbol)
    (_, form), axes = align(self.algebra, [entry, value])
    places = [label for axis in axes for label, _ in axis]

    def replace(head: Head, labels: tuple[Label, ...]) -> Form:
        if head.name != node.symbol.name:
            return atom(head, labels)
        return self.algebra.rename(form, dict(zip(places, labels, strict=True)))

    return Array(rebuild(self.algebra, operand.form, replace), operand.axes)


def _has(value: Form, properties: frozenset[str]) -> bool:
    """Has the value certainly these properties?"""
    number = value.constant
    if number is not None:
        known = {"integer": number.denominator == 1, "nonnegative": number >= 0, "positive": number > 0}
        return all(known.get(name, False) for name in properties)
    return not properties or (properties == {"positive"} and certainly_positive(value))


RULES: Mapping[type[Tensor], Rule] = {
    derivatives.Definition: _definition,
    derivatives.Derivative: _derivative,
    derivatives.Directional: _directional,
    derivatives.Substitution: _substitution,
}
