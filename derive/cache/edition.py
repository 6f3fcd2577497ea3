"""Which derive finds a result: its own source files, the packages under it, Python and the machine.

A result that was kept is used by the same edition alone, so no change of a rule or of a library leaves an old verdict
behind. Modules that only see what was found, such as renderers, are no part of it.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from derive.versions import versions

PACKAGE = Path(__file__).resolve().parent.parent

LATER = frozenset(
    {"__main__", "cache", "chain", "cli", "collection", "command_line", "formats", "options", "passes", "preloaded"}
    | {"render", "run", "selection"}
)
"""Folders and modules of derive that no examination imports."""

DATA = frozenset({"checks", "reports"})
"""Folders of an installed package that hold papers and templates."""


class Edition:
    """Names this derive by a digest, and tells whether its files are still those that had it."""

    def __init__(self, package: Path = PACKAGE) -> None:
        self._package = package
        self._state = self._stamps()
        self.digest = _digest(package, self._state)

    def unchanged(self) -> bool:
        """Are all source files as they were? Once they are not, nobody knows which of them a process has imported."""
        return self._stamps() == self._state

    def _stamps(self) -> dict[str, tuple[int, int]]:
        """The time and the size of each source file, by its path in the package."""
        return dict(sorted(_stamped(self._package, "")))


def _stamped(folder: Path, prefix: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if name.removesuffix(".py") in LATER | DATA or entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _stamped(folder / entry.name, f"{name}/")
            elif entry.name.endswith(".py"):
                found = entry.stat()
                yield name, (found.st_mtime_ns, found.st_size)


def _digest(package: Path, names: dict[str, tuple[int, int]]) -> str:
    surroundings = {"machine": platform.machine(), "system": platform.system(), **versions()}
    found = sha256(repr(sorted(surroundings.items())).encode())
    for name in names:
        content = (package / name).read_bytes()
        found.update(f"\n{name} {len(content)}\n".encode() + content)
    return found.hexdigest()
