"""A witness in the notation of a paper."""

from __future__ import annotations

import re
from typing import Any

from derive.record import DrawsRecord, Entries, WitnessRecord

_RATIONAL = re.compile(r"(-?)(\d{1,40})(?:/(\d{1,40}))?")
_INDEXED = re.compile(r"([A-Za-z]|[a-z]+(?=_))_?(\d+)")
_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega"
)
MAX_COLUMNS = 10
"""The widest matrix that amsmath sets."""


def assignments(witness: WitnessRecord | DrawsRecord) -> list[str]:
    """One equation ``name = value`` a symbol, sizes first, in TeX. Positions count from 1, as in print.

    Of a segment both ends are given.
    """
    sizes = [rf"{symbol(name)} = {size}" for name, size in witness.sizes.items()]
    sizes += [rf"{symbol(name)} = {position + 1}" for name, position in witness.indices.items()]
    ends = witness.end if isinstance(witness, WitnessRecord) else {}
    values = {name: value(entries) for name, entries in witness.values.items()}
    values |= {name: rf"{values[name]}, \dots, {value(end)}" for name, end in ends.items()}
    return sizes + [rf"{symbol(name)} = {text}" for name, text in values.items()]


def symbol(name: str) -> str:
    """A symbol's name in TeX: ``A1`` is A with index 1, ``alpha`` the letter, any longer name upright."""
    if indexed := _INDEXED.fullmatch(name):
        return f"{symbol(indexed[1])}_{{{indexed[2]}}}"
    if _GREEK.fullmatch(name):
        return rf"\{name}"
    return name if len(name) == 1 and name.isalpha() else rf"\mathrm{{{_upright(name)}}}"


def value(entries: Entries) -> str:
    """Exact entries in TeX: a number, a column written as a transposed row, a matrix, or nested brackets."""
    if isinstance(entries, str):
        return number(entries)
    if len(entries) == 1 and isinstance(entries[0], list) and len(entries[0]) == 1:
        return value(entries[0])
    if all(isinstance(entry, str) for entry in entries):
        return _row(entries) + (r"^\top" if len(entries) > 1 else "")
    if all(isinstance(row, list) and len(row) <= MAX_COLUMNS and _flat(row) for row in entries):
        rows = [" & ".join(map(number, row)) for row in entries]
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
    return _row(entries)


def number(text: str) -> str:
    """A number in TeX; what is no rational (an enclosure, a symbolic value) is set upright as it is written."""
    rational = _RATIONAL.fullmatch(text.strip())
    if rational is None:
        return rf"\mathrm{{{_upright(text)}}}"
    sign, numerator, denominator = rational.groups()
    return f"{sign}{numerator}" if denominator is None else rf"{sign}\tfrac{{{numerator}}}{{{denominator}}}"


def entry(at: tuple[int, ...]) -> str:
    """The place of an entry, counted from 1 as in a paper."""
    return f"({', '.join(str(k + 1) for k in at)})" if len(at) != 1 else str(at[0] + 1)


def _row(entries: list[Any]) -> str:
    return "(" + r",\ ".join(map(value, entries)) + ")"


def _flat(row: list[object]) -> bool:
    return all(isinstance(entry, str) for entry in row)


def _upright(text: str) -> str:
    safe = re.sub(r"[^A-Za-z0-9 .,+\-*/()\[\]=_]", "?", text)
    return safe.replace("_", r"\_").replace(" ", r"\ ")
