"""The bracket of an inequality: what an instance certainly reaches, what was derived, and what is claimed.

Of a claim ``measure <= constant`` that is ``attack_lower <= the true constant <= derived_upper``, of one from below
``derived_lower <= the true constant <= attack_upper``; in LaTeX, beside ``claimed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from derive.attack.ratio import DIGITS, LARGEST, RATIO, SMALLEST
from derive.bounds.bound import FROM_BELOW
from derive.bounds.goals import Goal, goals
from derive.bounds.telling import measured, value_tex
from derive.evidence.evidence import Evidence
from derive.obligation import Obligation

LEAST = Decimal("1e-9")
"""Numbers nearer to zero are given as this, rounded to the safe side."""


def bracket(obligation: Obligation, findings: Iterable[object]) -> dict[str, str]:
    """The bracket of an obligation from all that was found of it; empty where there is none."""
    evidence = [finding for finding in findings if isinstance(finding, Evidence) and finding.bracket]
    derived = next((dict(e.bracket) for e in evidence if "claimed" in e.bracket), {})
    seen = next((e.bracket for e in evidence if e.bracket.keys() & {RATIO, LARGEST, SMALLEST}), None)
    if seen is None:
        return derived
    return derived | _attacked(obligation, seen, derived.get("measure"))


def _attacked(obligation: Obligation, seen: Mapping[str, str], measure: str | None) -> dict[str, str]:
    """What the attack adds, in terms of the measure that was bounded, or of the first that the claim speaks of."""
    for goal in goals(obligation):
        shown = measured(goal.measure, goal.subject)
        if measure in (None, shown):
            below = goal.measure in FROM_BELOW
            found = _reached(goal, seen, below)
            if found is None:
                return {}
            end = "attack_upper" if below else "attack_lower"
            return {"measure": shown, end: found, "claimed": value_tex(goal.claimed, goal.facts.parameters)}
    return {}


def _reached(goal: Goal, seen: Mapping[str, str], below: bool) -> str | None:
    if RATIO not in seen:
        number = seen.get(SMALLEST if below else LARGEST)
        known = goal.measure in ("lambda_min", "lambda_max") and goal.claimed.is_Rational and number is not None
        return _short(Fraction(number), below) if known and number is not None else None
    ratio = Fraction(seen[RATIO])
    if not ratio:
        return None
    factor = 1 / ratio if below else ratio
    number, rest = goal.claimed.as_coeff_Mul()
    coefficient = _short(factor * Fraction(int(number.p), int(number.q)), below)
    tex = value_tex(rest, goal.facts.parameters)
    if rest == 1:
        return coefficient
    return rf"{coefficient} \left({tex}\right)" if rest.is_Add else rf"{coefficient} {tex}"


def _short(number: Fraction, up: bool) -> str:
    """A few digits, rounded outwards."""
    context = Context(prec=DIGITS, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    found = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    if 0 < abs(found) < LEAST:
        found = LEAST * up if number > 0 else -LEAST * (not up)
    return f"{found.normalize(context):f}"
