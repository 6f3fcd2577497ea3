"""The step that bounds an array of sums of exponentials by truncation, looked at again entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from typing import Any

from derive.language.arrays import Norm
from derive.language.tensor import IndexSymbol, Tensor
from derive.verify.chance.coefficients import Coefficients, coefficients, proxy
from derive.verify.chance.places import Place
from derive.verify.chance.readings import (
    Less,
    Mismatch,
    base_of,
    event_of,
    expect,
    first,
    free_indices,
    less,
    operand_of,
    opposite,
)
from derive.verify.scope import unnamed
from derive.verify.steps import Step

Ball = Any

MOST_TERMS = 3
GAUSSIAN = ("gaussian",)


@dataclass(frozen=True)
class Summand:
    """``exp(exponent)``; ``factor`` times its sum over an index is an entry of the array, but for a constant."""

    exponent: Tensor
    factor: Tensor


def truncation(step: Step, place: Place) -> bool:
    """``1 - sum_f N_f Pr[term_f > B] - N 2 exp(-s^2/(2 m c^2 e^(2 T)))``, where T = k B for exponents of k terms."""
    whole = less(event_of(step, "lower"))
    norm = unnamed(whole.small)
    factor, others = first(step.premises)
    variance, exceeded = first(others)
    exponent = base_of(operand_of(variance))
    if not isinstance(norm, Norm) or norm.order not in ("2", "fro") or exponent is None or not exceeded:
        raise Mismatch
    expect(factor.measure == "inf")
    index = _index(norm.operand, Summand(exponent, factor.subject), place)
    terms = [less(opposite(event_of(premise, "upper"))) for premise in exceeded]
    top = _top(exponent, terms, place)
    count = len(place.evaluation.value(norm.operand, place.values).entries)
    share = place.number(whole.large) / (place.evaluation.one * count).sqrt()
    m = index.dimension.size(place.evaluation.sizes)
    c, v = place.number(factor.value), place.number(variance.value)
    if place.admitted:
        expect(not top < v and not m * c * (top - top * top / (2 * v)).exp() > share)
    failing = count * 2 * (-(share * share) / (2 * m * c * c * (2 * top).exp())).exp()
    for premise, term in zip(exceeded, terms, strict=True):
        positions = place.everywhere(list(free_indices(term.small).values()))
        failing = failing + len(positions) * place.number(premise.value)
    expect(not place.number(step.value) > 1 - failing)
    return True


def _index(array: Tensor, summand: Summand, place: Place) -> IndexSymbol:
    """The index that is summed over, so that every entry of the array is such a sum, and its mean 0."""
    free = free_indices(summand.exponent) | free_indices(summand.factor)
    moving = place.evaluation.value(array, place.values).entries
    still = place.at_rest(array)
    resting = still.evaluation.value(array, still.values).entries
    for index in free_indices(summand.exponent).values():
        others = [other for other in free.values() if other.name != index.name]
        if _are_independent(summand.exponent, index, place):
            sums = [_sum(summand, index, row) for row in place.everywhere(others)]
            entries = zip(moving, resting, strict=True)
            if all(any(_agrees(entry, rest, *found) for found in sums) for entry, rest in entries):
                return index
    raise Mismatch


def _agrees(entry: Ball, rest: Ball, moved: Ball, mean: Ball) -> bool:
    """Does an entry move as the sum does, and is its mean 0, as that of the sum is ``mean`` more than at rest?"""
    return bool((entry - rest).overlaps(moved) and (rest + mean).contains(0))


def _sum(summand: Summand, index: IndexSymbol, place: Place) -> tuple[Ball, Ball]:
    """``c sum_r (exp(L_r) - 1)``, and its mean, for Gaussian forms L_r without a constant."""
    moved = mean = place.evaluation.zero
    for row in place.everywhere([index]):
        form = coefficients(summand.exponent, row.evaluation, row.values)
        expect(form.constant.contains(0))
        spread = proxy(form, GAUSSIAN, row.evaluation, row.values)
        moved = moved + row.number(summand.exponent).exp() - 1
        mean = mean + (spread / 2).exp() - 1
    c = place.number(summand.factor)
    return c * moved, c * mean


def _are_independent(exponent: Tensor, index: IndexSymbol, place: Place) -> bool:
    """Have the forms at different positions no random entry in common?"""
    forms = [coefficients(exponent, row.evaluation, row.values) for row in place.everywhere([index])]
    return not any(_overlap(*pair) for pair in combinations(forms, 2))


def _overlap(first_form: Coefficients, second_form: Coefficients) -> bool:
    """Have two forms a random entry in common?"""
    pairs = zip(first_form.of, second_form.of, strict=True)
    return any(a != 0 and b != 0 for (_, row), (_, other) in pairs for a, b in zip(row, other, strict=True))


def _top(exponent: Tensor, terms: Sequence[Less], place: Place) -> Ball:
    """k times the level that no term exceeds, where every exponent is a sum of k terms."""
    values = [
        row.number(term.small) for term in terms for row in place.everywhere(list(free_indices(term.small).values()))
    ]
    levels = [place.number(term.large) for term in terms]
    expect(all(level.overlaps(levels[0]) for level in levels))
    found = [row.number(exponent) for row in place.everywhere(list(free_indices(exponent).values()))]
    for k in range(1, MOST_TERMS + 1):
        sums = [sum(chosen, place.evaluation.zero) for chosen in combinations_with_replacement(values, k)]
        if all(any(total.overlaps(one) for total in sums) for one in found):
            return k * levels[0]
    raise Mismatch
