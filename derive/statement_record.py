"""A claim as text that stands alone, for its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from derive.language.abstract import AbstractValue
from derive.language.black_box import BlackBox
from derive.language.chance import RandomSymbol
from derive.language.derivatives import Definition
from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.grammar import LONGEST_LITERAL, LONGEST_TEXT
from derive.language.iteration import Run
from derive.language.laws import law_text
from derive.language.limits import check_size
from derive.language.paper import Claim
from derive.language.plain import plain
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Number, Size, Tensor
from derive.record import StatementRecord, SymbolRecord


def statement_record(claim: Claim) -> StatementRecord | None:
    """The statement of a claim with all that it speaks of; None where it has no text.

    So are claims that are ill-posed, about functions without a formula, or beyond the limits of the text form.
    """
    relations = (*claim.relations, *claim.given)
    sides = [side for relation in relations for side in (relation.left, relation.right)]
    found = nodes(sides)
    if not claim.relations or any(map(_has_no_text, found)) or _is_too_large(sides):
        return None
    return StatementRecord(
        relations=tuple(map(relation_text, claim.relations)),
        given=tuple(map(relation_text, claim.given)),
        exists=claim.exists,
        symbols={node.name: symbol_record(node) for node in found if isinstance(node, Symbol)},
        indices={node.name: str(node.dimension) for node in found if isinstance(node, IndexSymbol)},
        dimensions=tuple(sorted({name for size in _sizes(found) for name in size.names})),
        definitions=dict(_definitions(found)),
    )


def _definitions(found: Iterable[Tensor]) -> Iterator[tuple[str, str]]:
    """What each name stands for: an expression, or an iteration."""
    for node in found:
        if isinstance(node, Definition):
            yield node.name, text(node.operand)
        elif isinstance(node, Run) and node.name is not None:
            yield node.name, text(replace(node, name=None))


def _has_no_text(node: Tensor) -> bool:
    """Is it a function without a formula, or a number too long for the text form?"""
    if isinstance(node, Number):
        return bool(max(abs(node.value.numerator), node.value.denominator) >= 10**LONGEST_LITERAL)
    return isinstance(node, (BlackBox, AbstractValue))


def _is_too_large(sides: Sequence[Tensor]) -> bool:
    """Is a degree, a constant or a depth beyond the limits of the text form?"""
    try:
        check_size(*sides)
    except InputError:
        return True
    return False


def nodes(roots: Iterable[Tensor]) -> list[Tensor]:
    """Every node of several expressions once, operands first."""
    return list(dict.fromkeys(node for root in roots for node in root.walk()))


def text(node: Tensor) -> str:
    """The expression, as long as the text form may be."""
    return plain(node, LONGEST_TEXT)


def relation_text(relation: Relation) -> str:
    return f"{text(relation.left)} {relation.sign} {text(relation.right)}"


def symbol_record(symbol: Symbol) -> SymbolRecord:
    law = law_text(symbol) if isinstance(symbol, RandomSymbol) else ""
    return SymbolRecord(shape=tuple(map(str, symbol.shape)), properties=tuple(sorted(symbol.properties)), law=law)


def _sizes(found: Iterable[Tensor]) -> Iterator[Dimension]:
    """The sizes that are written, as numbers, in shapes of constant arrays, or of symbols."""
    for node in found:
        if isinstance(node, (Size, IndexSymbol)):
            yield node.dimension
        yield from node.shape
