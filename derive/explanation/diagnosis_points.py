"""Instances for a diagnosis: generic ones, of sizes that tell the dimensions apart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from derive.diagnosis.sizes import told_apart
from derive.evaluate.point import Point, entries
from derive.evidence.evidence import Witness
from derive.evidence.trials.work import expected_work
from derive.instances.search import instances
from derive.obligation import Obligation

DRAWN = 60
"""Instances among which the generic ones are chosen."""

MOST_WORK = 5_000
"""Entries that the evaluation at one instance may be expected to compute: some hundredths of a second."""

MODERATE = (Fraction(1, 20), Fraction(4))
"""Sizes of entries at which no term drowns another, and exponentials neither vanish nor explode."""

USABLE = (Fraction(1, 1000), Fraction(100))
"""Sizes of entries at which a pattern that was found elsewhere still shows."""


def generic_first(obligation: Obligation, witness: Witness | None) -> list[Point]:
    """Instances, the most generic first, then the witness itself."""
    drawn = (instance.point for instance in islice(instances(obligation, seed=1), DRAWN))
    points = [point for point in drawn if expected_work(obligation, point.sizes) <= MOST_WORK]
    own = [] if witness is None else [Point(witness.sizes, witness.indices, witness.values)]
    return [*sorted(points, key=_oddity), *own]


def by_sizes(waiting: Sequence[Point], used: Sequence[Point]) -> list[Point]:
    """The waiting points, those first whose sizes tell most dimensions apart that the used ones do not.

    A point that tells none has to differ in sizes from the last; among equals the more generic comes first.
    """
    sizes = [point.sizes for point in used]
    known = len(told_apart(sizes))

    def key(point: Point) -> tuple[Any, ...]:
        gain = len(told_apart([*sizes, point.sizes])) - known if _usable(point) else 0
        return (gain == 0, not generic(point), -gain, dict(point.sizes) == dict(sizes[-1]))

    return sorted(waiting, key=key)  # stable: the generic ones first


def generic(point: Point) -> bool:
    """Whether agreement of the sides at this point is no accident of its values, and seen in the balls' precision."""
    numbers = _numbers(point)
    moderate = all(MODERATE[0] <= x <= MODERATE[1] for x in numbers)
    return moderate and 3 * len(set(numbers)) >= 2 * len(numbers) and min(point.sizes.values(), default=2) > 1


def _usable(point: Point) -> bool:
    """Whether a pattern can be expected to show: no axis of one entry, no entry that is zero, huge or tiny."""
    in_range = all(USABLE[0] <= x <= USABLE[1] for x in _numbers(point))
    return in_range and min(point.sizes.values(), default=2) > 1


def _oddity(point: Point) -> tuple[Any, ...]:
    """How far a point is from generic: tiny sizes, entries that are zero, huge, tiny or repeated, equal sizes."""
    numbers = _numbers(point)
    sizes = list(point.sizes.values())
    return (
        not generic(point),
        any(size < 2 for size in sizes),
        0 in numbers,
        any(size < 3 for size in sizes),
        len(sizes) - len(set(sizes)),
        sum(sizes),
    )


def _numbers(point: Point) -> list[Fraction]:
    return [abs(entry) for name in sorted(point.values) for entry in entries(point.values[name])]
