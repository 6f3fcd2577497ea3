"""Constants that derive has a better one for, and claims that it could not settle."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from derive.record import ClaimRecord, EvidenceRecord, Outcome, Record, SampleRecord, Verdict
from derive.record.magnitude import times
from derive.render.atoms import width

OPEN = (Verdict.SUPPORTED, Verdict.UNDECIDED)

WIDEST = 12.0
"""The width in em of a factor that is printed as a formula."""

LONGEST = 220
"""Characters of what is said of an open claim."""


@dataclass(frozen=True)
class Improvement:
    """A claimed constant that a derived one can replace.

    Attributes:
        factor: by which it is better, in words: ``20 times``.
        place: the parameters at which that is so; empty where the factor does not depend on them.
        ratio: the factor in LaTeX, where it depends on them and is short. Of constants that grow it is left out: the
            record has claimed by derived.
        size: the factor.
    """

    claim: ClaimRecord
    claimed: str
    derived: str
    factor: str
    place: str
    ratio: str
    size: Decimal


def improvements(record: Record) -> list[Improvement]:
    """The constants that can be replaced by better ones, those with the largest factors first.

    A constant that is zero, or is replaced by zero, has no factor, and is left out.
    """
    found = [improved(claim) for paper in record.papers for claim in paper.claims]
    return sorted(filter(None, found), key=lambda each: -each.size)


def improved(claim: ClaimRecord) -> Improvement | None:
    bracket = claim.bracket
    if bracket is None or not bracket.loose:
        return None
    samples = [sample for sample in bracket.samples if sample.factor.is_finite()]
    if not samples:
        return None
    sample = max(samples, key=_typical)
    return Improvement(
        claim=claim,
        claimed=bracket.claimed,
        derived=bracket.derived,
        factor=times(sample.factor),
        place=sample.place if bracket.slack_tex else "",
        ratio=bracket.slack_tex if _shrinks(sample) and width(bracket.slack_tex) <= WIDEST else "",
        size=sample.factor,
    )


def _typical(sample: SampleRecord) -> tuple[bool, Decimal]:
    """Examples say more than the worst instance, whose parameters are what an attack has made of them."""
    return not sample.reached, sample.factor


def _shrinks(sample: SampleRecord) -> bool:
    """Is the claimed constant the larger one?"""
    numbers = sample.numbers
    derived = numbers.get("derived_upper") or numbers["derived_lower"]
    return abs(Decimal(numbers["claimed"])) > abs(Decimal(derived))


def unsettled(record: Record) -> list[ClaimRecord]:
    """The claims that are supported only, or undecided, in the order of their papers."""
    return [claim for paper in record.papers for claim in paper.claims if claim.verdict in OPEN]


def why_open(claim: ClaimRecord) -> str:
    """What was found of a claim that is not settled, and where the methods that could have settled it ended."""
    ended = [f"{item.method}: {item.note}" for item in claim.evidence if _ended(item)]
    new = [text for text in dict.fromkeys(ended) if text.partition(": ")[2] not in claim.reason]
    text = "; ".join(filter(None, [claim.reason, *new]))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rsplit(maxsplit=1)[0]} …"


def _ended(item: EvidenceRecord) -> bool:
    return item.outcome is Outcome.INCONCLUSIVE and bool(item.note)
