r"""Drawings in LaTeX's own ``picture`` environment, which needs no package: lines of any slope are Bézier curves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from derive.render.experiment import Drawing, Line, Pixel

UNIT = "0.6pt"
"""The length of a unit of the drawing."""

LONGEST = 100
"""Units of the longest piece of a curve."""

DASHES = 24
"""Pieces of a dashed line, every other of which is drawn."""

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def picture(drawing: Drawing, across: str) -> str:
    """The drawing; ``across`` is the LaTeX of what its horizontal axis shows."""
    lines = [rf"\setlength{{\unitlength}}{{{UNIT}}}\begin{{picture}}({drawing.width},{drawing.height})"]
    lines += _inside(drawing, across)
    return "\n".join([*lines, r"\end{picture}"])


def _inside(drawing: Drawing, across: str) -> Iterator[str]:
    left, top, right, bottom = drawing.frame

    def up(y: str) -> str:
        return f"{float(drawing.height) - float(y):.1f}"

    yield _stroke((left, up(top)), (left, up(bottom)))
    yield _stroke((left, up(bottom)), (right, up(bottom)))
    for x, label in drawing.across:
        yield _stroke((x, up(bottom)), (x, f"{float(up(bottom)) + 4:.1f}"))
        yield rf"\put({x},{float(up(bottom)) - 6:.1f}){{\makebox(0,0)[t]{{\scriptsize {_label(label)}}}}}"
    for y, label in drawing.upwards:
        yield _stroke((left, up(y)), (f"{float(left) + 4:.1f}", up(y)))
        yield rf"\put({float(left) - 5:.1f},{up(y)}){{\makebox(0,0)[r]{{\scriptsize {_label(label)}}}}}"
    yield rf"\put({right},{float(up(bottom)) - 20:.1f}){{\makebox(0,0)[tr]{{\scriptsize ${across}$}}}}"
    for line in drawing.lines:
        yield from _drawn(Line(line.kind, tuple((x, up(y)) for x, y in line.points)))
    for x, y, low, high in drawing.marks:
        yield _stroke((x, up(low)), (x, up(high)))
        yield rf"\put({x},{up(y)}){{\circle*{{6}}}}"


def _drawn(line: Line) -> Iterator[str]:
    """A line from point to point; one that is claimed is dashed."""
    if line.kind == "claimed" and len(line.points) == 2:
        start, end = line.points
        places = [_between(start, end, k / DASHES) for k in range(DASHES + 1)]
        yield from (_stroke(places[k], places[k + 1]) for k in range(0, DASHES, 2))
        return
    pairs = list(zip(line.points, line.points[1:], strict=False))
    yield from (_stroke(*pair) for pair in (pairs[::2] if line.kind == "claimed" else pairs))


def _between(start: Pixel, end: Pixel, part: float) -> Pixel:
    x, y = (float(a) + part * (float(b) - float(a)) for a, b in zip(start, end, strict=True))
    return f"{x:.1f}", f"{y:.1f}"


def _stroke(start: Pixel, end: Pixel) -> str:
    """A straight line; a long curve would overflow TeX's arithmetic, so that one is cut into pieces."""
    (x, y), (across, up) = start, (float(b) - float(a) for a, b in zip(start, end, strict=True))
    if across == 0 or up == 0:
        direction = f"({(across > 0) - (across < 0)},{(up > 0) - (up < 0)})"
        return rf"\put({x},{y}){{\line{direction}{{{abs(across or up):.1f}}}}}"
    count = ceil(max(abs(across), abs(up)) / LONGEST)
    places = [_between(start, end, k / (2 * count)) for k in range(2 * count + 1)]
    return "".join(_curve(places[k : k + 3]) for k in range(0, 2 * count, 2))


def _curve(places: Sequence[Pixel]) -> str:
    return "".join([r"\qbezier", *(f"({x},{y})" for x, y in places)])


def _label(text: str) -> str:
    r"""``10³`` as ``$10^{3}$``."""
    power = re.fullmatch(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if power:
        return f"$10^{{{power[1].translate(SUPERSCRIPTS)}}}$"
    return f"${text.replace('−', '-')}$"
