"""Values found in doubles as exact points that satisfy the hypotheses, if that takes a nudge alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.point import Point, nest
from derive.evidence.evidence import Witness
from derive.evidence.witness.verification import verify
from derive.obligation import Obligation
from tests.bounds.planted import Values

NUDGE = Fraction(1, 2**30)
"""By what a value is moved, relative to its size, to lie within its bounds and not beside them."""

TELLING = 1e-6
"""Violations, relative, that the nudges leave standing."""


def witness(obligation: Obligation, sizes: dict[str, int], values: Values) -> Witness | None:
    """The violation at these values, verified in exact rationals or balls; None where it is not certain."""
    nested = {name: _exact(name, np.asarray(value, dtype=float)) for name, value in values.items()}
    return verify(obligation, Point(sizes, {"i": 0}, nested))


def _exact(name: str, value: Any) -> Any:
    flat = [Fraction(float(entry)) for entry in value.flat]
    match name:
        case "x" | "y" | "A":
            flat = [entry * (1 - NUDGE) for entry in flat]
        case "b" | "w" if min(flat) >= 0 and abs(sum(flat) - 1) < NUDGE:
            flat = [entry / sum(flat) for entry in flat]
        case "b" | "w":
            flat = [entry * (1 - NUDGE) for entry in flat]
        case "S" | "P":
            return _symmetric(name, np.array(flat, dtype=object).reshape(value.shape))
        case "c":
            flat = [entry * (1 + NUDGE) for entry in flat]
    return nest(flat, value.shape)


def _symmetric(name: str, matrix: Any) -> Any:
    """P is made definite by a multiple of the identity; S is made smaller, and symmetric where it nearly is."""
    turned = (matrix + matrix.T) / 2
    if name == "P":
        moved = turned + NUDGE * (1 + np.trace(turned)) * np.vectorize(Fraction)(np.eye(len(matrix), dtype=int))
        return nest(list(moved.flat), matrix.shape)
    near = np.abs(np.asarray(matrix - turned, dtype=float)).max() < float(NUDGE)
    return nest(list(((turned if near else matrix) * (1 - NUDGE)).flat), matrix.shape)
