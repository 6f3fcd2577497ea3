"""The file ``results.json``: records as bytes, and back with full checks."""

from __future__ import annotations

from pathlib import Path

import msgspec

from derive.record.paper import SCHEMA, Record


class RecordError(ValueError):
    """A results file that cannot be read or written; the message says which, why, and what to do."""


def encode(record: Record) -> bytes:
    """``record`` as indented JSON. Keys keep their order: symbols are listed as their author declared them."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def decode(content: bytes, name: str = "results.json") -> Record:
    """The record written in ``content``; ``name`` is what errors call it.

    Raises RecordError where the content is no JSON, of another schema, or lacks what the schema asks for.
    """
    try:
        schema = msgspec.json.decode(content, type=_Header).schema
        if schema != SCHEMA:
            raise RecordError(
                f"{name}: schema {schema!r}, but this version of derive reads {SCHEMA!r}; run the report again"
            )
        return msgspec.json.decode(content, type=Record)
    except msgspec.ValidationError as error:
        raise RecordError(f"{name}: not a results file of derive: {error}; run the report again") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(f"{name}: not JSON: {error}; run the report again") from error


def write(record: Record, path: Path) -> None:
    """Write ``record`` to ``path``, making its directory. Raises RecordError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(record))
    except OSError as error:
        raise RecordError(f"{path}: cannot be written: {error.strerror}; choose another place with --out") from error


def read(path: Path) -> Record:
    """The record in the file ``path``. Raises RecordError where it cannot be read or is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}; `derive report` writes this file") from error
    return decode(content, str(path))


class _Header(msgspec.Struct):
    schema: str
