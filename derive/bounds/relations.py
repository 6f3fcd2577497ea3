"""What a relation says of the parameters: which side is the smaller one, signs, numbers below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.bounds.norm_names import canonical, norm_key
from derive.language.arrays import Eye, Norm, Spectral
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Divide, Multiply, Negative, Number, Power, Tensor


def ordered(relation: Relation) -> Iterator[tuple[Tensor, Tensor, bool]]:
    """``small <= large`` as often as the relation says it."""
    if relation.sign in ("<=", "<", "<<", "=="):
        yield relation.left, relation.right, relation.sign == "<"
    if relation.sign in (">=", ">", ">>", "=="):
        yield relation.right, relation.left, relation.sign == ">"


def multiple_of_identity(side: Tensor) -> Tensor | None:
    """``c`` where the side is c or c times the identity."""
    if not side.ndim:
        return side
    match side:
        case Eye():
            return Number(Fraction(1))
        case Negative(operand=operand):
            inner = multiple_of_identity(operand)
            return None if inner is None else Negative.of(inner)
        case Divide(left=array, right=scalar) if not scalar.ndim:
            inner = multiple_of_identity(array)
            return None if inner is None else Divide.of(inner, scalar)
        case Multiply(left=left, right=right) if not left.ndim or not right.ndim:
            scalar, array = (right, left) if left.ndim else (left, right)
            inner = multiple_of_identity(array)
            return None if inner is None else Multiply.of(scalar, inner)
    return None


def squared(node: Tensor) -> Tensor | None:
    """What is squared entrywise."""
    match node:
        case Power(base=base, exponent=Number(value=k)) if k == 2:
            return base
        case Apply(function="square", arguments=(argument,)):
            return argument
        case Multiply(left=left, right=right) if identity(left) == identity(right):
            return left
    return None


def signs(given: Sequence[Relation]) -> tuple[frozenset[str], frozenset[str]]:
    """The scalar symbols that a hypothesis makes positive, and those that it makes nonnegative."""
    positive, nonnegative = set(), set()
    for relation in given:
        for small, large, strict in ordered(relation):
            name = _signed(large)
            if name and isinstance(small, Number):
                if small.value > 0 or (small.value == 0 and strict):
                    positive.add(name)
                elif small.value == 0:
                    nonnegative.add(name)
        positive.update(_divisors(relation))
    return frozenset(positive), frozenset(nonnegative)


def least_values(given: Sequence[Relation]) -> dict[str, Fraction]:
    """Numbers that hypotheses put below scalar symbols."""
    found: dict[str, Fraction] = {}
    for relation in given:
        for small, large, _ in ordered(relation):
            if isinstance(small, Number) and isinstance(large, Symbol) and not large.ndim:
                found[large.name] = max(small.value, found.get(large.name, small.value))
    return found


def _divisors(relation: Relation) -> Iterator[str]:
    """The norms by which a hypothesis divides: where they are zero it is undefined, and so does not hold."""
    for node in (part for side in (relation.left, relation.right) for part in side.walk()):
        if isinstance(node, Divide):
            divisor = node.right.base if isinstance(node.right, Power) else node.right
            if isinstance(divisor, (Norm, Spectral)):
                yield _signed(divisor)


def _signed(node: Tensor) -> str:
    """The name of a scalar symbol, or the key of a norm."""
    match node:
        case Symbol(name=name, shape=()):
            return name
        case Norm(operand=operand, order=order):
            return norm_key(canonical(order, operand.ndim), operand)
        case Spectral(kind="opnorm", operand=operand):
            return norm_key("op", operand)
        case Spectral(kind="sigma_min", operand=operand):
            return norm_key("sigma_min", operand)
        case Spectral():
            return identity(node)
        case Definition(operand=operand):
            return _signed(operand) or ("" if node.ndim else identity(node))
    return ""
