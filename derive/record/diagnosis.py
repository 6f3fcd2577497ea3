"""The record of what is wrong with a refuted identity, in numbers."""

from __future__ import annotations

from derive.record.frozen import Frozen


class EntryRecord(Frozen, frozen=True, kw_only=True):
    """One entry of a claimed array that is wrong, beside what it should be; ``index`` is 0-based, numbers are text."""

    index: tuple[int, ...]
    claimed: str
    reference: str
    absolute: float
    relative: float | None = None


class TermRecord(Frozen, frozen=True, kw_only=True):
    """One term of the claim, and by which number it would have to be multiplied: 1 where it is right."""

    tex: str
    coefficient: str
    note: str = ""


class DiagnosisRecord(Frozen, frozen=True, kw_only=True):
    """What is wrong with a refuted identity, in numbers: at one instance the claimed array beside the derived one.

    ``entries`` are the wrong ones, the worst first, of which there are ``wrong`` among ``total``; ``cosine`` and
    ``norm_ratio`` (claimed over derived) compare the arrays as a whole; ``words`` say what that means ("a global factor
    2"); ``terms`` are the claim's own, fitted to the derived array by least squares.
    """

    sizes: dict[str, int]
    wrong: int
    total: int
    entries: tuple[EntryRecord, ...] = ()
    cosine: float | None = None
    norm_ratio: float | None = None
    words: tuple[str, ...] = ()
    terms: tuple[TermRecord, ...] = ()

    @property
    def comparison(self) -> str:
        """The arrays as a whole, in enough digits that what differs from 1 does not read so: ``cosine 1 - 3e-14``."""
        parts = [] if self.cosine is None else [f"cosine {_near_one(self.cosine)}"]
        if self.norm_ratio is not None and self.total > 1:
            parts.append(f"norm ratio {_near_one(self.norm_ratio)}")
        return ", ".join(parts)


def _near_one(number: float) -> str:
    gap = abs(number) - 1.0
    if gap and abs(gap) < 1e-5:
        return f"{'-' if number < 0 else ''}1 {'+' if (gap > 0) == (number > 0) else '-'} {abs(gap):.1g}"
    return f"{number:.6g}"
