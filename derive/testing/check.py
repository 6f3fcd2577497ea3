"""One question answered: in balls where the function runs on them, otherwise in floats; beside a kink by regions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from derive.estimate.line import Floats
from derive.testing import in_balls, in_floats
from derive.testing.code import unit_roundoff
from derive.testing.finding import Finding
from derive.testing.question import Question
from derive.testing.repeatability import unrepeatable

BESIDE = 8
"""Points beside a kink at which the claim is tried."""

DOUBLE = 2.0**-53
"""The unit roundoff of double precision."""

AWAY = 2.0**-12
"""How far they are, relative to the point."""


def check(question: Question) -> Finding:
    """The finding at the point; at a kink, that of points beside it, which lie in different regions."""
    random = unrepeatable(question)
    if random is not None:
        return random
    finding = _at(question)
    if finding.kink is not None and question.claimed.code is not None:
        finding = _beside(question, finding)
    if finding.verdict == "agrees" and _overflows(question):
        reason = "as a formula it is right, but it is not finite in floats"
        finding = replace(finding, verdict="differs", reason=reason)
    return replace(finding, notes=(*finding.notes, *_remarks(question, finding)))


def _overflows(question: Question) -> bool:
    """Does the claimed code fail in floats where the function does not?"""
    if question.claimed.code is None:
        return False
    claimed = question.claimed.sample(question.point)
    return not np.isfinite(claimed).all() and bool(np.isfinite(question.function.floats(question.point)).all())


def _at(question: Question) -> Finding:
    try:
        return in_balls.examine(question)
    except Exception:  # it does not run on balls; what is wrong with it shows in floats
        return in_floats.examine(question)


def _beside(question: Question, at_kink: Finding) -> Finding:
    """What the claim is worth beside the kink: wrong at one point is wrong."""
    rng = question.generator()
    found = [_at(question.at(_moved(question.point, rng))) for _ in range(BESIDE)]
    wrong = [f for f in found if f.verdict == "differs"]
    right = [f for f in found if f.verdict == "agrees"]
    if wrong:
        reason = f"{wrong[0].reason} beside the kink, at {len(wrong)} of {BESIDE} points"
        return replace(wrong[0], reason=reason, kink=at_kink.kink)
    if not right:
        return at_kink
    reason = f"it agrees at {len(right)} of {BESIDE} points beside the kink; at the kink itself nothing is said"
    resolution = max(f.resolution for f in right)
    return replace(right[0], reason=reason, kink=at_kink.kink, resolution=resolution, directions=len(right))


def _moved(point: Floats, rng: np.random.Generator) -> Floats:
    sizes = np.where(point == 0, np.max(np.abs(point), initial=0.0) or 1.0, np.abs(point))
    return np.asarray(point + AWAY * sizes * rng.standard_normal(point.shape))


def _remarks(question: Question, finding: Finding) -> tuple[str, ...]:
    """What could hide a mistake: a degenerate point, and few digits."""
    notes = []
    if question.point.size > 1 and np.ptp(question.point) == 0:
        notes.append("all entries of the point are equal: a wrong derivative may be right there by accident")
    if finding.method == in_floats.METHOD and unit_roundoff(question.function.native(question.point)) > DOUBLE:
        notes.append("the function computes in single precision; in double precision smaller errors would be seen")
    return tuple(notes)
