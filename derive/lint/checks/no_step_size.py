"""A claim along an iteration is refuted, and nothing says how long its steps are."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.binding import outside
from derive.language.derivatives import Derivative
from derive.language.iteration import Always, AtTime, HittingTime, Run
from derive.language.symbols import Symbol
from derive.language.tensor import Multiply, Tensor
from derive.lint.mentions import names, sides
from derive.lint.subject import Examined


def examine(examined: Examined) -> Iterator[str]:
    """The step sizes of the iterations of a refuted claim of which no hypothesis speaks."""
    if examined.refuted is None:
        return
    known = {name for relation in examined.claim.given for name in names(*sides(relation))}
    found = (node for relation in examined.claim.relations for side in sides(relation) for node in outside(side))
    runs = dict.fromkeys(node.run for node in found if isinstance(node, (AtTime, HittingTime, Always)))
    for name in dict.fromkeys(name for run in runs for name in _step_sizes(run)):
        if name not in known:
            added = f"add one, such as {name} <= 1/opnorm(...)"
            yield f"the step size {name} has no value: no hypothesis bounds it; {added}"


def _step_sizes(run: Run) -> Iterator[str]:
    """Scalars that stand as a factor of a derivative in an update."""
    for update in run.updates:
        for node in update.walk():
            if isinstance(node, Multiply):
                yield from _of(node.left, node.right, run)
                yield from _of(node.right, node.left, run)


def _of(factor: Tensor, other: Tensor, run: Run) -> Iterator[str]:
    if isinstance(factor, Symbol) and not factor.ndim and factor.name not in run.bound and _derived(other):
        yield factor.name


def _derived(node: Tensor) -> bool:
    return any(isinstance(below, Derivative) for below in node.walk())
