"""One step about a probability or a mean: is it what its rule states, at points?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flint import ctx

from derive.language.arrays import Norm
from derive.language.chance import Expectation, Probability
from derive.language.plain import identity
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import elementwise
from derive.verify.balls import PRECISION
from derive.verify.chance.matrix_chernoff import matrix_chernoff
from derive.verify.chance.places import Place
from derive.verify.chance.readings import (
    Less,
    Mismatch,
    base_of,
    event_of,
    expect,
    free_indices,
    less,
    only,
    operand_of,
    opposite,
    several,
    turned,
)
from derive.verify.chance.tails import LEMMAS
from derive.verify.chance.truncation import truncation
from derive.verify.scope import unnamed
from derive.verify.steps import Step

Ball = Any


def is_about_chance(step: Step) -> bool:
    return isinstance(unnamed(step.subject), (Probability, Expectation))


def holds(step: Step, places: Iterable[Place], few: Iterable[Place]) -> bool | None:
    """Whether the step is an instance of its rule wherever it can be looked at; None where it can nowhere.

    ``few`` are points at which arrays have few entries, so that means can be integrated.
    """
    rule = RULES.get(step.rule)
    if rule is None and step.rule not in LEMMAS:
        return False
    told = False
    with ctx.workprec(PRECISION):
        for place in few if step.rule == CLOSED_FORM else places:
            try:
                told = (_lemma(step, place) if rule is None else rule(step, place)) or told
            except Mismatch:
                return False
            except Unknown:
                continue
    return True if told else None


def _lemma(step: Step, place: Place) -> bool:
    """``Pr[event] <= value``, no less than what the lemma says of the failure of the opposite event."""
    failure = turned(less(opposite(event_of(step, "upper"))))
    return _at_least(place.number(step.value), LEMMAS[step.rule](failure, step.premises, place))


def _complement(step: Step, place: Place) -> bool:
    """``Pr[A] = 1 - Pr[not A]``."""
    premise = only(step.premises)
    measure, other = ("lower", "upper") if step.measure == "lower" else ("upper", "lower")
    one, two = event_of(step, measure), event_of(premise, other)
    bad, good = (one, two) if measure == "upper" else (two, one)
    expect(identity(opposite(bad)) == identity(good) or identity(opposite(good)) == identity(bad))
    found, rest = place.number(step.value), 1 - place.number(premise.value)
    return _at_least(rest, found) if measure == "lower" else _at_least(found, rest)


def _union(step: Step, place: Place) -> bool:
    """An event fails where a part of it does, and the probabilities of these add up at most."""
    event = event_of(step, "lower")
    parts = several(event)
    if len(parts) > 1:
        expect([identity(part) for part in parts] == [identity(event_of(p, "lower")) for p in step.premises])
        failing = sum((1 - place.number(premise.value) for premise in step.premises), place.evaluation.zero)
        return _at_least(1 - failing, place.number(step.value))
    premise = only(step.premises)
    entry = opposite(event_of(premise, "upper"))
    number = _covering(less(event), less(entry), entry, place)
    indices = free_indices(entry).keys() - free_indices(event).keys()
    expect(not indices & free_indices(premise.value).keys())
    return _at_least(1 - number * place.number(premise.value), place.number(step.value))


def _covering(whole: Less, part: Less, entry: Tensor, place: Place) -> int:
    """The number of positions of the part, at which it says of every entry what the whole does."""
    expect(whole.strict == part.strict and whole.two_sided == part.two_sided)
    first, second = place.evaluation.value(whole.small, place.values), place.evaluation.value(whole.large, place.values)
    rows = place.everywhere(list(free_indices(entry).values()))
    found = [(p.number(part.small), p.number(part.large)) for p in rows]
    wanted = _pairs(first, second)
    expect(all(any(a.overlaps(c) and b.overlaps(d) for c, d in found) for a, b in wanted))
    return len(rows)


def _pairs(first: Any, second: Any) -> list[tuple[Ball, Ball]]:
    """The entries of two arrays that broadcast, side by side."""
    left = elementwise(lambda a, b: (a, b), first, second)
    return list(left.entries)


def _closed_form(step: Step, place: Place) -> bool:
    """The mean, integrated anew where there are few random entries, against the closed form."""
    premise = only(step.premises)
    expect(premise.measure == "upper")
    operand_of(step)
    expect(place.number(step.subject).overlaps(place.number(premise.subject)))
    return _at_least(place.number(step.value), place.number(premise.value))


def _linearity(step: Step, place: Place) -> bool:
    """``E ||M||^2`` is the sum of the second moments of the entries of M."""
    premise = only(step.premises)
    norm, entry = base_of(operand_of(step)), base_of(operand_of(premise))
    if not isinstance(norm, Norm) or norm.order not in ("2", "fro") or entry is None:
        raise Mismatch
    rows = place.everywhere(list(free_indices(entry).values()))
    entries = place.evaluation.value(norm.operand, place.values).entries
    found = [row.number(entry) for row in rows]
    expect(len(entries) == len(rows) and all(any(a.overlaps(b) for b in found) for a in entries))
    return _at_least(place.number(step.value), len(rows) * place.number(premise.value))


def _at_least(large: Ball, small: Ball) -> bool:
    expect(not large < small)
    return True


CLOSED_FORM = "expectation in closed form"

RULES: dict[str, Callable[[Step, Place], bool]] = {
    "complement": _complement,
    "union bound": _union,
    CLOSED_FORM: _closed_form,
    "linearity of the expectation": _linearity,
    "matrix Chernoff inequality": matrix_chernoff,
    "truncation and Hoeffding's inequality": truncation,
}
