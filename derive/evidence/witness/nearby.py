"""A witness where two sides are known to differ: at the sizes of the difference, then at the instances drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

from derive.evaluate.point import Point
from derive.evidence.evidence import Witness
from derive.evidence.trials.work import expected_work
from derive.evidence.witness.verification import verify
from derive.instances.draft import Draft
from derive.instances.drawn import Drawn
from derive.instances.draws import draw
from derive.instances.patterns import symbols
from derive.instances.seeds import generator
from derive.instances.styles import STYLES
from derive.obligation import Obligation

DRAWS = 6
"""Points of small integers, drawn without regard to hypotheses."""

INSTANCES = 24
"""Instances of the obligation that are looked at."""

LARGEST = 100_000
"""Entries that one verification may be expected to compute."""


def witness_near(
    obligation: Obligation, sizes: Mapping[str, int], indices: Mapping[str, int], drawn: Drawn
) -> Witness | None:
    """The first point that is a verified witness, or None."""
    for point in _points(obligation, sizes, indices, drawn):
        if expected_work(obligation, point.sizes) > LARGEST:
            continue
        witness = verify(obligation, point)
        if witness is not None:
            return witness
    return None


def _points(
    obligation: Obligation, sizes: Mapping[str, int], indices: Mapping[str, int], drawn: Drawn
) -> Iterator[Point]:
    instances = list(islice(drawn, INSTANCES))
    yield from (instance.point for instance in instances if instance.point.sizes == sizes)
    rng = generator(drawn.seed, obligation.id, "near")
    for _ in range(DRAWS):
        yield _point(obligation, sizes, indices, rng)
    yield from (instance.point for instance in instances if instance.point.sizes != sizes)


def _point(obligation: Obligation, sizes: Mapping[str, int], indices: Mapping[str, int], rng: Random) -> Point:
    found = symbols(*obligation.expressions)
    empty = Draft(dict(sizes), dict(indices), (dict(indices),), {})
    values = {name: draw(rng, symbol, empty.shape(symbol), STYLES[0]) for name, symbol in found.items()}
    return Draft(dict(sizes), dict(indices), (dict(indices),), values).point()
