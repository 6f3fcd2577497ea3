"""The step that bounds the failure of a Loewner event about a sum of independent matrices, looked at again."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from derive.language.chance import Event, unbound
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, build, elementwise, matmul
from derive.verify.chance.places import Place
from derive.verify.chance.readings import Mismatch, event_of, expect
from derive.verify.chance.row_sums import RowSum, agree
from derive.verify.linear import inverse
from derive.verify.steps import Step

Ball = Any

ABOVE, BELOW = ((3, 8), (1, 3)), ((1, 2), (1, 3))
"""The constants r of the bound ``d exp(-r e^2/L)`` on each side."""


def matrix_chernoff(step: Step, place: Place) -> bool:
    """``1 - d exp(-r e^2/L)`` for a sum of independent ``0 <= X_k <= L M`` of mean M, against ``(1 +- e) M``."""
    total, bound, above = _sides(event_of(step, "lower"))
    if len(step.premises) != 2:
        raise Mismatch
    psd, trace = step.premises
    expect((psd.measure, trace.measure) == ("lambda_min", "upper"))
    sum_of = RowSum.at(total, place)
    expect(sum_of.adds_up())
    mean = sum_of.mean()
    share = place.number(trace.value) / sum_of.rows
    expect(all(_is_between(part, mean, share, place) for part in sum_of.parts))
    factor = _multiple(place.evaluation.value(bound, place.values), mean)
    deviation = factor - 1 if above else 1 - factor
    if not place.admitted and not (0 <= deviation <= 1):
        raise Unknown("the hypotheses do not hold here")
    expect(not deviation < 0 and not deviation > 1)
    failing = 1 - place.number(step.value)
    tails = [(-(deviation * deviation) * p / (q * share)).exp() for p, q in (ABOVE if above else BELOW)]
    expect(any(failing.overlaps(mean.shape[0] * tail) for tail in tails))
    return True


def _sides(event: Tensor) -> tuple[Tensor, Tensor, bool]:
    """The random side, the other one, and whether the random one is to be below."""
    if not isinstance(event, Event) or event.sign not in ("<<", ">>"):
        raise Mismatch
    small, large = (event.left, event.right) if event.sign == "<<" else (event.right, event.left)
    above = bool(unbound(small))
    expect(len(unbound(small)) + len(unbound(large)) == 1)
    return (small, large, True) if above else (large, small, False)


def _is_between(part: Array, mean: Array, share: Ball, place: Place) -> bool:
    """``0 <= X`` symmetric, and ``tr(M^-1 X) <= L``."""
    size = part.shape[0]
    if not agree(part, build(part.shape, lambda at: part[at[1], at[0]])):
        return False
    product = matmul(inverse(mean, place.evaluation.functions), part, place.evaluation.zero)
    trace = reduce(add, (product[k, k] for k in range(size)))
    least = place.evaluation.arithmetic.spectral("lambda_min", part.rows)
    return not least < 0 and not trace > share


def _multiple(bound: Array, mean: Array) -> Ball:
    """The number by which a matrix is a multiple of the mean."""
    size = mean.shape[0]
    factor = reduce(add, (bound[k, k] for k in range(size))) / reduce(add, (mean[k, k] for k in range(size)))
    expect(agree(bound, elementwise(lambda x: x * factor, mean)))
    return factor
