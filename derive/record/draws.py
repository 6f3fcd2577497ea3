"""The record of draws: how often an event happened at one setting, and what follows from it."""

from __future__ import annotations

import msgspec

from derive.record.frozen import Frozen
from derive.record.witness import Entries


class DrawsRecord(Frozen, frozen=True, kw_only=True):
    """Independent draws at one setting, of which ``failures`` certainly fail and ``undecided`` may.

    The claim says that a draw fails with probability at most ``allowed``. ``at_least`` tells what fails: where it is
    set, a draw in which the event does not happen. At ``level`` the sequential test refutes; ``wealth`` is the
    decimal logarithm of what a fair bet against the claim has made of 1, and needs to be ``-log10(level)`` for that.
    With ``confidence``, of a number of runs fixed beforehand, the failure probability is at most ``bound`` (Clopper and
    Pearson).

    ``searched`` settings were compared with ``searched_runs`` other draws before this one was chosen: ``sizes``,
    ``indices`` and ``values`` are all that is not random there.
    """

    runs: int
    failures: int
    allowed: float
    level: float
    undecided: int = 0
    at_least: bool = False
    wealth: float | None = None
    confidence: float | None = None
    bound: float | None = None
    searched: int = 0
    searched_runs: int = 0
    sizes: dict[str, int] = msgspec.field(default_factory=dict)
    indices: dict[str, int] = msgspec.field(default_factory=dict)
    values: dict[str, Entries] = msgspec.field(default_factory=dict)

    @property
    def words(self) -> str:
        """What the draws amount to, and how the setting was chosen, in sentences."""
        parts = []
        if self.bound is None:
            gain = "" if self.wealth is None else f", a bet against the claim has made 10^{self.wealth:.1f} of 1"
            parts.append(f"Refuted at level {self.level:g}{gain}.")
        elif self.confidence is not None:
            parts.append(f"At most {self.bound:.2g} fail, at confidence 1 - {1 - self.confidence:.0e}.")
        if self.searched > 1:
            parts.append(f"The worst of {self.searched} settings, compared by {self.searched_runs} other draws.")
        return " ".join(parts)
