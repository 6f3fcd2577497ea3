"""The matrix Bernstein inequality looked at again: the range and the variance of every summand, computed anew."""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub
from typing import Any

from derive.language.arrays import Spectral
from derive.verify.arrays import Array, elementwise, matmul, transposed
from derive.verify.chance.places import Place
from derive.verify.chance.readings import Less, Mismatch, expect
from derive.verify.chance.row_sums import RowSum
from derive.verify.scope import unnamed
from derive.verify.steps import Step

Ball = Any


def matrix_bernstein(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``(d1 + d2) exp(-m (t^2/2)/(v + R t/3))``, R and v of m times a summand, t from the distance of the mean."""
    norm = unnamed(failure.small)
    if not isinstance(norm, Spectral) or norm.kind != "opnorm" or failure.two_sided or len(premises) < 2:
        raise Mismatch
    *known, centre = premises
    reach, variance = _spread(known, place)
    found = RowSum.at(norm.operand, place)
    expect(found.adds_up())
    mean = found.mean()
    expect(centre.measure == "op" and not place.number(centre.value) < _norm(mean, place))
    summands = [elementwise(sub, elementwise(lambda x: x * found.rows, part), mean) for part in found.parts]
    expect(all(not reach < _norm(part, place) for part in summands))
    zero = place.evaluation.zero
    for pairs in ([(part, _turned(part)) for part in summands], [(_turned(part), part) for part in summands]):
        second = found.average([matmul(left, right, zero) for left, right in pairs])
        expect(not variance < _norm(second, place))
    t = place.number(failure.large) - place.number(centre.value)
    expect(not t < 0)
    return sum(mean.shape) * (-(t * t) * found.rows / (2 * (variance + reach * t / 3))).exp()


def _spread(premises: Sequence[Step], place: Place) -> tuple[Ball, Ball]:
    """What the premises say of R and v, from a bound L of what m times a summand is before its mean is taken away."""
    first, *others = premises
    expect(first.measure in ("op", "upper"))
    largest = place.number(first.value)
    largest = largest.sqrt() if first.measure == "upper" else largest
    measures, values = [other.measure for other in others], [place.number(other.value) for other in others]
    if not measures:
        return 2 * largest, largest * largest
    if measures == ["lambda_min", "op"]:
        return largest, largest * values[1]
    expect(measures in (["op"] * 2, ["op"] * 3))
    middle, second, last = values[0], values[1], values[-1]
    return largest + middle, last if second < last else second


def _turned(matrix: Array) -> Array:
    return transposed(matrix, (1, 0))


def _norm(matrix: Array, place: Place) -> Ball:
    return place.evaluation.arithmetic.spectral("opnorm", matrix.rows)
