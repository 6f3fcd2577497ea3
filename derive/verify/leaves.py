"""Steps of a proof that need no other step: what hypotheses, declarations and the notation itself say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from flint import ctx

from derive.language.arrays import Full, Softmax
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Index,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Sum,
    Tensor,
)
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, total
from derive.verify.balls import PRECISION, Balls
from derive.verify.elementary import Elementary
from derive.verify.generic import Generic, equal
from derive.verify.measures import AT_A_POINT, FROM_BELOW, measure
from derive.verify.scope import Scope, unnamed
from derive.verify.statement import Statement
from derive.verify.values import Evaluation

DECLARED = {
    "lower": {"positive", "nonnegative"},
    "lambda_min": {"psd", "pd"},
    "op": {"orthogonal"},
}
"""By measure, the properties of a symbol that bound it: from below by 0, and the norm of an orthogonal matrix by 1."""


BALLS = Elementary(Balls())

LARGEST_POWER = 4
"""A hypothesis may bound a power of a measure, such as a squared norm."""


def is_declared(name: str, subject: Tensor, value: sp.Expr) -> bool:
    """Does a property of a symbol say so?"""
    node = unnamed(subject)
    if not isinstance(node, Symbol) or not node.properties & DECLARED.get(name, set()):
        return False
    return bool(value == (1 if name == "op" else 0))


def is_notation(name: str, subject: Tensor, value: Tensor, generic: Generic) -> bool:
    """Is the value the measure itself?"""
    if name not in AT_A_POINT:
        return False
    with ctx.workprec(PRECISION):
        found = [(measure(name, array, BALLS), stated.scalar) for array, stated in generic.values(subject, value)]
        return all(one.overlaps(other) for one, other in found)


def is_hypothesis(name: str, subject: Tensor, value: Tensor, statement: Statement, generic: Generic) -> bool:
    """Is there a hypothesis that says so?"""
    from_below = name in FROM_BELOW
    for relation in statement.given:
        if relation.sign in ("<<", ">>") and not name.startswith("lambda"):
            continue
        for small, large in _ordered(relation):
            if name == "lambda_min" and _is_gap(subject, value, small, large, generic):
                return relation.sign in ("<<", ">>")
            step = Stated(name, subject, value, *((large, small) if from_below else (small, large)))
            if _everywhere(step, statement, generic):
                return True
    return False


def _is_gap(subject: Tensor, value: Tensor, small: Tensor, large: Tensor, generic: Generic) -> bool:
    """Is the matrix the larger side minus the smaller one, and the bound zero?"""
    if constant_of(value) != 0 or not subject.shape == small.shape == large.shape:
        return False
    try:
        return all(equal(a, b) for a, b in generic.values(subject, Add.of(large, Negative.of(small))))
    except Unknown:
        return False


@dataclass(frozen=True)
class Stated:
    """A bound of a measure, beside a hypothesis that may say it: one side of it is bounded by the other."""

    name: str
    subject: Tensor
    value: Tensor
    side: Tensor
    bound: Tensor


def _everywhere(step: Stated, statement: Statement, generic: Generic) -> bool:
    """At every point at which both have a value, of which there is one."""
    found: list[bool] = []
    for place in generic.places:
        try:
            found.append(_agree(step, place, statement))
        except Unknown:
            continue
    return bool(found) and all(found)


def _ordered(relation: Relation) -> Iterator[tuple[Tensor, Tensor]]:
    """``small <= large`` as often as the relation says it."""
    if relation.sign in ("<=", "<", "<<", "=="):
        yield relation.left, relation.right
    if relation.sign in (">=", ">", ">>", "=="):
        yield relation.right, relation.left


def _agree(step: Stated, place: tuple[Evaluation, Scope], statement: Statement) -> bool:
    """At a point: is the side the measure, or a power of it, and the bound the value, or the same power of it?"""
    evaluation, values = place
    with ctx.workprec(PRECISION):
        found = measure(step.name, evaluation.value(step.subject, values), evaluation.functions)
        stated = evaluation.value(step.value, values).scalar
        other = _bound(evaluation.value(step.bound, values))
        sides = list(_sides(step, place, statement))
    return any(
        (found**k).overlaps(side) and (stated**k).overlaps(other) for side in sides for k in range(1, LARGEST_POWER + 1)
    )


def _bound(bound: Array) -> Any:
    """The scalar, or the multiple of the identity."""
    return bound.scalar if not bound.shape else bound.entries[0]


def _sides(step: Stated, place: tuple[Evaluation, Scope], statement: Statement) -> Iterator[Any]:
    """What the side of a hypothesis is at a point: at its own positions, and at all of its index symbols together."""
    evaluation, values = place
    functions = evaluation.functions
    arrays = [evaluation.value(step.side, values.at(at)) for at in ({}, *_positions(step.side, evaluation))]
    if step.name.startswith("lambda") and len(arrays[0].shape) == 2:
        yield measure(step.name, arrays[0], functions)
        return
    end = "lower" if step.name in FROM_BELOW else "upper"
    for chosen in (arrays[:1], arrays):
        entries = tuple(entry for array in chosen for entry in array.entries)
        yield measure(end, Array((len(entries),), entries), functions)
    if step.name == "1" and not arrays[0].shape and _nonnegative(step.subject, statement, place):
        own = evaluation.value(step.subject, values)
        summed = total(own.entries, functions.number(0))
        if summed.overlaps(arrays[0].scalar):  # a sum of what is not negative is its norm
            yield measure("1", own, functions)


def _positions(side: Tensor, evaluation: Evaluation) -> list[dict[str, int]]:
    found: list[dict[str, int]] = [{}]
    for index in {node.name: node for node in side.walk() if isinstance(node, IndexSymbol)}.values():
        size = evaluation.size(index.dimension)
        found = [{**at, index.name: k} for at in found for k in range(size)]
    return found


def _nonnegative(subject: Tensor, statement: Statement, place: tuple[Evaluation, Scope]) -> bool:
    """Does a hypothesis or a declaration say that no entry is negative?"""
    node = unnamed(subject)
    if isinstance(node, Symbol) and node.properties & {"positive", "nonnegative"}:
        return True
    evaluation, values = place
    own = evaluation.value(subject, values)
    for relation in statement.given:
        for small, large in _ordered(relation):
            if isinstance(small, Number) and small.value >= 0 and large.shape == subject.shape:
                other = evaluation.value(large, values)
                if all(a.overlaps(b) for a, b in zip(own.entries, other.entries, strict=True)):
                    return True
    return False


def is_probability(subject: Tensor, generic: Generic) -> bool:
    """Entries that are positive by their form, of sum 1 at points in general position."""
    if not positive_by_form(subject):
        return False
    try:
        sums = [total(value.entries, value.entries[0] * 0) for (value,) in generic.values(subject)]
    except Unknown:
        return False
    return all(found.overlaps(1) for found in sums)


def positive_by_form(node: Tensor) -> bool:
    """Is every entry positive, as it is made of exponentials by sums, products, quotients and powers?"""
    node = unnamed(node)
    match node:
        case Number(value=value):
            return value > 0
        case Softmax() | Apply(function="exp"):
            return True
        case Symbol(properties=properties):
            return "positive" in properties
        case Power(base=base):
            return positive_by_form(base)
        case Sum(operand=operand) | Index(operand=operand):
            return positive_by_form(operand)
        case Divide() | Multiply() | MatMul():
            return positive_by_form(node.left) and positive_by_form(node.right)
    return isinstance(node, Full) and positive_by_form(node.value)


def constant_of(node: Tensor) -> Fraction | None:
    """The number that an expression is."""
    node = unnamed(node)
    return node.value if isinstance(node, Number) else None
