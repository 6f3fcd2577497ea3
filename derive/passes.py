"""The passes of a run over its claims: each is examined, and errors are planted in those that hold.

Each claim has a process of its own under a time limit, and takes no other along: one that does not end is
``undecided``, one whose examination dies is ``broken``. What earlier runs found of it is taken from the cache.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from derive.cache.answers import Memory, Question, remembered
from derive.collection import shown
from derive.isolation import Answer, Call
from derive.options import Observer, Options
from derive.record import ClaimRecord, MutationRecord, Verdict
from derive.resources import catalogue
from derive.verdict import unexamined


@dataclass(frozen=True)
class Draft:
    """A claim of the file ``path`` before its examination: its record as far as it is known, and its fingerprint."""

    path: Path
    claim: ClaimRecord
    content: str | None


def _examine(path: Path, claim_id: str, seed: int, without: tuple[str, ...]) -> tuple[ClaimRecord, str | None]:
    from derive.examination import examine  # in its own process: it imports the mathematics

    return examine(path, claim_id, seed, without)


def _plant(path: Path, claim_id: str, seed: int, without: tuple[str, ...]) -> tuple[MutationRecord, str | None]:
    from derive.examination import find_planted_errors  # as above

    return find_planted_errors(path, claim_id, seed, without)


def _questions(
    drafts: Iterable[Draft], purpose: str, function: Callable[..., object], options: Options
) -> list[Question]:
    return [
        Question(
            draft.claim.id,
            purpose,
            draft.content,
            Call(function, (draft.path, draft.claim.id, options.seed, options.without)),
        )
        for draft in drafts
    ]


def examine_all(
    drafts: Sequence[Draft], options: Options, memory: Memory | None, observe: Observer | None
) -> tuple[list[ClaimRecord], bool]:
    """The records in order, those that an early end left out missing; and whether the user interrupted."""
    claims: dict[int, ClaimRecord] = {}
    interrupted = False
    questions = _questions(drafts, "examine", _examine, options)
    asked = remembered(questions, memory, ClaimRecord, _lasts, jobs=options.jobs, time_limit=options.time_limit)
    with closing(asked) as arriving:
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


def _lasts(claim: ClaimRecord) -> bool:
    """Is a record worth keeping? One that is broken, or tells only a part, is a fault of derive's."""
    return claim.verdict is not Verdict.BROKEN and not any(flag.code in INCOMPLETE for flag in claim.flags)


INCOMPLETE = frozenset({"no-bracket", "no-explanation"})
"""The flags of records that lack a part because what should have found it raised."""


def plant_all(
    drafts: Sequence[Draft],
    claims: Sequence[ClaimRecord],
    options: Options,
    memory: Memory | None,
    observe: Observer | None,
) -> tuple[list[ClaimRecord], bool]:
    """The claims, those that hold with what was found of the errors planted in them; and whether the user interrupted.

    A claim that falls is left out: it needs no planted error to be wrong.
    """
    found = {claim.id: claim for claim in claims}
    holding = [draft for draft in drafts if found[draft.claim.id].verdict.holds]
    questions = _questions(holding, "plant", _plant, options)
    asked = remembered(questions, memory, MutationRecord, _tells, jobs=options.jobs, time_limit=options.time_limit)
    interrupted = False
    with closing(asked) as arriving:
        try:
            for done, answer in enumerate(arriving, 1):
                name = holding[answer.number].claim.id
                found[name] = _changed(found[name], mutation=_mutation(answer))
                if observe:
                    observe(found[name], done, len(holding))
        except KeyboardInterrupt:
            interrupted = True
    return list(found.values()), interrupted


def _tells(found: MutationRecord) -> bool:
    return not (found.problem or found.faults)


def _mutation(answer: Answer) -> MutationRecord:
    """What was found of the planted errors, or why that is not known."""
    if answer.error is not None:
        return MutationRecord(problem=unexamined(answer.error).reason)
    found: MutationRecord = answer.value
    return found


def _result(draft: Draft, answer: Answer, options: Options) -> ClaimRecord:
    """The record of a claim, whatever became of its examination."""
    path, claim = draft.path, draft.claim
    found = answer.value
    if answer.error is not None:
        judgement = unexamined(answer.error)
        seconds = options.time_limit if isinstance(answer.error, TimeoutError) else 0.0
        found = _changed(claim, verdict=judgement.verdict, reason=judgement.reason, seconds=seconds)
    return _changed(
        found,
        cite=claim.cite,
        expected=claim.expected,
        expected_reason=claim.expected_reason,
        where=claim.where,
        reproduce=reproduce(path, claim.id, options),
    )


def _changed(claim: ClaimRecord, **changes: object) -> ClaimRecord:
    return msgspec.structs.replace(claim, **changes)


def reproduce(path: Path, claim_id: str, options: Options) -> str:
    """The command that examines one claim of ``path`` again."""
    file = [] if path.resolve().is_relative_to(catalogue()) else [shown(path)]
    others = [word for method in options.without for word in ("--without", method)]
    return shlex.join(["derive", "check", *file, "-k", claim_id, "--seed", str(options.seed), *others])
