"""Method: a claim about numbers alone, without symbols, decided in algebraic numbers.

What it proves: an equation or inequality between numbers, entrywise or in the Loewner order, or for the least or
greatest eigenvalue of a symmetric matrix of numbers. Zero is told by minimal polynomials, signs of what is not zero by
enough digits. How it fails: what is not algebraic (an exponential), and sides with a symbol.
"""

from __future__ import annotations

import time

import numpy as np
import sympy as sp

from derive.evaluate.algebraic import definite, shifted, sign
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.symbolic import Formulas
from derive.evaluate.system import Array
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.language.arrays import Spectral
from derive.language.binding import outside
from derive.language.derivatives import Definition
from derive.language.dimensions import Dimension
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Size, Tensor
from derive.obligation import Obligation

METHOD = "exact numbers"

ORDERS = {"==": (0,), "<=": (0, 1), "<": (1,)}
"""The signs that ``right - left`` may have."""

TURNED = {"==": "==", "<=": ">=", "<": ">", "<<": "<<"}
"""The order in which the sides stand when they change places."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Evaluate both sides exactly, and compare them."""
    del drawn  # there is nothing to draw
    start = time.perf_counter()
    if any(map(_varies, obligation.expressions)):
        return Inapplicable(METHOD, "the claim is not about numbers alone", telling=False)
    try:
        holds = _holds(obligation)
    except (Unavailable, OutsideDomain) as reason:
        return Inapplicable(METHOD, f"not decided in algebraic numbers: {reason}", telling=False)
    seconds = time.perf_counter() - start
    if holds:
        note = "both sides are algebraic numbers, compared exactly"
        return Evidence(METHOD, "proof", "symbolic", note, seconds=seconds)
    return Evidence(METHOD, "inconclusive", "symbolic", "in algebraic numbers it does not hold", seconds=seconds)


def _varies(side: Tensor) -> bool:
    """Has it a free symbol, or a size that is no number, also of what is bound?"""
    sizes = (axis for node in side.walk() for axis in (*node.shape, *_counted(node)))
    return any(isinstance(node, (Symbol, IndexSymbol)) for node in outside(side)) or any(
        axis.value is None for axis in sizes
    )


def _counted(node: Tensor) -> tuple[Dimension, ...]:
    return (node.dimension,) if isinstance(node, Size) else ()


def _holds(obligation: Obligation) -> bool:
    """Raises Unavailable where a side is no array of algebraic numbers, OutsideDomain where it has no value."""
    left, right = _unnamed(obligation.left), _unnamed(obligation.right)
    for side, other, least in ((left, right, obligation.sign), (right, left, TURNED[obligation.sign])):
        if isinstance(side, Spectral) and side.kind in ("lambda_min", "lambda_max"):
            return _eigenvalue(side, _array(other)[()], least)
    difference = np.asarray(_array(right) - _array(left), dtype=object)
    if obligation.sign == "<<":
        return definite(difference) >= 0
    allowed = ORDERS[obligation.sign]
    return all(sign(entry) in allowed for entry in difference.flat)


def _eigenvalue(side: Spectral, number: sp.Expr, order: str) -> bool:
    """``eigenvalue order number``; the greatest one is minus the least of the negative."""
    matrix = _array(side.operand)
    if side.kind == "lambda_max":
        matrix, number = -matrix, -number
        order = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}.get(order, order)
    found = definite(shifted(matrix, number))  # the sign of the least eigenvalue minus the number
    return {"==": found == 0, ">=": found >= 0, ">": found > 0, "<=": found <= 0, "<": found < 0}[order]


def _array(node: Tensor) -> Array:
    return evaluate(node, Point({}), Formulas(sp))


def _unnamed(node: Tensor) -> Tensor:
    return _unnamed(node.operand) if isinstance(node, Definition) else node
