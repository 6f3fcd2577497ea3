"""What each lemma states, as values at a point: the bound of a probability, computed anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from derive.language.chance import Expectation
from derive.language.tensor import Tensor
from derive.verify.chance.coefficients import coefficients, mean, proxy
from derive.verify.chance.matrix_bernstein import matrix_bernstein
from derive.verify.chance.places import Place
from derive.verify.chance.quadratic import bernstein, gaussian_norm, gaussian_quadratic_form
from derive.verify.chance.readings import Less, Mismatch, base_of, expect, first, only, operand_of
from derive.verify.steps import Step

Ball = Any

GAUSSIAN = ("gaussian",)
SUB_GAUSSIAN = ("gaussian", "rademacher", "bernoulli", "uniform")


def gaussian_tail(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``Q(t) <= exp(-t^2/2)/2`` for t >= 0, on each side."""
    exponential = _of_linear_form(failure, premises, place, GAUSSIAN)
    return exponential if failure.two_sided else exponential / 2


def hoeffding(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``exp(-t^2/(2 v))`` on each side."""
    exponential = _of_linear_form(failure, premises, place, SUB_GAUSSIAN)
    return exponential * 2 if failure.two_sided else exponential


def _of_linear_form(failure: Less, premises: Sequence[Step], place: Place, kinds: Sequence[str]) -> Ball:
    """``exp(-t^2/(2 v))`` for the distance t of the threshold from the mean; the premises bound v, and the mean."""
    found = coefficients(failure.small, place.evaluation, place.values)
    spread = proxy(found, kinds, place.evaluation, place.values)
    centre = mean(found, place.evaluation, place.values)
    variance, others = first(premises)
    expect(variance.measure == "upper" and place.number(variance.subject).overlaps(spread))
    threshold = place.number(failure.large)
    if others:
        offset = only(others)
        expect(offset.measure == ("inf" if failure.two_sided else "upper"))
        expect(place.number(offset.subject).overlaps(centre))
        threshold = threshold - place.number(offset.value)
    else:
        expect(centre.contains(0))
    expect(not threshold < 0)
    return (-(threshold * threshold) / (2 * place.number(variance.value))).exp()


def markov(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``E Z / t``, or ``E Z^2 / t^2``."""
    moment = only(premises)
    threshold = place.number(failure.large)
    expect(not threshold <= 0)
    operand = operand_of(moment)
    base = base_of(operand)
    if base is not None and _same(base, failure.small, place):
        return place.number(moment.value) / (threshold * threshold)
    expect(not failure.two_sided and _same(operand, failure.small, place) and not place.number(operand) < 0)
    return place.number(moment.value) / threshold


def chebyshev(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``v / t^2`` on both sides, ``v / (v + t^2)`` on one, t from the mean."""
    spread, others = first(premises)
    threshold, centre = place.number(failure.large), place.evaluation.zero
    for offset in others:
        expect(offset.measure == ("inf" if failure.two_sided else "upper"))
        threshold = threshold - place.number(offset.value)
        centre = place.number(offset.subject)
    expect(not threshold <= 0)
    base = base_of(operand_of(spread))
    if base is None:
        raise Mismatch
    expect(place.number(base).overlaps(place.number(failure.small) - centre))
    if not failure.two_sided:
        centred = place.number(Expectation(base, None, ()))
        expect(centred.contains(0))  # the inequality on one side is about the mean itself
    variance = place.number(spread.value)
    square = threshold * threshold
    return variance / square if failure.two_sided else variance / (variance + square)


def _same(first: Tensor, second: Tensor, place: Place) -> bool:
    """Have two random variables the same value at this realisation?"""
    return bool(place.number(first).overlaps(place.number(second)))


LEMMAS: dict[str, Callable[[Less, Sequence[Step], Place], Ball]] = {
    "Gaussian tail": gaussian_tail,
    "Hoeffding's inequality": hoeffding,
    "Bernstein's inequality": bernstein,
    "Gaussian quadratic form": gaussian_quadratic_form,
    "Gaussian norm": gaussian_norm,
    "matrix Bernstein inequality": matrix_bernstein,
    "Markov's inequality": markov,
    "Chebyshev's inequality": chebyshev,
}
