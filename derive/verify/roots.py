"""The last step of a proof against the claim: does it bound what the claim is about, by what the claim says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx

from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.record import ProofRecord
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise
from derive.verify.balls import PRECISION
from derive.verify.directions import derivative
from derive.verify.generic import Generic
from derive.verify.measures import AT_A_POINT, FROM_BELOW, measure, mirrored
from derive.verify.relations import TURNED, loewner_gap
from derive.verify.scope import Scope
from derive.verify.steps import Step
from derive.verify.values import Evaluation

NORM_OF_DERIVATIVE = {
    (0, 1, 1): "2",
    (1, 1, 1): "op",
    (0, 1, 2): "op",
    (0, 2, 1): "fro",
    (1, 0, 1): "2",
    (0, 0, 1): "inf",
    (0, 0, 2): "inf",
}
"""By the axes of a function and of its variable, and the order: the norm that a derivative has as a multilinear map."""


@dataclass(frozen=True)
class Root:
    """The last step, the claimed value, and the second point of each symbol that moves."""

    step: Step
    claimed: Tensor
    partners: Mapping[str, str]
    record: ProofRecord


def reads(relation: Relation, root: Root, generic: Generic) -> bool:
    """At the points in general position that have values: is the gap of the claim that between measure and value?"""
    sign, small, large = relation.sign, relation.left, relation.right
    if sign in TURNED:
        sign, small, large = TURNED[sign], large, small
    if (sign == "<") != root.record.strict or sign not in ("<=", "<", "<<"):
        return False
    told = False
    with ctx.workprec(PRECISION):
        for place in generic.places:
            try:
                if not _reads(sign, small, large, root, *place):
                    return False
                told = True
            except Unknown:
                continue
    return told


def _reads(sign: str, small: Tensor, large: Tensor, root: Root, evaluation: Evaluation, values: Scope) -> bool:
    first, second = evaluation.value(small, values), evaluation.value(large, values)
    claimed = evaluation.value(root.claimed, values).scalar
    if sign == "<<":
        return _loewner(first, second, claimed, root, evaluation, values)
    name = root.step.measure
    if name in FROM_BELOW:
        found = measure(name, evaluation.value(root.step.subject, values), evaluation.functions)
        return bool(found.overlaps(measure("lower", second, evaluation.functions)) and claimed.overlaps(_one(first)))
    if name in AT_A_POINT:
        value = evaluation.value(root.step.subject, values)
        if name == "upper" and claimed == 0 and _is_difference(value, first, second, evaluation):
            return True
        found = measure(name, value, evaluation.functions)
        return bool(found.overlaps(measure("upper", first, evaluation.functions)) and claimed.overlaps(_one(second)))
    found, apart = _moved(root, evaluation, values)
    return bool(found.overlaps(_one(first)) and (claimed * apart).overlaps(_one(second)))


def _is_difference(value: Array, first: Array, second: Array, evaluation: Evaluation) -> bool:
    """Is it what one side is more than the other, or their logarithms, entry by entry?"""

    def log(entry: Any) -> Any:
        return evaluation.functions.series("log", entry)

    pairs = [(first, second)]
    if all(entry > 0 for side in (first, second) for entry in side.entries):
        pairs.append((elementwise(log, first), elementwise(log, second)))
    gaps = [elementwise(lambda a, b: a - b, *pair) for pair in pairs]
    return any(
        gap.shape == value.shape and all(a.overlaps(b) for a, b in zip(gap.entries, value.entries, strict=True))
        for gap in gaps
    )


def _one(side: Array) -> Any:
    if side.shape:
        raise Unknown("an array in the place of a number")
    return side.scalar


def _loewner(first: Array, second: Array, claimed: Any, root: Root, evaluation: Evaluation, values: Scope) -> bool:
    """The least eigenvalue of the gap is what lies between the extreme eigenvalue and the claimed value."""
    gap = loewner_gap(first, second, evaluation)
    least = evaluation.arithmetic.spectral("lambda_min", gap.rows)
    step = root.step
    matrix = step.subject
    if step.measure in ("convexity", "smoothness"):
        matrix = derivative(step.subject, _variable(root), 2)
    elif step.measure not in ("lambda_min", "lambda_max") or not root.record.loewner:
        return False
    value = evaluation.value(matrix, values)
    below = step.measure in FROM_BELOW
    found = evaluation.arithmetic.spectral("lambda_min" if below else "lambda_max", value.rows)
    between = found - claimed if below else claimed - found
    return mirrored(value) and mirrored(gap) and bool(between.overlaps(least))


def _variable(root: Root) -> Symbol:
    """The one symbol that a derivative is taken in."""
    names = {node.name: node for node in root.step.subject.walk() if isinstance(node, Symbol)}
    found = [names[name] for name in root.record.variables if name in names]
    if len(found) != 1 or len(root.record.variables) != 1:
        raise Unknown("derivatives in several variables")
    return found[0]


def _moved(root: Root, evaluation: Evaluation, values: Scope) -> tuple[Any, Any]:
    """What moves, measured, and how far the variables do; at one point a derivative, and 1."""
    step, functions = root.step, evaluation.functions
    if step.measure.startswith("lipschitz "):
        order = step.measure.removeprefix("lipschitz ")
        subject: Tensor = step.subject
    else:
        variable = _variable(root)
        k = int(step.measure.removeprefix("D")) - (0 if root.record.at_one_point else 1)
        order = NORM_OF_DERIVATIVE.get((len(step.subject.shape), len(variable.shape), k), "")
        if not order:
            raise Unknown("a derivative whose norm has no name")
        subject = derivative(step.subject, variable, k)
    value = evaluation.value(subject, values)
    if root.record.at_one_point:
        return measure(order, value, functions), functions.number(1)
    other, apart = values, arb(0)
    for name, norm in root.record.variables.items():
        second = values[root.partners[name]] if name in root.partners else None
        if second is None:
            raise Unknown("a claim without a second point")
        gap = elementwise(lambda a, b: a - b, values[name], second)
        apart += measure(norm, gap, functions)
        other = other.binding(name, second)
    difference = elementwise(lambda a, b: a - b, value, evaluation.value(subject, other))
    return measure(order, difference, functions), apart
