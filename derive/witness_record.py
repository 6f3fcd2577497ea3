"""A witness as it is recorded: exact values as text, and a program that shows the violation."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.evidence.evidence import Witness
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import TURNED
from derive.record import Entries, WitnessRecord
from derive.snippet import snippet


def witness_record(relation: Relation, derived: Tensor, witness: Witness) -> WitnessRecord:
    """The record of a witness against ``relation``, one of whose sides is ``derived``.

    In the Loewner order the claim says 0 of the smallest eigenvalue of the
    difference of the sides.
    """
    loewner = relation.sign in ("<<", ">>")
    claimed = relation.right if derived is relation.left else relation.left
    values = {name: entries(value) for name, value in witness.values.items()}
    left, right = (witness.right, witness.left) if relation.sign in TURNED or loewner else (witness.left, witness.right)
    return WitnessRecord(
        sizes=dict(witness.sizes),
        indices=dict(witness.indices),
        values=values,
        at_entry=witness.entry,
        claimed=right if derived is relation.left or loewner else left,
        derived=left if derived is relation.left or loewner else right,
        snippet="" if loewner else snippet(derived, claimed, witness),
    )


def entries(value: Any) -> Entries:
    """Exact rationals as nested text."""
    if isinstance(value, (list, tuple)):
        return [entries(item) for item in value]
    return str(Fraction(value))
