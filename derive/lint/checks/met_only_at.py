"""The hypotheses are met at one size of a dimension only, such as d = 1, though the claim is stated for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.instances.drawn import Drawn
from derive.instances.patterns import constant
from derive.instances.sizes import Sizes
from derive.language.arrays import Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Divide, Tensor
from derive.lint.mentions import sides
from derive.lint.ranks import most_rank
from derive.lint.subject import Examined
from derive.obligation import TURNED


def examine(examined: Examined) -> Iterator[str]:
    """The dimensions of which one size alone was met, while no draw succeeded at others."""
    told: dict[str, None] = {}
    for obligation, drawn in zip(examined.obligations, examined.drawn, strict=True):
        for name, only, others in _narrow(drawn):
            tried = ", ".join(str(size) for size in sorted({sizes[name] for sizes in others}))
            why = _why(obligation.given, others) or "no instance was found"
            told[f"met only at {name} = {only}: {why} at {name} = {tried}"] = None
    yield from told


def _narrow(drawn: Drawn) -> Iterator[tuple[str, int, list[Sizes]]]:
    """Dimension, its only size, and the sizes at which the search failed."""
    hopeless = drawn.search.hopeless
    for name in drawn.search.shapes.names:
        met = {instance.point.sizes[name] for instance in drawn.found}
        others = [sizes for sizes in hopeless if sizes[name] not in met]
        if len(met) == 1 and others:
            yield name, met.pop(), others


def _why(given: Sequence[Relation], others: Sequence[Sizes]) -> str:
    """The matrix that must have independent columns and cannot, by its form, at any of the sizes."""
    for matrix in (node.operand for relation in given for node in _not_zero(relation)):
        if all(most_rank(matrix, sizes) < matrix.shape[1].size(sizes) for sizes in others):
            shown = matrix.shape[1]
            return f"{matrix!r} has {shown} columns and a smaller rank, so that its sigma_min is zero"
    return ""


def _not_zero(relation: Relation) -> Iterator[Spectral]:
    """The smallest singular values without which, if they are zero, the hypothesis does not hold."""
    for node in (node for side in sides(relation) for node in side.walk()):
        divisors = node.right.walk() if isinstance(node, Divide) else ()
        yield from (part for part in divisors if isinstance(part, Spectral) and part.kind == "sigma_min")
    small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    if isinstance(large, Spectral) and large.kind == "sigma_min" and (relation.sign in "<>" or _positive(small)):
        yield large


def _positive(bound: Tensor) -> bool:
    """Is what a hypothesis puts below certainly positive?"""
    value = constant(bound)
    return value > 0 if value is not None else isinstance(bound, Symbol) and bound.positive
