"""The files of a report: which formats can be made here, where they go, and what became of each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from derive.language.errors import InputError
from derive.record import Record
from derive.render import FORMATS, Rendering, render

ALWAYS = "json"
"""results.json, from which all others are rendered."""


def chosen_formats(text: str) -> list[str]:
    """The formats that ``--format`` names, commas between them; where it is empty, all that can be made here.

    Raises:
        InputError: there is no such format.
    """
    if not text.strip(", "):
        return [name for name in FORMATS if name != "pdf" or shutil.which("latexmk") or shutil.which("pdflatex")]
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise InputError(f"--format: there is no format {unknown[0]!r}", hint=f"choose from {', '.join(FORMATS)}")
    return list(dict.fromkeys([ALWAYS, *names]))


def make_directory(out: Path) -> None:
    """Make the directory ``out`` and see that files can be written in it, before any time is spent on what goes there.

    Raises:
        InputError: it cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except OSError as error:
        raise InputError(
            f"the directory {out} cannot be written: {error.strerror}", hint="choose another with --out"
        ) from error


def write_report(record: Record, out: Path, formats: Sequence[str]) -> Rendering:
    """Write ``record`` in each of ``formats`` into ``out``.

    Raises:
        InputError: ``out`` cannot be written.
    """
    try:
        return render(record, formats, out)
    except OSError as error:
        raise InputError(
            f"the directory {out} cannot be written: {error.strerror}", hint="free it, or choose another with --out"
        ) from error
