"""A witness as it is recorded: exact values as text, and a program that shows the violation."""

from __future__ import annotations

from derive.evidence.evidence import Witness
from derive.language.arrays import eye, lambda_min
from derive.language.relations import Relation
from derive.language.tensor import Tensor, tensor
from derive.obligation import TURNED
from derive.record import WitnessRecord, written
from derive.snippet import snippet


def witness_record(relation: Relation, derived: Tensor, witness: Witness) -> WitnessRecord:
    """The record of a witness against ``relation``, one of whose sides is ``derived``.

    In the Loewner order the claim says 0 of the smallest eigenvalue of the
    difference of the sides.
    """
    if witness.end:
        return _segment_record(witness)
    loewner = relation.sign in ("<<", ">>")
    if loewner:
        derived, claimed = smallest_eigenvalue(relation), tensor(0)
    else:
        claimed = relation.right if derived is relation.left else relation.left
    left, right = (witness.right, witness.left) if relation.sign in TURNED or loewner else (witness.left, witness.right)
    turned = derived is not relation.left and not loewner
    return WitnessRecord(
        sizes=dict(witness.sizes),
        indices=dict(witness.indices),
        values={name: written(value) for name, value in witness.values.items()},
        at_entry=witness.entry,
        claimed=left if turned else right,
        derived=right if turned else left,
        draws=witness.draws,
        snippet=snippet(derived, claimed, witness),
    )


def _segment_record(witness: Witness) -> WitnessRecord:
    """A segment on which a sign changes, with the scalar at both ends."""
    return WitnessRecord(
        sizes=dict(witness.sizes),
        indices=dict(witness.indices),
        values={name: written(value) for name, value in witness.values.items()},
        end={name: written(value) for name, value in witness.end.items()},
        claimed=witness.left,
        derived=witness.right,
    )


def smallest_eigenvalue(relation: Relation) -> Tensor:
    """Of the side that is claimed to be the larger one minus the other; a scalar is that multiple of the identity."""
    small, large = (relation.left, relation.right) if relation.sign == "<<" else (relation.right, relation.left)
    size = (small if small.ndim else large).shape[0]
    small, large = (side if side.ndim else side * eye(size) for side in (small, large))
    return lambda_min(large - small)
