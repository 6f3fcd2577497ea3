"""A Newton step in a claim: ``norm(x - inv(H) @ g - x_star)``, where g vanishes at ``x_star``, and its Hessian."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.bounds.rules.combinations import terms
from derive.bounds.rules.softmax import unnamed
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.abstract import abstract_values
from derive.language.arrays import Inverse, Norm
from derive.language.derivatives import Derivative, Substitution, flattened, jacobian
from derive.language.plain import identity
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import MatMul, Tensor, tensor


@dataclass(frozen=True)
class Step:
    """``x - matrix^-1 slope`` from the point x, and the zero of the slope from which its distance is measured."""

    distance: Norm
    point: Symbol
    zero: Symbol
    matrix: Tensor
    slope: Tensor

    def is_hessian(self, matrix: Tensor) -> bool:
        """Is it the derivative of the slope at the point?"""
        derivative, slope = unnamed(matrix), unnamed(self.slope)
        if isinstance(derivative, Derivative) and isinstance(slope, Derivative):
            (f, variables), (g, once) = flattened(derivative), flattened(slope)
            if alike(f, g) and all(alike(v, self.point) for v in (*variables, *once)):
                return len(variables) == 2 and len(once) == 1
        return equal(matrix, jacobian(self.slope, self.point))

    def is_hessian_at_zero(self, matrix: Tensor) -> bool:
        """Is it the derivative of the slope where that vanishes?"""
        match unnamed(matrix):
            case Substitution(operand=operand, symbol=symbol, value=value):
                return alike(symbol, self.point) and alike(value, self.zero) and self.is_hessian(operand)
        return False

    @property
    def start(self) -> Tensor:
        """The distance of x from the zero."""
        return Norm(self.point - self.zero, "2")


def steps(side: Tensor, given: Sequence[Relation]) -> Iterator[Step]:
    """The Newton steps that a side of a claim measures."""
    for node in side.walk():
        if isinstance(node, Norm) and node.order == "2" and node.operand.ndim == 1:
            found = _step(node)
            if found is not None and any(_vanishes(found, relation) for relation in given):
                yield found


def _step(node: Norm) -> Step | None:
    found = terms(node.operand)
    plus = [unnamed(term) for c, term in found if c == 1]
    minus = [unnamed(term) for c, term in found if c == -1]
    moves = [term for term in minus if isinstance(term, MatMul) and isinstance(unnamed(term.left), Inverse)]
    zeros = [term for term in minus if isinstance(term, Symbol)]
    if len(found) != 3 or [len(plus), len(moves), len(zeros)] != [1, 1, 1] or not isinstance(plus[0], Symbol):
        return None
    inverse, slope = moves[0].left, moves[0].right
    (matrix,) = unnamed(inverse).children()
    return Step(node, plus[0], zeros[0], matrix, slope)


def _vanishes(step: Step, relation: Relation) -> bool:
    """Does the hypothesis say that the slope is zero at ``step.zero``?"""
    if relation.sign != "==":
        return False
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        match unnamed(side):
            case Substitution(operand=operand, symbol=symbol, value=value) if is_zero(other):
                if alike(symbol, step.point) and alike(value, step.zero) and alike(operand, step.slope):
                    return True
    at_zero = renamed(step.slope, {step.point.name: step.zero})
    sides = relation.left - relation.right
    return sides.shape == at_zero.shape and equal(sides, at_zero)


def is_zero(node: Tensor) -> bool:
    """Is it zero in every entry?"""
    return equal(node, tensor(0) * node)


def alike(left: Tensor, right: Tensor) -> bool:
    """Are they written alike, apart from names?"""
    return identity(unnamed(left)) == identity(unnamed(right))


def equal(left: Tensor, right: Tensor) -> bool:
    """Equal normal forms, without a derivative through a kink; of abstract functions nothing is known."""
    if alike(left, right):
        return True
    if left.shape != right.shape or abstract_values(left, right):
        return False
    try:
        found = difference(left, right)
    except Undecidable:
        return False
    return found.proved and not found.kinks
