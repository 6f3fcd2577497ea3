"""Method: do the hypotheses contradict each other?

Bounds that exclude each other are a proof that nothing satisfies them (``contradiction.py``). Where none is seen and no
instance is found either, the search says what it searched; a search among rationals says nothing of equalities, and
one among small sizes nothing of hypotheses that ask for large ones.
"""

from __future__ import annotations

import time

from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.hypotheses.contradiction import contradiction
from derive.instances.drawn import Drawn
from derive.language.binding import free_symbols
from derive.language.relations import Relation
from derive.language.tensor import Number, Size
from derive.obligation import TURNED, Obligation

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
    wide = next((r for r in obligation.given if repr(r) in search.reasons and _asks_for_size(r)), None)
    if wide is not None:  # larger sizes than were searched may have instances
        return Inapplicable(METHOD, f"no instance at the sizes that were searched, and {wide!r} asks for larger ones")
    note = f"{search.searched()}; this is a search, not a proof"
    return Evidence(METHOD, "vacuous", "exact rationals", note, drawn.seed, rejected=search.rejected, seconds=seconds)


def _asks_for_size(relation: Relation) -> bool:
    """Is a size to be at least something that is no number?"""
    turned = relation.sign in TURNED
    small, large = (relation.right, relation.left) if turned else (relation.left, relation.right)
    leaves = [node for node in large.walk() if not list(node.children())]
    sizes = [node for node in leaves if isinstance(node, Size)]
    return bool(sizes) and all(isinstance(node, (Size, Number)) for node in leaves) and bool(free_symbols(small))
