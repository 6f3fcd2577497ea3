"""From the author's expression to the normal form, with symbolic dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from derive.calculus.algebra import Algebra, Undecidable, atom, delta, number, size
from derive.calculus.axes import Array, Axis, NeedsSplit, align, fresh_axes, square
from derive.calculus.form import Form, Head, Label
from derive.calculus.functions import constant, elementwise, primitive
from derive.calculus.matrices import bound_head, determinant, extremum, inverse
from derive.calculus.positivity import positive_sides, positive_symbols, shape_key
from derive.calculus.powers import certainly_nonnegative, certainly_positive, power
from derive.calculus.structure import differentiate, rebuild
from derive.language import arrays, derivatives, tensor
from derive.language.dimensions import Dimension
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

Splits = dict[tuple[str, int], tuple[Dimension, ...]]


class NeedsPositive(Undecidable):
    """A real power of something that may be negative."""


@dataclass
class Lowering:
    """Expressions in index notation; each shared node is lowered once.

    ``splits`` says which axes of symbols are read as row-major products. The definitions in ``opaque`` count as symbols of
    their own, under the name ``=name``, with the author's indices that they contain as their last labels.
    """

    algebra: Algebra
    splits: Splits = field(default_factory=dict)
    memo: dict[Tensor, Array] = field(default_factory=dict)
    formal_powers: bool = False
    opaque: frozenset[derivatives.Definition] = frozenset()
    given: Sequence[Relation] = ()
    in_domain: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.algebra.formal = self.formal_powers
        self.positive = positive_symbols(self.given) | self.in_domain

    def is_positive(self, base: Form) -> bool:
        """Whether a base of a real power is positive, or a sum of squares, which is zero only where nothing is claimed."""
        if certainly_nonnegative(base):
            return True
        sides = (side for side in positive_sides(self.given) if not isinstance(side, Symbol))
        return any(shape_key(self.lower(side).form) == shape_key(base) for side in sides)

    def lower(self, expression: Tensor) -> Array:
        """The expression as a form with axes.

        Raises:
            Undecidable: a node without a rule.
            NeedsSplit: see ``lower_together``.
        """
        for node in expression.walk():
            if node not in self.memo:
                self.memo[node] = self._node(node)
        return self.memo[expression]

    def _at(self, node: Tensor) -> Array:
        return self.memo[node] if node in self.memo else self.lower(node)

    def _node(self, node: Tensor) -> Array:
        if isinstance(node, arrays.Composite):
            return self.lower(node.expand())
        rule = RULES.get(type(node))
        if rule is None:
            raise Undecidable(f"no rule for {type(node).__name__}")
        return rule(self, node)

    def axis(self, name: str, port: int, dimension: Dimension) -> Axis:
        """New labels for an axis, split where ``splits`` says so; none for an axis of size one."""
        if dimension.value == 1:
            return ()
        return tuple((self.algebra.fresh(), d) for d in self.splits.get((name, port), (dimension,)))

    def fixed(self, name: str, dimension: Dimension) -> tuple[Label, ...]:
        """The labels of an index symbol: one, or one for each factor of a product axis."""
        parts = self.splits.get((f"@{name}", 0))
        return (f"@{name}",) if parts is None else tuple(f"@{name}.{k}" for k in range(len(parts)))

    def symbol(self, node: Symbol) -> Array:
        axes = tuple(self.axis(node.name, k, dimension) for k, dimension in enumerate(node.shape))
        labels = [label for axis in axes for label, _ in axis]
        dims = tuple(d for axis in axes for _, d in axis)
        positive = node.positive or node.name in self.positive
        return Array(atom(Head("symbol", node.name, dims, positive=positive), labels), axes)

    def named(self, node: derivatives.Definition) -> Array:
        """A definition as a symbol of its own."""
        axes = tuple(self.axis(f"={node.name}", k, dimension) for k, dimension in enumerate(node.shape))
        indices = [(label, d) for index in own_indices(node) for label, d in self.index_axis(index)]
        pairs = [*(pair for axis in axes for pair in axis), *indices]
        head = Head("symbol", f"={node.name}", tuple(d for _, d in pairs))
        return Array(atom(head, [label for label, _ in pairs]), axes)

    def index_axis(self, node: tensor.IndexSymbol) -> list[tuple[Label, Dimension]]:
        """The labels of an index symbol with their dimensions."""
        dims = self.splits.get((f"@{node.name}", 0), (node.dimension,))
        return list(zip(self.fixed(node.name, node.dimension), dims, strict=True))

    def base(self, variable: Tensor) -> tuple[str, Array]:
        """The name and the entries of what a variable is a view of: a symbol, or an opaque definition."""
        while not isinstance(variable, Symbol):
            if isinstance(variable, derivatives.Definition) and variable in self.opaque:
                return f"={variable.name}", self.named(variable)
            variable = next(iter(variable.children()))
        return variable.name, self.symbol(variable)


Rule = Callable[[Lowering, Any], Array]


def _number(_: Lowering, node: tensor.Number) -> Array:
    return Array(number(node.value))


def _constant(_: Lowering, node: tensor.Constant) -> Array:
    return Array(constant(node.name))


def _size(_: Lowering, node: tensor.Size) -> Array:
    return Array(size(node.dimension))


def _index_symbol(self: Lowering, node: tensor.IndexSymbol) -> Array:
    """The position as a number: the entry of ``0, 1, 2, ...`` at the fixed label."""
    pairs = self.index_axis(node)
    return Array(atom(Head("index", "position", tuple(d for _, d in pairs)), [label for label, _ in pairs]))


def _symbol(self: Lowering, node: Symbol) -> Array:
    return self.symbol(node)


def _definition(self: Lowering, node: derivatives.Definition) -> Array:
    return self.named(node) if node in self.opaque else self._at(node.operand)


def own_indices(node: Tensor) -> list[tensor.IndexSymbol]:
    """The author's indices that an expression contains, in order of their names."""
    found = {child.name: child for child in node.walk() if isinstance(child, tensor.IndexSymbol)}
    return [found[name] for name in sorted(found)]


def _add(self: Lowering, node: tensor.Add) -> Array:
    forms, axes = align(self.algebra, [self._at(node.left), self._at(node.right)])
    return Array(self.algebra.add(*forms), axes)


def _negative(self: Lowering, node: tensor.Negative) -> Array:
    array = self._at(node.operand)
    return Array(self.algebra.scale(array.form, -1), array.axes)


def _multiply(self: Lowering, node: tensor.Multiply) -> Array:
    (left, right), axes = align(self.algebra, [self._at(node.left), self._at(node.right)])
    return Array(self.algebra.multiply(left, right), axes)


def _divide(self: Lowering, node: tensor.Divide) -> Array:
    (left, right), axes = align(self.algebra, [self._at(node.left), _reciprocal(self, node.right)])
    return Array(self.algebra.multiply(left, right), axes)


def _reciprocal(self: Lowering, node: Tensor) -> Array:
    """``1 / node``, factor by factor and power by power: an expanded denominator would have to be factored again."""
    match node:
        case tensor.Multiply(left=first, right=second):
            (left, right), axes = align(self.algebra, [_reciprocal(self, first), _reciprocal(self, second)])
            return Array(self.algebra.multiply(left, right), axes)
        case tensor.Power(base=base, exponent=tensor.Number(value=exponent)) if exponent > 0:
            array = self._at(base)
            return Array(power(self.algebra, array.form, -exponent), array.axes)
    array = self._at(node)
    return Array(power(self.algebra, array.form, -1), array.axes)


def _power(self: Lowering, node: tensor.Power) -> Array:
    (base, exponent), axes = align(self.algebra, [self._at(node.base), self._at(node.exponent)])
    value = exponent.constant
    if value is not None:
        return Array(power(self.algebra, base, value), axes)
    if not self.formal_powers and not self.is_positive(base):
        raise NeedsPositive(f"{node.base!r} to the power {node.exponent!r} is real only where {node.base!r} is positive")
    logarithm = self.algebra.multiply(exponent, primitive(self.algebra, "log", base))
    return Array(primitive(self.algebra, "exp", logarithm), axes)


def _apply(self: Lowering, node: tensor.Apply) -> Array:
    forms, axes = align(self.algebra, [self._at(argument) for argument in node.arguments])
    return Array(elementwise(self.algebra, node.function, *forms), axes)


def _sum_axes(self: Lowering, array: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
    form = array.form
    for position in axes:
        for label, dimension in array.axes[position]:
            form = self.algebra.contract(form, label, dimension)
    left = tuple(() if k in axes else axis for k, axis in enumerate(array.axes) if keepdims or k not in axes)
    return Array(form, left)


def _sum(self: Lowering, node: tensor.Sum) -> Array:
    return _sum_axes(self, self._at(node.operand), node.axes, node.keepdims)


def _index_sum(self: Lowering, node: tensor.IndexSum) -> Array:
    array = self._at(node.operand)
    form = array.form
    for label, d in self.index_axis(node.index):
        form = self.algebra.contract(form, label, d)
    return Array(form, array.axes)


def _extremum(self: Lowering, node: tensor.Extremum) -> Array:
    """``min(t) = -max(-t)``; positive factors and terms that are the same for all entries stand outside."""
    array = self._at(node.operand)
    bound = tuple(pair for k in node.axes for pair in array.axes[k])
    form = array.form if node.kind == "max" else self.algebra.scale(array.form, -1)
    largest = extremum(self.algebra, form, bound) if bound else form
    left = (() if k in node.axes else a for k, a in enumerate(array.axes) if node.keepdims or k not in node.axes)
    return Array(largest if node.kind == "max" else self.algebra.scale(largest, -1), tuple(left))


def _spectral(self: Lowering, node: arrays.Spectral) -> Array:
    array = self._at(node.operand)
    return Array(bound_head(self.algebra, "opaque", node.kind, array.form, array.axes))


def _transpose(self: Lowering, node: tensor.Transpose) -> Array:
    array = self._at(node.operand)
    return Array(array.form, tuple(array.axes[k] for k in node.permutation))


def _index(self: Lowering, node: tensor.Index) -> Array:
    array = self._at(node.operand)
    names, axes = index_axes(self, array.axes, node.items)
    return Array(self.algebra.rename(array.form, names) if names else array.form, axes)


def index_axes(self: Lowering, axes: tuple[Axis, ...], items: tuple[tensor.Item, ...]) -> tuple[dict[Label, Label], tuple[Axis, ...]]:
    """The labels that indexing fixes, and the axes that it leaves."""
    names: dict[Label, Label] = {}
    left: list[Axis] = []
    remaining = iter(axes)
    for item in items:
        if isinstance(item, str) and item == "None":
            left.append(())
            continue
        axis = next(remaining)
        if isinstance(item, str):
            left.append(axis)
        elif isinstance(item, tensor.IndexSymbol):
            fixed = self.fixed(item.name, item.dimension)
            if len(fixed) != len(axis):
                if len(axis) > 1:
                    raise NeedsSplit(f"@{item.name}", 0, item.dimension, tuple(d for _, d in axis))
                raise Undecidable(f"the index {item.name} on an axis of another structure")
            names.update({label: name for (label, _), name in zip(axis, fixed, strict=True)})
        elif isinstance(item, int):
            names.update(_position(axis, item))
    return names, tuple(left)


def _position(axis: Axis, item: int) -> dict[Label, Label]:
    if len(axis) <= 1 or item == 0:
        return {label: f"#{item}" for label, _ in axis}
    names: dict[Label, Label] = {}
    for label, d in reversed(axis):
        if d.value is None:
            raise Undecidable(f"position {item} of an axis that is a product of symbolic sizes")
        item, here = divmod(item, d.value)
        names[label] = f"#{here}"
    return names


def _matmul(self: Lowering, node: tensor.MatMul) -> Array:
    left, right = self._at(node.left), self._at(node.right)
    row = len(left.axes) > 1
    column = len(right.axes) > 1
    lead_left, lead_right = left.axes[:-2], right.axes[:-2]
    inner_right = right.axes[-2] if column else right.axes[0]
    a = Array(left.form, (*lead_left, left.axes[-2] if row else (), (), left.axes[-1]))
    b = Array(right.form, (*lead_right, (), right.axes[-1] if column else (), inner_right))
    forms, axes = align(self.algebra, [a, b])
    product = Array(self.algebra.multiply(*forms), axes)
    total = _sum_axes(self, product, (len(axes) - 1,), keepdims=False)
    kept = [*total.axes[:-2], *([total.axes[-2]] if row else []), *([total.axes[-1]] if column else [])]
    return Array(total.form, tuple(kept))


def _eye(self: Lowering, node: arrays.Eye) -> Array:
    if node.size.value == 1:
        return Array(number(1), ((), ()))
    i, j = self.algebra.fresh(), self.algebra.fresh()
    return Array(delta(i, j, node.size), (((i, node.size),), ((j, node.size),)))


def _full(self: Lowering, node: arrays.Full) -> Array:
    axes = tuple(((self.algebra.fresh(), d),) if d.value != 1 else () for d in node.shape)
    return Array(self._at(node.value).form, axes)


def _literal(self: Lowering, node: arrays.Literal) -> Array:
    axes: tuple[Axis, ...] = tuple(((self.algebra.fresh(), d),) if d.value != 1 else () for d in node.shape)
    total = []
    for place, value in enumerate(node.entries):
        form = number(value)
        for axis, d in zip(reversed(axes), reversed(node.shape), strict=True):
            place, here = divmod(place, d.value or 1)
            for label, _ in axis:
                form = self.algebra.multiply(form, delta(label, f"#{here}", d))
        total.append(form)
    return Array(self.algebra.add(*total), axes)


def _vec(self: Lowering, node: arrays.Vec) -> Array:
    array = self._at(node.operand)
    axes = array.axes if node.order == "C" else tuple(reversed(array.axes))
    return Array(array.form, (tuple(pair for axis in axes for pair in axis),))


def _kron(self: Lowering, node: arrays.Kron) -> Array:
    left, right = self._at(node.left), self._at(node.right)
    right = fresh_axes(self.algebra, right)
    rank = max(len(left.axes), len(right.axes))
    a = ((),) * (rank - len(left.axes)) + left.axes
    b = ((),) * (rank - len(right.axes)) + right.axes
    return Array(self.algebra.multiply(left.form, right.form), tuple(x + y for x, y in zip(a, b, strict=True)))


def _diag(self: Lowering, node: arrays.Diag) -> Array:
    array = self._at(node.operand)
    if len(array.axes) == 1:
        form, copy = array.form, []
        for label, d in array.axes[0]:
            other = self.algebra.fresh()
            copy.append((other, d))
            form = self.algebra.multiply(form, delta(label, other, d))
        return Array(form, (array.axes[0], tuple(copy)))
    array = square(self.algebra, array)
    rows, columns = array.axes
    names: dict[Label, Label] = {label: row for (label, _), (row, _) in zip(columns, rows, strict=True)}
    return Array(self.algebra.rename(array.form, names), (rows,))


def _block_diag(self: Lowering, node: arrays.BlockDiag) -> Array:
    array = self._at(node.operand)
    blocks, rows, columns = array.axes
    form, copy = array.form, []
    for label, d in blocks:
        other = self.algebra.fresh()
        copy.append((other, d))
        form = self.algebra.multiply(form, delta(label, other, d))
    return Array(form, (blocks + rows, tuple(copy) + columns))


def _inverse(self: Lowering, node: arrays.Inverse) -> Array:
    array = square(self.algebra, self._at(node.operand))
    return Array(inverse(self.algebra, array.form, *array.axes), array.axes)


def _determinant(self: Lowering, node: arrays.Determinant) -> Array:
    array = square(self.algebra, self._at(node.operand))
    return Array(determinant(self.algebra, array.form, *array.axes))


def _derivative(self: Lowering, node: derivatives.Derivative) -> Array:
    array = self._at(node.operand)
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
    operand = self._at(node.operand)
    name, entry = self.base(node.variable)
    form = differentiate(self.algebra, operand.form, name, [label for axis in entry.axes for label, _ in axis])
    form, axes = view(self, form, entry.axes, node.variable)
    forms, joined = align(self.algebra, [Array(form, axes), fresh_axes(self.algebra, self._at(node.direction))])
    product = self.algebra.multiply(*forms)
    for axis in joined:
        for label, d in axis:
            product = self.algebra.contract(product, label, d)
    return Array(product, operand.axes)


def _substitution(self: Lowering, node: derivatives.Substitution) -> Array:
    operand, value = self._at(node.operand), self._at(node.value)
    if node.symbol.properties and not (node.symbol.properties == {"positive"} and certainly_positive(value.form)):
        raise Undecidable(f"a value for {node.symbol.name}, which is declared {', '.join(sorted(node.symbol.properties))}")
    entry = self.symbol(node.symbol)
    (_, form), axes = align(self.algebra, [entry, value])
    places = [label for axis in axes for label, _ in axis]

    def replace(head: Head, labels: tuple[Label, ...]) -> Form:
        if head.name != node.symbol.name:
            return atom(head, labels)
        return self.algebra.rename(form, dict(zip(places, labels, strict=True)))

    return Array(rebuild(self.algebra, operand.form, replace), operand.axes)


RULES: Mapping[type[Tensor], Rule] = {
    tensor.Number: _number,
    tensor.Constant: _constant,
    tensor.Size: _size,
    tensor.IndexSymbol: _index_symbol,
    Symbol: _symbol,
    derivatives.Definition: _definition,
    tensor.Add: _add,
    tensor.Negative: _negative,
    tensor.Multiply: _multiply,
    tensor.Divide: _divide,
    tensor.Power: _power,
    tensor.Apply: _apply,
    tensor.Sum: _sum,
    tensor.IndexSum: _index_sum,
    tensor.Extremum: _extremum,
    arrays.Spectral: _spectral,
    tensor.Transpose: _transpose,
    tensor.Index: _index,
    tensor.MatMul: _matmul,
    arrays.Eye: _eye,
    arrays.Full: _full,
    arrays.Literal: _literal,
    arrays.Vec: _vec,
    arrays.Kron: _kron,
    arrays.Diag: _diag,
    arrays.BlockDiag: _block_diag,
    arrays.Inverse: _inverse,
    arrays.Determinant: _determinant,
    derivatives.Derivative: _derivative,
    derivatives.Directional: _directional,
    derivatives.Substitution: _substitution,
}
"""How each primitive node is lowered."""


def lower_together(
    expressions: Sequence[Tensor], opaque: frozenset[derivatives.Definition] = frozenset()
) -> tuple[Lowering, list[Array]]:
    """Several expressions lowered in one algebra, so that product axes are read in one way.

    Raises:
        Undecidable: a node without a rule, or product axes that do not line up.
    """
    splits: Splits = {}
    for _ in range(32):
        lowering = Lowering(Algebra(), splits, opaque=opaque)
        try:
            arrays_ = [lowering.lower(expression) for expression in expressions]
            return lowering, arrays_
        except NeedsSplit as need:
            splits = refined(splits, need, expressions)
    raise Undecidable("product axes do not line up")


def refined(splits: Splits, need: NeedsSplit, expressions: Sequence[Tensor]) -> Splits:
    """The splits with one axis more read as a product.

    Raises:
        Undecidable: the axis is read as two different products.
    """
    if need.name.startswith("@"):
        return {**splits, (need.name.split(".")[0], 0): need.parts}
    wanted = derivatives.Definition if need.name.startswith("=") else Symbol
    name = need.name.removeprefix("=")
    found = next(n for e in expressions for n in e.walk() if isinstance(n, wanted) and n.name == name)
    port = 0
    for axis, dimension in enumerate(found.shape):
        parts = splits.get((need.name, axis), (dimension,) if dimension.value != 1 else ())
        if port <= need.axis < port + len(parts):
            place = need.axis - port
            return {**splits, (need.name, axis): parts[:place] + need.parts + parts[place + 1 :]}
        port += len(parts)
    raise Undecidable(f"the axis of {need.name} cannot be read as a product")
