"""Method: do the hypotheses contradict each other?

Bounds that exclude each other are a proof that nothing satisfies them (``contradiction.py``). Where none is seen and no
instance is found either, the search says what it searched; a search among rationals says nothing of equalities.
"""

from __future__ import annotations

import time

from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.hypotheses.contradiction import contradiction
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "hypotheses"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Evidence that the claim is vacuous, by a contradiction or by a search that found nothing."""
    if not obligation.given:
        return Inapplicable(METHOD, "the claim has no hypotheses", telling=False)
    start = time.perf_counter()
    reason = contradiction(obligation.given)
    if reason is not None:
        seconds = time.perf_counter() - start
        return Evidence(METHOD, "vacuous", "symbolic", reason, drawn.seed, seconds=seconds)
    search = drawn.search
    if next(iter(drawn), None) is not None:
        return Inapplicable(METHOD, f"the hypotheses can be satisfied{search.rejections()}")
    seconds = time.perf_counter() - start
    equalities = {repr(relation) for relation in obligation.given if relation.sign == "=="}
    if equalities & search.reasons.keys():  # it may have irrational solutions, of which rationals tell nothing
        return Inapplicable(METHOD, f"no rational solution of the equalities among the hypotheses: {search.searched()}")
    note = f"{search.searched()}; this is a search, not a proof"
    return Evidence(METHOD, "vacuous", "exact rationals", note, drawn.seed, rejected=search.rejected, seconds=seconds)
