"""Curves of relations along runs, thinned to what a plot shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from derive.evaluate.system import Array
from derive.language.latex import latex
from derive.language.plain import plain
from derive.record import CurveRecord
from derive.simulation.runs import Curve

POINTS = 80
"""Points of a curve at most."""


def curve_records(curves: Sequence[Curve]) -> tuple[CurveRecord, ...]:
    """A curve for each relation: of the seed that comes nearest to a violation, relative to what is claimed."""
    relations = list(dict.fromkeys(curve.relation for curve in curves))
    found = []
    for relation in relations:
        same = [curve for curve in curves if curve.relation is relation]
        record = _record(same)
        if record is not None:
            found.append(record)
    return tuple(found)


def _record(curves: Sequence[Curve]) -> CurveRecord | None:
    """Instances of the same relation may come in several batches, which need not take equally many steps."""
    worst: tuple[float, int, Array, Array] | None = None
    before = 0
    for curve in curves:
        left, right = np.stack(curve.left), np.stack(curve.right)
        for column in range(left.shape[1]):
            excess = _excess(left[:, column], right[:, column])
            if excess is not None and (worst is None or excess > worst[0]):
                worst = excess, before + column, left[:, column], right[:, column]
        before += left.shape[1]
    if worst is None:
        return None
    _, seed, left, right = worst
    steps = _thinned(np.flatnonzero(np.isfinite(left) & np.isfinite(right)))
    relation = curves[0].relation
    return CurveRecord(
        steps=tuple(map(int, steps)),
        left=tuple(float(left[k]) for k in steps),
        right=tuple(float(right[k]) for k in steps),
        left_tex=latex(relation.left),
        right_tex=latex(relation.right),
        left_text=plain(relation.left),
        right_text=plain(relation.right),
        seed=seed,
    )


def _excess(left: Array, right: Array) -> float | None:
    """How far the left side exceeds the right one, relative to its size; None where neither is a number."""
    numbers = np.isfinite(left) & np.isfinite(right)
    if not numbers.any():
        return None
    difference, scale = left[numbers] - right[numbers], np.abs(right[numbers]).max()
    return float(difference.max() / scale) if scale else float(difference.max())


def _thinned(steps: Array) -> Array:
    if len(steps) <= POINTS:
        return steps
    places = np.unique(np.rint(np.linspace(0, len(steps) - 1, POINTS)).astype(int))
    return np.asarray(steps[places])
