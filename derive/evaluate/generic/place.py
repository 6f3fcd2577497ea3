"""Where in an author's code something happened: the innermost line outside of NumPy and of this package."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

import numpy as np

OWN = str(Path(__file__).resolve().parent.parent)
NUMPY = str(Path(np.__file__).resolve().parent)


@dataclass(frozen=True)
class Place:
    """A line of code: its file, its number and its text."""

    file: str
    line: int
    source: str

    def __str__(self) -> str:
        where = f"{Path(self.file).name}:{self.line}"
        return f"{self.source} ({where})" if self.source else where


def _place(file: str, line: int) -> Place:
    return Place(file, line, linecache.getline(file, line).strip())


def _is_authors(file: str) -> bool:
    return not file.startswith((OWN, NUMPY, "<__array_function__"))


def current_place() -> Place:
    """The line of the author's code that is being run."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_back is not None and not _is_authors(frame.f_code.co_filename):
        frame = frame.f_back
    assert frame is not None
    return _place(frame.f_code.co_filename, frame.f_lineno)


def raised_at(error: BaseException) -> Place | None:
    """The innermost line of the author's code through which ``error`` came."""
    found = None
    for trace in _traces(error.__traceback__):
        if _is_authors(trace.tb_frame.f_code.co_filename):
            found = trace
    return None if found is None else _place(found.tb_frame.f_code.co_filename, found.tb_lineno)


def _traces(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next
