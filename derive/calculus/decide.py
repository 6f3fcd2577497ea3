"""The decision of an identity: the difference of its sides in normal form, under the hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.calculus.algebra import Algebra, Undecidable, is_short
from derive.calculus.axes import Axis, align
from derive.calculus.explicit import zero_entrywise
from derive.calculus.form import Form
from derive.calculus.homotopy import equal_along_a_path
from derive.calculus.hypotheses import facts_from
from derive.calculus.impose import impose
from derive.calculus.inverses import cleared
from derive.calculus.lower import Lowering, Splits, with_splits
from derive.calculus.rational import vanishes
from derive.language.arrays import Composite
from derive.language.derivatives import Substitution
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Multiply, Negative, Number, Power, Size, Tensor


@dataclass(frozen=True)
class Difference:
    """``left - right`` in normal form.

    Attributes:
        form: the difference after the hypotheses; zero exactly where the identity is proved.
        left, right: the sides before the hypotheses, on the same axes.
        kinks: the arguments at whose zeros a derivative was taken piecewise.
    """

    form: Form
    axes: tuple[Axis, ...]
    left: Form
    right: Form
    algebra: Algebra
    splits: Splits
    kinks: tuple[Form, ...]

    @property
    def proved(self) -> bool:
        return self.form.is_zero


def difference(left: Tensor, right: Tensor, given: Sequence[Relation] = ()) -> Difference:
    """The difference of two sides, for all sizes, with the equalities among the hypotheses used.

    Raises:
        Undecidable: a node or a power without a rule, or too large an expansion; the message is the reason.
    """
    expressions = [left, right, *(side for relation in given for side in (relation.left, relation.right))]
    found = _in_some_splits(expressions, left, right, given, explicit=False)
    if not found.proved and any(is_short(d) for e in expressions for node in e.walk() for d in node.shape):
        try:
            written_out = _in_some_splits(expressions, left, right, given, explicit=True)
        except Undecidable:
            return found
        if written_out.proved or zero_entrywise(written_out.algebra, written_out.form, written_out.axes):
            return replace(found, form=Form({}))
    return found


def _in_some_splits(
    expressions: Sequence[Tensor], left: Tensor, right: Tensor, given: Sequence[Relation], explicit: bool
) -> Difference:
    def attempt(splits: Splits) -> Difference:
        lowering = Lowering(
            Algebra(explicit=explicit),
            splits,
            formal_powers=_integer_exponents(expressions),
            given=given,
            in_domain=_under_logarithms(expressions),
        )
        return _difference(lowering, left, right, given)

    return with_splits(expressions, attempt)


def _difference(lowering: Lowering, left: Tensor, right: Tensor, given: Sequence[Relation]) -> Difference:
    algebra = lowering.algebra
    forms, axes = align(algebra, [lowering.lower(left), lowering.lower(right)])
    facts = facts_from(lowering, given, [left, right])
    raw = algebra.subtract(*forms)
    result = raw if raw.is_zero or not facts.matter else impose(algebra, raw, facts)
    if not result.is_zero:
        result = cleared(facts.algebra(algebra), result, axes)
    if not result.is_zero and (vanishes(result) or (not axes and equal_along_a_path(algebra, *forms))):
        result = Form({})
    return Difference(result, axes, forms[0], forms[1], algebra, lowering.splits, tuple(algebra.kinks.values()))


def _under_logarithms(expressions: Sequence[Tensor]) -> frozenset[str]:
    """The symbols under a logarithm: where it is defined, all their entries are positive."""
    nodes = {node for e in expressions for node in e.walk()}
    if any(isinstance(node, Substitution) for node in nodes):
        return frozenset()
    under = (node.arguments[0] for node in nodes if isinstance(node, Apply) and node.function == "log")
    return frozenset(node.name for node in under if isinstance(node, Symbol))


def _integer_exponents(expressions: Sequence[Tensor]) -> bool:
    """Whether powers with symbolic exponents may be calculated with formally: all exponents are integers."""
    nodes = [node for e in expressions for node in e.walk()]
    nodes += [inner for node in nodes if isinstance(node, Composite) for inner in node.expand().walk()]
    powers = [node for node in nodes if isinstance(node, Power) and not isinstance(node.exponent, Number)]
    return bool(powers) and all(is_integer(power.exponent) for power in powers)


def is_integer(expression: Tensor) -> bool:
    """Whether the form of an expression tells that its values are integers."""
    return all(_keeps_integers(node) for node in expression.walk())


def _keeps_integers(node: Tensor) -> bool:
    """Whether a node is an integer where its operands are."""
    return (
        isinstance(node, (Add, Multiply, Negative, Size))
        or (isinstance(node, Number) and node.value.denominator == 1)
        or (isinstance(node, Symbol) and "integer" in node.properties)
    )
