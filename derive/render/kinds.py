"""The table at the front of a report: papers by kinds of claim, with the verdicts of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.record import ClaimRecord, PaperRecord, Record, Verdict

KINDS = (
    "identity",
    "hessian",
    "psd",
    "spectral",
    "rank",
    "bound",
    "lipschitz",
    "perturbation",
    "convergence",
    "probabilistic",
    "experiment",
    "domain",
)
"""Kinds of claims in the order of a table, and of what tells most: what others are computed from stands first. Kinds
that an author has named otherwise come last."""


@dataclass(frozen=True)
class Count:
    """How many claims of one kind in a paper have a verdict, and the first of them."""

    verdict: Verdict
    number: int
    first: ClaimRecord


def kinds(record: Record) -> list[str]:
    """The kinds that occur, in their order."""
    found = dict.fromkeys(claim.kind for paper in record.papers for claim in paper.claims)
    return sorted(found, key=place)


def place(kind: str) -> int:
    """Where a kind stands among all."""
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def counts(paper: PaperRecord, kind: str) -> list[Count]:
    """The verdicts of the claims of one kind, those that occur, in their fixed order."""
    claims = [claim for claim in paper.claims if claim.kind == kind]
    return [Count(verdict, len(found), found[0]) for verdict in Verdict if (found := _of(claims, verdict))]


def _of(claims: Sequence[ClaimRecord], verdict: Verdict) -> list[ClaimRecord]:
    return [claim for claim in claims if claim.verdict is verdict]
