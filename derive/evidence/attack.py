"""Method: gradient ascent towards a violation, from many starts at many sizes; what it finds is made exact.

What it proves: nothing. What it refutes rests on a witness verified in exact rationals or balls, never on the doubles
in which it climbs. How it fails: a region that no climb enters, sizes beyond those tried, values so extreme that
doubles say nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, islice
from math import inf

from derive.attack.campaign import Campaign, budget
from derive.attack.margin import relative_margin
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.witness.verification import admitted, verify
from derive.instances.draft import Draft
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "attack"

STRENGTH = "float64"

SETTLED = 16
"""By how much less is spent where the claim is settled, and the worst case is wanted for its bracket alone."""

EXACT = 8
"""Instances that are made exact in search of the worst."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Climb until something is refuted or the budget is spent."""
    start = time.perf_counter()
    if obligation.sign not in ("<=", "<", "<<"):
        return Inapplicable(METHOD, "the claim is no inequality")
    campaign = Campaign(obligation, drawn, budget(obligation) // (SETTLED if drawn.settled else 1))
    for draft in chain(campaign.violations(), () if drawn.settled else campaign.repeated()):
        witness = verify(obligation, draft.point())
        if witness is not None:
            return _refutation(campaign, draft, witness, start)
    if not campaign.fronts:
        return Inapplicable(METHOD, campaign.opening.lacking or "no instance to start from")
    return _support(campaign, start)


def _refutation(campaign: Campaign, draft: Draft, witness: Witness, start: float) -> Evidence:
    return Evidence(
        method=METHOD,
        outcome="refutation",
        strength=witness.arithmetic,
        note=f"found by gradient ascent after {campaign.tried} values",
        seed=campaign.drawn.seed,
        sizes=_sizes(campaign),
        kept=campaign.climbs,
        nearest=draft.point(),
        witness=witness,
        seconds=time.perf_counter() - start,
    )


def _support(campaign: Campaign, start: float) -> Evidence:
    worst = campaign.worst
    points = [draft.point() for draft in _worst(campaign)]
    margins = [relative_margin(campaign.obligation, point) for point in points]
    best = max(range(len(points)), key=lambda k: -inf if (m := margins[k]) is None else m, default=None)
    where = "" if worst is None else ", ".join(f"{name} = {size}" for name, size in worst[1].items())
    nearest = "" if worst is None else f"; the nearest to a violation{' at ' + where if where else ''}"
    alarms = (
        f"; of what looked like a violation in doubles, {campaign.false_alarms} were none"
        if campaign.false_alarms
        else ""
    )
    return Evidence(
        method=METHOD,
        outcome="support" if worst is not None else "inconclusive",
        strength=STRENGTH,
        note=f"climbs in doubles, none to a violation{nearest}{alarms}",
        seed=campaign.drawn.seed,
        sizes=_sizes(campaign),
        kept=campaign.climbs,
        worst_margin=None if best is None else margins[best],
        nearest=None if best is None else points[best],
        seconds=time.perf_counter() - start,
    )


def _worst(campaign: Campaign) -> Iterator[Draft]:
    """The instances that came nearest to a violation and certainly satisfy the hypotheses."""
    return (draft for draft in islice(campaign.nearest(), EXACT) if admitted(campaign.obligation, draft.point()))


def _sizes(campaign: Campaign) -> tuple[dict[str, int], ...]:
    return tuple({tuple(front.problem.sizes.items()): dict(front.problem.sizes) for front in campaign.fronts}.values())
