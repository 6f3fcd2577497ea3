"""Run papers: each claim examined in a process of its own under a time limit, and everything found put into one record.

No claim takes the others along: one that does not end is ``undecided``, one whose examination dies is ``broken``.
"""

from __future__ import annotations

import platform
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import msgspec

from derive.chain.status import concluded
from derive.collection import Collection, collect, joined, shown
from derive.isolation import Answer, Call, answers, cores
from derive.record import ClaimRecord, MutationRecord, PaperRecord, Record, make_record
from derive.resources import catalogue
from derive.selection import Selection, everything
from derive.verdict import unexamined

Draft = tuple[Path, ClaimRecord]
"""A claim's file, and its record as far as it is known before the examination."""

Observer = Callable[[ClaimRecord, int, int], None]
"""Called with each claim's record as it is done, the number done, and the number of all."""

NAMED_VERSIONS = ("derive-check", "sympy", "numpy", "mpmath", "python-flint", "symengine")


@dataclass(frozen=True)
class Options:
    """How to run.

    Attributes:
        jobs: processes at a time.
        time_limit: seconds that a claim may take, and once more the errors planted in it.
        selection: which claims.
        stop_at_first: whether a claim that falls ends the run.
        without: the methods of evidence that are switched off.
        mutate: whether errors are planted in the claims that hold.
    """

    seed: int = 0
    jobs: int = field(default_factory=cores)
    time_limit: float = 60.0
    selection: Selection = everything
    stop_at_first: bool = False
    without: tuple[str, ...] = ()
    mutate: bool = False


@dataclass(frozen=True)
class Run:
    """What came of it. ``errors`` are the user's to mend, ``faults`` derive's own, ``notices`` for a reader to know."""

    record: Record
    errors: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """The code that the command exits with.

        0 all hold, 1 a claim falls or a planted error is not found, 2 an input is at fault, 3 derive is, 5 nothing to
        check, 130 interrupted.
        """
        if self.interrupted:
            return 130
        if self.faults:
            return 3
        if self.errors:
            return 2
        if not self.record.totals.claims:
            return 5
        return 1 if self.record.totals.unexpected or not self.record.mutation.complete else 0


def run(paths: Sequence[Path], options: Options | None = None, observe: Observer | None = None) -> Run:
    """Examine the claims of the papers in ``paths``; the record has them in the order of the files and in them.

    Args:
        paths: .py and .toml files, or folders of them.
        observe: is called with each claim's record as it is done.
    """
    options = options or Options()
    found = collect(paths, selection=options.selection, jobs=options.jobs, time_limit=options.time_limit)
    drafts = [(outlined.path, claim) for outlined in found.papers for claim in outlined.paper.claims]
    claims, interrupted = _examine_all(drafts, options, observe)
    if len(claims) < len(drafts):
        found.notices.append(f"stopped early: {len(drafts) - len(claims)} of {len(drafts)} claims were not examined")
    elif options.mutate and not interrupted:
        claims, interrupted = _plant_all(drafts, claims, options, observe)
    return _conclude(found, claims, options.seed, interrupted)


def outlines(paths: Sequence[Path], selection: Selection = everything, time_limit: float = 60.0) -> Run:
    """The papers in ``paths`` with the claims that ``selection`` takes, none of them examined."""
    found = collect(paths, selection=selection, jobs=cores(), time_limit=time_limit)
    return _conclude(
        found, [claim for outlined in found.papers for claim in outlined.paper.claims], seed=0, interrupted=False
    )


def _examine(path: Path, claim_id: str, seed: int, without: tuple[str, ...]) -> ClaimRecord:
    from derive.examination import examine  # in its own process: it imports the mathematics

    return examine(path, claim_id, seed, without)


def _plant(path: Path, claim_id: str, seed: int, without: tuple[str, ...]) -> MutationRecord:
    from derive.examination import find_planted_errors  # as above

    return find_planted_errors(path, claim_id, seed, without)


def _examine_all(drafts: Sequence[Draft], options: Options, observe: Observer | None) -> tuple[list[ClaimRecord], bool]:
    """The records in order, those that an early end left out missing; and whether the user interrupted."""
    calls = [Call(_examine, (path, claim.id, options.seed, options.without)) for path, claim in drafts]
    claims: dict[int, ClaimRecord] = {}
    interrupted = False
    with closing(answers(calls, jobs=options.jobs, time_limit=options.time_limit)) as arriving:
        try:
            for answer in arriving:
                claims[answer.number] = claim = _result(drafts[answer.number], answer, options)
                if observe:
                    observe(claim, len(claims), len(drafts))
                if (
                    options.stop_at_first and not claim.as_expected and claim.conditional is None
                ):  # it may be proved yet
                    break
        except KeyboardInterrupt:
            interrupted = True
    return [claims[number] for number in sorted(claims)], interrupted


def _plant_all(
    drafts: Sequence[Draft], claims: Sequence[ClaimRecord], options: Options, observe: Observer | None
) -> tuple[list[ClaimRecord], bool]:
    """The claims, those that hold with what was found of the errors planted in them; and whether the user interrupted.

    A claim that falls is left out: it needs no planted error to be wrong.
    """
    found = {claim.id: claim for claim in claims}
    holding = [(path, claim.id) for path, claim in drafts if found[claim.id].verdict.holds]
    calls = [Call(_plant, (path, name, options.seed, options.without)) for path, name in holding]
    interrupted = False
    with closing(answers(calls, jobs=options.jobs, time_limit=options.time_limit)) as arriving:
        try:
            for done, answer in enumerate(arriving, 1):
                name = holding[answer.number][1]
                found[name] = _changed(found[name], mutation=_mutation(answer))
                if observe:
                    observe(found[name], done, len(holding))
        except KeyboardInterrupt:
            interrupted = True
    return list(found.values()), interrupted


def _mutation(answer: Answer) -> MutationRecord:
    """What was found of the planted errors, or why that is not known."""
    if answer.error is not None:
        return MutationRecord(problem=unexamined(answer.error).reason)
    found: MutationRecord = answer.value
    return found


def _result(draft: Draft, answer: Answer, options: Options) -> ClaimRecord:
    """The record of a claim, whatever became of its examination."""
    path, claim = draft
    found = answer.value
    if answer.error is not None:
        judgement = unexamined(answer.error)
        seconds = options.time_limit if isinstance(answer.error, TimeoutError) else 0.0
        found = _changed(claim, verdict=judgement.verdict, reason=judgement.reason, seconds=seconds)
    return _changed(found, where=claim.where, reproduce=reproduce(path, claim.id, options))


def _changed(claim: ClaimRecord, **changes: object) -> ClaimRecord:
    return msgspec.structs.replace(claim, **changes)


def reproduce(path: Path, claim_id: str, options: Options) -> str:
    """The command that examines one claim of ``path`` again."""
    file = [] if path.resolve().is_relative_to(catalogue()) else [shown(path)]
    others = [word for method in options.without for word in ("--without", method)]
    return shlex.join(["derive", "check", *file, "-k", claim_id, "--seed", str(options.seed), *others])


def _conclude(found: Collection, claims: Iterable[ClaimRecord], seed: int, interrupted: bool) -> Run:
    examined = {claim.id: claim for claim in claims}
    parts = (_examined(outlined.paper, examined) for outlined in found.papers)
    papers = joined(part for part in parts if part.claims or part.error)
    papers += [PaperRecord(id=name, error=message) for name, message in (found.errors | found.faults).items()]
    record = make_record(concluded(papers), versions=versions(), seed=seed)
    errors = (*filter(None, (outlined.paper.error for outlined in found.papers)), *found.errors.values())
    return Run(record, errors, tuple(found.faults.values()), tuple(found.notices), interrupted)


def _examined(paper: PaperRecord, claims: Mapping[str, ClaimRecord]) -> PaperRecord:
    """The paper with the records of its claims as far as they were examined."""
    found = tuple(claims[claim.id] for claim in paper.claims if claim.id in claims)
    return msgspec.structs.replace(paper, claims=found)


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that a result may depend on."""
    found = {"python": platform.python_version()}
    for name in NAMED_VERSIONS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
