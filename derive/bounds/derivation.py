"""The one place of inference: rules are tried on an expression, their premises derived, and the best bounds kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from derive.bounds.affine import Argument
from derive.bounds.bound import FROM_BELOW, NORMS, OF_A_POINT, Bound, Rule
from derive.bounds.hypotheses import Facts
from derive.bounds.norm_names import canonical
from derive.bounds.parameters import SAMPLES
from derive.bounds.rules import CONVERSIONS, RULES
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.derivatives import Definition
from derive.language.sharing import Sharing
from derive.language.tensor import Tensor

Source = Callable[[str, Tensor], tuple[Bound, ...]]

STEPS = 20_000
"""Combinations of premises after which a derivation ends with what it has."""


@dataclass
class Derivation:
    """Bounds under hypotheses, each derived once.

    Bounds of a measure come from rules, which look at smaller expressions, and from conversions, which look at other
    measures of the same expression; conversions start from what rules alone gave, so that none goes in a circle.
    """

    facts: Facts
    sharing: Sharing = field(default_factory=Sharing)
    known: dict[tuple[str, Tensor], tuple[Bound, ...]] = field(default_factory=dict)
    by_rules: dict[tuple[str, Tensor], tuple[Bound, ...]] = field(default_factory=dict)
    steps: int = 0
    limit: int = STEPS

    def bounds(self, measure: str, node: Tensor) -> tuple[Bound, ...]:
        """The best bounds found of a measure of an expression, whichever parameters they are best for."""
        node = self.sharing.first(node)
        measure = _canonical(measure, node)
        key = (measure, node)
        if key not in self.known:
            found = [*self.direct(measure, node), *self._converted(measure, node)]
            self.known[key] = self.best(measure, found)
        return self.known[key]

    def tightest_first(self, measure: str, node: Tensor) -> tuple[Bound, ...]:
        """The best bounds, those in the claim's own parameters first, then the tightest at the first sample."""
        sign = -1.0 if measure in FROM_BELOW else 1.0

        def rank(bound: Bound) -> tuple[bool, float]:
            foreign = {s.name for s in bound.value.symbols} - self.facts.named
            value = sign * float(bound.value.samples[0])
            return bool(foreign), np.inf if np.isnan(value) else value

        return tuple(sorted(self.bounds(measure, node), key=rank))

    def direct(self, measure: str, node: Tensor) -> tuple[Bound, ...]:
        """The bounds that hypotheses and rules give, without a detour by another measure."""
        node = self.sharing.first(node)
        measure = _canonical(measure, node)
        key = (measure, node)
        if key not in self.by_rules:
            self.by_rules[key] = ()  # what leads back here gives nothing
            self.by_rules[key] = self.best(measure, [*self._stated(measure, node), *self._by_rules(measure, node)])
        return self.by_rules[key]

    def best(self, measure: str, found: Sequence[Bound]) -> tuple[Bound, ...]:
        """The best bounds in the parameters that the claim names, and the best in all parameters."""
        named = [bound for bound in found if {s.name for s in bound.value.symbols} <= self.facts.named]
        return tuple(dict.fromkeys((*_best(measure, named), *_best(measure, found))))

    def _stated(self, measure: str, node: Tensor) -> Iterator[Bound]:
        """What a hypothesis, or the notation of the statement itself, says."""
        for value, reason in self.facts.of(measure, node):
            yield Bound(measure, node, value, reason)
        yield from self.facts.derived.get((measure, self.facts.parameters.text(node)), ())
        if isinstance(node, Definition) and not (isinstance(node, Argument) and measure not in OF_A_POINT):
            for bound in self.bounds(measure, node.operand):
                yield Bound(measure, node, bound.value, "definition", (bound,))

    def _by_rules(self, measure: str, node: Tensor) -> Iterator[Bound]:
        for rule in RULES:
            if measure in rule.measures and isinstance(node, rule.nodes):
                yield from self._applied(rule, measure, node, self.bounds)

    def _converted(self, measure: str, node: Tensor) -> Iterator[Bound]:
        for rule in CONVERSIONS:
            if measure in rule.measures:
                yield from self._applied(rule, measure, node, self.direct)

    def _applied(self, rule: Rule, measure: str, node: Tensor, source: Source) -> Iterator[Bound]:
        for formula, wanted in rule.schemes(measure, node, self.facts.parameters):
            for premises in product(*(source(*premise) for premise in wanted)):
                self.steps += 1
                if self.steps > self.limit:
                    return
                value = formula(*(premise.value for premise in premises))
                if value is not None:
                    yield Bound(measure, node, value, rule.name, premises)


def _canonical(measure: str, node: Tensor) -> str:
    """The measure by its one name: a scalar has one norm, a vector's spectral norm is its Euclidean one."""
    kind, _, order = measure.rpartition(" ")
    if order not in NORMS:
        return measure
    return f"{kind} {canonical(order, node.ndim)}".strip()


def _best(measure: str, found: Sequence[Bound]) -> tuple[Bound, ...]:
    """Those that are the best at a sample point, shorter proofs first where values agree."""
    sign = -1.0 if measure in FROM_BELOW else 1.0
    ranked = sorted(found, key=lambda bound: bound.size)
    chosen: dict[int, Bound] = {}
    for k in range(SAMPLES):
        candidates = [(position, sign * bound.value.samples[k]) for position, bound in enumerate(ranked)]
        finite = [(value, position) for position, value in candidates if np.isfinite(value)]
        if finite:
            least = min(value for value, _ in finite)
            position = next(p for value, p in finite if value <= least + abs(least) * 1e-12)
            chosen[position] = ranked[position]
    return tuple(chosen[position] for position in sorted(chosen))


def is_symmetric(subject: Tensor, derivation: Derivation) -> bool:
    """Is the matrix its own transpose, by its form, by a hypothesis or by its normal form?"""
    if derivation.bounds("symmetric", subject):
        return True
    try:
        return difference(subject, subject.T).proved
    except Undecidable:
        return False
