"""The record of the errors that were planted in a claim."""

from __future__ import annotations

import msgspec

from derive.record.frozen import Frozen


class SurvivorRecord(Frozen, frozen=True, kw_only=True):
    """A planted error that no method found: the changed statement, and what was changed."""

    statement_tex: str
    statement_text: str
    change: str
    reason: str = ""


class MutationRecord(Frozen, frozen=True, kw_only=True):
    """How many errors planted in one claim were found.

    ``planted`` counts the changes that make the claim say something else; ``equivalent`` those left out since the
    changed claim is proved too. ``killed`` were refuted with a witness, by ``methods`` as counted there, with no use of
    the symbolic proof.
    """

    planted: int
    killed: int
    equivalent: int = 0
    methods: dict[str, int] = msgspec.field(default_factory=dict)
    survivors: tuple[SurvivorRecord, ...] = ()
