"""What derive's row has to reach, in the same run as its peers."""

from __future__ import annotations

from collections.abc import Iterator

from .columns import AT_A_KINK, LARGE, PLAIN, TABLES, USUAL, Group
from .measure import Cells, milliseconds, throughput

ROW = "derive"
SLOW_MODE = "torch gradcheck, slow"
MILLISECONDS = ((PLAIN, 3.0), (LARGE, 30.0))


def missed(cells: Cells) -> Iterator[str]:
    """A line an aim that is not reached; none where everything is."""
    for _, groups in TABLES:
        for group in groups:
            yield from _wrong_answers(cells, group)
    for group, limit in MILLISECONDS:
        yield from _slow(cells, group, limit)
    yield from _fewer(cells)


def _wrong_answers(cells: Cells, group: Group) -> Iterator[str]:
    for column in group.columns:
        cell = cells[ROW, group.name, column.label]
        if cell.fraction != column.right:
            yield f"MISSED: {ROW} accepted {cell.fraction:.2f} of {group.name}, {column.label}"
        if group is AT_A_KINK and cell.kinks_named < cell.checks:
            yield f"MISSED: {ROW} named {cell.kinks_named} of {cell.checks} kinks, {column.label}"


def _slow(cells: Cells, group: Group, limit: float) -> Iterator[str]:
    for right in (True, False):
        own = milliseconds(cells, ROW, group, right)
        if own is not None and own > limit:
            what = f"a {'right' if right else 'wrong'} derivative of {group.name}"
            yield f"MISSED: {own:.1f} ms for {what}, at most {limit:g} are allowed"


def _fewer(cells: Cells) -> Iterator[str]:
    own, peer = (throughput(cells, row, USUAL) for row in (ROW, SLOW_MODE))
    if own is not None and peer is not None and own < peer:
        yield f"MISSED: {own:.0f} checks a second, {SLOW_MODE} makes {peer:.0f}"
