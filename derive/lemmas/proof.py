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
    proofs = ((method, _proof(drawn, lemmas, method)) for method in methods if lemmas)
    method, found = next(((m, evidence) for m, evidence in proofs if evidence is not None), (None, None))
    if method is None or found is None:
        return None
    for lemma in lemmas:
        fewer = tuple(other for other in lemmas if other is not lemma)
        shorter = _proof(drawn, fewer, method) if fewer else None  # without any was tried before
        if shorter is not None:
            lemmas, found = fewer, shorter
    needed = ", ".join(dict.fromkeys(lemma.id for lemma in lemmas))
    records = tuple(LemmaRecord(claim=lemma.id, relation=lemma.number) for lemma in lemmas)
    return replace(found, note=f"{found.note}, by {needed}", lemmas=records)


def _proof(drawn: Drawn, lemmas: Sequence[Lemma], method: Method) -> Evidence | None:
    """What the method finds with these lemmas, if that is a proof."""
    found = method(with_lemmas(drawn.obligation, lemmas), drawn)
    return found if isinstance(found, Evidence) and found.outcome == "proof" else None
