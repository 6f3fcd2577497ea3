"""Spectral approximations: what ``X << c U`` says of congruent matrices, and of a step with U in the place of X.

Congruence keeps the Loewner order (Horn and Johnson, 7.7.2). So where ``s X << U << t X`` and ``L U L^T = I`` the
eigenvalues of ``L X L^T`` lie in ``[1/t, 1/s]``. With ``X = A^T A`` the error e of a vector becomes ``e - U^-1 X e`` in
a step, and ``||A (e - U^-1 X e)|| <= max(1/s - 1, 1 - 1/t) ||A e||``: the map is similar to ``I - X^(1/2) U^-1
X^(1/2)``, which is symmetric (Saad, Iterative Methods for Sparse Linear Systems, 4.2 and 9.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.bounds.bound import Bound
from derive.bounds.goal import Goal
from derive.bounds.hypotheses import HYPOTHESIS
from derive.bounds.parameters import Parameters
from derive.bounds.relations import ordered
from derive.bounds.rules.softmax import alike, unnamed
from derive.bounds.value import Value, largest
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.arrays import Inverse, Norm, eye, inv
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.tensor import Add, Divide, MatMul, Multiply, Negative, Size, Tensor

CONGRUENCE, STEP = "congruence", "preconditioned step"


@dataclass(frozen=True)
class Order:
    """``small << factor * large`` for a positive factor, by a hypothesis that says so as a bound of an eigenvalue."""

    small: Tensor
    large: Tensor
    factor: Value
    hypothesis: Bound


def with_approximations(goal: Goal, given: Sequence[Relation], right: Tensor) -> Goal:
    """The goal, its facts joined by what Loewner hypotheses say of congruent matrices and of steps in it.

    ``right``: the larger side of the claim, whose norms tell from which error a step starts.
    """
    loewner = [relation for relation in given if relation.sign in ("<<", ">>")]
    if not loewner or not any(_is_product(node) for node in goal.subject.walk()):
        return goal
    stated = list(_differences(goal, loewner, given))
    if any(isinstance(node, Inverse) for node in goal.subject.walk()):
        orders = list(_orders(loewner, goal.facts.parameters))
        stated += [*_congruent(goal, orders, given), *_steps(goal, orders, given, right)]
    for bound in stated:
        goal.facts.derived.setdefault((bound.measure, identity(bound.subject)), []).append(bound)
    return goal


def _hypothesis(low: Tensor, high: Tensor, p: Parameters) -> Bound:
    """``low << high`` as the sign of the smallest eigenvalue of the difference."""
    return Bound("lambda_min", Add.of(high, Negative.of(low)), p.number(0), HYPOTHESIS)


def _is_product(node: Tensor) -> bool:
    return isinstance(node, Inverse) or (isinstance(node, MatMul) and node.left.ndim == node.right.ndim == 2)


def _differences(goal: Goal, loewner: Sequence[Relation], given: Sequence[Relation]) -> Iterator[Bound]:
    """``L (U - X) L^T`` is positive semidefinite where ``X << U``."""
    if goal.measure != "lambda_min" or not goal.loewner:
        return
    sides = {(identity(left), identity(right)): (left, right) for left, right in _ends(goal.subject)}
    for low, high in ((low, high) for relation in loewner for low, high, _ in ordered(relation)):
        for left, right in sides.values() if low.ndim == high.ndim == 2 else ():
            if left.shape[1] != low.shape[0]:
                continue
            if _equal(right, left.T, given) and _equal(goal.subject, left @ (high - low) @ right, given):
                premise = _hypothesis(low, high, goal.facts.parameters)
                yield Bound("lambda_min", goal.subject, premise.value, CONGRUENCE, (premise,))
                return


def _ends(node: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    return ((left, right) for part in node.walk() for left, _, right in _products(part))


def _orders(loewner: Sequence[Relation], p: Parameters) -> Iterator[Order]:
    for relation in loewner:
        for low, high, _ in ordered(relation):
            (s, small), (t, large) = _scaled(low, p), _scaled(high, p)
            matrices = small.ndim == large.ndim == 2
            if matrices and s is not None and t is not None and p.positive_there(s) and p.positive_there(t):
                yield Order(small, large, t / s, _hypothesis(low, high, p))


def _scaled(side: Tensor, p: Parameters) -> tuple[Value | None, Tensor]:
    """The scalar and the matrix of a multiple of a matrix."""
    match unnamed(side):
        case Multiply(left=scalar, right=matrix) if not scalar.ndim:
            return p.scalar(scalar), matrix
        case Multiply(left=matrix, right=scalar) if not scalar.ndim:
            return p.scalar(scalar), matrix
        case Divide(left=matrix, right=scalar) if not scalar.ndim:
            value = p.scalar(scalar)
            return None if value is None else p.number(1) / value, matrix
    return p.number(1), side


def _congruent(goal: Goal, orders: Sequence[Order], given: Sequence[Relation]) -> Iterator[Bound]:
    """Eigenvalues of ``L X L^T`` where ``L U L^T`` is the identity."""
    one = goal.facts.parameters.number(1)
    for node in goal.subject.walk():
        for left, middle, right in _products(node):
            for order in orders:
                if alike(order.small, middle) and _is_identity(left, order.large, right, given):
                    yield Bound("lambda_max", node, order.factor, CONGRUENCE, (order.hypothesis,))
                if alike(order.large, middle) and _is_identity(left, order.small, right, given):
                    yield Bound("lambda_min", node, one / order.factor, CONGRUENCE, (order.hypothesis,))


def _products(node: Tensor) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """The square product ``L X R`` as which a node is written."""
    if not isinstance(node, MatMul) or node.ndim != 2 or node.shape[0] != node.shape[1]:
        return
    left, right = unnamed(node.left), unnamed(node.right)
    if isinstance(left, MatMul) and left.left.ndim == 2:
        yield left.left, left.right, node.right
    if isinstance(right, MatMul) and right.right.ndim == 2:
        yield node.left, right.left, right.right


def _is_identity(left: Tensor, middle: Tensor, right: Tensor, given: Sequence[Relation]) -> bool:
    return _equal(right, left.T, given) and _equal(left @ middle @ right, eye(Size(left.shape[0])), given)


def _equal(first: Tensor, second: Tensor, given: Sequence[Relation]) -> bool:
    try:
        return first.shape == second.shape and difference(first, second, given).proved
    except Undecidable:
        return False


def _steps(goal: Goal, orders: Sequence[Order], given: Sequence[Relation], right: Tensor) -> Iterator[Bound]:
    """``||A e'||`` for ``e' = e - U^-1 X e``, where the larger side speaks of ``||A e||``."""
    if goal.measure != "2":
        return
    p = goal.facts.parameters
    for below, above in ((a, b) for a in orders for b in orders if alike(a.small, b.large) and alike(a.large, b.small)):
        for node in right.walk():
            error = _image(node)
            if error is None or not _equal(below.small, error.left.T @ error.left, given):
                continue
            step = error.left @ (error.right - inv(below.large) @ (below.small @ error.right))
            if _equal(goal.subject, step, given):
                size, one = p.norm("2", error, Norm(error, "2")), p.number(1)
                most = largest((below.factor - one) * size, (one - one / above.factor) * size)
                yield Bound("2", goal.subject, most, STEP, (below.hypothesis, above.hypothesis))


def _image(node: Tensor) -> MatMul | None:
    """``A e`` of a norm ``||A e||``."""
    operand = unnamed(node.operand) if isinstance(node, Norm) and node.order == "2" else None
    return operand if isinstance(operand, MatMul) and operand.left.ndim == 2 and operand.right.ndim == 1 else None
