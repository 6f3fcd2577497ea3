"""The record of an experiment: what runs with independent seeds showed, and the curves to draw of them."""

from __future__ import annotations

import msgspec

from derive.record.frozen import Frozen


class CurveRecord(Frozen, frozen=True, kw_only=True):
    """Both sides of a relation along a run, after ``steps`` steps, for the seed that came nearest to a violation.

    ``left`` is claimed to be at most ``right``; ``left_tex``, ``right_tex`` and ``..._text`` are the sides.
    """

    steps: tuple[int, ...]
    left: tuple[float, ...]
    right: tuple[float, ...]
    left_tex: str = ""
    right_tex: str = ""
    left_text: str = ""
    right_text: str = ""
    seed: int = 0


class ExperimentRecord(Frozen, frozen=True, kw_only=True):
    """What one experiment showed: a frequency over seeds, or an exponent of growth.

    ``value`` is the frequency or the exponent; with ``confidence`` the true one lies between ``low`` and ``high``: for
    a frequency by Clopper and Pearson, for an exponent by Student's interval over the seeds' own exponents. ``at`` has
    the sizes that are fixed.

    Of an exponent ``quantity_tex`` grows with ``size_tex``: its geometric means over the seeds at ``sizes`` are
    ``means``, of single seeds it lies between ``least`` and ``most``. The claim allows exponents between
    ``claimed_low`` and ``claimed_high`` where these are given. Of a frequency ``happened`` seeds show the event, and
    ``curves`` are those of the relations along its runs.
    """

    kind: str
    text: str
    seeds: int
    value: float
    low: float | None = None
    high: float | None = None
    confidence: float = 0.0
    at: dict[str, int] = msgspec.field(default_factory=dict)
    happened: int = 0
    quantity_tex: str = ""
    quantity_text: str = ""
    size_tex: str = ""
    size_text: str = ""
    sizes: tuple[int, ...] = ()
    means: tuple[float, ...] = ()
    least: tuple[float, ...] = ()
    most: tuple[float, ...] = ()
    claimed_low: float | None = None
    claimed_high: float | None = None
    curves: tuple[CurveRecord, ...] = ()

    @property
    def place(self) -> str:
        """``n = 4, m = 60``."""
        return ", ".join(f"{name} = {size}" for name, size in self.at.items())

    @property
    def words(self) -> str:
        """What was measured, in one sentence."""
        where = f" at {self.place}" if self.at else ""
        if self.kind == "frequency":
            least = f", of all seeds {self.low:.2g} at least" if self.low is not None else ""
            return f"{self.happened} of {self.seeds} seeds{where}{least} (confidence {self.confidence:g})"
        told = f"the measured exponent is {self.value:.3f}{where}"
        if self.low is None or self.high is None:
            return f"{told}, with one seed"
        return (
            f"{told}, between {self.low:.3f} and {self.high:.3f} (confidence {self.confidence:g}, {self.seeds} seeds)"
        )
