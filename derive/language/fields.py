"""Reading the tables of a TOML file: what a key holds, and where in the file it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.language.errors import InputError, shorten
from derive.language.reader import nearest

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?:[\"']([^\"']*)[\"']|([\w-]+))\s*[=.]")


class Lines:
    """The line on which each table and key of a TOML file stands, as far as its layout is the usual one."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                table, _, key = header[2].replace('"', "").partition(".")
                counts[table] = counts.get(table, 0) + (header[1] == "[[")
                self._lines.setdefault((table, max(0, counts[table] - 1), key), number)
                self._lines.setdefault((table, max(0, counts[table] - 1), ""), number)
            elif key_found := _KEY.match(line):
                name = key_found[1] or key_found[2]
                self._lines.setdefault((table, max(0, counts.get(table, 0) - 1), name), number)

    def of(self, table: str, key: str = "", nth: int = 0) -> int | None:
        """The line of ``key`` in the ``nth`` table of that name, or else of the table itself."""
        return self._lines.get((table, nth, key)) or self._lines.get((table, nth, ""))


@dataclass(frozen=True)
class Table:
    """A table of the file ``file``, whose entries are read by name.

    Attributes:
        name: the top-level table it is or lies in, and ``nth`` of that name.
        key: its key in that table, where it lies in it.
    """

    entries: dict[str, Any]
    file: str
    lines: Lines
    name: str
    nth: int = 0
    key: str = ""

    def error(self, message: str, key: str = "", hint: str | None = None) -> InputError:
        """The error that says ``message`` of this table, or of one of its entries."""
        parts = [shorten(part, 40) for part in (self.name, self.key, key) if part]
        place = ".".join(parts) or "the file"
        line = self.lines.of(self.name, self.key or key, self.nth) or self.lines.of(key)
        return InputError(f"{place}: {message}", hint=hint, file=self.file, line=line)

    def line(self, key: str = "") -> int:
        return self.lines.of(self.name, key or self.key, self.nth) or 0

    @contextmanager
    def placing(self, key: str) -> Iterator[None]:
        """Give an error that is raised meanwhile the place of the entry ``key``."""
        try:
            yield
        except InputError as error:
            raise self.error(error.message, key, error.hint) from error

    def only(self, *known: str) -> None:
        """Refuse a key that is not among ``known``."""
        for key in self.entries:
            if key not in known:
                hint = nearest(key, known) or f"known keys: {', '.join(known)}"
                raise self.error("this key is not known", key, hint)

    def required(self, key: str) -> str:
        if key not in self.entries:
            raise self.error(f"the key {key!r} is missing", hint=f'add {key} = "..."')
        return self.text(key) or ""

    def text(self, key: str) -> str | None:
        value = self.entries.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self.error(f"expected a text in quotes, found {_kind(value)}", key)

    def number_or_text(self, key: str) -> str:
        """A text, or a number as text."""
        value = self.entries[key]
        if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
            return str(value)
        return self.text(key) or ""

    def texts(self, key: str) -> list[str]:
        """One text or a list of texts, as a list; empty where the key is missing."""
        value = self.entries.get(key, [])
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str):
                raise self.error(f"expected a text in quotes or a list of them, found {_kind(item)}", key)
        return items

    def flag(self, key: str) -> bool:
        value = self.entries.get(key, False)
        if isinstance(value, bool):
            return value
        raise self.error(f"expected true or false, found {_kind(value)}", key)

    def array(self, key: str) -> list[Any]:
        value = self.entries.get(key, [])
        if isinstance(value, list):
            return value
        raise self.error(f"expected a list, found {_kind(value)}", key)

    def table(self, key: str) -> Table:
        """The table at ``key``, empty where the key is missing."""
        value = self.entries.get(key, {})
        if not isinstance(value, dict):
            raise self.error(f"expected a table, found {_kind(value)}", key)
        return Table(value, self.file, self.lines, self.name or key, self.nth, key if self.name else "")

    def tables(self, key: str) -> Iterator[Table]:
        """The tables ``[[key]]`` in order."""
        for nth, value in enumerate(self.array(key)):
            if not isinstance(value, dict):
                raise self.error(f"expected tables [[{key}]], found {_kind(value)}", key)
            yield Table(value, self.file, self.lines, key, nth)


def _kind(value: object) -> str:
    names = {
        bool: "a truth value",
        str: "a text",
        list: "a list",
        dict: "a table",
        int: "a number",
        Fraction: "a number",
    }
    return names.get(type(value), "something else")
