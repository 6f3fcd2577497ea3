"""Method: an inequality between scalars as a nonnegative combination of products of the hypotheses.

What it proves: the inequality at all values that satisfy the hypotheses and at which both sides are defined: the
difference of the sides, times what is positive, is multiplied out to a sum of products of nonnegative facts, exactly.
By Krivine's and Stengle's Positivstellensatz (G. Stengle, Math. Ann. 207, 1974) every polynomial inequality has such an
identity, but its degree may be out of reach. How it fails: no combination of few factors is found, which refutes
nothing; functions are atoms of which the sign alone is known, and of exp the first terms of the series. Arrays are
compared entry by entry, and sums term by term.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from derive.cone.inequality import Shown, show
from derive.cone.telling import record, told
from derive.cone.termwise import Reading, readings
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "polynomial certificate"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Look for the combination by a linear program, and make it exact."""
    del drawn  # no instance is needed
    start = time.perf_counter()
    for read in readings(obligation):
        found = [show(reading.obligation, obligation.given) for reading in read]
        shown = [proof for proof in found if proof is not None]
        if len(shown) == len(read):
            return _proof(list(zip(shown, read, strict=True)), time.perf_counter() - start)
    reason = "it is no inequality between scalars that few products of the hypotheses show"
    return Inapplicable(METHOD, reason, telling=False)


def _proof(proofs: Sequence[tuple[Shown, Reading]], seconds: float) -> Evidence:
    count = len(proofs[0][0].used)
    among = " between the terms of the sums" if proofs[0][1].summed else ""
    note = f"an exact combination of {count} fact{'s' * (count != 1)}{among}"
    steps = told(shown for shown, _ in proofs)
    records = tuple(record(shown, reading) for shown, reading in proofs)
    return Evidence(METHOD, "proof", "symbolic", note, steps=steps, positivity=records, seconds=seconds)
