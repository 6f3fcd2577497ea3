"""What was measured, as plain tables and as JSON."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import Any

from .aims import SLOW_MODE
from .columns import USUAL, Group
from .measure import Cell, Cells, installed, milliseconds, throughput
from .verdicts import Checker

NAME = 34
WIDTH = 6
GAP = "  "
TIME = 22


def table(title: str, groups: Sequence[Group], checkers: Sequence[Checker], cells: Cells) -> Iterator[str]:
    """A line a checker: the fraction of the problems whose derivative it accepted."""
    labels = GAP.join(_row(group, [column.label for column in group.columns]) for group in groups)
    yield f"{title:{NAME}}{GAP.join(map(_over, groups))}".rstrip()
    yield f"{'accepted; want right 1, others 0':{NAME}}{labels}"
    for checker in checkers:
        if installed(checker) is None:
            yield f"{checker.name:{NAME}}not installed"
        else:
            yield f"{checker.name:{NAME}}{GAP.join(_fractions(checker, group, cells) for group in groups)}"


def _row(group: Group, entries: Sequence[str]) -> str:
    """Entries below the labels of a group, whose name stands over them."""
    widths = [max(WIDTH, len(column.label) + 1) for column in group.columns]
    shown = "".join(f"{entry:>{width}}" for entry, width in zip(entries, widths, strict=True))
    return f"{shown:>{max(len(group.name), sum(widths))}}"


def _over(group: Group) -> str:
    return f"{group.name:>{len(_row(group, ['' for _ in group.columns]))}}"


def _fractions(checker: Checker, group: Group, cells: Cells) -> str:
    found = [cells.get((checker.name, group.name, column.label)) for column in group.columns]
    return _row(group, ["-" if cell is None else f"{cell.fraction:.2f}" for cell in found])


def remarks(groups: Sequence[Group], checkers: Sequence[Checker], cells: Cells) -> Iterator[str]:
    """Who abstained from a verdict where, and who named a kink."""
    for checker in checkers:
        for what, count in (("abstained", "abstained"), ("named the kink", "kinks_named")):
            places = [place for group in groups for place in _places(checker, group, cells, count)]
            if places:
                yield f"{checker.name} {what}: {'; '.join(places)}"


def _places(checker: Checker, group: Group, cells: Cells, count: str) -> Iterator[str]:
    for column in group.columns:
        cell = cells.get((checker.name, group.name, column.label), Cell())
        if found := getattr(cell, count):
            yield f"{group.name} {column.label} {found / cell.checks:.2f}"


def times(groups: Sequence[Group], checkers: Sequence[Checker], cells: Cells) -> Iterator[str]:
    """A line a checker: the median milliseconds of a check, by groups, and of right and of wrong derivatives."""
    kinds = [(group, right) for group in groups for right in (True, False)]
    heads = [f"{group.name}, {'right' if right else 'wrong'}" for group, right in kinds]
    yield f"{'milliseconds a check':{NAME}}{''.join(f'{head:>{TIME}}' for head in heads)}{'checks/s':>10}{'ratio':>7}"
    usual = {row.name: throughput(cells, row.name, USUAL) for row in checkers}
    for checker in checkers:
        found = [milliseconds(cells, checker.name, group, right) for group, right in kinds]
        shown = "".join(f"{'-' if ms is None else f'{ms:.2f}':>{TIME}}" for ms in found)
        if own := usual[checker.name]:
            unit = usual.get(SLOW_MODE)
            yield f"{checker.name:{NAME}}{shown}{own:>10.0f}{'-' if unit is None else f'{own / unit:.2f}':>7}"


def as_json(checkers: Sequence[Checker], groups: Sequence[Group], cells: Cells) -> dict[str, Any]:
    """Everything counted; ``milliseconds`` alone differs from run to run."""
    return {
        "rows": [{"name": row.name, "package": row.package, "version": installed(row)} for row in checkers],
        "columns": [
            {"group": group.name, "column": column.label, "right": column.right}
            for group in groups
            for column in group.columns
        ],
        "cells": [
            {
                "row": row,
                "group": group,
                "column": column,
                "checks": cell.checks,
                "accepted": cell.accepted,
                "abstained": cell.abstained,
                "kinks_named": cell.kinks_named,
                "milliseconds": 1000 * statistics.median(cell.seconds),
            }
            for (row, group, column), cell in cells.items()
        ],
    }
