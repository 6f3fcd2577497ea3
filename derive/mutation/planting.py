"""Errors planted in a claim one after the other, and each numeric method asked whether it finds them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from derive.evidence.evidence import Evidence, Failure, Inapplicable
from derive.instances.drawn import Drawn
from derive.judge import Method, examined, numeric_methods, symbolic_methods
from derive.language.claims import Claim
from derive.language.experiment import is_measured
from derive.language.latex import latex
from derive.language.plain import plain_relation
from derive.mutation.mutants import Mutant, mutants
from derive.obligation import Obligation, obligations
from derive.record import MutantRecord, MutationRecord
from derive.verdict import Finding

LONGEST_REASON = 300
"""Characters of what the methods said of a survivor."""


@dataclass(frozen=True, eq=False)
class Trial:
    """What the numeric methods found of a mutant."""

    mutant: Mutant
    findings: tuple[Finding, ...]
    drawn: Drawn

    @property
    def refuting(self) -> list[str]:
        """The methods with a verified witness against it."""
        evidence = [found for found in self.findings if isinstance(found, Evidence)]
        return [found.method for found in evidence if found.outcome == "refutation" and found.witness is not None]

    @property
    def applied(self) -> list[str]:
        return [found.method for found in self.findings if not isinstance(found, Inapplicable)]

    @property
    def faults(self) -> list[str]:
        return [
            f"{found.method} raised {found.error} where {self.mutant.change}"
            for found in self.findings
            if isinstance(found, Failure)
        ]

    @property
    def equivalent(self) -> bool:
        """Whether a symbolic proof shows the changed claim to be true, or the change to be none."""
        obligations = filter(None, (self.mutant.obligation, self.mutant.unchanged))
        return any(_proved(obligation, self.drawn) for obligation in obligations)


def plant(claim: Claim, *, seed: int = 0, without: Collection[str] = ()) -> MutationRecord:
    """How many errors planted in ``claim`` the numeric methods find, each method on its own.

    The symbolic methods are used for one thing: to tell that a change of an identity which nothing refuted left it
    true. The methods named in ``without`` are switched off.
    """
    start = time.perf_counter()
    methods = [(name, method) for name, method in numeric_methods() if name not in without]
    trials = [trial for number in range(len(claim.relations)) for trial in _trials(claim, number, seed, methods)]
    bounds = [trial for trial in trials if trial.mutant.relation.sign != "=="]
    found = [trial for trial in trials if trial.mutant.relation.sign == "==" and trial.refuting]
    missed = [trial for trial in trials if trial.mutant.relation.sign == "==" and not trial.refuting]
    equivalent = [trial for trial in missed if trial.equivalent]
    survivors = [trial for trial in missed if trial not in equivalent]
    return MutationRecord(
        planted=len(found) + len(survivors),
        killed=len(found),
        methods=_counts(trial.refuting for trial in found),
        applied=_counts(trial.applied for trial in [*found, *survivors]),
        survivors=tuple(map(_survivor, survivors)),
        equivalents=tuple(map(_mutant_record, (trial.mutant for trial in equivalent))),
        tightened=len(bounds),
        tightened_refuted=sum(bool(trial.refuting) for trial in bounds),
        faults=tuple(dict.fromkeys(fault for trial in trials for fault in trial.faults)),
        seconds=time.perf_counter() - start,
    )


def _trials(claim: Claim, number: int, seed: int, methods: Sequence[tuple[str, Method]]) -> Iterator[Trial]:
    """The mutants of one relation, examined; those under the same hypotheses share their instances.

    A claim on an experiment has none: what is measured has no instances at which a change would show; nor has a claim
    of existence, which other values may satisfy.
    """
    if claim.exists or is_measured(claim.relations[number].left, claim.relations[number].right):
        return
    shared = Drawn(obligations(claim)[number], seed)
    for mutant in mutants(claim, number, seed):
        drawn = shared if mutant.unchanged else Drawn(mutant.obligation, seed)
        findings = [examined(name, method, mutant.obligation, drawn) for name, method in methods]
        yield Trial(mutant, tuple(findings), drawn)


def _proved(obligation: Obligation, drawn: Drawn) -> bool:
    found = [examined(name, method, obligation, drawn) for name, method in symbolic_methods()]
    return any(isinstance(each, Evidence) and each.outcome == "proof" for each in found)


def _counts(rows: Iterable[Sequence[str]]) -> dict[str, int]:
    """How often each method occurs, in the order of the methods."""
    counts = Counter(name for row in rows for name in row)
    return {name: counts[name] for name, _ in numeric_methods() if counts[name]}


def _survivor(trial: Trial) -> MutantRecord:
    said = "; ".join(filter(None, map(_said, trial.findings)))
    return _mutant_record(trial.mutant, said if len(said) <= LONGEST_REASON else f"{said[: LONGEST_REASON - 3]}...")


def _said(found: Finding) -> str:
    """What a method that applied made of a survivor."""
    match found:
        case Evidence(method=method, outcome="support", kept=kept, note=note):
            return f"{method}: {kept} instances agree{f', {note}' if note else ''}"
        case Evidence(method=method, outcome=outcome, note=note):
            return f"{method}: {note or outcome}"
        case Failure(method=method):
            return f"{method} raised"
    return ""


def _mutant_record(mutant: Mutant, reason: str = "") -> MutantRecord:
    relation = mutant.relation
    return MutantRecord(
        statement_tex=latex(relation),
        statement_text=plain_relation(relation),
        kind=mutant.kind,
        change=mutant.change,
        reason=reason,
    )
