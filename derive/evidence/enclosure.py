"""Method: branch and bound over the whole domain, at stated sizes, in interval and ball arithmetic.

What it proves: the inequality at every point of the hypotheses where both sides are defined, at the sizes that it
names; of other sizes it says nothing. How it fails: a symbol that no hypothesis bounds, more than a few dimensions of
the domain, sides that meet somewhere (there has to be room between them), and a budget of boxes that runs out.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from derive.enclosure.certificate import certificate
from derive.enclosure.enclose import SUFFICIENT, Enclosure, NotEnclosed, enclose
from derive.enclosure.extreme import ends
from derive.evidence.evidence import Evidence, Inapplicable, Outcome, Witness
from derive.evidence.witness.verification import verify
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.instances.sizes import Sizes
from derive.obligation import Obligation

METHOD = "enclosure"

DIGITS = 8
"""Of the ends of an extreme value, rounded outwards."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Cover the domain with boxes on each of which the inequality holds, as far as a counted budget goes."""
    del drawn  # the whole domain is examined
    start = time.perf_counter()
    if obligation.sign not in ("<=", "<", "<<"):
        return Inapplicable(METHOD, "the claim is no inequality", telling=False)
    try:
        found = enclose(obligation)
    except NotEnclosed as error:
        return Inapplicable(METHOD, str(error), telling=False)
    witness = _witness(obligation, found)
    outcome: Outcome = "refutation" if witness else "certificate" if _certified(found) else "inconclusive"
    sizes = found.sizes if outcome == "certificate" else found.tried
    return Evidence(
        METHOD,
        outcome,
        witness.arithmetic if witness else "balls",
        _note(found, outcome),
        sizes=tuple(sizes),
        bracket=_bracket(found, sizes),
        certificate=certificate(found) if outcome == "certificate" else None,
        witness=witness,
        seconds=time.perf_counter() - start,
    )


def _witness(obligation: Obligation, found: Enclosure) -> Witness | None:
    """The point at which the search saw a violation, where that is one."""
    names = symbols(*obligation.expressions)
    if found.suspect is None or found.reading.name in SUFFICIENT or not set(names) <= set(found.suspect.values):
        return None
    return verify(obligation, found.suspect)


def _certified(found: Enclosure) -> bool:
    """Was the inequality certified at all sizes of a bounded list, or beyond size 1 of one that has no end?"""
    if not found.reason:
        return bool(found.sizes)
    return not found.complete and any(min(sizes.values(), default=2) > 1 for sizes in found.sizes)


def _note(found: Enclosure, outcome: Outcome) -> str:
    if outcome == "certificate":
        where = at_sizes(found.sizes)
        left = f"; {found.reason}" if found.reason else ""
        return f"certified{where} on the domain of the hypotheses, cut into {found.leaves} leaves{left}"
    if outcome == "refutation":
        return f"found among {found.boxes} boxes"
    return f"{found.reason}; {found.boxes} boxes examined"


def at_sizes(sizes: Sequence[Sizes]) -> str:
    """`` at n = 2, 3, 4`` or `` at (n, d) = (1, 1), (1, 2)``; nothing where there are no dimensions."""
    names = list(sizes[0]) if sizes else []
    if not names:
        return ""
    if len(names) == 1:
        return f" at {names[0]} = {', '.join(str(row[names[0]]) for row in sizes)}"
    rows = ", ".join(f"({', '.join(map(str, row.values()))})" for row in sizes)
    return f" at ({', '.join(names)}) = {rows}"


def _bracket(found: Enclosure, sizes: list[Sizes]) -> dict[str, str]:
    """The ends of the extreme value as decimals, rounded outwards."""
    low, high = ends(found.reading, sizes, found.gap)
    shown = {"enclosed_lower": _decimal(low, ROUND_FLOOR), "enclosed_upper": _decimal(high, ROUND_CEILING)}
    return {key: text for key, text in shown.items() if text is not None}


def _decimal(number: Fraction | None, rounding: str) -> str | None:
    if number is None:
        return None
    context = Context(prec=DIGITS, rounding=rounding)
    quotient = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{quotient.normalize(context):f}"
