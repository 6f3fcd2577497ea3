"""What a check of the lint sees of a claim: its obligations, what was found of each, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from derive.evidence.evidence import Evidence, Witness
from derive.instances.drawn import Drawn
from derive.language.claims import Claim
from derive.language.tensor import Tensor
from derive.obligation import TURNED, Obligation, obligations
from derive.record import Verdict
from derive.verdict import Finding, Judgement


@dataclass(frozen=True)
class Examined:
    """A claim whose obligations were examined by all methods.

    Attributes:
        findings: one row an obligation.
        drawn: the instances of each obligation, as far as methods drew any.
    """

    claim: Claim
    judgement: Judgement
    findings: Sequence[Sequence[Finding]]
    drawn: Sequence[Drawn]

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        return tuple(obligations(self.claim))

    def evidence(self) -> Iterator[Evidence]:
        """What was found of all obligations."""
        return (finding for row in self.findings for finding in row if isinstance(finding, Evidence))

    @property
    def refuted(self) -> tuple[Obligation, Witness] | None:
        """The relation that is refuted, and the witness against it; None where none is."""
        witness = self.judgement.witness
        if self.judgement.verdict is not Verdict.REFUTED or witness is None or witness.end:
            return None
        return self.obligations[self.judgement.obligation], witness

    def proofs(self, method: str) -> bool:
        """Is the claim proved, and every relation of it by this method?"""
        if self.judgement.verdict is not Verdict.PROVED:
            return False
        proving = [[f for f in row if isinstance(f, Evidence) and f.outcome == "proof"] for row in self.findings]
        return all(any(found.method == method for found in row) for row in proving)

    def drawn_for(self, obligation: Obligation) -> Drawn:
        return self.drawn[self._number(obligation)]

    def as_written(self, obligation: Obligation) -> tuple[Tensor, Tensor]:
        """Left and right side as the author wrote them: ``>=`` and the like are turned round in obligations."""
        turned = self.claim.relations[self._number(obligation)].sign in TURNED
        return (obligation.right, obligation.left) if turned else (obligation.left, obligation.right)

    def _number(self, obligation: Obligation) -> int:
        return next(k for k, other in enumerate(self.obligations) if other is obligation)
