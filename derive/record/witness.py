"""The record of an instance that violates a claim."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

import msgspec

from derive.record.frozen import Frozen

Entries: TypeAlias = str | list[Any]
"""A tensor of exact rationals: ``"-3/2"`` for a scalar, nested rows otherwise (``[["1", "0"], ["2", "1/3"]]``)."""


def written(value: Any) -> Entries:
    """Exact rationals, or nested rows of them, as text."""
    if isinstance(value, (list, tuple)):
        return [written(item) for item in value]
    return str(Fraction(value))


class WitnessRecord(Frozen, frozen=True, kw_only=True):
    """An exact instance that satisfies the hypotheses and violates the claim.

    ``sizes`` gives each dimension, ``indices`` the 0-based position of each index symbol, ``values`` each symbol; at
    ``at_entry`` (0-based, empty for a scalar) the claim says ``claimed`` where the derivation gives ``derived`` (exact
    rationals or enclosures, as text). Where what is derived is a probability that is not known, the frequency in
    ``draws`` draws stands in its place. Where ``end`` gives some symbols other values, what is said not to be zero is
    ``claimed`` at the one end of a segment and ``derived`` at the other, of different signs. ``snippet`` is a Python
    program that shows the violation when run.
    """

    sizes: dict[str, int]
    values: dict[str, Entries]
    indices: dict[str, int] = msgspec.field(default_factory=dict)
    at_entry: tuple[int, ...] = ()
    claimed: str = ""
    derived: str = ""
    end: dict[str, Entries] = msgspec.field(default_factory=dict)
    draws: int = 0
    snippet: str = ""

    @property
    def source(self) -> str:
        """Where the derived number is from: ``the derivation``, or ``5000 draws``."""
        return f"{self.draws} draws" if self.draws else "the derivation"
