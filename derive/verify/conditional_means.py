"""A claim on means under a condition, looked at again by draws that satisfy it.

Draws decide nothing for certain: what they confirm is re-checked, not re-verified.
"""

from __future__ import annotations

from math import sqrt
from statistics import fmean, stdev

from flint import arb, ctx

from derive.language.chance import Expectation
from derive.language.relations import Relation
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.balls import PRECISION, Balls
from derive.verify.draws import BITS, draws, happens, numbers
from derive.verify.level import Finding, Level
from derive.verify.points import Point
from derive.verify.relations import certain, scope_of
from derive.verify.values import Evaluation

DRAWS, WORK, FEWEST = 4096, 100_000, 100
"""Draws, random numbers in all of them, and draws that have to satisfy the condition."""

ERRORS = 8
"""Standard errors within which a mean is taken to lie."""


def check(relation: Relation, point: Point) -> Finding | None:
    """What draws say of a relation about means under a condition, said to fail; None where it is about none."""
    parts = {node: None for side in (relation.left, relation.right) for node in side.walk()}
    nodes = [node for node in parts if isinstance(node, Expectation) and node.event is not None]
    if not nodes:
        return None
    try:
        means = {node: _means(node, point) for node in nodes}
        with ctx.workprec(PRECISION):
            evaluation = Evaluation(Balls(), point.sizes)
            scope = scope_of(point, evaluation.arithmetic)
            for node, mean in means.items():
                evaluation.known[node, scope.versions(evaluation.names.of(node))] = mean
            answer = certain(relation, evaluation, scope)
    except Unknown as unknown:
        return Finding(Level.OPEN, f"the means cannot be drawn again: {unknown}")
    first = [mean.entries[0] for mean in means.values()]
    told = ", ".join(f"{float(mean.mid()):.4g} +- {float(mean.rad()):.1g}" for mean in first)
    if answer is False:
        return Finding(Level.CHECKED, f"at the witness draws of its own have the mean {told}")
    return Finding(Level.OPEN, f"at the witness draws of its own have the mean {told}, which says nothing")


def _means(node: Expectation, point: Point) -> Array:
    """The means of draws that satisfy the condition, each with so many standard errors as its radius.

    Raises:
        Unknown: hardly a draw satisfies it.
    """
    assert node.event is not None
    rows: list[list[float]] = []
    count = min(DRAWS, WORK // max(numbers(node, point), 1))
    for _, drawn in zip(range(count), draws(node, point), strict=False):
        if happens(node.event, drawn):
            evaluation, scope = drawn
            with ctx.workprec(BITS):
                rows.append([float(entry.mid()) for entry in evaluation.value(node.operand, scope).entries])
    if len(rows) < FEWEST:
        raise Unknown(f"{len(rows)} of {count} draws satisfy the condition")
    shape = tuple(axis.size(point.sizes) for axis in node.shape)
    columns = list(zip(*rows, strict=True))
    return Array(shape, tuple(arb(fmean(x), ERRORS * stdev(x) / sqrt(len(x))) for x in columns))
