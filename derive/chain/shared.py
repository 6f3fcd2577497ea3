"""Edges that nobody states: definitions that several claims speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.record import ClaimRecord, SharedRecord

_NAME = re.compile(r"[^\W\d]\w*")


def shared(claims: Iterable[ClaimRecord]) -> tuple[SharedRecord, ...]:
    """Each definition that two claims of a paper, or more, speak of by its name, in the order in which they do."""
    speaking: dict[str, list[str]] = {}
    for claim in claims:
        for name in _mentioned(claim):
            speaking.setdefault(name, []).append(claim.id)
    return tuple(SharedRecord(definition=name, claims=tuple(ids)) for name, ids in speaking.items() if len(ids) > 1)


def _mentioned(claim: ClaimRecord) -> list[str]:
    """The definitions that the text of the statement and its hypotheses name, not those inside other definitions."""
    if claim.statement is None:
        return []
    text = " ".join((*claim.statement.relations, *claim.statement.given))
    return [name for name in dict.fromkeys(_NAME.findall(text)) if name in claim.statement.definitions]
