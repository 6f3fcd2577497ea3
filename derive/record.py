"""What a run leaves behind: the record, written as ``results.json``.

Every report is rendered from a :class:`Record` alone, so whatever a reader is to see has to stand here. Formulas are
TeX without delimiters, numbers of a witness are exact rationals written as strings, times are seconds.
``docs/results-schema.md`` describes the file for readers of other languages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

SCHEMA = "derive-results/1"
"""Name and version of the format; the version grows when a field changes its meaning or goes away."""


class RecordError(ValueError):
    """A results file that cannot be read or written; the message says which, why, and what to do."""


class Verdict(StrEnum):
    """What is known of a claim. Only the first three say that it holds."""

    PROVED = "proved"
    CERTIFIED = "certified"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    VACUOUS = "vacuous"
    ILL_POSED = "ill-posed"
    UNDECIDED = "undecided"
    BROKEN = "broken"

    @property
    def holds(self) -> bool:
        """Whether the verdict speaks for the claim."""
        return self in (Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED)


class Outcome(StrEnum):
    """What one method of evidence says of one claim."""

    PROOF = "proof"
    REFUTATION = "refutation"
    SUPPORT = "support"
    INCONCLUSIVE = "inconclusive"
    INAPPLICABLE = "inapplicable"


Entries: TypeAlias = str | list[Any]
"""A tensor of exact rationals: ``"-3/2"`` for a scalar, nested rows otherwise (``[["1", "0"], ["2", "1/3"]]``)."""


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all records: immutable, made by keyword, fields at their default left out of the file."""


class StepRecord(Frozen, frozen=True, kw_only=True):
    """One line of a derivation: ``tex`` an equation as in ``du = u \\circ (A\\,dx)``, ``rule`` what justifies it."""

    tex: str
    rule: str


class RemainderRecord(Frozen, frozen=True, kw_only=True):
    """What is left of ``f(x + t v)`` after its claimed expansion in ``t`` up to ``order``: ``sizes[k]`` at ``steps[k]``.

    On logarithmic axes the points of a right claim lie on a line of slope ``order + 1`` at least; ``slope`` is the
    fitted one, missing where the remainder is zero (the model is a polynomial of that order).
    """

    order: int
    steps: tuple[float, ...]
    sizes: tuple[float, ...]
    slope: float | None = None


class EvidenceRecord(Frozen, frozen=True, kw_only=True):
    """What one method found and how hard it looked.

    ``strength`` names what the outcome rests on (``symbolic``, ``exact rationals``, ``balls``, ``50 digits``).
    ``sizes`` are the assignments of the dimensions tried. Every instance drawn is counted once: kept, rejected by a
    hypothesis, non-finite, or timed out. ``worst_margin`` is the largest difference of the sides found, relative to the
    size of the terms: 0 is exact agreement (for an inequality, the largest excess of the smaller side: negative where
    there is room). ``error_bar`` is the widest error bar of these differences, relative too.
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
    timed_out: int = 0
    worst_margin: float | None = None
    error_bar: float | None = None
    at_kinks: int = 0
    kinks: tuple[str, ...] = ()
    regions: int = 0
    remainder: RemainderRecord | None = None
    note: str = ""


class WitnessRecord(Frozen, frozen=True, kw_only=True):
    """An exact instance that satisfies the hypotheses and violates the claim.

    ``sizes`` gives each dimension, ``values`` each symbol; at ``at_entry`` (0-based, empty for a scalar) the claim says
    ``claimed`` where the derivation gives ``derived`` (exact rationals or enclosures, as text). ``snippet`` is a Python
    program that shows the violation when run.
    """

    sizes: dict[str, int]
    values: dict[str, Entries]
    at_entry: tuple[int, ...] = ()
    claimed: str = ""
    derived: str = ""
    snippet: str = ""


class WhereRecord(Frozen, frozen=True, kw_only=True):
    """Where the author wrote the claim; ``file`` is relative to the directory of the run, ``line`` counts from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class EntryRecord(Frozen, frozen=True, kw_only=True):
    """One entry of a claimed array that is wrong, beside what it should be; ``index`` is 0-based, numbers are text."""

    index: tuple[int, ...]
    claimed: str
    reference: str
    absolute: float
    relative: float


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


class SurvivorRecord(Frozen, frozen=True, kw_only=True):
    """A planted error that no method found: the changed statement, and what was changed."""

    statement_tex: str
    statement_text: str
    change: str
    reason: str = ""


class MutationRecord(Frozen, frozen=True, kw_only=True):
    """How many errors planted in one claim were found.

    ``planted`` counts the changes that make the claim say something else; ``equivalent`` those left out since the
    changed claim is proved too. ``killed`` were refuted with a witness, by ``methods`` as counted there, with no use of
    the symbolic proof.
    """

    planted: int
    killed: int
    equivalent: int = 0
    methods: dict[str, int] = {}
    survivors: tuple[SurvivorRecord, ...] = ()


class ClaimRecord(Frozen, frozen=True, kw_only=True):
    """One claim, its verdict and all that led to it; ``id`` is ``paper/claim``.

    ``expected`` is the verdict that the author announced (``refuted`` for a known erratum) and ``expected_reason`` the
    words given for it. ``result_tex`` is the derived left side in matrix notation; ``difference_tex`` is claimed minus
    derived, ``repair_tex`` the claim after the smallest edit that makes it true, told in words by ``repair_note``;
    ``..._text`` are the same formulas in the author's language, where they have one. ``bracket`` holds the bounds
    known of a constant, from below and above, beside the claimed one, each a number as text.
    """

    id: str
    kind: str
    statement_tex: str
    verdict: Verdict
    cite: str = ""
    hypotheses_tex: tuple[str, ...] = ()
    expected: Verdict | None = None
    expected_reason: str = ""
    reason: str = ""
    flags: tuple[str, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    witness: WitnessRecord | None = None
    difference_tex: str = ""
    difference_text: str = ""
    repair_tex: str = ""
    repair_text: str = ""
    repair_note: str = ""
    derivation: tuple[StepRecord, ...] = ()
    result_tex: str = ""
    result_text: str = ""
    diagnosis: DiagnosisRecord | None = None
    mutation: MutationRecord | None = None
    bracket: dict[str, str] = {}
    seconds: float = 0.0
    where: WhereRecord | None = None
    reproduce: str = ""

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is exactly the announced one or, where none was announced, speaks for the claim."""
        return self.verdict.holds if self.expected is None else self.verdict is self.expected

    @property
    def known_erratum(self) -> bool:
        """Whether the claim falls just as its author announced."""
        return not self.verdict.holds and self.verdict is self.expected


class PaperRecord(Frozen, frozen=True, kw_only=True):
    """One paper: its symbols (each a TeX declaration, as in ``A \\in \\mathbb{R}^{n \\times d}``), its definitions
    in order (each a TeX equation) and its claims; ``error`` says why it has none, or not all.
    """

    id: str
    title: str = ""
    source: str = ""
    symbols: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
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


def encode(record: Record) -> bytes:
    """``record`` as indented JSON. Keys keep their order: symbols are listed as their author declared them."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def decode(content: bytes, name: str = "results.json") -> Record:
    """The record written in ``content``; ``name`` is what errors call it.

    Raises RecordError where the content is no JSON, of another schema, or lacks what the schema asks for.
    """
    try:
        schema = msgspec.json.decode(content, type=_Header).schema
        if schema != SCHEMA:
            raise RecordError(
                f"{name}: schema {schema!r}, but this version of derive reads {SCHEMA!r}; run the report again"
            )
        return msgspec.json.decode(content, type=Record)
    except msgspec.ValidationError as error:
        raise RecordError(f"{name}: not a results file of derive: {error}; run the report again") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(f"{name}: not JSON: {error}; run the report again") from error


def write(record: Record, path: Path) -> None:
    """Write ``record`` to ``path``, making its directory. Raises RecordError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(record))
    except OSError as error:
        raise RecordError(f"{path}: cannot be written: {error.strerror}; choose another place with --out") from error


def read(path: Path) -> Record:
    """The record in the file ``path``. Raises RecordError where it cannot be read or is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}; `derive report` writes this file") from error
    return decode(content, str(path))


class _Header(msgspec.Struct):
    schema: str
