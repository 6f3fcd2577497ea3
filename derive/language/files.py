"""Reading an author's file."""

from __future__ import annotations

from pathlib import Path

from derive.language.errors import InputError

LARGEST = 4 * 2**20
"""Bytes above which a file is taken for something else than a paper."""


def read(path: Path, largest: int = LARGEST) -> bytes:
    """The content of the file ``path``.

    Raises:
        InputError: it cannot be read, or is larger than ``largest`` bytes.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"cannot be read: {reason}", file=str(path), hint="name a paper, a .py or a .toml file"
        ) from error
    if len(content) > largest:
        raise InputError(f"is larger than {largest >> 10} KiB, which no paper is", file=str(path))
    return content
