"""The verdict of a claim: the one place that decides, from the evidence alone."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from derive.evidence.evidence import Evidence, Failure, Inapplicable, Witness
from derive.isolation import Died
from derive.record import ClaimRecord, ConditionalRecord, PremiseRecord, Verdict

Finding = Evidence | Inapplicable | Failure


@dataclass(frozen=True)
class Judgement:
    """A verdict, its reason in one sentence, the witness of a refutation, and the number of the deciding obligation."""

    verdict: Verdict
    reason: str
    witness: Witness | None = None
    obligation: int = 0


def decide(findings: Sequence[Sequence[Finding]]) -> Judgement:
    """The verdict of a claim whose obligations were examined: ``findings`` has one row an obligation.

    A claim stands where all its obligations do and falls where one of them does. A proof beside a verified witness is
    ``broken``, never one of the two; so are hypotheses that were shown to contradict each other beside an instance of
    them, and a method that raised. Numbers alone never prove, and no instance tried is
    never better than ``undecided``.
    """
    judgements = [_decide_one(row) for row in findings]
    for verdict in ORDER:
        for number, judgement in enumerate(judgements):
            if judgement.verdict is verdict:
                return replace(judgement, obligation=number)
    return Judgement(Verdict.UNDECIDED, "the claim states nothing to examine")


def about_class(judgement: Judgement, members: Sequence[str], whole: Sequence[Finding] = ()) -> Judgement:
    """The verdict of a claim about any function of a class, from that of the claim about its ``members``.

    It falls with them. That it holds for them proves nothing of others, and that there is none of them says nothing.
    ``whole`` is what was found of the claim itself, for each of its obligations: proofs of all make it proved.
    """
    of_all = bool(whole) and all(isinstance(found, Evidence) and found.outcome == "proof" for found in whole)
    if not members or (of_all and judgement.verdict is Verdict.PROVED):
        return judgement
    functions = ", ".join(members)
    if judgement.verdict in (Verdict.PROVED, Verdict.CERTIFIED):
        return replace(judgement, verdict=Verdict.SUPPORTED, reason=f"holds for {functions}; not proved for others")
    if judgement.verdict is Verdict.VACUOUS:
        return replace(judgement, verdict=Verdict.UNDECIDED, reason=f"of {functions}: {judgement.reason}")
    return replace(judgement, reason=f"{judgement.reason}, for {functions}")


def about_existence(found: ClaimRecord, others: Sequence[str]) -> Judgement:
    """The verdict of a claim of existence, from what was ``found`` of its negation: that no values have the relations.

    A verified witness against the negation is what is claimed to exist, where the claim speaks of no ``others``; these
    have some values there, and the claim is one for all. A proof of the negation refutes the claim.
    """
    excluded = any(e.strength == "symbolic" and e.note == found.reason for e in found.evidence)  # not by a search
    match found.verdict:
        case Verdict.REFUTED if others:
            choice = f"for some values of {', '.join(others)}"
            return Judgement(Verdict.SUPPORTED, f"holds {choice}, not shown for all: the negation is {found.reason}")
        case Verdict.REFUTED:
            return Judgement(Verdict.PROVED, f"the negation is {found.reason}")
        case Verdict.PROVED if not others or any(e.kept for e in found.evidence):
            return Judgement(Verdict.REFUTED, f"the negation is proved: {found.reason}")
        case Verdict.VACUOUS if excluded and not others:
            return Judgement(Verdict.REFUTED, f"there is none: {found.reason}")
        case Verdict.BROKEN | Verdict.ILL_POSED:
            return Judgement(found.verdict, found.reason)
    return Judgement(Verdict.UNDECIDED, f"no such values were found; the negation is {found.verdict}: {found.reason}")


def ill_posed(problem: str) -> Judgement:
    """The verdict of a claim that says nothing as typed."""
    return Judgement(Verdict.ILL_POSED, problem)


def from_lemmas(findings: Sequence[Sequence[Finding]], proofs: Sequence[Evidence | None]) -> ConditionalRecord | None:
    """What makes the claim proved once other claims are; None where the proofs, one an obligation, do not suffice."""
    lemmas = tuple(lemma for proof in proofs if proof is not None for lemma in proof.lemmas)
    if not lemmas:
        return None
    rows = [[replace(p, lemmas=()), *row] if p else row for p, row in zip(proofs, findings, strict=True)]
    judgement = decide(rows)
    if judgement.verdict is not Verdict.PROVED:
        return None
    return ConditionalRecord(premises=tuple(dict.fromkeys(lemma.claim for lemma in lemmas)), reason=judgement.reason)


def with_premises(
    verdict: Verdict, reason: str, conditional: ConditionalRecord, premises: Sequence[PremiseRecord]
) -> Judgement:
    """The verdict of a claim that has a proof from other claims, once these are judged.

    The proof counts where each of them is proved: a certificate speaks of some sizes only. Without it the claim keeps
    the ``verdict`` and the ``reason`` that it has by itself.
    """
    missing = [premise for premise in premises if premise.verdict is not Verdict.PROVED]
    if not missing and verdict is Verdict.REFUTED:
        names = ", ".join(premise.claim for premise in premises)
        return Judgement(Verdict.BROKEN, f"the claim follows from {names}, and there is a verified witness against it")
    if not missing and verdict is not Verdict.BROKEN:
        return Judgement(Verdict.PROVED, conditional.reason)
    fallen = [premise for premise in missing if premise.verdict not in (None, *STANDING)]
    if fallen:
        return Judgement(verdict, f"{reason}; its proof rests on nothing: {fallen[0].claim} is {fallen[0].verdict}")
    follows = f"; it follows from {', and from '.join(map(str, missing))}" if missing else ""
    return Judgement(verdict, f"{reason}{follows}")


STANDING = (Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED, Verdict.UNDECIDED)
"""Verdicts of claims from which another may still follow."""


def unexamined(error: Exception) -> Judgement:
    """The verdict of a claim whose examination ended without one: only a limit that was set leaves it undecided."""
    match error:
        case TimeoutError():
            return Judgement(Verdict.UNDECIDED, f"{error}; --time-limit sets another")
        case MemoryError():
            return Judgement(Verdict.UNDECIDED, "memory limit of the examination")
        case Died():
            return Judgement(Verdict.BROKEN, f"the examination died: {error}")
    return Judgement(Verdict.BROKEN, f"the examination raised {what_was_raised(error)}")


def what_was_raised(error: Exception) -> str:
    """The error in one line, with the place where it was raised as far as that is known."""
    text = f"{type(error).__name__}: {' '.join(str(error).split())[:LONGEST_ERROR]}"
    frames = traceback.extract_tb(error.__traceback__)
    return f"{text} ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else text


LONGEST_ERROR = 300
"""Characters of an error's message that are shown."""

NOWHERE = 20
"""Instances without a value, and none with one, that make a proved claim vacuous."""

NOT_DRAWN = ("float64", "modulo a prime")
"""Strengths of evidence that does not count the instances that are drawn: climbs past points, points modulo a prime."""

ORDER = (
    Verdict.BROKEN,
    Verdict.REFUTED,
    Verdict.ILL_POSED,
    Verdict.VACUOUS,
    Verdict.UNDECIDED,
    Verdict.SUPPORTED,
    Verdict.CERTIFIED,
    Verdict.PROVED,
)
"""Of several obligations, the first of these verdicts is the claim's."""


def _decide_one(findings: Sequence[Finding]) -> Judgement:
    failures = [f for f in findings if isinstance(f, Failure)]
    evidence = [f for f in findings if isinstance(f, Evidence) and not f.lemmas]  # of those see ``with_premises``
    by_outcome = {e.outcome: e for e in reversed(evidence)}
    proof, refutation, enclosed = (by_outcome.get(name) for name in ("proof", "refutation", "certificate"))
    excluded = sorted((e for e in evidence if e.outcome == "vacuous"), key=lambda e: e.strength == "symbolic")
    vacuous = excluded[-1] if excluded else None  # a contradiction tells more than a search
    contradicted = vacuous is not None and vacuous.strength == "symbolic"  # a search that found nothing proves nothing
    if refutation and (proof or contradicted or _covers(enclosed, refutation)):
        says = _against(proof, enclosed if not contradicted else None)
        text = f"{says}, and {refutation.method} {_speaks(refutation)}"
        return Judgement(Verdict.BROKEN, text, refutation.witness)
    if failures:
        return Judgement(Verdict.BROKEN, f"{failures[0].method} raised {failures[0].error}")
    if refutation and refutation.witness:  # it has one: see ``Evidence``
        return Judgement(Verdict.REFUTED, _refuted(refutation, refutation.witness), refutation.witness)
    if "ill-posed" in by_outcome:
        return Judgement(Verdict.ILL_POSED, by_outcome["ill-posed"].note)
    if vacuous and (contradicted or not (proof or "support" in by_outcome)):  # support is by instances that exist
        return Judgement(Verdict.VACUOUS, vacuous.note)
    nowhere = [e for e in evidence if not e.kept and e.non_finite >= NOWHERE]
    if proof and nowhere and not any(e.kept for e in evidence):
        searched = f"{nowhere[0].non_finite} instances"
        return Judgement(
            Verdict.VACUOUS, f"the claim has no value at any of {searched} searched by {nowhere[0].method}"
        )
    if proof:
        return Judgement(Verdict.PROVED, proof.note)
    if enclosed:
        return Judgement(Verdict.CERTIFIED, enclosed.note)
    return _without_proof(findings, evidence)


def _covers(enclosed: Evidence | None, refutation: Evidence) -> bool:
    """Does a certificate speak of the sizes of the witness? Of others it says nothing."""
    if enclosed is None or refutation.witness is None:
        return False
    at = refutation.witness.sizes
    return any(all(at.get(name) == size for name, size in sizes.items()) for sizes in enclosed.sizes)


def _against(proof: Evidence | None, enclosed: Evidence | None) -> str:
    """What a verified witness contradicts."""
    if proof:
        return f"{proof.method} proves the claim"
    return f"{enclosed.method} certifies it" if enclosed else "the hypotheses are shown to contradict each other"


def _speaks(refutation: Evidence) -> str:
    """What a refutation has against the claim."""
    if refutation.draws is None:
        return "has a verified witness against it"
    return f"refutes it at level {refutation.draws.level:g}"


def _without_proof(findings: Sequence[Finding], evidence: Sequence[Evidence]) -> Judgement:
    support = [e for e in evidence if e.outcome == "support"]
    if support:
        if tests := [e for e in support if e.draws is not None or e.experiments]:
            return Judgement(Verdict.SUPPORTED, f"not proved; {tests[0].note}")
        drawn = [e for e in support if e.strength not in NOT_DRAWN] or support
        tried = max(e.kept for e in drawn)  # the methods draw the same instances
        agree = "1 instance agrees" if tried == 1 else f"{tried} instances agree"
        return Judgement(Verdict.SUPPORTED, f"not proved; {agree}")
    reasons = [e.note for e in evidence if e.note]
    reasons += [f"{f.method}: {f.reason}" for f in findings if isinstance(f, Inapplicable) and f.telling]
    return Judgement(Verdict.UNDECIDED, "; ".join(dict.fromkeys(reasons)) or "no method applies")


def _refuted(refutation: Evidence, witness: Witness) -> str:
    if refutation.draws is not None:
        return f"refuted at level {refutation.draws.level:g}: {refutation.note}"
    sizes = ", ".join(f"{name} = {size}" for name, size in witness.sizes.items())
    floats = witness.arithmetic == "float64 with an error bar"
    kind = "a witness in float64 with an error bar: a value function is a black box" if floats else "an exact witness"
    if witness.end:
        kind = "a change of sign between two exact points"
    return f"refuted{' at ' if sizes else ''}{sizes} by {kind}"
