"""What a method of evidence returns: what it found, how hard it tried, and the witness of a refutation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["proof", "refutation", "support", "inconclusive", "vacuous", "ill-posed"]


@dataclass(frozen=True)
class Witness:
    """An instance that satisfies the hypotheses and violates the claim, in exact or ball arithmetic.

    Attributes:
        sizes: dimension name -> size.
        indices: index symbol -> position (0-based).
        values: symbol name -> nested tuples of exact rationals (a bare Fraction for a scalar).
        entry: the position in the claim's arrays where the sides differ most, 0-based.
        left, right: the two sides at that entry, as decimal or rational text that is certain in every digit.
    """

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    values: Mapping[str, Any]
    entry: tuple[int, ...]
    left: str
    right: str


@dataclass(frozen=True)
class Evidence:
    """The outcome of one method on one obligation.

    ``strength`` says in words what the outcome rests on. ``worst_margin`` is relative to the size of the terms.
    """

    method: str
    outcome: Outcome
    strength: str = ""
    note: str = ""
    seed: int | None = None
    sizes: tuple[Mapping[str, int], ...] = ()
    kept: int = 0
    rejected: int = 0
    non_finite: int = 0
    worst_margin: float | None = None
    witness: Witness | None = None
    seconds: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Inapplicable:
    """A method that has nothing to say on an obligation, and why."""

    method: str
    reason: str




@dataclass(frozen=True)
class Failure:
    """A method that raised, which is a bug of derive and never the user's."""

    method: str
    error: str
