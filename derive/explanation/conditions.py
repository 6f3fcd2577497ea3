"""The conditions of a claim on its parameters, with the constants in them written out in the base parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from derive.language.claims import Claim
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.latex import latex
from derive.language.plain import identity, plain_relation
from derive.language.rebuild import with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Tensor
from derive.lint.closed import is_closed
from derive.lint.mentions import names, sides
from derive.record import ConditionRecord


@dataclass(frozen=True)
class Constant:
    """What a scalar parameter is, and the used claim that says so; an empty ``source`` is the claim itself."""

    value: Tensor
    source: str


def conditions(claim: Claim, used: Sequence[Claim]) -> tuple[ConditionRecord, ...]:
    """The hypotheses between scalars in which a constant is written out.

    Constants are closed definitions of the paper, and parameters that an equality defines: a hypothesis of the claim
    or, where it has none, a hypothesis or a statement of a claim that it uses.
    """
    constants = _constants(claim, used)
    return tuple(found for relation in claim.given if (found := _written_out(relation, constants)) is not None)


def _constants(claim: Claim, used: Sequence[Claim]) -> dict[str, Constant]:
    found: dict[str, Constant] = {}
    stated = [(relation, "") for relation in claim.given]
    stated += [(relation, other.id) for other in used for relation in (*other.given, *other.relations)]
    for relation, source in stated:
        for symbol, value in (sides(relation), sides(relation)[::-1]):
            if relation.sign == "==" and isinstance(symbol, Symbol) and not symbol.ndim and is_closed(value):
                circular = {symbol.name, *_defined_by(symbol.name, found)} & names(value)
                if symbol.name not in found and not circular:
                    found[symbol.name] = Constant(value, source)
    return found


def _defined_by(name: str, constants: Mapping[str, Constant]) -> set[str]:
    """The constants whose values, written out, have the parameter in them."""
    users: set[str] = set()
    while new := {key for key, c in constants.items() if names(c.value) & {name, *users}} - users:
        users |= new
    return users


def _written_out(relation: Relation, constants: Mapping[str, Constant]) -> ConditionRecord | None:
    """The relation in base parameters; None where nothing is to be written out, or it defines a constant itself."""
    defines = any(isinstance(s, Symbol) and s.name in constants for s in sides(relation)) and relation.sign == "=="
    if defines or any(side.ndim for side in sides(relation)):
        return None
    left, right = (_base(side, constants) for side in sides(relation))
    if identity(left) == identity(relation.left) and identity(right) == identity(relation.right):
        return None
    plain = Relation(relation.sign, left, right)
    sources = dict.fromkeys(c.source for side in sides(relation) for c in _used(side, constants) if c.source)
    return ConditionRecord(tex=latex(plain), text=plain_relation(plain), defined_by=tuple(sources))


def _used(side: Tensor, constants: Mapping[str, Constant]) -> Iterator[Constant]:
    """The constants in an expression, and those in their values."""
    for name in sorted(names(side) & constants.keys()):
        yield constants[name]
        yield from _used(constants[name].value, constants)


def _base(node: Tensor, constants: Mapping[str, Constant]) -> Tensor:
    if isinstance(node, Symbol):
        return _base(constants[node.name].value, constants) if node.name in constants else node
    if isinstance(node, Definition):
        return _base(node.operand, constants) if is_closed(node) else node
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    changed = [_base(child, constants) for child in below]
    if all(new is old for new, old in zip(changed, below, strict=True)):
        return node
    try:
        return with_operands(node, changed)
    except (InputError, TypeError):
        return node
