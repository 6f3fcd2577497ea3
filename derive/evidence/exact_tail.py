"""Method: probabilities and means computed in balls, at settings of all that is not random.

It applies where the law of an event is known: inequalities about linear forms and norms of Gaussians, extrema of these,
sums of signs, one random number; and to means under a condition on one random number. What it refutes, it refutes
without doubt. It proves where a claim has no symbol and no dimension left: then there is one setting. How it fails:
events whose law is not known, and bounds from pairs of events that are too wide to tell.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from flint import arb

from derive.chance.exact.scalar import expectation
from derive.chance.exact.tail import probability
from derive.chance.question import chance_nodes
from derive.chance.settings import Settings
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.system import Array, boxed
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.trials.comparison import Comparison, compare, largest
from derive.evidence.witness.verification import admitted
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.instances.sizes import Shapes
from derive.language.chance import Expectation, Probability
from derive.language.errors import InputError
from derive.language.tensor import Tensor
from derive.obligation import Obligation

METHOD = "exact tail"

PRECISION = 128

SETTINGS = 30
"""Settings that are looked at."""

HOPELESS = 3
"""Settings without a value after which one looks no further."""

LARGEST = 1000
"""Random numbers of a setting; incomplete gamma functions of thousands of squares take seconds."""

DIGITS = 12
"""Certain digits of the sides that are told."""


@dataclass
class Looked:
    """What became of the settings."""

    kept: list[Point] = field(default_factory=list)
    worst: float | None = None
    bar: float | None = None
    open: int = 0
    lacking: str = ""
    failed: int = 0

    @property
    def hopeless(self) -> bool:
        """Is the event of no kind that is known, wherever one looks?"""
        return self.failed >= HOPELESS and not self.kept and not self.open

    def lacks(self, reason: str) -> None:
        self.lacking, self.failed = reason, self.failed + 1

    def keep(self, point: Point, comparison: Comparison) -> None:
        self.kept.append(point)
        self.worst = max(comparison.margin, comparison.margin if self.worst is None else self.worst)
        self.bar = max(comparison.error_bar, self.bar or 0.0)


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides in balls at settings, until one refutes."""
    start = time.perf_counter()
    nodes = chance_nodes(obligation.left, obligation.right)
    if not any(_is_tail(node) for node in nodes):
        return Inapplicable(METHOD, "the claim speaks of no probability, and of no mean under a condition", False)
    looked, witness = Looked(), None
    settings = Settings.of(obligation, admitted, drawn.seed)
    for point in islice(settings, SETTINGS):
        if settings.drawn(point) > LARGEST:
            looked.lacks(f"a setting has more than {LARGEST} random numbers")
        else:
            witness = _violation(obligation, nodes, point, looked)
        if witness is not None or looked.hopeless:
            break
    proof = _is_closed(obligation) and bool(looked.kept) and _certain(obligation, nodes, looked.kept[0])
    return Evidence(
        method=METHOD,
        outcome="refutation" if witness else "proof" if proof else "support" if looked.kept else "inconclusive",
        strength="balls",
        note="both sides are enclosed in balls, and nothing in the claim is free" if proof else _note(looked),
        seed=drawn.seed,
        sizes=tuple({tuple(point.sizes.items()): dict(point.sizes) for point in looked.kept}.values()),
        kept=len(looked.kept),
        rejected=settings.base.search.rejected,
        worst_margin=looked.worst,
        error_bar=looked.bar,
        witness=witness,
        seconds=time.perf_counter() - start,
    )


def _is_tail(node: Tensor) -> bool:
    """Is it something that has no closed form of a mean?"""
    return isinstance(node, Probability) or (isinstance(node, Expectation) and node.event is not None)


def _is_closed(obligation: Obligation) -> bool:
    """Has the claim nothing that could take another value?"""
    shapes = Shapes(obligation)
    return not symbols(*obligation.expressions) and not shapes.names and not shapes.indices and not obligation.given


def _note(looked: Looked) -> str:
    parts = [f"{looked.open} settings too close to tell"] if looked.open else []
    return "; ".join([*parts, *([looked.lacking] if looked.lacking and not looked.kept else [])])


def _violation(obligation: Obligation, nodes: Sequence[Tensor], point: Point, looked: Looked) -> Witness | None:
    """The witness that the point is, if the sides certainly violate the claim there."""
    try:
        left, right = _sides(obligation, nodes, point)
    except (EvaluationError, InputError) as error:
        looked.lacks(str(error))
        return None
    with Balls(PRECISION).context():
        size = largest(left, right)
        sizes = boxed(size if size > 0 else arb(1))
        comparison = compare(obligation.sign, left, right, lambda: sizes, PRECISION // 4)
        if comparison.outcome == "violated":
            told = [str(side.str(DIGITS, radius=False)) for side in (comparison.left, comparison.right)]
            return Witness(point.sizes, point.indices, point.values, comparison.entry, told[0], told[1], "balls")
    if comparison.outcome == "holds":
        looked.keep(point, comparison)
    else:
        looked.open += 1
    return None


def _certain(obligation: Obligation, nodes: Sequence[Tensor], point: Point) -> bool:
    """Does an inequality hold beyond doubt?"""
    left, right = _sides(obligation, nodes, point)
    with Balls(PRECISION).context():
        room = (boxed(right - left)).flat
        return obligation.sign in ("<=", "<") and all(x > 0 for x in room)


def _sides(obligation: Obligation, nodes: Sequence[Tensor], point: Point) -> tuple[Array, Array]:
    """Both sides, what is random in them replaced by the balls around it."""
    balls = Balls(PRECISION, strict=True)
    with balls.context():
        scope = scope_at(point, balls)
        scope.known.update(_values(nodes, point, balls))
        return scope.value(obligation.left), scope.value(obligation.right)


def _values(nodes: Sequence[Tensor], point: Point, balls: Balls) -> Mapping[Tensor, Array]:
    """The balls around the probabilities, and around the means under a condition."""
    found: dict[Tensor, Array] = {}
    for node in nodes:
        if isinstance(node, Probability):
            found[node] = boxed(probability(node, point, balls))
        elif isinstance(node, Expectation) and node.event is not None:
            found[node] = expectation(node, point, balls)
    return found
