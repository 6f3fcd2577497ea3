"""A bracket in numbers: at the parameters of the worst instance found, and at a few examples of parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import sympy as sp

from derive.bounds.constant import Constant
from derive.bounds.telling import value_text
from derive.bracket.decimals import rounded, text, value
from derive.record import ParameterRecord, SampleRecord

EXAMPLES = ((2, 1), (100, 4))
"""A size, and the value of a scalar or a norm: bounds are compared there where they have parameters."""

At = dict[sp.Symbol, sp.Expr]


def symbols(constant: Constant) -> tuple[sp.Symbol, ...]:
    """The parameters of the claimed and the derived constant, sizes first, by name."""
    found = constant.claimed.free_symbols | (constant.derived.free_symbols if constant.derived is not None else set())
    return tuple(sorted(found, key=lambda symbol: (not symbol.is_integer, str(symbol))))


def examples(constant: Constant) -> Iterator[At]:
    """Parameters that the relations between them allow; one without any where the constants have none."""
    free = symbols(constant)
    for size, scalar in EXAMPLES if free else EXAMPLES[:1]:
        at = {symbol: sp.Integer(size if symbol.is_integer else scalar) for symbol in free}
        if all(_allowed(relation, at) for relation in constant.relations):
            yield at


def _allowed(relation: tuple[sp.Expr, sp.Expr, bool], at: At) -> bool:
    small, large, strict = relation
    if not small.free_symbols | large.free_symbols <= at.keys():
        return True
    ends = value(small, at), value(large, at)
    if ends[0] is None or ends[1] is None:
        return False
    return ends[0] < ends[1] if strict else ends[0] <= ends[1]


def sample(
    constant: Constant, at: At, reached: Decimal | None = None, enclosed: Sequence[tuple[str, Decimal]] = ()
) -> SampleRecord | None:
    """The numbers at some parameters; None where the claimed constant has no value there."""
    claimed = value(constant.claimed, at)
    if claimed is None:
        return None
    numbers = {"claimed": text(rounded(claimed))}
    derived = None if constant.derived is None else value(constant.derived, at)
    if derived is not None:
        numbers["derived_lower" if constant.below else "derived_upper"] = text(rounded(derived))
    if reached is not None:
        numbers["attack_upper" if constant.below else "attack_lower"] = text(rounded(reached, up=constant.below))
    numbers |= {key: text(number) for key, number in enclosed}
    return SampleRecord(at=tuple(_parameters(constant, at)), numbers=numbers, reached=reached is not None)


def _parameters(constant: Constant, at: At) -> Iterator[ParameterRecord]:
    for symbol, number in at.items():
        shown = text(rounded(Decimal(str(number))))
        yield ParameterRecord(tex=constant.tex[symbol], text=value_text(symbol, constant.nodes), value=shown)
