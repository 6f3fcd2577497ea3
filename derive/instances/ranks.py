"""What a hypothesis says of sizes by a rank argument: orthonormal or independent columns need as many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.instances.patterns import bare, constant, gram, is_identity, strip
from derive.language.arrays import Spectral
from derive.language.rank import Rank
from derive.language.relations import Relation
from derive.language.tangents import Generic
from derive.language.tensor import Divide, Multiply, Number, Power, Size, Tensor
from derive.obligation import TURNED


def implied(relation: Relation) -> Iterator[Relation]:
    """Relations between sizes without which the hypothesis cannot hold.

    ``A^T A = I``, ``sigma_min(A) > 0`` and ``t >= 1/sigma_min(A)`` make the columns of A independent; the rank is at
    most the number of rows, and of columns.
    """
    for node in (*relation.left.walk(), *relation.right.walk()):
        if isinstance(node, Divide):
            yield from _independent(_factors(node.right))
    yield from _of_rank(relation)
    if relation.sign == "==":
        for product, identity in ((relation.left, relation.right), (relation.right, relation.left)):
            found = gram(product)
            if found is not None and is_identity(identity) and found[1] != "both":
                rows, columns = found[0].shape
                few, many = (columns, rows) if found[1] == "columns" else (rows, columns)
                yield Relation("<=", Size(few), Size(many))
        return
    small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    if _positive(small, relation.sign in ("<", ">")):
        yield from _independent([strip(large)])


def _of_rank(relation: Relation) -> Iterator[Relation]:
    """``rank(A) == n`` and ``rank(A) >= n`` need n rows and n columns, for generic values of a symbol, too."""
    for side, other, signs in (
        (relation.left, relation.right, ("==", ">=")),
        (relation.right, relation.left, ("==", "<=")),
    ):
        ranked = strip(side)
        ranked = ranked.operand if isinstance(ranked, Generic) else ranked
        if isinstance(ranked, Rank) and _is_of_sizes(other) and relation.sign in signs:
            for axis in ranked.operand.shape:
                yield Relation("<=", other, Size(axis))


def _is_of_sizes(expression: Tensor) -> bool:
    """Is it made of sizes and numbers?"""
    return all(isinstance(node, Number | Size) or list(node.children()) for node in expression.walk())


def _factors(divisor: Tensor) -> Iterator[Tensor]:
    """What is not zero where the divisor is not."""
    match strip(divisor):
        case Multiply(left=left, right=right):
            yield from _factors(left)
            yield from _factors(right)
        case Power(base=base, exponent=Number(value=value)) if value > 0:
            yield from _factors(base)
        case factor:
            yield factor


def _independent(positive: Iterable[Tensor]) -> Iterator[Relation]:
    """What it says of sizes that these are positive."""
    for expression in positive:
        if isinstance(expression, Spectral) and expression.kind == "sigma_min":
            rows, columns = expression.operand.shape
            yield Relation("<=", Size(columns), Size(rows))


def _positive(bound: Tensor, strict: bool) -> bool:
    """Is what lies above the bound positive?"""
    value, symbol = constant(bound), bare(bound)
    if value is not None:
        return value > 0 or (strict and value == 0)
    return symbol is not None and (symbol.positive or (strict and "nonnegative" in symbol.properties))
