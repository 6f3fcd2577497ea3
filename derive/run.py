"""Run papers: their claims found, each examined, and everything put into one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from derive.cache.answers import Memory, Terms
from derive.cache.edition import Edition
from derive.cache.store import Store
from derive.chain.status import concluded
from derive.collection import Collection, collect, joined
from derive.isolation import cores
from derive.options import Observer, Options
from derive.passes import Draft, examine_all, plant_all
from derive.record import ClaimRecord, PaperRecord, Record, make_record
from derive.selection import Selection, everything
from derive.versions import versions


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
    memory = _memory(options)
    found = collect(paths, selection=options.selection, jobs=options.jobs, time_limit=options.time_limit)
    drafts = [
        Draft(outline.path, claim, outline.contents.get(claim.id))
        for outline in found.papers
        for claim in outline.paper.claims
    ]
    claims, interrupted = examine_all(drafts, options, memory, observe)
    if len(claims) < len(drafts):
        found.notices.append(f"stopped early: {len(drafts) - len(claims)} of {len(drafts)} claims were not examined")
    elif options.mutate and not interrupted:
        claims, interrupted = plant_all(drafts, claims, options, memory, observe)
    if memory and (problem := memory.close()):
        found.notices.append(f"not all results were kept: {problem}")
    return _conclude(found, claims, options.seed, interrupted)


def _memory(options: Options) -> Memory | None:
    """What is known from earlier runs. Made before any process imports derive, so that no file changes unseen."""
    if options.cache is None:
        return None
    return Memory(Store(options.cache), Edition(), Terms(options.seed, options.without))


def outlines(paths: Sequence[Path], selection: Selection = everything, time_limit: float = 60.0) -> Run:
    """The papers in ``paths`` with the claims that ``selection`` takes, none of them examined."""
    found = collect(paths, selection=selection, jobs=cores(), time_limit=time_limit)
    return _conclude(
        found, [claim for outlined in found.papers for claim in outlined.paper.claims], seed=0, interrupted=False
    )


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
