"""The record of what one method of evidence found."""

from __future__ import annotations

from derive.record.certificate import CertificateRecord
from derive.record.chain import LemmaRecord
from derive.record.combination import PositivityRecord
from derive.record.draws import DrawsRecord
from derive.record.experiment import ExperimentRecord
from derive.record.frozen import Frozen
from derive.record.proof import ProofRecord
from derive.record.verdicts import Outcome


class RemainderRecord(Frozen, frozen=True, kw_only=True):
    """What is left of ``f(x + t v)`` after its claimed expansion in ``t`` up to ``order``.

    It is ``sizes[k]`` at ``t = steps[k]``. On logarithmic axes the points of a right claim lie on a line of slope
    ``order + 1`` at least; ``slope`` is the fitted one, missing where the remainder is zero (the model is a polynomial
    of that order).
    """

    order: int
    steps: tuple[float, ...]
    sizes: tuple[float, ...]
    slope: float | None = None

    @property
    def words(self) -> str:
        """``the slope should be 2, it is 2.00``, or that nothing is left."""
        expected = self.order + 1
        if self.slope is None:
            return f"nothing is left: on this line the model is a polynomial of degree {self.order} at most"
        least = "at least " if self.slope > expected + 0.5 else ""
        return f"the slope should be {least}{expected}, it is {self.slope:.2f}"


class EvidenceRecord(Frozen, frozen=True, kw_only=True):
    """What one method found and how hard it looked.

    ``strength`` names what the outcome rests on (``symbolic``, ``exact rationals``, ``balls``, ``50 digits``,
    ``double precision``, ``modulo a prime``).
    ``sizes`` are the assignments of the dimensions tried. Every instance drawn is counted once: kept, rejected by a
    hypothesis, or non-finite. ``worst_margin`` is the largest difference of the sides found, relative to the
    size of the terms: 0 is exact agreement (for an inequality, the largest excess of the smaller side: negative where
    there is room). ``error_bar`` is the widest error bar of these differences, relative too. ``proof`` is the tree of
    a derived bound, ``positivity`` the identities that show an inequality, ``certificate`` what a checker needs to see
    for itself that an enclosure covers the domain; ``draws`` are those of a test of a probability,
    ``experiments`` what runs with seeds showed.
    ``lemmas`` are relations that a proof takes for granted, as other claims state them.
    """

    method: str
    outcome: Outcome
    strength: str = ""
    seconds: float = 0.0
    seed: int | None = None
    sizes: tuple[dict[str, int], ...] = ()
    kept: int = 0
    rejected: int = 0
    non_finite: int = 0
    worst_margin: float | None = None
    error_bar: float | None = None
    at_kinks: int = 0
    kinks: tuple[str, ...] = ()
    regions: int = 0
    remainder: RemainderRecord | None = None
    lemmas: tuple[LemmaRecord, ...] = ()
    proof: ProofRecord | None = None
    positivity: tuple[PositivityRecord, ...] = ()
    certificate: CertificateRecord | None = None
    draws: DrawsRecord | None = None
    experiments: tuple[ExperimentRecord, ...] = ()
    note: str = ""
