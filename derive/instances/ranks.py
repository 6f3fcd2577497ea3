"""What a hypothesis says of sizes by a rank argument: orthonormal or independent columns need as many rows."""

from __future__ import annotations

from collections.abc import Iterator

from derive.instances.patterns import bare, constant, gram, is_identity, strip
from derive.language.arrays import Spectral
from derive.language.relations import Relation
from derive.language.tensor import Size, Tensor
from derive.obligation import TURNED


def implied(relation: Relation) -> Iterator[Relation]:
    """Relations between sizes without which the hypothesis cannot hold.

    ``A^T A = I`` and ``sigma_min(A) > 0`` make the columns of A independent; the rank is at most the number of rows.
    """
    if relation.sign == "==":
        for product, identity in ((relation.left, relation.right), (relation.right, relation.left)):
            found = gram(product)
            if found is not None and is_identity(identity) and found[1] != "both":
                rows, columns = found[0].shape
                few, many = (columns, rows) if found[1] == "columns" else (rows, columns)
                yield Relation("<=", Size(few), Size(many))
        return
    small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    match strip(large):
        case Spectral(kind="sigma_min", operand=operand) if _positive(small, relation.sign in ("<", ">")):
            rows, columns = operand.shape
            yield Relation("<=", Size(columns), Size(rows))


def _positive(bound: Tensor, strict: bool) -> bool:
    """Is what lies above the bound positive?"""
    value, symbol = constant(bound), bare(bound)
    if value is not None:
        return value > 0 or (strict and value == 0)
    return symbol is not None and (symbol.positive or (strict and "nonnegative" in symbol.properties))
