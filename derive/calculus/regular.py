"""Hypotheses that keep a point away from the jumps of piecewise functions: ``A @ x != 0``, ``x > 0``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import sympy as sp

from derive.calculus.algebra import Undecidable
from derive.calculus.atoms import number
from derive.calculus.axes import align
from derive.calculus.form import Form
from derive.calculus.jumps import sign, zero
from derive.calculus.lower import Lowering
from derive.language.functions import FUNCTIONS
from derive.language.relations import Relation
from derive.language.tensor import Apply, IndexSymbol, Tensor


@cache
def _jumps(name: str) -> bool:
    """Is the function, or its derivative, made of a unit step?"""
    return bool(FUNCTIONS[name].expression.has(sp.Heaviside))


def off_jumps(lowering: Lowering, given: Sequence[Relation], stated: Sequence[Tensor]) -> Iterator[Form]:
    """What is zero because the difference of a hypothesis's sides is not: the indicator of its zeros.

    Of ``z > 0`` also ``sign(z) - 1``, and so on. Only where a piecewise function stands in what is ``stated``.
    """
    if not any(isinstance(node, Apply) and _jumps(node.function) for side in stated for node in side.walk()):
        return
    for relation in given:
        if relation.sign not in ("!=", "<", ">") or isinstance(relation.left, IndexSymbol):
            continue
        try:
            forms, _ = align(lowering.algebra, [lowering.lower(relation.left), lowering.lower(relation.right)])
            gap = lowering.algebra.subtract(*forms)
            if gap.constant is not None:
                continue
            yield zero(lowering.algebra, gap)
            if relation.sign != "!=":
                one = number(1 if relation.sign == ">" else -1)
                yield lowering.algebra.subtract(sign(lowering.algebra, gap), one)
        except Undecidable:  # what has no normal form says nothing here
            continue
