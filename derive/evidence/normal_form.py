"""Method: equal Einstein normal forms, which proves an identity for all dimensions and all values.

What it proves: the two sides are equal wherever both are defined (and, where a piecewise function was differentiated,
away from its kinks). How it fails: unequal normal forms refute nothing, since atoms may satisfy relations that the form
does not know; a node without a rule, or an expansion that grows too large, is inapplicable.
"""

from __future__ import annotations

import time

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.powers import NeedsPositive
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.hypotheses.conditions import differentiated_pieces
from derive.instances.drawn import Drawn
from derive.obligation import Obligation

METHOD = "normal form"


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Derive both sides with symbolic dimensions and compare them."""
    del drawn  # no instance is needed
    start = time.perf_counter()
    if obligation.sign != "==":
        return Inapplicable(METHOD, "the claim is no identity", telling=False)
    try:
        found = difference(obligation.left, obligation.right, obligation.given)
    except NeedsPositive as error:
        return Evidence(METHOD, "ill-posed", note=str(error), seconds=time.perf_counter() - start)
    except Undecidable as error:
        return Inapplicable(METHOD, str(error))
    seconds = time.perf_counter() - start
    if not found.proved:
        note = f"the normal forms differ by {len(found.form.terms)} term{'s' * (len(found.form.terms) != 1)}"
        return Evidence(METHOD, "inconclusive", "symbolic", note, seconds=seconds)
    kinks = differentiated_pieces(obligation.left, obligation.right) if found.kinks else ()
    away = f" away from the kinks of {', '.join(kinks)}" if kinks else ""
    note = f"equal normal forms, for all dimensions{away}"
    return Evidence(METHOD, "proof", "symbolic", note, kinks=kinks, seconds=seconds)
