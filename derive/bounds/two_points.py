"""Claims about two points: which symbols differ between them, and which hypotheses speak of both alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derive.bounds.closed_form import written_out
from derive.language.arrays import Norm, Spectral
from derive.language.derivatives import Definition, Substitution
from derive.language.plain import identity
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Index, MatMul, Negative, Tensor, Transpose


def two_points(first: Tensor, second: Tensor) -> dict[str, Symbol] | None:
    """The symbols of ``first`` in whose place ``second`` has others, and which: None where they differ otherwise."""
    pairs: dict[str, Symbol] = {}
    matched = _matched(first, second, pairs)
    moved = {name: partner for name, partner in pairs.items() if partner.name != name}
    return moved if matched and moved else None


def _matched(first: Tensor, second: Tensor, pairs: dict[str, Symbol]) -> bool:
    """Is ``second`` what ``first`` becomes with each of its symbols replaced by its partner, which may be itself?"""
    moves = _substituted(first, second)
    if moves is not None:
        symbols = [leaf for leaf in first.walk() if isinstance(leaf, Symbol)]
        return all(_paired(leaf, moves.get(leaf.name, leaf), pairs) for leaf in symbols)
    if isinstance(first, Definition) and not isinstance(second, Definition):
        return _matched(first.operand, second, pairs)
    if isinstance(first, Symbol) and isinstance(second, Symbol):
        return _paired(first, second, pairs)
    if type(first) is not type(second) or first.shape != second.shape:
        return False
    below, others = list(first.children()), list(second.children())
    if not below:
        return identity(first) == identity(second)
    if len(below) != len(others) or _frame(first) != _frame(second):
        return False
    return all(_matched(a, b, pairs) for a, b in zip(below, others, strict=True))


def _substituted(first: Tensor, second: Tensor) -> dict[str, Symbol] | None:
    """The symbols that ``second`` puts into ``first``, one after the other, in the place of others."""
    moves: dict[str, Symbol] = {}
    known = {leaf.name for leaf in first.walk() if isinstance(leaf, Symbol)}
    while isinstance(second, Substitution) and isinstance(second.value, Symbol) and second.symbol.name not in moves:
        moves[second.symbol.name] = second.value
        second = second.operand
    new = [symbol.name for symbol in moves.values()]
    at_once = len(moves) == 1 or (not (known | moves.keys()) & set(new) and len(set(new)) == len(new))
    return moves if moves and at_once and identity(second) == identity(first) else None


def _frame(node: Tensor) -> list[str]:
    """What a node is, apart from its operands."""
    told = {"name", "tex"} if isinstance(node, Definition) else {"tex"}
    fields = ((name, getattr(node, name)) for name in node.__dataclass_fields__ if name not in told)
    return [f"{name}={_bare(value)!r}" for name, value in fields if not isinstance(value, Tensor)]


def _bare(value: object) -> object:
    """A field without the tensors in it."""
    return [item for item in value if not isinstance(item, Tensor)] if isinstance(value, tuple) else value


def _paired(first: Symbol, second: Symbol, pairs: dict[str, Symbol]) -> bool:
    if first.shape != second.shape or first.properties != second.properties:
        return False
    return pairs.setdefault(first.name, second).name == second.name


def symmetric(given: Sequence[Relation], pairs: Mapping[str, Symbol]) -> tuple[Relation, ...]:
    """The hypotheses that say the same of both points, and those that speak of neither."""
    texts = {_text(relation, {}) for relation in given}
    others = {symbol.name: name for name, symbol in pairs.items()}
    kept = []
    for relation in given:
        names = {
            leaf.name for side in (relation.left, relation.right) for leaf in side.walk() if isinstance(leaf, Symbol)
        }
        moving = bool(names & (pairs.keys() | others.keys()))
        if not moving or (not names & others.keys() and _text(relation, pairs) in texts):
            kept.append(relation)
    return tuple(kept)


def _text(relation: Relation, pairs: Mapping[str, Symbol]) -> tuple[str, ...]:
    """The relation with each symbol replaced by its partner, and with all definitions written out."""
    sides = (renamed(side, pairs) for side in (relation.left, relation.right))
    return (relation.sign, *(identity(written_out(side)) for side in sides))


AFFINE = (Symbol, Add, Negative, MatMul, Index, Transpose)


def convex(relation: Relation, moving: Mapping[str, str]) -> bool:
    """Does the hypothesis describe a convex set of the moving symbols, so that it holds between two points as well?"""
    if not (_mentions(relation.left, moving) or _mentions(relation.right, moving)):
        return True
    if _affine(relation.left, moving) and _affine(relation.right, moving):
        return True
    small, large = relation.left, relation.right
    if relation.sign in (">=", ">"):
        small, large = large, small
    elif relation.sign not in ("<=", "<"):
        return False
    if not isinstance(small, (Norm, Spectral, Apply)) or _mentions(large, moving):
        return False
    if isinstance(small, Apply):
        return small.function == "abs" and _affine(small.arguments[0], moving)
    return (isinstance(small, Norm) or small.kind == "opnorm") and _affine(small.operand, moving)


def _affine(node: Tensor, moving: Mapping[str, str]) -> bool:
    """Is the expression affine in the moving symbols?"""
    if not _mentions(node, moving):
        return True
    if not isinstance(node, AFFINE):
        return False
    if isinstance(node, MatMul) and _mentions(node.left, moving) and _mentions(node.right, moving):
        return False
    return all(_affine(child, moving) for child in node.children())


def _mentions(node: Tensor, moving: Mapping[str, str]) -> bool:
    return any(isinstance(leaf, Symbol) and leaf.name in moving for leaf in node.walk())
