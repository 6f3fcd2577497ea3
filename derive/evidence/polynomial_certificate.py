"""Method: an inequality between scalars as a nonnegative combination of products of the hypotheses.

What it proves: the inequality at all values that satisfy the hypotheses and at which both sides are defined: the
difference of the sides, times what is positive, is multiplied out to a sum of products of nonnegative facts, exactly.
By Krivine's and Stengle's Positivstellensatz (G. Stengle, Math. Ann. 207, 1974) every polynomial inequality has such an
identity, but its degree may be out of reach. How it fails: no combination of few factors is found, which refutes
nothing; functions such as exp are atoms of which the sign alone is known.
"""

from __future__ import annotations

import time

from derive.cone.inequality import show
from derive.cone.telling import lines, record
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "polynomial certificate"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Look for the combination by a linear program, and make it exact."""
    del drawn  # no instance is needed
    start = time.perf_counter()
    shown = show(obligation)
    if shown is None:
        reason = "it is no inequality between scalars that few products of the hypotheses show"
        return Inapplicable(METHOD, reason, telling=False)
    count = len(shown.used)
    note = f"an exact combination of {count} fact{'s' * (count != 1)}"
    steps, positivity = lines(shown), record(shown)
    seconds = time.perf_counter() - start
    return Evidence(METHOD, "proof", "symbolic", note, steps=steps, positivity=positivity, seconds=seconds)
