"""Events as numbers: 1 where a relation holds in every entry, 0 where it fails in one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, System, array_of, boxed
from derive.language.chance import Event, Every


def event(node: Event, scope: Scope) -> Any:
    """1 or 0.

    Raises:
        OutsideDomain: numbers are too imprecise to tell which.
    """
    left, right = scope.value(node.left), scope.value(node.right)
    if node.sign in ("<<", ">>"):
        holds = _in_loewner_order(*((left, right) if node.sign == "<<" else (right, left)), scope.system)
    else:
        pairs = zip(*(array.flat for array in np.broadcast_arrays(left, right)), strict=True)
        holds = all(_holds(node.sign, x, y, scope.system) for x, y in pairs)
    return scope.system.rational(Fraction(int(holds)))


def every(node: Every, scope: Scope) -> Any:
    """1 where all events happen, or else 0."""
    return np.prod([scope.value(part)[()] for part in node.events])


def _holds(sign: str, x: Any, y: Any, system: System) -> bool:
    order = _order(x, y, system)
    return {
        "==": order == 0,
        "!=": order != 0,
        "<=": order <= 0,
        ">=": order >= 0,
        "<": order < 0,
        ">": order > 0,
    }[sign]


def _order(x: Any, y: Any, system: System) -> int:
    """The sign of ``x - y``.

    Raises:
        OutsideDomain: it is not certain.
    """
    if system.certainly_less(x, y):
        return -1
    if system.certainly_less(y, x):
        return 1
    if system.exact(x - y) == 0:
        return 0
    raise OutsideDomain("an event at its boundary", certain=False)


def _in_loewner_order(small: Array, large: Array, system: System) -> bool:
    gap = _matrix(large, small, system) + -_matrix(small, large, system)
    return _order(system.spectral("lambda_min", gap), system.rational(Fraction(0)), system) >= 0


def _matrix(side: Array, other: Array, system: System) -> Array:
    """The side; a scalar stands for that multiple of the identity."""
    if side.ndim:
        return side
    n, zero = len(other), system.rational(Fraction(0))
    number = boxed(side)[()]
    return array_of([number if i == j else zero for i in range(n) for j in range(n)], (n, n), system.dtype)
