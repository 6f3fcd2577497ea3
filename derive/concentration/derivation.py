"""The one place of inference: the probability that an event fails, by the lemmas that apply, the best bounds kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from derive.bounds.bound import Bound
from derive.bounds.value import Value
from derive.concentration.events import Everywhere, about_entries, complement, everywhere, excess, parts
from derive.concentration.lemma import number
from derive.concentration.lemmas import LEMMAS
from derive.concentration.matrix_sums import matrix_tails
from derive.concentration.means import means
from derive.concentration.setting import Setting
from derive.concentration.truncation import truncated
from derive.language.chance import Event, Expectation, Probability
from derive.language.tensor import Tensor

UNION = "union bound"
COMPLEMENT = "complement"

MOST = 8
"""Bounds of one probability that are kept."""


@dataclass
class Chances:
    """Bounds of probabilities: from above of events about scalars, from below of all others."""

    setting: Setting

    def at_least(self, event: Tensor) -> tuple[Bound, ...]:
        """``Pr[event] >= value``, the best found."""
        subject = Probability(event)
        found = [
            Bound("lower", subject, number(1, failing) - failing, rule, premises)
            for failing, rule, premises in self._failing(event)
        ]
        return self._ranked("lower", found)

    def at_most(self, event: Tensor) -> tuple[Bound, ...]:
        """``Pr[event] <= value`` of an event about a scalar, the best found."""
        found = list(self._by_lemmas(event))
        other = complement(event)
        if other is not None and about_entries(other):
            for bound in self.at_least(other):
                value = number(1, bound.value) - bound.value
                found.append(Bound("upper", Probability(event), value, COMPLEMENT, (bound,)))
        return self._ranked("upper", found)

    def _ranked(self, measure: str, found: Sequence[Bound]) -> tuple[Bound, ...]:
        """The best first; others too, as which bound is the best depends on more than the sample parameters show."""
        ranked = dict.fromkeys((*self.setting.derivation.best(measure, found), *found))
        return tuple(ranked)[:MOST]

    def _failing(self, event: Tensor) -> Iterator[tuple[Value, str, tuple[Bound, ...]]]:
        """Bounds of the probability that an event fails, each with the rule that gives it and its premises."""
        several = parts(event)
        if len(several) > 1:
            known = [self.at_least(part) for part in several]
            for premises in dict.fromkeys((*zip(*known, strict=False), *product(*known))):
                values = [number(1, premise.value) - premise.value for premise in premises]
                yield sum(values[1:], values[0]), UNION, premises
            return
        if not isinstance(event, Event):
            return
        if event.sign in ("<<", ">>"):
            yield from matrix_tails(event, self.setting)
            return
        found = everywhere(event, self.setting.indices)
        if found is not None:
            yield from self._of_entries(found)
        other = complement(event)
        if other is not None:
            yield from truncated(event, self.setting, self._by_lemmas)
            for bound in self._by_lemmas(other):
                yield bound.value, COMPLEMENT, (bound,)

    def _of_entries(self, found: Everywhere) -> Iterator[tuple[Value, str, tuple[Bound, ...]]]:
        """The number of entries times what bounds the probability of every one of them."""
        p = self.setting.parameters
        other = complement(found.event)
        if other is None:
            return
        entries = p.entries(tuple(index.dimension for index in found.indices))
        for bound in self.at_most(other):
            if not any(p.depends(bound.value, index) for index in found.indices):
                yield entries * bound.value, UNION, (bound,)

    def _by_lemmas(self, event: Tensor) -> Iterator[Bound]:
        """What the lemmas say of an event that is the failure of its complement."""
        other = complement(event)
        reading = None if other is None else excess(other, self.setting.laws)
        threshold = None if reading is None else self.setting.parameters.scalar(reading.threshold)
        if reading is None or threshold is None:
            return
        for lemma in LEMMAS:
            for formula, wanted in lemma.schemes(reading, threshold, self.setting):
                for premises in product(*(self._known(*premise) for premise in wanted)):
                    value = formula(*(premise.value for premise in premises))
                    if value is not None:
                        yield Bound("upper", Probability(event), value, lemma.name, premises)

    def _known(self, measure: str, subject: Tensor) -> tuple[Bound, ...]:
        """The bounds of what a lemma takes: expectations, and expressions that are free of randomness."""
        if isinstance(subject, Expectation):
            return means(subject, self.setting)
        return self.setting.derivation.tightest_first(measure, subject)
