"""Repairs that move a rational value no further than the hypothesis asks: the end of a climb, made an instance."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np

from derive.attack.rounding import semidefinite_near
from derive.instances import rational
from derive.instances.admission import bounds, exact
from derive.instances.approach import Approach
from derive.instances.definite import semidefinite
from derive.instances.draft import Draft
from derive.instances.equalities import Assign, InPolytope, OnSphere, Rescale, SolveAffine
from derive.instances.intervals import Between, ends_of
from derive.instances.rational import Array
from derive.instances.repair import INSIDE, Repair
from derive.instances.scaling import Scale, limiting_ratio, root, short
from derive.instances.spectra import LoewnerBetween, SingularBetween
from derive.language.arrays import Spectral
from derive.language.tensor import Tensor

INWARD = Fraction(1, 10**9)
"""How far inside of an end that is left out a value is put, as a part of the width."""


def nearest(repair: Repair, draft: Draft) -> Array | None:
    """The target's new value, as near to the old one as is easily had; None where nothing is known."""
    match repair:
        case Between():
            return _clipped(repair, draft)
        case Scale(expression=expression, bound=bound, degree=degree, upper=upper, strict=strict):
            factor = _factor(expression, bound, degree, upper, strict, draft)
            return None if factor is None else draft.values[repair.target.name] * factor
        case SingularBetween():
            return _singular(repair, draft)
        case OnSphere():
            return _on_sphere(repair, draft)
        case Assign() | Rescale() | SolveAffine():
            return repair.apply(draft, Random(0), INSIDE)
        case InPolytope():
            return _in_polytope(repair, draft)
        case LoewnerBetween():
            return _loewner(repair, draft)
        case Approach():
            return _approached(repair, draft)
    return None


def _clipped(repair: Between, draft: Draft) -> Array | None:
    shape = draft.shape(repair.target)
    lower, upper = ends_of(repair, draft, shape)
    entries = []
    for k, entry in enumerate(draft.values[repair.target.name].flat):
        low, high = (None if side is None else (side[0].flat[k], side[1]) for side in (lower, upper))
        width = high[0] - low[0] if low and high else max(abs(low[0] if low else high[0] if high else entry), 1)
        if low and (entry < low[0] or (low[1] and entry == low[0])):
            entry = low[0] + INWARD * width * low[1]
        if high and (entry > high[0] or (high[1] and entry == high[0])):
            entry = high[0] - INWARD * width * high[1]
        entries.append(entry)
    return rational.array(entries, shape)


def _factor(
    expression: Tensor, bound: Tensor, degree: Fraction, upper: bool, strict: bool, draft: Draft
) -> Fraction | None:
    value, limit = bounds(expression, draft), bounds(bound, draft)
    ratio = None if value is None or limit is None else limiting_ratio(value, limit, upper, strict)
    if ratio is None:
        return None
    if ratio == 0 or (ratio > 1 if upper else ratio < 1) or (ratio == 1 and not strict):
        return Fraction(1)
    inside = 1 - INWARD * strict if upper else 1 + INWARD * strict
    return root(short(ratio * inside, upper), degree, upper)


def _singular(repair: SingularBetween, draft: Draft) -> Array | None:
    for side, kind, upper in ((repair.lower, "sigma_min", False), (repair.upper, "opnorm", True)):
        if side is not None:
            factor = _factor(Spectral(kind, repair.target), side[0], Fraction(1), upper, side[1], draft)
            if factor is None:
                return None
            draft = draft.replaced(repair.target.name, draft.values[repair.target.name] * factor)
    return draft.values[repair.target.name]


def _on_sphere(repair: OnSphere, draft: Draft) -> Array | None:
    value = exact(repair.square, draft)
    if value is None or value.ndim or value.item() <= 0:
        return repair.apply(draft, Random(0), INSIDE)
    square = value.item() ** 2 if repair.rooted else value.item()
    current = draft.values[repair.target.name]
    if repair.part == "whole":
        found = _toward(current.reshape(-1), square)
        return None if found is None else found.reshape(current.shape)
    rows = [_toward(row, square) for row in (current if repair.part == "rows" else current.T)]
    if any(row is None for row in rows):
        return None
    stacked = np.stack([row for row in rows if row is not None])
    return stacked if repair.part == "rows" else stacked.T


def _toward(wanted: Array, square: Fraction) -> Array | None:
    """A rational vector of that square norm in about the direction of ``wanted``: a base vector, reflected."""
    base = rational.base_of_square_norm(len(wanted), square)
    if base is None:
        return None
    size = sum(x * x for x in wanted)
    if not size:
        return base
    length = Fraction(float(square / size) ** 0.5).limit_denominator(10**9)
    mirror = base - length * wanted
    weight = sum(x * x for x in mirror)
    return base if not weight else base - 2 * (mirror @ base) / weight * mirror


def _in_polytope(repair: InPolytope, draft: Draft) -> Array | None:
    """Towards the most uniform solution, until no entry is negative."""
    affine = SolveAffine(repair.target, repair.equations)
    shape = draft.shape(repair.target)
    uniform = rational.array([Fraction(1, max(shape, default=1))] * int(np.prod(shape)), shape)
    centre = affine.apply(draft.replaced(repair.target.name, uniform), Random(0), INSIDE)
    other = affine.apply(draft, Random(0), INSIDE)
    if centre is None or other is None or any(entry < 0 for entry in centre.flat):
        return None
    pairs = list(zip(centre.flat, (other - centre).flat, strict=True))
    longest = min((entry / -step for entry, step in pairs if step < 0), default=Fraction(1))
    inside = 1 - INWARD * ("positive" in repair.target.properties)
    return centre + min(longest * inside, Fraction(1)) * (other - centre)


def _loewner(repair: LoewnerBetween, draft: Draft) -> Array | None:
    current = draft.values[repair.target.name]
    one = rational.identity(len(current))
    ends = [None if side is None else exact(side, draft) for side in (repair.lower, repair.upper)]
    low, high = (None if end is None else end * one if end.ndim == 0 else end for end in ends)
    if low is not None and not semidefinite(current - low):
        current = low + semidefinite_near(_floats(current - low), 9)
    if high is None or semidefinite(high - current):
        return current
    if low is None:
        return high - semidefinite_near(_floats(high - current), 9)
    for k in (9, 7, 5, 3, 2, 1):
        trial = low + (current - low) * (1 - Fraction(1, 10**k))
        if semidefinite(high - trial):
            return trial
    return None


def _floats(matrix: Array) -> Array:
    return np.array([[float(x) for x in row] for row in matrix])


def _approached(repair: Approach, draft: Draft) -> Array | None:
    centre = nearest(repair.centre, draft)
    if centre is None:
        return None
    if repair.degree is None:
        return repair.apply(draft, Random(0), INSIDE)
    current = draft.values[repair.target.name]
    factor = _factor(repair.expression, repair.bound, repair.degree, repair.upper, repair.strict, draft)
    return None if factor is None else centre + factor * (current - centre)
