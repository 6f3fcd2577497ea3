"""Every checker on every problem: counts of what it said, and how long it took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from .columns import Column, Group
from .verdicts import Checker, Verdict


@dataclass
class Cell:
    """What one checker said of one column's problems."""

    accepted: int = 0
    abstained: int = 0
    kinks_named: int = 0
    checks: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def fraction(self) -> float:
        return self.accepted / self.checks


Cells = dict[tuple[str, str, str], Cell]
"""By checker, group and column."""


def installed(checker: Checker) -> str | None:
    """The version of the package whose code decides; empty where that code is here; None where it is not installed."""
    if checker.package is None:
        return ""
    try:
        return version(checker.package)
    except PackageNotFoundError:
        return None


def measure(checkers: Sequence[Checker], groups: Iterable[Group], problems: int) -> Cells:
    """All checkers on the same problems, one problem after the other, so that they meet the same load."""
    cells: Cells = {}
    for group in groups:
        able = [row for row in checkers if installed(row) is not None and (group.scalar or not row.scalar_only)]
        for column in group.columns:
            for checker, cell in _column(able, column, problems):
                cells[checker.name, group.name, column.label] = cell
    return cells


def _column(checkers: Sequence[Checker], column: Column, problems: int) -> Iterator[tuple[Checker, Cell]]:
    cells = [Cell() for _ in checkers]
    for checker in checkers:  # imports, caches and compilers are no part of the times
        checker.prepare(column.draw(0), 0)()
    for k in range(problems):
        for checker, cell in zip(checkers, cells, strict=True):
            _count(checker, column, k, cell)
    return zip(checkers, cells, strict=True)


def _count(checker: Checker, column: Column, k: int, cell: Cell) -> None:
    check = checker.prepare(column.draw(k), k)
    start = time.process_time()
    answer = check()
    cell.seconds.append(time.process_time() - start)
    cell.checks += 1
    cell.accepted += answer.verdict is Verdict.ACCEPTED
    cell.abstained += answer.verdict is Verdict.ABSTAINED
    cell.kinks_named += answer.kink_named


def milliseconds(cells: Cells, checker: str, group: Group, right: bool) -> float | None:
    """The median processor time of a checker's checks of right, or of wrong, derivatives; None where it made none."""
    columns = [column.label for column in group.columns if column.right is right]
    found = [cells.get((checker, group.name, label)) for label in columns]
    seconds = [second for cell in found if cell for second in cell.seconds]
    return 1000 * statistics.median(seconds) if seconds else None


def throughput(cells: Cells, checker: str, groups: Iterable[Group]) -> float | None:
    """Checks a second of processor time over all columns, each with its median time; None where there are none."""
    found = [cells.get((checker, group.name, column.label)) for group in groups for column in group.columns]
    medians = [statistics.median(cell.seconds) for cell in found if cell]
    return 1 / statistics.mean(medians) if medians else None
