"""What a run is asked for, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from derive.isolation import cores
from derive.record import ClaimRecord
from derive.selection import Selection, everything

Observer = Callable[[ClaimRecord, int, int], None]
"""Called with each claim's record as it is done, the number done, and the number of all."""


@dataclass(frozen=True)
class Options:
    """How to run.

    Attributes:
        jobs: processes at a time.
        time_limit: seconds that a claim may take, and once more the errors planted in it.
        selection: which claims.
        stop_at_first: whether a claim that falls ends the run.
        without: the methods of evidence that are switched off.
        mutate: whether errors are planted in the claims that hold.
        cache: the folder where results are kept, and taken from where nothing has changed; None to examine all.
    """

    seed: int = 0
    jobs: int = field(default_factory=cores)
    time_limit: float = 60.0
    selection: Selection = everything
    stop_at_first: bool = False
    without: tuple[str, ...] = ()
    mutate: bool = False
    cache: Path | None = None
