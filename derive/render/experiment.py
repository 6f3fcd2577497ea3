"""What runs with seeds showed, drawn: growth on logarithmic axes, and relations along runs beside what is claimed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from derive.record import CurveRecord, ExperimentRecord
from derive.record.magnitude import power_of_ten

LEFT, RIGHT, TOP, BOTTOM = 52.0, 12.0, 10.0, 34.0
"""Margins around the axes, in units of the drawing."""

GROWTH, CURVE = (440.0, 250.0), (236.0, 156.0)
"""Width and height of the two kinds of drawing."""

TICKS = 5
"""Labels along an axis, about."""

WIDE = 20.0
"""A quotient of values beyond which their axis is logarithmic."""

PADDING = 0.06
"""Room at both ends of an axis, relative to what lies between them."""

Pixel = tuple[str, str]
"""A place in the drawing, as text, so that the same record gives the same bytes."""


@dataclass(frozen=True)
class Line:
    """A line through ``points``; ``kind`` is ``measured``, ``fit`` or ``claimed``."""

    kind: str
    points: tuple[Pixel, ...]


@dataclass(frozen=True)
class Drawing:
    """A drawing of the size ``width`` by ``height``, y downwards.

    Attributes:
        frame: left, top, right and bottom of the axes.
        marks: what was measured, each with the ends of a bar through it.
        across, upwards: ticks: the place along the axis, and the label.
    """

    width: str
    height: str
    frame: tuple[str, str, str, str]
    lines: tuple[Line, ...]
    marks: tuple[tuple[str, str, str, str], ...]
    across: tuple[tuple[str, str], ...]
    upwards: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Axis:
    """Numbers along a line, from ``low`` to ``high``, which are logarithms to base 10 where it is logarithmic."""

    low: float
    high: float
    logarithmic: bool

    @classmethod
    def around(cls, values: Iterable[float], *, logarithmic: bool | None = None, padding: float = PADDING) -> _Axis:
        """An axis that holds all values; logarithmic, unless that is said, where they are positive and far apart."""
        listed = list(values)
        positive = [value for value in listed if value > 0]
        if logarithmic is None:
            logarithmic = len(positive) > 1 and min(listed) >= 0 and max(positive) > WIDE * min(positive)
        places = [math.log10(value) for value in positive] if logarithmic else listed
        low, high = min(places), max(places)
        spare = (high - low) * padding or abs(high) * padding or 1.0
        return cls(low - spare, high + spare, logarithmic)

    def along(self, value: float) -> float:
        """From 0 to 1, for values that have a place."""
        place = math.log10(value) if self.logarithmic else value
        return (place - self.low) / (self.high - self.low)

    def has(self, value: float) -> bool:
        return not self.logarithmic or value > 0

    def ticks(self) -> Iterator[tuple[float, str]]:
        if self.logarithmic and math.floor(self.high) > math.ceil(self.low):
            decades = range(math.ceil(self.low), math.floor(self.high) + 1)
            for exponent in decades[:: -(-len(decades) // TICKS)]:
                yield (exponent - self.low) / (self.high - self.low), power_of_ten(exponent)
            return
        low, high = (10**end if self.logarithmic else end for end in (self.low, self.high))
        pace = _pace(high - low)
        digits = max(0, -math.floor(math.log10(pace)))
        for k in range(math.ceil(low / pace), math.floor(high / pace) + 1):
            if self.has(k * pace):
                yield self.along(k * pace), f"{k * pace:.{digits}f}".replace("-", "−")


def _pace(span: float) -> float:
    """A round number, 1, 2 or 5 times a power of ten, of which about ``TICKS`` make the span."""
    rough = span / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if rough <= factor * power)


def growth(record: ExperimentRecord) -> Drawing | None:
    """The means against the sizes, with the fitted line and lines of the exponents that the claim allows at most."""
    if len(record.sizes) < 2 or not all(value > 0 for value in (*record.least, *record.most, *record.means)):
        return None
    x = _Axis.around(record.sizes, logarithmic=True)
    centre = (_mean_log(record.sizes), _mean_log(record.means))
    ends = (min(record.sizes), max(record.sizes))
    slopes = [("fit", record.value)]
    slopes += [("claimed", s) for s in (record.claimed_low, record.claimed_high) if s is not None]
    guides = [(kind, [(end, _on_line(centre, slope, end)) for end in ends]) for kind, slope in slopes]
    heights = [*record.least, *record.most, *(y for _, points in guides for _, y in points)]
    y = _Axis.around(heights, logarithmic=True)
    bars = zip(record.sizes, record.means, record.least, record.most, strict=True)
    marks = [(_across(x, a, GROWTH), *(_down(y, b, GROWTH) for b in values)) for a, *values in bars]
    return _drawing(GROWTH, x, y, guides, [(a, b, low, high) for a, b, low, high in marks])


def _mean_log(values: Sequence[float]) -> float:
    return sum(map(math.log, values)) / len(values)


def _on_line(centre: tuple[float, float], slope: float, at: float) -> float:
    return math.exp(centre[1] + slope * (math.log(at) - centre[0]))


def along(record: CurveRecord) -> Drawing | None:
    """Both sides of a relation against the number of steps."""
    if len(record.steps) < 2:
        return None
    x = _Axis.around(record.steps, logarithmic=False, padding=0.0)
    y = _Axis.around((*record.left, *record.right))
    sides = {"measured": record.left, "claimed": record.right}
    lines = [
        (kind, [(step, value) for step, value in zip(record.steps, values, strict=True) if y.has(value)])
        for kind, values in sides.items()
    ]
    return _drawing(CURVE, x, y, lines, ())


def _drawing(
    size: tuple[float, float],
    x: _Axis,
    y: _Axis,
    lines: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    marks: Sequence[tuple[str, str, str, str]],
) -> Drawing:
    width, height = size
    return Drawing(
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        frame=(f"{LEFT:.1f}", f"{TOP:.1f}", f"{width - RIGHT:.1f}", f"{height - BOTTOM:.1f}"),
        lines=tuple(
            Line(kind, tuple((_across(x, a, size), _down(y, b, size)) for a, b in points)) for kind, points in lines
        ),
        marks=tuple(marks),
        across=tuple((_pixel(LEFT, width - RIGHT, place), label) for place, label in x.ticks()),
        upwards=tuple((_pixel(height - BOTTOM, TOP, place), label) for place, label in y.ticks()),
    )


def _across(x: _Axis, value: float, size: tuple[float, float]) -> str:
    return _pixel(LEFT, size[0] - RIGHT, x.along(value))


def _down(y: _Axis, value: float, size: tuple[float, float]) -> str:
    return _pixel(size[1] - BOTTOM, TOP, y.along(value))


def _pixel(start: float, end: float, place: float) -> str:
    return f"{start + place * (end - start):.1f}"
