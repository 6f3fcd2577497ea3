"""Hessians of squared norms where the residual vanishes: ``D^2 ||r||^2/2 = Dr^T Dr`` there, which is semidefinite."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.bounds.bound import SYMMETRIC, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.softmax import alike, unnamed
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.arrays import Norm
from derive.language.derivatives import Derivative, Substitution
from derive.language.tensor import Add, Divide, MatMul, Multiply, Number, Power, Sum, Tensor

Point = tuple[Substitution, ...]
"""The substitutions around an expression, the inner ones first."""


def _at_a_fit(measure: str, node: Substitution, p: Parameters) -> Iterator[Scheme]:
    """At a point where every residual is zero, by the normal form."""
    del measure
    hessian, point = _at_a_point(node)
    if hessian is None:
        return
    residuals = _residuals(hessian.operand)
    if residuals and all(_vanishes(residual, point, p) for residual in residuals):
        yield (lambda: p.number(0)), ()


def _symmetric(measure: str, node: Substitution, p: Parameters) -> Iterator[Scheme]:
    """Second derivatives commute where they are continuous."""
    del measure
    hessian, _ = _at_a_point(node)
    if hessian is not None and _residuals(hessian.operand):
        yield (lambda: p.number(1)), ()


def _at_a_point(node: Tensor) -> tuple[Derivative | None, Point]:
    """The Hessian in one variable of which it is the value at a point; None where it is none."""
    found: list[Substitution] = []
    node = unnamed(node)
    while isinstance(node, Substitution):
        found.append(node)
        node = unnamed(node.operand)
    if not isinstance(node, Derivative) or node.kind != "hessian" or not alike(*node.variables):
        return None, ()
    return node, tuple(reversed(found))


def _residuals(loss: Tensor) -> list[Tensor]:
    """The arrays of whose squared norms the scalar is a sum, with positive numbers; empty where it is none."""
    loss = unnamed(loss)
    match loss:
        case Add(left=left, right=right):
            first, second = _residuals(left), _residuals(right)
            return [*first, *second] if first and second else []
        case Multiply(left=left, right=right) | Multiply(left=right, right=left) if _is_positive(left):
            return _residuals(right)
        case Divide(left=left, right=right) if _is_positive(right):
            return _residuals(left)
        case Power(base=base, exponent=Number(value=k)) if k == 2:
            inside = unnamed(base)
            if isinstance(inside, Norm):
                return [inside.operand] if inside.order in ("2", "fro") else []
            return [base]
        case MatMul(left=left, right=right, shape=()) if alike(left, right):
            return [left]
        case Sum(operand=Power(base=base, exponent=Number(value=k)), shape=()) if k == 2:
            return [base]
    return []


def _is_positive(node: Tensor) -> bool:
    return isinstance(node, Number) and node.value > 0


def _vanishes(residual: Tensor, point: Point, p: Parameters) -> bool:
    for at in point:
        residual = Substitution(residual, at.symbol, at.value, residual.shape)
    try:
        return difference(residual, Multiply.of(Number(Fraction(0)), residual), p.given).proved
    except Undecidable:
        return False


SOURCE = "D^2 ||r||^2/2 = Dr^T Dr + <r, D^2 r>"

RULES = (
    Rule("Hessian where the residual vanishes", frozenset({"lambda_min"}), Substitution, _at_a_fit, SOURCE),
    Rule("second derivatives commute", SYMMETRIC, Substitution, _symmetric, "of twice continuously differentiable"),
)
