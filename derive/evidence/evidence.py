"""What a method of evidence returns: what it found, how hard it tried, and the witness of a refutation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from derive.bounds.constant import Constant
from derive.estimate.remainder import Remainder
from derive.evaluate.point import Point
from derive.record import CertificateRecord, DrawsRecord, ExperimentRecord, LemmaRecord, PositivityRecord, ProofRecord

Outcome = Literal["proof", "certificate", "refutation", "support", "inconclusive", "vacuous", "ill-posed"]


@dataclass(frozen=True)
class Witness:
    """An instance that satisfies the hypotheses and violates the claim, in exact or ball arithmetic.

    Attributes:
        sizes: dimension name -> size.
        indices: index symbol -> position (0-based).
        values: symbol name -> nested tuples of exact rationals (a bare Fraction for a scalar).
        entry: the position in the claim's arrays where the sides differ most, 0-based.
        left, right: the two sides at that entry, as decimal or rational text that is certain in every digit.
        end: of a scalar that changes its sign on a segment, the values at its other end, of the symbols that differ
            there; ``left`` and ``right`` are the scalar at both ends.
        draws: of a test, how many draws the frequency is of.
        arithmetic: what tells them apart; floats with an error bar only where a side is code that runs on nothing
            else, a test where one is a probability that is not known: what was drawn stands in its place.
    """

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    values: Mapping[str, Any]
    entry: tuple[int, ...]
    left: str
    right: str
    arithmetic: Literal["exact rationals", "balls", "float64 with an error bar", "a test"] = "exact rationals"
    draws: int = 0
    end: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """The outcome of one method on one obligation.

    Raises:
        ValueError: a refutation without a witness, a certificate without leaves, or support without an instance; no
            method can give either.

    Attributes:
        strength: what the outcome rests on: ``symbolic``, ``exact rationals``, ``balls``,
            ``double precision``, ``float64``, ``modulo a prime`` or ``float64 with an error bar``.
        note: one sentence on what was found, or on what kept the method from finding more.
        kept, rejected, non_finite: instances compared, outside the hypotheses, and without a value.
        worst_margin: the largest difference of the sides found, relative to the size of the terms; 0 is exact
            agreement. For an inequality the largest ``left - right``, negative where there is room.
        error_bar: the widest error bar of these differences, relative too.
        undefined: conditions that the hypotheses do not imply and without which a side has no value.
        at_kinks: instances at which nothing can be said, as a derivative is taken at a kink.
        kinks: the piecewise subexpressions, and their entries, that stood at a kink; of a proof, those through which it
            took a derivative.
        regions: distinct regions between the kinks in which instances were compared.
        remainder: what the model's expansion leaves, at one instance, for the plot.
        steps: the lines of a proof in LaTeX, each with the rule that gives it and the lines that it follows from.
        constant: what was derived of the constant of an inequality.
        nearest: the instance of an inequality that came nearest to a violation, or violates it most; it certainly
            satisfies the hypotheses.
        bracket: ``enclosed_lower`` and ``enclosed_upper``, between which the extreme value of the measure lies at the
            stated sizes, as decimals or rationals.
        lemmas: what a proof takes for granted, as other claims state it.
        proof: of a derived bound, the tree of its steps.
        positivity: of a polynomial inequality, the identities that show it.
        certificate: of an enclosure, the cases and the leaves that cover the domain.
        draws: of a test of a probability, the draws and the setting.
        experiments: what runs with seeds showed.
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
    error_bar: float | None = None
    undefined: tuple[str, ...] = ()
    at_kinks: int = 0
    kinks: tuple[str, ...] = ()
    regions: int = 0
    steps: tuple[tuple[str, str, tuple[int, ...]], ...] = ()
    constant: Constant | None = None
    nearest: Point | None = None
    bracket: Mapping[str, str] = field(default_factory=dict)
    remainder: Remainder | None = None
    lemmas: tuple[LemmaRecord, ...] = ()
    proof: ProofRecord | None = None
    positivity: tuple[PositivityRecord, ...] = ()
    certificate: CertificateRecord | None = None
    draws: DrawsRecord | None = None
    experiments: tuple[ExperimentRecord, ...] = ()
    witness: Witness | None = None
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if (self.outcome == "refutation") != (self.witness is not None):
            raise ValueError(f"{self.method}: a witness belongs to a refutation, and to nothing else")
        if (self.outcome == "certificate") != (self.certificate is not None):
            raise ValueError(f"{self.method}: a certificate has its leaves, and nothing else has")
        if self.outcome == "support" and not self.kept:
            raise ValueError(f"{self.method}: support without an instance")


@dataclass(frozen=True)
class Inapplicable:
    """A method that has nothing to say on an obligation, and why; ``telling`` where the reason says more of the claim.

    A reason that does not is left out of the verdict's.
    """

    method: str
    reason: str
    telling: bool = True


@dataclass(frozen=True)
class Failure:
    """A method that raised, which is a bug of derive and never the user's."""

    method: str
    error: str
