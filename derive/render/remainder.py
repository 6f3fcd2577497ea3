"""The remainder of a claimed expansion, drawn on logarithmic axes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from derive.record import RemainderRecord
from derive.record.magnitude import power_of_ten

WIDTH, HEIGHT = 440.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 12.0, 10.0, 36.0
"""Margins around the axes, in units of the drawing."""

TICKS = 6
"""Labels along an axis at most."""

Pixel = tuple[str, str]
"""A place in the drawing, as text, so that the same record gives the same bytes."""


@dataclass(frozen=True)
class Plot:
    """A drawing of the size ``width`` by ``height``, y downwards.

    Attributes:
        frame: left, top, right and bottom of the axes.
        points: the remainders, the largest step first.
        guide: the ends of a line of the expected slope through the first point, cut at the frame.
        across, upwards: ticks: the place along the axis, and the label.
    """

    width: str
    height: str
    frame: tuple[str, str, str, str]
    points: tuple[Pixel, ...]
    guide: tuple[Pixel, Pixel]
    across: tuple[tuple[str, str], ...]
    upwards: tuple[tuple[str, str], ...]


def plot(remainder: RemainderRecord) -> Plot | None:
    """The drawing; None where fewer than two remainders are left to draw."""
    pairs = zip(remainder.steps, remainder.sizes, strict=True)
    points = [(math.log10(step), math.log10(size)) for step, size in pairs if size > 0]
    if len(points) < 2:
        return None
    (left, right), (low, high) = (_decades(axis) for axis in zip(*points, strict=True))
    slope = remainder.order + 1
    x0, y0 = points[0]
    end = max(left, x0 + (low - y0) / slope)

    def place(x: float, y: float) -> Pixel:
        across = LEFT + (x - left) / (right - left) * (WIDTH - LEFT - RIGHT)
        down = TOP + (high - y) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return f"{across:.1f}", f"{down:.1f}"

    frame = (*place(left, high), *place(right, low))
    return Plot(
        width=f"{WIDTH:.0f}",
        height=f"{HEIGHT:.0f}",
        frame=frame,
        points=tuple(place(x, y) for x, y in points),
        guide=(place(x0, y0), place(end, y0 + slope * (end - x0))),
        across=tuple((place(x, low)[0], power_of_ten(x)) for x in _ticks(left, right)),
        upwards=tuple((place(left, y)[1], power_of_ten(y)) for y in _ticks(low, high)),
    )


def _decades(axis: tuple[float, ...]) -> tuple[int, int]:
    """The whole decades around the values, at least one."""
    low, high = math.floor(min(axis)), math.ceil(max(axis))
    return low, max(high, low + 1)


def _ticks(low: int, high: int) -> range:
    return range(low, high + 1, -(-(high - low) // TICKS))
