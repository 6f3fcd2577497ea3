"""A claim about any function of a class as an inequality between inner products and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from derive.bounds.rules.softmax import unnamed
from derive.interpolation.classes import FunctionClass, class_of, inequalities, order_in_its_argument
from derive.interpolation.vectors import Reading, Unread
from derive.iteration.proving import Shown, shown
from derive.language.abstract import abstract_values
from derive.language.arrays import Full, Norm
from derive.language.derivatives import Substitution
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Divide, Multiply, Number, Tensor
from derive.obligation import Obligation

__all__ = ["Asked", "Unread", "read"]


MOST_POINTS = 3
"""Points of which inequalities are combined."""


@dataclass(frozen=True)
class Asked:
    """The inequality between numbers, the class, and what the numbers are."""

    obligation: Obligation
    known: FunctionClass
    reading: Reading

    @property
    def speaks_of_values(self) -> bool:
        """Does the claim compare values of the function?"""
        names = {point.value.name for point in self.reading.points.values()}
        leaves = [leaf for side in (self.obligation.left, self.obligation.right) for leaf in side.walk()]
        return any(isinstance(leaf, Symbol) and leaf.name in names for leaf in leaves)

    def proof(self) -> Shown | None:
        """A combination of what interpolation says of few points, the fewest first."""
        points = list(self.reading.points.values())
        for count in range(2, min(len(points), MOST_POINTS) + 1):
            for chosen in combinations(points, count):
                facts = inequalities(self.known, self.reading, chosen, values=self.speaks_of_values)
                given = (*self.obligation.given, *facts)
                found = shown(replace(self.obligation, given=given))
                if found is not None:
                    return found
        return None

    def notation(self) -> Iterator[tuple[Symbol, str]]:
        """The inner products, as symbols and as what they are."""
        for symbol in self.reading.products.values():
            first, second = symbol.name.removeprefix("product_").replace("at_", "").rsplit("_", 1)
            yield symbol, rf"\langle {first}, {second} \rangle"


def read(obligation: Obligation) -> Asked:
    """The claim in inner products and values, under what interpolation says of them.

    Raises:
        Unread: it is not about points, gradients and values of one function, one of them a zero of the gradient.
    """
    known = class_of(obligation.given)
    zero = zero_of(obligation)
    if zero is None or (known.smooth is None and known.convex is None):
        raise Unread("a zero of the gradient, or the class,")
    if len(abstract_values(*obligation.expressions)) > 1:
        raise Unread("more than one function")
    reading = Reading(zero)
    reading.point({})
    left, right = (reading.number(side, {}) for side in squared(obligation, known))
    scalars = [r for r in obligation.given if not (r.left.ndim or r.right.ndim or r in known.relations)]
    given = [
        Relation(r.sign, reading.number(r.left, {}), reading.number(r.right, {}))
        for r in scalars
        if is_about_parameters(r)
    ]
    return Asked(replace(obligation, left=left, right=right, given=tuple(given)), known, reading)


def is_about_parameters(relation: Relation) -> bool:
    """Does the hypothesis compare parameters?"""
    return not abstract_values(relation.left, relation.right) and not any(
        leaf.ndim for side in (relation.left, relation.right) for leaf in side.walk()
    )


def zero_of(obligation: Obligation) -> str | None:
    """The symbol at which a hypothesis says that the gradient vanishes."""
    for relation in obligation.given:
        side, value = unnamed(relation.left), unnamed(relation.right)
        if relation.sign != "==" or not isinstance(side, Substitution) or not _is_nothing(value):
            continue
        point = unnamed(side.value)
        if isinstance(point, Symbol) and order_in_its_argument(side.operand) == 1:
            return point.name
    return None


def _is_nothing(node: Tensor) -> bool:
    """Is it zero, or an array of zeros?"""
    inner = unnamed(node.value) if isinstance(node, Full) else node
    return isinstance(inner, Number) and not inner.value


def squared(obligation: Obligation, known: FunctionClass) -> tuple[Tensor, Tensor]:
    """``a |u| <= b |v|`` by the squares, where a and b are not negative; any other inequality as it is."""
    sides = [_norm_multiple(side) for side in (obligation.left, obligation.right)]
    found = [side for side in sides if side is not None]
    if len(found) < 2:
        return obligation.left, obligation.right
    given = tuple(r for r in obligation.given if is_about_parameters(r))
    if known.smooth is not None and known.convex is not None:
        given = (*given, Relation("<=", known.convex, known.smooth))
    if not all(_not_negative(factor, obligation, given) for factor, _ in found):
        raise Unread("a norm times what may be negative")
    (a, u), (b, v) = found  # both are norms, as they were read
    return a**2 * u**2, b**2 * v**2


def _norm_multiple(side: Tensor) -> tuple[Tensor, Tensor] | None:
    """The scalar and the norm of a product."""
    side = unnamed(side)
    match side:
        case Norm(order="2"):
            return Number(Fraction(1)), side
        case Multiply(left=left, right=right):
            for factor, norm in ((left, unnamed(right)), (right, unnamed(left))):
                if isinstance(norm, Norm) and norm.order == "2" and not factor.ndim:
                    return factor, norm
        case Divide(left=left, right=right):
            found = _norm_multiple(left)
            return None if found is None else (found[0] / right, found[1])
    return None


def _not_negative(factor: Tensor, obligation: Obligation, given: tuple[Relation, ...]) -> bool:
    """Is the scalar at least zero, as the hypotheses between parameters say?"""
    return shown(Obligation(obligation.id, "<=", Number(Fraction(0)), factor, given)) is not None
