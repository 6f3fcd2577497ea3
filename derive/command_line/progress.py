"""Progress on standard error: a bar on a terminal, elsewhere a line now and then on a long run."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from derive.options import Observer
    from derive.record import ClaimRecord

INTERVAL = 10.0
"""Seconds between two lines where there is no terminal; a run that takes less prints none."""


@contextlib.contextmanager
def progress() -> Iterator[Observer]:
    """An observer of a run that shows how far it is."""
    if sys.stderr.isatty():
        with _bar() as observer:
            yield observer
    else:
        yield _lines(time.monotonic())


@contextlib.contextmanager
def _bar() -> Iterator[Observer]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def observe(claim: ClaimRecord, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=claim.id)

        yield observe


def _lines(last: float) -> Observer:
    def observe(claim: ClaimRecord, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= INTERVAL:
            last = time.monotonic()
            click.echo(f"{done} of {total} claims, last {claim.id}", err=True)

    return observe
