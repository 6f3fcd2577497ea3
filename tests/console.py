"""The examples of a page of documentation: its files written, its commands run, one after another in one directory.

A block with a file name, such as ```` ```python model.py ````, is a file. A block ```` ```console ```` is a transcript:
``$ command`` and what it prints. ``python -m tests.console docs/tutorial.md`` runs the pages given, and corrects what
they print; without a page it does so with all.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from derive.cli import exit_code

ROOT = Path(__file__).resolve().parent.parent

BLOCK = re.compile(r"^```(?P<language>\w+) ?(?P<file>[\w.-]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
SECONDS = re.compile(r" *\b\d+\.\d+ s\b")
SHELL = re.compile(r"(?<!\S)(\||>|<|&&|;)(?!\S)|\$\?")


def pages() -> list[Path]:
    """The README, and all pages of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def normalised(text: str) -> str:
    """The text without what differs from run to run: times, and blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in SECONDS.sub(" 0 s", text).strip("\n").splitlines())


def played(page: str, folder: Path) -> Iterator[tuple[re.Match[str], str]]:
    """Each transcript of ``page``, and what it should read: the commands are run in ``folder``, where the files go."""
    code = 0
    for block in BLOCK.finditer(page):
        if block["file"]:
            (folder / block["file"]).write_text(block["text"], encoding="utf-8")
        elif block["language"] == "console":
            transcript = ""
            for entry in PROMPT.split(block["text"])[1:]:
                command = entry.partition("\n")[0]
                code, output = run(command, folder, code)
                transcript += f"$ {command}\n{output}"
            yield block, transcript


def run(command: str, folder: Path, code: int) -> tuple[int, str]:
    """The exit code of a command line, and what it prints; ``code`` is that of the command before."""
    if command.startswith("derive ") and not SHELL.search(command):
        return _run_derive(shlex.split(command)[1:], folder)
    path = os.pathsep.join([sysconfig.get_path("scripts"), str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", f"(exit {code}); {command}"],
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


def _run_derive(arguments: list[str], folder: Path) -> tuple[int, str]:
    """``derive`` in this process, which spares the start of a Python; what it prints in the order of printing."""
    screen = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        code = exit_code(arguments)
    return code, click.unstyle(screen.getvalue())


def corrected(page: str, folder: Path) -> str:
    """The page with its transcripts as they should read; those that differ in times alone stay."""
    parts, end = [], 0
    for block, transcript in played(page, folder):
        if normalised(block["text"]) != normalised(transcript):
            parts += [page[end : block.start("text")], transcript]
            end = block.end("text")
    return "".join([*parts, page[end:]])


def main(files: list[str]) -> None:
    for path in map(Path, files) if files else pages():
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(corrected(path.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
