"""One thing that is wrong: what kind of error, where, and with which number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, auto

from derive.diagnosis.reading import Reading


class Kind(IntEnum):
    """Kinds of error, the most telling first."""

    CLAIMS_ZERO = auto()
    SHOULD_BE_ZERO = auto()
    FACTOR = auto()
    PERMUTED = auto()
    TERM_FACTOR = auto()
    TERM_PERMUTED = auto()
    OFFSET = auto()
    IDENTITY = auto()
    SIGN = auto()
    PLACE = auto()
    ARRAY_FACTOR = auto()
    ROW_FACTORS = auto()
    COLUMN_FACTORS = auto()
    SIGNS = auto()
    CONSTANT_SUM = auto()
    CONSTANT_PRODUCT = auto()
    UNEXPLAINED = auto()
    RANK_ONE = auto()
    NOT_SYMMETRIC = auto()


@dataclass(frozen=True)
class Finding:
    """A kind of error.

    Attributes:
        number: the factor, offset or multiple.
        place: which entries, axes or term, in words.
        certain: False where one point cannot tell it from an accident (two numbers always have a ratio).
        here: True where it was found at one point and not at another.
    """

    kind: Kind
    number: Reading | None = None
    place: str = ""
    certain: bool = True
    here: bool = False

    @property
    def only_here(self) -> bool:
        """Whether it may be otherwise elsewhere, be it the finding or its number."""
        return self.here or (self.number is not None and self.number.here)

    def common(self, other: Finding) -> Finding | None:
        """What both say; None where they disagree."""
        if (self.kind, self.place) != (other.kind, other.place):
            return None
        if self.kind is Kind.SIGN:  # another point of one sign only confirms nothing
            return replace(self, certain=self.certain or other.certain)
        if self.number is None or other.number is None:
            return replace(self, certain=True)
        number = self.number.common(other.number)
        return None if number is None else replace(self, number=number, certain=True)
