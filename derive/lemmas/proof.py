"""A proof that takes used claims for granted: with no more of them than it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.language.claims import Claim
from derive.lemmas.applicable import Lemma, applicable, with_lemmas
from derive.obligation import Obligation
from derive.record import LemmaRecord

Method = Callable[[Obligation, Drawn], Evidence | Inapplicable]


def proof_from(drawn: Drawn, used: Iterable[Claim], methods: Sequence[Method]) -> Evidence | None:
    """A proof of an obligation under its hypotheses and what the used claims say; None where no method has one.

    It holds as far as these claims do. One after the other is left out where the proof does without it.
    """
    lemmas = applicable(drawn.obligation, used)
    found = _proof(drawn, lemmas, methods)
    if found is None:
        return None
    for lemma in lemmas:
        fewer = tuple(other for other in lemmas if other is not lemma)
        shorter = _proof(drawn, fewer, methods)
        if shorter is not None:
            lemmas, found = fewer, shorter
    needed = ", ".join(dict.fromkeys(lemma.id for lemma in lemmas))
    records = tuple(LemmaRecord(claim=lemma.id, relation=lemma.number) for lemma in lemmas)
    return replace(found, note=f"{found.note}, by {needed}", lemmas=records)


def _proof(drawn: Drawn, lemmas: Sequence[Lemma], methods: Sequence[Method]) -> Evidence | None:
    """The first proof with these lemmas; None without any, which was tried before."""
    obligation = with_lemmas(drawn.obligation, lemmas)
    found = (method(obligation, drawn) for method in methods if lemmas)
    return next((f for f in found if isinstance(f, Evidence) and f.outcome == "proof"), None)
