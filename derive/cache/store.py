"""Results in files, one a result, each under the name of its key.

A file appears whole or not at all (it is written beside its place and then moved there), and under a name that only
its content can have: so runs may be interrupted, and may share a folder, without locks. What is read is checked before
it is believed: a file that is damaged, of another format or under a wrong name is as if it were not there, and written
anew.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

FORMAT = b"derive-cache/1"
"""Name and version of the files' format; part of every key as well."""

LARGEST = 256 * 2**20
"""Bytes that a folder holds at most, after a run."""

LONGEST_UNUSED = 30 * 86400.0
"""Seconds after which a result that no run has used is removed."""

ABANDONED = 3600.0
"""Seconds after which a file that was never moved to its place is removed: its run was interrupted."""

MOST_DURATIONS = 20_000
DURATIONS = "durations"

_NAME = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".unfinished-"

Result = TypeVar("Result")


class _Entry(msgspec.Struct, frozen=True):
    """The body of a file: a result, and the name that it was written under."""

    name: str
    result: msgspec.Raw


class Store:
    """The folder of results. Where it cannot be written, ``problem`` says why, and results are read alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problem = ""
        self._written = False
        self._durations = self._read(DURATIONS, dict[str, float]) or {}

    def get(self, key: str, kind: type[Result]) -> Result | None:
        """The result under ``key``; None where there is none that can be believed."""
        found = self._read(key, kind)
        if found is not None:
            with contextlib.suppress(OSError):  # a folder that is only read has no record of use
                os.utime(self.folder / key)
        return found

    def put(self, key: str, result: object) -> None:
        """Keep ``result`` under ``key``."""
        self._write(key, result)

    @property
    def durations(self) -> Mapping[str, float]:
        """Seconds that examinations took when they last were made, by their names."""
        return self._durations

    def took(self, name: str, seconds: float) -> None:
        self._durations.pop(name, None)
        self._durations[name] = round(seconds, 3)

    def close(self) -> None:
        """Keep the durations, and remove what was not used for long or is too much."""
        if self._written:
            latest = list(self._durations.items())[-MOST_DURATIONS:]
            self._write(DURATIONS, dict(latest))
            self._prune()

    def _read(self, name: str, kind: type[Result]) -> Result | None:
        try:
            head, _, rest = (self.folder / name).read_bytes().partition(b"\n")
            digest, _, body = rest.partition(b"\n")
            if head != FORMAT or digest != sha256(body).hexdigest().encode():
                return None
            entry = msgspec.msgpack.decode(body, type=_Entry)
            return msgspec.msgpack.decode(entry.result, type=kind) if entry.name == name else None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def _write(self, name: str, result: object) -> None:
        if self.problem:
            return
        body = msgspec.msgpack.encode(_Entry(name, msgspec.Raw(msgspec.msgpack.encode(result))))
        content = b"\n".join([FORMAT, sha256(body).hexdigest().encode(), body])
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(prefix=_UNFINISHED, dir=self.folder, delete=False) as file:
                file.write(content)
            Path(file.name).replace(self.folder / name)
            self._written = True
        except OSError as error:  # what is left of the file is removed with those of interrupted runs
            self.problem = f"{self.folder} cannot be written: {error.strerror}"

    def _prune(self) -> None:
        """Remove files of this module's own making alone, those used last longest ago first."""
        now, left = time.time(), LARGEST
        for path, used, size, limit in sorted(self._files(), key=lambda file: -file[1]):
            left -= size
            if left < 0 or now - used > limit:
                with contextlib.suppress(OSError):  # another run was quicker
                    path.unlink()

    def _files(self) -> Iterator[tuple[Path, float, int, float]]:
        """Each file: its path, when it was used, its bytes, and for how many seconds it may lie unused."""
        with os.scandir(self.folder) as entries:
            for entry in entries:
                unfinished = entry.name.startswith(_UNFINISHED)
                if unfinished or _NAME.fullmatch(entry.name):
                    with contextlib.suppress(OSError):  # as above
                        found = entry.stat(follow_symlinks=False)
                        limit = ABANDONED if unfinished else LONGEST_UNUSED
                        yield Path(entry.path), found.st_mtime, found.st_size, limit
