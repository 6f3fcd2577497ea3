"""``report.pdf``: the LaTeX document, set by pdflatex where that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from derive.record import Record
from derive.render import RenderError, Unavailable
from derive.render.formats import tex

TIME_LIMIT = 120.0
"""Seconds for one pass of LaTeX."""
UNSETTLED = b"Rerun to get cross-references right"
"""What LaTeX says as long as a page that is referred to has moved since the pass before."""
MOST_PASSES = 4
_REPRODUCIBLE = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1", "max_print_line": "1000"}
_CONFINED = {"openin_any": "p", "openout_any": "p"}


def write(record: Record, out: Path) -> list[Path]:
    """Write the PDF. Raises Unavailable without pdflatex, and RenderError where LaTeX fails."""
    latex = shutil.which("pdflatex")
    if latex is None:
        raise Unavailable(
            "pdflatex is not installed, so there is no PDF; the format tex writes its sources. "
            "On Debian: apt install texlive-latex-recommended texlive-fonts-recommended lmodern"
        )
    with TemporaryDirectory() as name:
        folder = Path(name)
        tex.write(record, folder)
        passes = 1
        while UNSETTLED in _pass(latex, folder) and passes < MOST_PASSES:
            passes += 1
        shutil.copyfile(folder / "standalone.pdf", out / "report.pdf")
    return [out / "report.pdf"]


def _pass(latex: str, folder: Path) -> bytes:
    """What LaTeX says of one pass."""
    command = [latex, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "standalone.tex"]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | _REPRODUCIBLE | _CONFINED,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RenderError(f"pdflatex took more than {TIME_LIMIT:.0f} s and was stopped") from None
    if done.returncode != 0:
        raise RenderError(_first_error(done.stdout.decode("utf-8", "replace")))
    return done.stdout


def _first_error(log: str) -> str:
    """The first error that LaTeX reports, with the line of the source."""
    error = re.search(r"^! *(.+)", log, re.MULTILINE)
    line = re.search(r"^l\.(\d+)", log, re.MULTILINE)
    message = error[1] if error else "it gave no reason"
    return f"pdflatex failed: {message}" + (f" (line {line[1]} of the source)" if line else "")
