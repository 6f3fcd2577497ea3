"""What becomes of claims whose truth is known: the false ones before all that proves, the true ones under attack."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.false_bounds.claims import Claim, bounded, claims
from derive.attack.campaign import BUDGET, Campaign
from derive.evidence.evidence import Evidence, Failure
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.judge import examined, methods

WORK = BUDGET // 20
"""Of an attack on a true bound."""

FINAL = ("proof", "certificate")
"""Outcomes that no false claim may have."""

PROVERS = frozenset({"normal form", "norm calculus", "enclosure"})


def outcomes(seed: int) -> list[tuple[str, str, str]]:
    """What became of the claims made from a seed: kind, outcome, and a complaint where it is wrong."""
    rows = []
    for claim in (*claims(f"bounds {seed}"), *bounded(f"bounded {seed}")):
        rows.append((claim.kind, "tried", ""))
        rows += [(claim.kind, *row) for row in (attacked(claim) if claim.against is None else proved(claim))]
    return rows


def proved(claim: Claim) -> Iterator[tuple[str, str]]:
    """Proofs and certificates of a false claim."""
    drawn = Drawn(claim.obligation, 0)
    for name, method in methods():
        if name in PROVERS:
            found = examined(name, method, claim.obligation, drawn)
            if isinstance(found, Failure):
                yield "raised", f"{claim.obligation.id}, {claim.kind}: {name} raised {found.error}"
            elif isinstance(found, Evidence):
                yield f"{name}: {found.outcome}", ""
                if found.outcome in FINAL:
                    yield "false proof", f"{claim.obligation}: {name} proves it, against {claim.against}"


def attacked(claim: Claim) -> Iterator[tuple[str, str]]:
    """Refutations of a true claim."""
    campaign = Campaign(claim.obligation, Drawn(claim.obligation, 0), WORK)
    for draft in campaign.violations():
        against = verify(claim.obligation, draft.point())
        if against is not None:
            yield "false refutation", f"{claim.obligation}: refuted by {against}"
            return
    yield ("attack: in vain" if campaign.climbs else "attack: no instance"), ""
