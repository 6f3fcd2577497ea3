"""Limits from both sides of a point, by an infinitesimal along a direction that gives zeros their signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.language.one_sided import Jump
from derive.verify.arrays import Array, total
from derive.verify.jets import Jet
from derive.verify.scope import Scope

if TYPE_CHECKING:
    from derive.verify.values import Evaluation


def jump(evaluation: Evaluation, node: Jump, scope: Scope) -> Any:
    """The squares of the differences of both limits, summed.

    Raises:
        Unknown: a sign is not told by the direction.
    """
    bit = 1 << scope.infinitesimals
    near = type(evaluation)(evaluation.arithmetic, evaluation.sizes, approach=bit)
    at, along = evaluation.value(node.variable, scope), evaluation.value(node.direction, scope)
    limits = []
    for side in (1, -1):
        factor = evaluation.functions.number(side)
        moves = zip(at.entries, along.entries, strict=True)
        moved = Array(at.shape, tuple(Jet({0: x, bit: v * factor}) for x, v in moves))
        inner = scope.binding(node.variable.name, moved, 1)
        entries = near.value(node.operand, inner).entries
        limits.append([x.constant if isinstance(x, Jet) else x for x in entries])
    gaps = [x - y for x, y in zip(*limits, strict=True)]
    return total((gap * gap for gap in gaps), evaluation.zero)
