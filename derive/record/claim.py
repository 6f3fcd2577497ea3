"""The record of one claim."""

from __future__ import annotations

from derive.record.bracket import BracketRecord
from derive.record.chain import ChainRecord, ConditionalRecord, ConditionRecord
from derive.record.diagnosis import DiagnosisRecord
from derive.record.evidence import EvidenceRecord
from derive.record.flag import FlagRecord
from derive.record.frozen import Frozen
from derive.record.mutation import MutationRecord
from derive.record.statement import StatementRecord
from derive.record.verdicts import Verdict
from derive.record.witness import WitnessRecord


class StepRecord(Frozen, frozen=True, kw_only=True):
    """One line of a derivation: ``tex`` an equation as in ``du = u \\circ (A\\,dx)``, ``rule`` what justifies it.

    ``premises`` are the lines of the same derivation that it follows from, counted from 0.
    """

    tex: str
    rule: str
    premises: tuple[int, ...] = ()


class WhereRecord(Frozen, frozen=True, kw_only=True):
    """Where the author wrote the claim; ``file`` is relative to the directory of the run, ``line`` counts from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class ClaimRecord(Frozen, frozen=True, kw_only=True):
    """One claim, its verdict and all that led to it; ``id`` is ``paper/claim``.

    ``expected`` is the verdict that the author announced (``refuted`` for a known erratum) and ``expected_reason`` the
    words given for it. ``result_tex`` is the derived left side in matrix notation; ``difference_tex`` is claimed minus
    derived, ``repair_tex`` the claim after the smallest edit that makes it true, told in words by ``repair_note``
    (where it is not proved it agrees at ``repair_instances`` instances);
    ``..._text`` are the same formulas in the author's language, where they have one. ``bracket`` holds the bounds
    known of a constant, from below and above, beside the claimed one. ``statement`` is the claim
    as text that stands alone; missing where it has none. ``uses`` are the ids of the claims that it says it uses,
    ``chain`` what it rests on by them, and ``conditional`` a proof that needs some of them. ``conditions`` are
    hypotheses on parameters with their constants written out.
    """

    id: str
    kind: str
    statement_tex: str
    statement: StatementRecord | None = None
    verdict: Verdict
    cite: str = ""
    hypotheses_tex: tuple[str, ...] = ()
    expected: Verdict | None = None
    expected_reason: str = ""
    reason: str = ""
    flags: tuple[FlagRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    witness: WitnessRecord | None = None
    difference_tex: str = ""
    difference_text: str = ""
    repair_tex: str = ""
    repair_text: str = ""
    repair_note: str = ""
    repair_instances: int = 0
    derivation: tuple[StepRecord, ...] = ()
    result_tex: str = ""
    result_text: str = ""
    diagnosis: DiagnosisRecord | None = None
    mutation: MutationRecord | None = None
    bracket: BracketRecord | None = None
    uses: tuple[str, ...] = ()
    conditional: ConditionalRecord | None = None
    conditions: tuple[ConditionRecord, ...] = ()
    chain: ChainRecord | None = None
    seconds: float = 0.0
    where: WhereRecord | None = None
    reproduce: str = ""

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is exactly the announced one or, where none was announced, speaks for the claim."""
        return self.verdict.holds if self.expected is None else self.verdict is self.expected

    @property
    def in_order(self) -> bool:
        """Whether the verdict is as expected and every error that was planted in the claim was found."""
        return self.as_expected and (self.mutation is None or self.mutation.complete)

    @property
    def fully_checked(self) -> bool:
        """Whether it and all that it rests on is proved or certified."""
        return self.verdict.checked if self.chain is None else self.chain.fully_checked

    @property
    def known_erratum(self) -> bool:
        """Whether the claim falls just as its author announced."""
        return not self.verdict.holds and self.verdict is self.expected
