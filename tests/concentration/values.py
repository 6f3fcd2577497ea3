"""Numbers as the values that lemmas take, and what they state as a number."""

from __future__ import annotations

import numpy as np
import sympy as sp

from derive.bounds.value import Value

ROUNDING = 1e-9
"""What exact tails in doubles may be off by, relative."""


def value(number: float) -> Value:
    return Value.of(sp.Float(number), np.full(5, number))


def stated(bound: Value) -> float:
    return float(bound.expression)
