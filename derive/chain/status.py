"""What each claim rests on, and its verdict once the claims that its proof needs are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from derive.chain.edges import Edges, edges
from derive.chain.shared import shared
from derive.record import ChainRecord, ClaimRecord, ExtremeRecord, PaperRecord, PremiseRecord
from derive.verdict import with_premises

EXTREMES = frozenset({"large-regime", "small-region", "beyond-doubles", "between-doubles"})
"""The flags of what nobody can run."""


def concluded(papers: Iterable[PaperRecord]) -> list[PaperRecord]:
    """The papers of a run with the final verdicts of their claims, and what each of these rests on."""
    listed = list(papers)
    judged = {claim.id: claim for paper in listed for claim in paper.claims}
    found = edges(judged.values())
    for name in found.order:
        if name in judged:
            judged[name] = _judged(judged[name], judged, found)
    return [_paper(paper, judged, found) for paper in listed]


def _judged(claim: ClaimRecord, judged: Mapping[str, ClaimRecord], found: Edges) -> ClaimRecord:
    """The claim with its final verdict, where those of all that it uses are final."""
    if claim.conditional is None or found.circle(claim.id):
        return claim
    premises = [_premise(name, judged) for name in claim.conditional.premises]
    judgement = with_premises(claim.verdict, claim.reason, claim.conditional, premises)
    return msgspec.structs.replace(claim, verdict=judgement.verdict, reason=judgement.reason)


def _premise(name: str, judged: Mapping[str, ClaimRecord]) -> PremiseRecord:
    return PremiseRecord(claim=name, verdict=judged[name].verdict if name in judged else None)


def _paper(paper: PaperRecord, judged: Mapping[str, ClaimRecord], found: Edges) -> PaperRecord:
    claims = tuple(_linked(judged[claim.id], judged, found) for claim in paper.claims)
    return msgspec.structs.replace(paper, claims=claims, shared=shared(claims))


def _linked(claim: ClaimRecord, judged: Mapping[str, ClaimRecord], found: Edges) -> ClaimRecord:
    """The claim with what it rests on; as it is where it uses nothing."""
    if not claim.uses:
        return claim
    rests_on = tuple(_premise(name, judged) for name in found.rests_on(claim.id))
    circle = found.circle(claim.id)
    checked = not circle and claim.verdict.checked and all(premise.checked for premise in rests_on)
    concerned = [judged[premise.claim] for premise in rests_on if premise.claim in judged]
    extremes = [
        ExtremeRecord(claim=other.id, text=flag.text)
        for other in (*concerned, claim)
        for flag in other.flags
        if flag.code in EXTREMES
    ]
    cited = claim.conditional.premises if claim.conditional else ()
    chain = ChainRecord(rests_on=rests_on, cited=cited, circle=circle, extremes=tuple(extremes), fully_checked=checked)
    return msgspec.structs.replace(claim, chain=chain)
