"""From the author's expression to the normal form, with symbolic dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from derive.calculus import lower_arithmetic, lower_arrays, lower_chance, lower_derivatives
from derive.calculus.algebra import Algebra, Undecidable
from derive.calculus.atoms import atom
from derive.calculus.axes import MOST_SPLITS, Array, Axis, NeedsSplit, align
from derive.calculus.form import Form, Head, Label
from derive.calculus.lower_arithmetic import Rule
from derive.calculus.positivity import positive_sides, positive_symbols, same_up_to_scale, shape_key
from derive.calculus.powers import certainly_nonnegative
from derive.language import arrays, derivatives, tensor
from derive.language.black_box import BlackBox
from derive.language.chance import Event, Every, RandomSymbol
from derive.language.dimensions import Dimension
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

Splits = dict[tuple[str, int], tuple[Dimension, ...]]
Outcome = TypeVar("Outcome")


@dataclass
class Lowering:
    """Expressions in index notation; each shared node is lowered once.

    ``splits`` says which axes of symbols are read as row-major products. The definitions in ``opaque`` count as
    symbols of their own, under the name ``=name``, with the author's indices that they contain as their last labels.
    ``nonnegative`` are the symbols met so far that are declared so, and ``laws`` tells how each expectation was taken.
    """

    algebra: Algebra
    splits: Splits = field(default_factory=dict)
    memo: dict[Tensor, Array] = field(default_factory=dict)
    formal_powers: bool = False
    opaque: frozenset[derivatives.Definition] = frozenset()
    given: Sequence[Relation] = ()
    in_domain: frozenset[str] = frozenset()
    nonnegative: set[str] = field(default_factory=set)
    laws: dict[Tensor, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.algebra.formal = self.formal_powers
        self.positive = positive_symbols(self.given) | self.in_domain

    def is_positive(self, base: Form) -> bool:
        """Whether a base of a real power is positive, or a sum of squares, zero only where nothing is claimed."""
        if certainly_nonnegative(base, self.nonnegative):
            return True
        return any(
            shape_key(form) == shape_key(base) or same_up_to_scale(form, base) for form in self.stated_positive()
        )

    def stated_positive(self) -> Iterator[Form]:
        """What the hypotheses say is positive: ``q`` of ``q > 0``, ``1/2 - q`` of ``q < 1/2``."""
        for side in positive_sides(self.given):
            if not isinstance(side, Symbol):
                yield self.lower(side).form
        for relation in self.given:
            if relation.sign in ("<", ">"):
                with suppress(Undecidable):  # what has no normal form says nothing here
                    forms, _ = align(self.algebra, [self.lower(relation.left), self.lower(relation.right)])
                    yield self.algebra.subtract(*(forms if relation.sign == ">" else reversed(forms)))

    def lower(self, expression: Tensor) -> Array:
        """The expression as a form with axes.

        Raises:
            Undecidable: a node without a rule.
            NeedsSplit: see ``lower_together``.
        """
        for node in expression.walk():
            if node not in self.memo and not isinstance(node, (Event, Every)):
                self.memo[node] = self._node(node)
        if expression not in self.memo:
            raise Undecidable("the indicator of an event has no normal form")
        return self.memo[expression]

    def at(self, node: Tensor) -> Array:
        """A node that may have been lowered before."""
        return self.memo[node] if node in self.memo else self.lower(node)

    def _node(self, node: Tensor) -> Array:
        if isinstance(node, arrays.Composite) and type(node) not in RULES:
            return self.lower(node.expand())
        if isinstance(node, BlackBox):
            raise Undecidable(f"{node.name} is a black box")
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
        if "nonnegative" in node.properties:
            self.nonnegative.add(node.name)
        positive = node.positive or (node.name in self.positive and not isinstance(node, RandomSymbol))
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


RULES: Mapping[type[Tensor], Rule] = {
    **lower_arithmetic.RULES,
    **lower_arrays.RULES,
    **lower_derivatives.RULES,
    **lower_chance.RULES,
}
"""How each primitive node is lowered."""


def own_indices(node: Tensor) -> list[tensor.IndexSymbol]:
    """The author's indices that an expression contains, in order of their names."""
    found = {child.name: child for child in node.walk() if isinstance(child, tensor.IndexSymbol)}
    return [found[name] for name in sorted(found)]


def lower_together(
    expressions: Sequence[Tensor], opaque: frozenset[derivatives.Definition] = frozenset()
) -> tuple[Lowering, list[Array]]:
    """Several expressions lowered in one algebra, so that product axes are read in one way.

    Raises:
        Undecidable: a node without a rule, or product axes that do not line up.
    """

    def attempt(splits: Splits) -> tuple[Lowering, list[Array]]:
        lowering = Lowering(Algebra(), splits, opaque=opaque)
        return lowering, [lowering.lower(expression) for expression in expressions]

    return with_splits(expressions, attempt)


def with_splits(expressions: Sequence[Tensor], attempt: Callable[[Splits], Outcome]) -> Outcome:
    """What ``attempt`` returns once as many axes are read as products as it asks for.

    Raises:
        Undecidable: an axis is read as two different products, or ``attempt`` raises it.
    """
    splits: Splits = {}
    for _ in range(MOST_SPLITS):
        try:
            return attempt(splits)
        except NeedsSplit as need:
            splits = _refined(splits, need, expressions)
    raise Undecidable("product axes do not line up")


def _refined(splits: Splits, need: NeedsSplit, expressions: Sequence[Tensor]) -> Splits:
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
