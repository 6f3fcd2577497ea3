"""What a process of a run does: outline the papers of a file, examine one claim of it, plant errors in one."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from derive.existence import statement_tex
from derive.explanation.explain import verbatim
from derive.judge import judge
from derive.language.claims import Claim
from derive.language.errors import InputError
from derive.language.fingerprint import fingerprint
from derive.language.latex import latex
from derive.language.latex_declarations import symbol_declarations
from derive.language.load import salvage
from derive.language.paper import Paper
from derive.mutation.planting import plant
from derive.outline import Outline
from derive.record import ClaimRecord, MutationRecord, PaperRecord, Verdict, WhereRecord
from derive.statement_record import statement_record
from derive.verdict import unexamined


def outline(path: Path) -> tuple[tuple[Outline, ...], InputError | None]:
    """The papers of the file ``path`` with every claim still undecided; and what is wrong with the rest of the file.

    Raises:
        InputError: the file cannot be read or parsed, or raises before it has stated any claim.
    """
    with contextlib.redirect_stdout(sys.stderr):  # standard output carries results alone
        papers, error = salvage(path)
    known = _by_id(papers)
    return tuple(_outline(path, paper, known) for paper in papers), error


def _outline(path: Path, paper: Paper, known: Mapping[str, Claim]) -> Outline:
    contents = {claim.id: fingerprint(claim, _used(claim, known)) for claim in paper.claims}
    return Outline(path, _outlined(paper), frozenset(claim.id for claim in paper.elsewhere), contents)


def _outlined(paper: Paper) -> PaperRecord:
    return PaperRecord(
        id=paper.id,
        title=paper.title,
        source=paper.source,
        symbols=symbol_declarations(paper),
        definitions=tuple(f"{latex(found)} = {latex(found.operand)}" for found in paper.definitions),
        claims=tuple(draft(claim) for claim in paper.claims),
    )


def draft(claim: Claim) -> ClaimRecord:
    """The record of a claim that nothing is known of yet."""
    return ClaimRecord(
        id=claim.id,
        kind=claim.kind,
        statement_tex=statement_tex(claim) or verbatim(claim.statement),
        statement=statement_record(claim),
        hypotheses_tex=tuple(map(latex, claim.given)),
        verdict=Verdict.UNDECIDED,
        cite=claim.cite,
        expected=Verdict(claim.expect) if claim.expect else None,
        expected_reason=claim.reason or "",
        uses=claim.using,
        where=WhereRecord(file=claim.where[0], line=claim.where[1]),
    )


def examine(path: Path, claim_id: str, seed: int, without: Collection[str]) -> tuple[ClaimRecord, str | None]:
    """The record of the claim ``claim_id`` of the file ``path``, by all methods but those named in ``without``.

    With it comes the fingerprint of what was examined; None where that was not examined to the end.
    """
    claim, used = _claim(path, claim_id)
    record, error = _tried(claim, seed, without, used)
    return record, None if error else fingerprint(claim, used)


def find_planted_errors(
    path: Path, claim_id: str, seed: int, without: Collection[str]
) -> tuple[MutationRecord, str | None]:
    """What the numeric methods find of the errors planted in the claim ``claim_id`` of the file ``path``.

    With it comes the fingerprint of the claim.
    """
    claim, used = _claim(path, claim_id)
    with contextlib.redirect_stdout(sys.stderr):
        return plant(claim, seed=seed, without=without), fingerprint(claim, used)


def _claim(path: Path, claim_id: str) -> tuple[Claim, list[Claim]]:
    """The claim, and those that it uses as far as its file states or imports them."""
    with contextlib.redirect_stdout(io.StringIO()):  # the outline has shown it
        papers, _ = salvage(path)
    known = _by_id(papers)
    return known[claim_id], _used(known[claim_id], known)


def _by_id(papers: Iterable[Paper]) -> dict[str, Claim]:
    """The claims that a file states or imports."""
    return {claim.id: claim for paper in papers for claim in (*paper.elsewhere, *paper.claims)}


def _used(claim: Claim, known: Mapping[str, Claim]) -> list[Claim]:
    return [known[name] for name in claim.using if name in known]


def judged(claim: Claim, seed: int, without: Collection[str] = (), used: Sequence[Claim] = ()) -> ClaimRecord:
    """The record of ``claim``, whatever its examination raises."""
    return _tried(claim, seed, without, used)[0]


def _tried(
    claim: Claim, seed: int, without: Collection[str], used: Sequence[Claim]
) -> tuple[ClaimRecord, Exception | None]:
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return judge(claim, seed=seed, without=without, used=used), None
    except Exception as error:
        judgement = unexamined(error)
        return msgspec.structs.replace(draft(claim), verdict=judgement.verdict, reason=judgement.reason), error
