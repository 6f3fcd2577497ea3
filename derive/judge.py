"""One claim, end to end: its obligations examined by every method, the verdict, and the record of it all."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import derive.evidence
from derive.bracket.bracket import bracket
from derive.evidence.evidence import Evidence, Failure, Inapplicable, Witness
from derive.evidence.witness.verification import simplify
from derive.evidence_record import evidence_record
from derive.existence import negation, of_existence
from derive.explanation.conditions import conditions
from derive.explanation.explain import Explanation, explain, verbatim
from derive.instances.drawn import Drawn
from derive.interpolated import by_data, proofs_of
from derive.language.experiment import is_measured
from derive.language.members import about_members
from derive.language.one_sided import Jump
from derive.language.paper import Claim
from derive.lemmas.proof import proof_from
from derive.lint.flags import flags
from derive.lint.subject import Examined
from derive.obligation import Obligation, about_any_function, obligations
from derive.record import (
    BracketRecord,
    ClaimRecord,
    FlagRecord,
    StepRecord,
    Verdict,
    WhereRecord,
)
from derive.statement_record import statement_record
from derive.verdict import Finding, Judgement, about_class, decide, from_lemmas, ill_posed, what_was_raised

Method = Callable[[Obligation, Drawn], Evidence | Inapplicable]


@cache
def methods() -> tuple[tuple[str, Method], ...]:
    """Every method of evidence: the modules of ``derive.evidence`` that define ``examine``, the normal form first."""
    names = [info.name for info in iter_modules(derive.evidence.__path__) if not info.ispkg]
    modules = [import_module(f"derive.evidence.{name}") for name in names]
    found = [(module.METHOD, module.examine) for module in modules if hasattr(module, "examine")]
    return tuple(sorted(found, key=lambda item: (item[0] not in SYMBOLIC, item[0])))


ABOUT_CLASSES = frozenset({"Newton step", "interpolation", "smooth functions"})
"""The methods that prove claims about any function of a class; to the others such a function has no value."""

SYMBOLIC = ABOUT_CLASSES | frozenset(
    {
        "normal form",
        "norm calculus",
        "polynomial certificate",
        "exact numbers",
        "concentration",
        "continuity",
        "induction",
    }
)
"""The methods that rest on the calculus; all others are independent of it."""


def symbolic_methods() -> tuple[tuple[str, Method], ...]:
    """The methods that prove by the calculus."""
    return tuple(item for item in methods() if item[0] in SYMBOLIC)


def numeric_methods() -> tuple[tuple[str, Method], ...]:
    """The methods that share no code with the calculus."""
    return tuple(item for item in methods() if item[0] not in SYMBOLIC)


def judge(claim: Claim, *, seed: int = 0, without: Collection[str] = (), used: Sequence[Claim] = ()) -> ClaimRecord:
    """The record of a claim: verdict, evidence, witness, derivation and what is wrong.

    A method that raises makes the claim ``broken`` and takes nothing else along. The methods named in ``without`` are
    switched off. What the claims ``used`` state may serve in a proof, which then waits for their verdicts. Of a claim
    of existence the negation is examined.
    """
    start = time.perf_counter()
    if claim.problem is not None:
        return _record(Examined(claim, ill_posed(claim.problem), [], []), start, seed)
    if claim.exists:
        return of_existence(claim, judge(negation(claim), seed=seed, without=without))
    claim = about_members(claim)
    drawn = [Drawn(obligation, seed) for obligation in obligations(claim)]
    parts = zip(about_any_function(claim), drawn, strict=False)
    whole = [_of_any_function(part, shared, without) for part, shared in parts]
    findings = [_findings(shared, without, proofs_of(whole[k : k + 1])) for k, shared in enumerate(drawn)]
    case = Examined(claim, about_class(decide(findings), claim.members, whole), findings, drawn)
    case = by_data(case, whole) or case
    proving = [method for name, method in symbolic_methods() if name not in without]
    proofs = [
        None if _settled(row) else proof_from(shared, used, proving)
        for shared, row in zip(drawn, findings, strict=True)
    ]
    return _record(case, start, seed, proofs, used)


def _of_any_function(obligation: Obligation, drawn: Drawn, without: Collection[str]) -> Finding:
    """A proof of a claim about any function of a class, by the methods that know such classes."""
    knowing = ABOUT_CLASSES.difference(without)
    found = (examined(name, method, obligation, drawn) for name, method in methods() if name in knowing)
    unproved = Inapplicable("any function", "it is not proved of any function", telling=False)
    return next((f for f in found if not isinstance(f, Inapplicable)), unproved)


def _findings(drawn: Drawn, without: Collection[str], whole: Sequence[Finding]) -> list[Finding]:
    """What every method finds, all at the same instances, behind what was found of any function of a class."""
    obligation, of_all = drawn.obligation, _settled(whole)
    findings = list(whole)
    experiment = is_measured(obligation.left, obligation.right)
    for name, method in sorted(methods(), key=lambda item: item[0] in SEARCHES):
        drawn.settled = _settled(findings)
        if name in without:
            findings.append(Inapplicable(name, "switched off"))
        elif experiment and name not in EXPERIMENTS:
            findings.append(Inapplicable(name, "the claim is about an experiment", telling=False))
        elif isinstance(obligation.left, Jump) and name not in ABOUT_JUMPS:
            findings.append(Inapplicable(name, "the claim is about limits", telling=False))
        elif (name in LAST_RESORTS and drawn.settled) or (name in SYMBOLIC and of_all):
            findings.append(Inapplicable(name, "the claim is settled without it", telling=False))
        else:
            findings.append(examined(name, method, obligation, drawn))
    return _with_a_simple_witness(findings, obligation, drawn)


SEARCHES = frozenset({"attack", "enclosure"})
"""Methods that cost more than all others: they come last."""

EXPERIMENTS = frozenset({"experiment"})
"""The methods for claims on what is measured; to the others an experiment has no value."""

ABOUT_JUMPS = frozenset({"one-sided limits", "continuity"})
"""The methods for claims that there is no jump: elsewhere than on a kink there is none."""

LAST_RESORTS = frozenset({"enclosure"})
"""Those that are used only where the others leave the claim open."""


def _settled(findings: Sequence[Finding]) -> bool:
    """Is there a proof or a refutation?"""
    return any(isinstance(found, Evidence) and found.outcome in ("proof", "refutation") for found in findings)


def _with_a_simple_witness(findings: list[Finding], obligation: Obligation, drawn: Drawn) -> list[Finding]:
    """The findings, the first witness made simpler: it is the one that is shown, and to simplify all takes long."""
    for number, found in enumerate(findings):
        if isinstance(found, Evidence) and found.witness is not None:
            findings[number] = examined(found.method, _simplified(found, found.witness), obligation, drawn)
            break
    return findings


def _simplified(found: Evidence, witness: Witness) -> Method:
    """A method that finds the same with a simpler witness."""
    return lambda obligation, drawn: replace(found, witness=simplify(obligation, witness))


def examined(name: str, method: Method, obligation: Obligation, drawn: Drawn) -> Finding:
    """What a method finds, or that it raised."""
    try:
        return method(obligation, drawn)
    except MemoryError:  # the limit of the examination, which says so itself
        raise
    except Exception as error:  # reported as broken with the place where it was raised
        return Failure(name, what_was_raised(error))


def _record(
    case: Examined, start: float, seed: int, proofs: Sequence[Evidence | None] = (), used: Sequence[Claim] = ()
) -> ClaimRecord:
    claim, judgement, findings = case.claim, case.judgement, case.findings
    conditional = from_lemmas(findings, proofs)
    told = [[p, *row] if p else row for p, row in zip(proofs, findings, strict=True)] if conditional else findings
    explanation = _explained(claim, judgement)
    ends, unbracketed = _bracket(claim, findings)
    remarks = (FlagRecord(code=flag.code, text=flag.text) for flag in flags(case))
    return ClaimRecord(
        id=claim.id,
        kind=claim.kind,
        verdict=judgement.verdict,
        cite=claim.cite,
        expected=Verdict(claim.expect) if claim.expect else None,
        expected_reason=claim.reason or "",
        reason=judgement.reason,
        evidence=tuple(evidence_record(f, k) for k, row in enumerate(told, 1) for f in row),
        where=WhereRecord(file=claim.where[0], line=claim.where[1]),
        reproduce=f"derive check {claim.where[0]} -k {claim.id} --seed {seed}",
        statement_tex=explanation.statement,
        statement=statement_record(claim),
        hypotheses_tex=explanation.hypotheses,
        witness=explanation.witness,
        flags=(*remarks, *explanation.flags, *unbracketed),
        difference_tex=explanation.difference.tex,
        difference_text=explanation.difference.text,
        repair_tex=explanation.repair.told.tex,
        repair_text=explanation.repair.told.text,
        repair_note=explanation.repair.note,
        repair_instances=explanation.repair.instances,
        derivation=tuple(_derivation(explanation, told)),
        result_tex=explanation.result.tex,
        result_text=explanation.result.text,
        diagnosis=explanation.diagnosis,
        bracket=ends,
        uses=claim.using,
        conditional=conditional,
        conditions=conditions(claim, used),
        seconds=time.perf_counter() - start,
    )


def _derivation(explanation: Explanation, findings: Sequence[Sequence[Finding]]) -> Iterator[StepRecord]:
    """The steps through the definitions, then for each relation those of a proof, or else of the bounds derived."""
    yield from explanation.derivation
    before = len(explanation.derivation)
    for row in findings:
        told = [found for found in row if isinstance(found, Evidence) and found.steps]
        proofs = [found for found in told if found.outcome == "proof"]
        for finding in proofs[:1] or told:
            for tex, rule, premises in finding.steps:
                yield StepRecord(tex=tex, rule=rule, premises=tuple(before + k for k in premises))
            before += len(finding.steps)


def _bracket(
    claim: Claim, findings: Sequence[Sequence[Finding]]
) -> tuple[BracketRecord | None, tuple[FlagRecord, ...]]:
    """The bracket of the first inequality that has one; where it raises, the verdict stands and a flag says so."""
    rows = zip(obligations(claim), findings, strict=True) if findings else ()
    try:
        return next((found for obligation, row in rows if (found := bracket(obligation, row))), None), ()
    except Exception as error:  # shown as a flag beside the verdict
        return None, (FlagRecord(code="no-bracket", text=f"no bracket: {what_was_raised(error)}"),)


def _explained(claim: Claim, judgement: Judgement) -> Explanation:
    """The explanation; where it raises, the verdict stands and a flag says what is missing."""
    try:
        return explain(claim, judgement)
    except Exception as error:  # shown as a flag beside the verdict
        flag = FlagRecord(code="no-explanation", text=f"no explanation: {what_was_raised(error)}")
        return Explanation(verbatim(claim.statement), flags=(flag,))
