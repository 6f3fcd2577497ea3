"""What ``derive check`` prints: one format a file, each a function of the record alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from derive.record import Record

FORMATS = ("text", "json", "junit", "sarif", "github", "markdown")
"""Each is the name of a module in this folder with a function ``write(record) -> str``."""


def writer(name: str) -> Callable[[Record], str]:
    """The function that writes a record in the format ``name``."""
    write: Callable[[Record], str] = import_module(f"derive.formats.{name}").write
    return write
