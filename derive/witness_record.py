"""A witness as it is recorded: exact values as text, and a program that shows the violation."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.evidence.evidence import Witness
from derive.language.paper import Claim
from derive.record import Entries, WitnessRecord


def witness_record(claim: Claim, witness: Witness) -> WitnessRecord:
    """The record of a witness; positions count from 1, as in print."""
    indices: dict[str, Entries] = {name: str(position + 1) for name, position in witness.indices.items()}
    values = {name: entries(value) for name, value in witness.values.items()}
    return WitnessRecord(
        sizes=dict(witness.sizes),
        values={**indices, **values},
        at_entry=witness.entry,
        claimed=witness.right,
        derived=witness.left,
    )


def entries(value: Any) -> Entries:
    """Exact rationals as nested text."""
    if isinstance(value, (list, tuple)):
        return [entries(item) for item in value]
    return str(Fraction(value))
