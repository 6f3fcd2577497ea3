"""A parameter of the hypotheses is so free that these restrict nothing: of ``norm(x) <= R`` alone, R is any number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.instances.patterns import constant, strip
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Multiply, Number, Power, Tensor
from derive.lint.mentions import names, sides, unrelated
from derive.lint.subject import Examined
from derive.obligation import TURNED


def examine(examined: Examined) -> Iterator[str]:
    """Parameters that the statement does not mention, and that every hypothesis allows to be arbitrarily large."""
    claim = examined.claim
    stated = {name for relation in claim.relations for name in names(*sides(relation))}
    unused = unrelated(claim.given, claim.relations)
    related = [relation for relation in claim.given if not any(relation is other for other in unused)]
    for symbol in _scalars(related):
        about = [relation for relation in related if symbol.name in names(*sides(relation))]
        bounding = [relation for relation in about if not _bounds_alone(relation, symbol)]
        if symbol.name not in stated and bounding and all(_holds_for_large(relation, symbol) for relation in about):
            shown = ", ".join(map(repr, bounding))
            yield f"unused parameter: {symbol.name} may be as large as one likes, so that {shown} restricts nothing"


def _scalars(given: Sequence[Relation]) -> Iterator[Symbol]:
    found = (node for relation in given for side in sides(relation) for node in side.walk())
    yield from {node.name: node for node in found if isinstance(node, Symbol) and not node.ndim}.values()


def _bounds_alone(relation: Relation, symbol: Symbol) -> bool:
    """Does the hypothesis speak of the parameter and of numbers alone?"""
    return names(*sides(relation)) == {symbol.name}


def _holds_for_large(relation: Relation, symbol: Symbol) -> bool:
    """Is the hypothesis certainly of the form ``e <= c*R**k`` with c, k > 0 and e free of R, however it is turned?"""
    if relation.sign not in ("<=", "<", ">=", ">"):
        return False
    small, large = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    return symbol.name not in names(small) and _grows(large, symbol.name)


def _grows(side: Tensor, name: str) -> bool:
    """Is the expression certainly beyond every bound where the parameter is large?"""
    match strip(side):
        case Symbol(name=own):
            return own == name
        case Multiply(left=left, right=right):
            number = constant(left)
            return number is not None and number > 0 and _grows(right, name)
        case Power(base=base, exponent=Number(value=exponent)):
            return exponent > 0 and _grows(base, name)
    return False
