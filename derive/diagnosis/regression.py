"""The reference as a combination of the claim's own terms: which of them has a wrong sign or factor, or is too many.

Least squares by the normal equations in balls, so that every coefficient comes with a rigorous error bar; a condition
check in doubles comes first, since terms that depend on each other have no coefficients of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb_mat

from derive.diagnosis.balls import Array, dot, middle, vanishes
from derive.diagnosis.sides import Sides

WORST_CONDITION = 1e10
"""Of the terms scaled to length 1: beyond it they count as dependent."""


@dataclass(frozen=True)
class Fit:
    """``reference = sum_k coefficients[k] * terms[k]`` exactly as far as error bars tell, or no such combination.

    Attributes:
        coefficients: one ball a term; empty where no combination gives the reference.
    """

    coefficients: tuple[Any, ...]

    @property
    def explains(self) -> bool:
        return bool(self.coefficients)


def fit(points: Sequence[Sides]) -> Fit | None:
    """The fit over all points together.

    None where it says nothing: no terms, terms that depend on each other, or no more entries than terms.
    """
    count = len(points[0].terms)
    if not count or any(len(point.terms) != count for point in points):
        return None
    terms = [np.concatenate([point.terms[k].ravel() for point in points]) for k in range(count)]
    wanted = np.concatenate([point.reference.ravel() for point in points])
    if not _independent(terms, wanted):
        return None
    found = _solved(terms, wanted)
    if found is None:
        return None
    rest = wanted - sum((c * t for c, t in zip(found, terms, strict=True)), 0 * wanted)
    return Fit(tuple(found) if vanishes(rest) else ())


def _independent(terms: Sequence[Array], wanted: Array) -> bool:
    """Whether the terms determine their coefficients with entries to spare: the spare ones are what confirms them."""
    spread = np.array([[middle(x) for x in term] for term in terms])
    lengths = np.linalg.norm(spread, axis=1)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        return False
    scaled = spread / lengths[:, None]
    different = np.unique(np.column_stack([scaled.T, [middle(x) for x in wanted]]), axis=0)
    speaking = np.abs(different).sum(axis=1) > 0
    return int(speaking.sum()) > len(terms) and bool(np.linalg.cond(scaled) < WORST_CONDITION)


def _solved(terms: Sequence[Array], wanted: Array) -> list[Any] | None:
    """The least-squares coefficients as balls; None where the error bars admit dependent terms."""
    gram = arb_mat([[dot(s, t) for t in terms] for s in terms])
    right = arb_mat([[dot(t, wanted)] for t in terms])
    try:
        solution = gram.solve(right)
    except ZeroDivisionError:
        return None
    return [solution[k, 0] for k in range(len(terms))]
