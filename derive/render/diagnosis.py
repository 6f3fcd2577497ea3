"""A diagnosis in print: where an entry is, which of its digits are wrong, and how the arrays lie as a whole."""

from __future__ import annotations

import re
from itertools import takewhile

from derive.record import DiagnosisRecord, EntryRecord
from derive.render import witness

_POSITION = re.compile(r"\b(entry|entries of|block|rows?|columns?) \[([\d:, ]+)\]")
_SCIENTIFIC = re.compile(r"(-?[\d.]+)e([+-]?\d+)")


def place(entry: EntryRecord) -> str:
    """The place of an entry, counted from 1; a scalar has none."""
    return witness.entry(entry.index) if entry.index else "the number"


def in_print(words: str) -> str:
    """Words with NumPy's positions, as a paper has them: ``row [1, :]`` is row 2, ``entry [0, 1]`` entry (1, 2)."""
    return _POSITION.sub(_counted_from_one, words)


def _counted_from_one(found: re.Match[str]) -> str:
    axes = found[2].split(", ")
    if found[1].startswith(("row", "column")):  # the other axis goes without saying
        axes = [axis for axis in axes if axis != ":"]
    shown = ", ".join(map(_axis, axes))
    return f"{found[1]} {shown if len(axes) == 1 else f'({shown})'}"


def _axis(position: str) -> str:
    """``2`` is 3, ``2:4`` is 3 to 4, and ``:`` itself."""
    first, colon, end = position.partition(":")
    if not first:
        return colon
    return f"{int(first) + 1} to {end}" if colon else str(int(first) + 1)


def wrong_digits(entry: EntryRecord) -> tuple[str, str]:
    """The claimed number in two parts: the digits that it shares with the derived one, and the rest."""
    (claimed, exponent), (reference, other) = (text.partition("e")[::2] for text in (entry.claimed, entry.reference))
    if exponent != other:
        return "", entry.claimed
    equal = (a == b for a, b in zip(claimed, reference, strict=False))
    shared = sum(takewhile(bool, equal))
    return entry.claimed[:shared], entry.claimed[shared:]


def summary(found: DiagnosisRecord) -> str:
    """``3 of 9 entries are wrong at n = 5, d = 3``."""
    sizes = ", ".join(f"{name} = {size}" for name, size in found.sizes.items())
    at = f" at {sizes}" if sizes else ""
    if found.total == 1:
        return f"at one instance{f' with {sizes}' if sizes else ''}"
    verb = "is" if found.wrong == 1 else "are"
    return f"{found.wrong} of {found.total} entries {verb} wrong{at}"


def listed(found: DiagnosisRecord, shown: int) -> str:
    """What a table of ``shown`` rows leaves out, if anything."""
    return f"the {shown} worst of {found.wrong}" if found.wrong > shown else ""


def number(text: str) -> str:
    """A number in TeX: ``1.5e-6`` as a power of ten."""
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return witness.number(text) if "/" in text else text
    return rf"{scientific[1]}\cdot 10^{{{int(scientific[2])}}}"
