"""The record of what claims rest on: the edges of a chain of claims, and whether all of it was checked."""

from __future__ import annotations

from derive.record.frozen import Frozen
from derive.record.verdicts import Verdict


class PremiseRecord(Frozen, frozen=True, kw_only=True):
    """A claim that another one rests on, and its verdict; none where it was not examined in this run."""

    claim: str
    verdict: Verdict | None = None

    @property
    def checked(self) -> bool:
        return self.verdict is not None and self.verdict.checked

    def __str__(self) -> str:
        """``p/a, which is supported only``."""
        match self.verdict:
            case None:
                return f"{self.claim}, which was not examined in this run"
            case Verdict.SUPPORTED:
                return f"{self.claim}, which is supported only"
        return f"{self.claim}, which is {self.verdict}"


class ConditionRecord(Frozen, frozen=True, kw_only=True):
    """A hypothesis with its constants written out in the base parameters, as LaTeX and as text.

    ``defined_by`` are the used claims that say what such a constant is.
    """

    tex: str
    text: str
    defined_by: tuple[str, ...] = ()


class ExtremeRecord(Frozen, frozen=True, kw_only=True):
    """What a claim, itself or one that it rests on, asks for and nobody can run."""

    claim: str
    text: str


class ChainRecord(Frozen, frozen=True, kw_only=True):
    """What a claim rests on.

    ``rests_on`` are the claims that it uses, directly or not, each after those that it uses itself. ``cited`` are the
    used claims that its proof needs. ``circle`` is a circular argument that the claim, or one that it rests on, is part
    of: each claim in it uses the next one, the last the first. ``extremes`` are the regimes that it, or what it rests
    on, asks for. ``fully_checked`` where it and all that it rests on is proved or certified.
    """

    rests_on: tuple[PremiseRecord, ...] = ()
    cited: tuple[str, ...] = ()
    circle: tuple[str, ...] = ()
    extremes: tuple[ExtremeRecord, ...] = ()
    fully_checked: bool = False

    @property
    def missing(self) -> tuple[PremiseRecord, ...]:
        """What it rests on and is neither proved nor certified."""
        return tuple(premise for premise in self.rests_on if not premise.checked)

    @property
    def words(self) -> str:
        """``fully checked``, or what is missing: ``rests on p/a, which is supported only``."""
        if self.circle:
            return f"rests on a circular argument: {' -> '.join((*self.circle, self.circle[0]))}"
        if self.missing:
            return f"rests on {', and on '.join(map(str, self.missing))}"
        if self.fully_checked:
            return "fully checked, with all that it rests on"
        return "all that it rests on is checked"


class LemmaRecord(Frozen, frozen=True, kw_only=True):
    """What a proof takes for granted beside the hypotheses: a relation, counted from 1, that another claim states."""

    claim: str
    relation: int = 1


class ConditionalRecord(Frozen, frozen=True, kw_only=True):
    """A proof that needs used claims: with all of ``premises`` proved the claim is, for ``reason``."""

    premises: tuple[str, ...]
    reason: str = ""


class SharedRecord(Frozen, frozen=True, kw_only=True):
    """A definition, and the claims of the paper, two at least, that speak of it by its name."""

    definition: str
    claims: tuple[str, ...]
