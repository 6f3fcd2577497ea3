"""The words for what is known of a claim, and for what one method says of it."""

from __future__ import annotations

from enum import StrEnum


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
        return self.checked or self is Verdict.SUPPORTED

    @property
    def checked(self) -> bool:
        """Whether it rests on a proof or a certificate."""
        return self in (Verdict.PROVED, Verdict.CERTIFIED)


class Outcome(StrEnum):
    """What one method of evidence says of one claim."""

    PROOF = "proof"
    CERTIFICATE = "certificate"
    REFUTATION = "refutation"
    SUPPORT = "support"
    INCONCLUSIVE = "inconclusive"
    INAPPLICABLE = "inapplicable"
