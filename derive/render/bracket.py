"""The bracket of a constant, drawn on a logarithmic axis: what is reached, enclosed, derived and claimed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from derive.record import SampleRecord
from derive.record.magnitude import power_of_ten

WIDTH, LEFT, RIGHT = 520.0, 128.0, 14.0
"""The width of the drawing, and of its margins; the left one holds the names of the rows."""

TOP, ROW, BOTTOM = 6.0, 23.0, 22.0
"""The margin above, the height of a row, and the room for the labels of the axis."""

TICKS = 6
"""Labels along the axis at most."""

PADDING = 0.08
"""Room at both ends of the axis, relative to what lies between them."""

SHORTEST = 0.1
"""Decades that the axis spans at least."""

RIGHTMOST = 0.6
"""The part of the axis beyond which a number stands on the left of its mark."""

NAMES = {
    "attack": "worst case found",
    "enclosed": "enclosed",
    "derived": "derived bound",
    "claimed": "claimed",
}
"""The rows, from above, by the first word of the keys that they show."""


@dataclass(frozen=True)
class Row:
    """One mark, or two with a line between them: ``kind`` is what it shows, ``marks`` are places along the axis."""

    kind: str
    name: str
    down: str
    marks: tuple[str, ...]
    number: str
    beside: str
    anchor: str


@dataclass(frozen=True)
class Drawing:
    """A drawing of the size ``width`` by ``height``, y downwards.

    Attributes:
        frame: left, top, right and bottom of the axis.
        band: the ends of where the true constant lies; None where one of them is not known.
        ticks: the place along the axis, and the label.
    """

    width: str
    height: str
    frame: tuple[str, str, str, str]
    rows: tuple[Row, ...]
    band: tuple[str, str] | None
    ticks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Axis:
    """Numbers along a line: logarithmic where all have one sign, else in proportion."""

    sign: int
    low: float
    high: float

    @classmethod
    def around(cls, numbers: Iterable[Decimal]) -> _Axis:
        listed = list(numbers)
        sign = 1 if min(listed) > 0 else -1 if max(listed) < 0 else 0
        places = [_place(number, sign) for number in listed]
        low, high = min(places), max(places)
        spare = max((high - low) * PADDING, SHORTEST / 2 if sign else (abs(high) + abs(low)) * PADDING or 1.0)
        return cls(sign, low - spare, high + spare)

    def along(self, number: Decimal) -> float:
        """From 0 to 1."""
        return (_place(number, self.sign) - self.low) / (self.high - self.low)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Powers of ten, and zero where it is on the line."""
        if not self.sign:
            yield from [(self.along(Decimal(0)), "0")] if self.low < 0 < self.high else []
            return
        low, high = sorted((self.sign * self.low, self.sign * self.high))
        decades = range(math.ceil(low), math.floor(high) + 1)
        for exponent in decades[:: -(-len(decades) // TICKS) or 1]:
            label = "−" * (self.sign < 0) + power_of_ten(exponent)
            yield (self.sign * exponent - self.low) / (self.high - self.low), label


def _place(number: Decimal, sign: int) -> float:
    return sign * float(abs(number).log10()) if sign else float(number)


def draw(sample: SampleRecord) -> Drawing | None:
    """The drawing; None where nothing stands beside the claimed constant, or a number has no place on the axis."""
    numbers = {key: Decimal(text) for key, text in sample.numbers.items()}
    if len(numbers) < 2 or not all(math.isfinite(float(number)) or abs(number) > 1 for number in numbers.values()):
        return None
    axis = _Axis.around(numbers.values())
    if not all(map(math.isfinite, (axis.low, axis.high))):
        return None
    rows = tuple(_rows(numbers, axis))
    bottom = TOP + ROW * len(rows)
    return Drawing(
        width=f"{WIDTH:.0f}",
        height=f"{bottom + BOTTOM:.0f}",
        frame=(_pixel(0), f"{TOP:.1f}", _pixel(1), f"{bottom:.1f}"),
        rows=rows,
        band=_band(numbers, axis),
        ticks=tuple((_pixel(place), label) for place, label in axis.ticks()),
    )


def _rows(numbers: dict[str, Decimal], axis: _Axis) -> Iterator[Row]:
    down = TOP + ROW / 2
    for kind, name in NAMES.items():
        shown = [number for key, number in numbers.items() if key.partition("_")[0] == kind]
        if not shown:
            continue
        places = sorted(axis.along(number) for number in shown)
        leftwards = places[-1] > RIGHTMOST
        yield Row(
            kind=kind,
            name=name,
            down=f"{down:.1f}",
            marks=tuple(map(_pixel, places)),
            number=" to ".join(map(spoken, sorted(shown))),
            beside=_pixel(places[0] if leftwards else places[-1]),
            anchor="end" if leftwards else "start",
        )
        down += ROW


def _band(numbers: dict[str, Decimal], axis: _Axis) -> tuple[str, str] | None:
    ends = [number for key, number in numbers.items() if key.startswith(("attack", "derived"))]
    if len(ends) < 2:
        return None
    low, high = sorted(axis.along(number) for number in ends)
    return _pixel(low), _pixel(high)


def spoken(number: Decimal) -> str:
    """``0.5714``, ``9.4·10¹³⁹``."""
    mantissa, _, exponent = str(number).lower().partition("e")
    shown = f"{mantissa}·{power_of_ten(int(exponent))}" if exponent else mantissa
    return shown.replace("-", "−", 1) if number < 0 else shown


def _pixel(place: float) -> str:
    return f"{LEFT + place * (WIDTH - LEFT - RIGHT):.1f}"
