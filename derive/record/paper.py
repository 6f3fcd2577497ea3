"""The record of a paper, and of a whole run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from derive.record.chain import SharedRecord
from derive.record.claim import ClaimRecord
from derive.record.frozen import Frozen
from derive.record.mutation import MutationRecord, total
from derive.record.verdicts import Verdict

SCHEMA = "derive-results/1"
"""Name and version of the format; the version grows when a field changes its meaning or goes away."""


class PaperRecord(Frozen, frozen=True, kw_only=True):
    """One paper: its symbols (each a TeX declaration, as in ``A \\in \\mathbb{R}^{n \\times d}``), its definitions
    in order (each a TeX equation) and its claims; ``error`` says why it has none, or not all. ``shared`` are the
    definitions that several claims speak of.
    """

    id: str
    title: str = ""
    source: str = ""
    symbols: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    shared: tuple[SharedRecord, ...] = ()
    error: str = ""


class Totals(Frozen, frozen=True, kw_only=True, omit_defaults=False):
    """Counts over all papers; ``verdicts`` has all eight keys, ``unexpected`` counts what makes a check fail."""

    papers: int
    claims: int
    verdicts: dict[str, int]
    known_errata: int
    unexpected: int
    errors: int
    seconds: float


class Record(Frozen, frozen=True, kw_only=True, omit_defaults=False):
    """Everything that one run found."""

    versions: dict[str, str]
    seed: int
    papers: tuple[PaperRecord, ...]
    totals: Totals
    schema: str = SCHEMA

    @property
    def mutated(self) -> tuple[ClaimRecord, ...]:
        """The claims in which errors were planted."""
        return tuple(claim for paper in self.papers for claim in paper.claims if claim.mutation is not None)

    @property
    def mutation(self) -> MutationRecord:
        """What was found of the errors planted in all claims together; no error where none was planted."""
        return total(claim.mutation for claim in self.mutated if claim.mutation is not None)


def verdict_counts(claims: Iterable[ClaimRecord]) -> dict[str, int]:
    """The number of claims of each verdict, all eight in their fixed order."""
    counts = Counter(claim.verdict for claim in claims)
    return {str(verdict): counts[verdict] for verdict in Verdict}


def tally(papers: Iterable[PaperRecord]) -> Totals:
    """The totals of ``papers``; ``seconds`` adds up the claims' own times, whatever ran beside them."""
    papers = tuple(papers)
    claims = [claim for paper in papers for claim in paper.claims]
    errors = sum(bool(paper.error) for paper in papers)
    return Totals(
        papers=len(papers),
        claims=len(claims),
        verdicts=verdict_counts(claims),
        known_errata=sum(claim.known_erratum for claim in claims),
        unexpected=sum(not claim.as_expected for claim in claims),
        errors=errors,
        seconds=round(sum(claim.seconds for claim in claims), 6),
    )


def make_record(papers: Iterable[PaperRecord], *, versions: dict[str, str], seed: int) -> Record:
    """The record of a run, totals computed and versions sorted by name."""
    papers = tuple(papers)
    return Record(versions=dict(sorted(versions.items())), seed=seed, papers=papers, totals=tally(papers))
