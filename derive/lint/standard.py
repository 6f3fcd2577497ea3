"""Hypotheses that papers usually make of a symbol, as candidates for one that a claim forgot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from derive.language.arrays import Eye, Norm, Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import MatMul, Number, Sum, Tensor

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))

Added = tuple[Relation, ...]
"""Hypotheses that are added together."""


def equalities(symbols: Mapping[str, Symbol]) -> Iterator[Added]:
    """Symmetric and orthogonal matrices, orthonormal columns, sums and norms that are one."""
    for symbol in symbols.values():
        if symbol.ndim == 2:
            rows, columns = symbol.shape
            if rows == columns:
                yield (Relation("==", symbol, symbol.T),)
            yield (Relation("==", MatMul.of(symbol.T, symbol), Eye(columns, (columns, columns))),)
        if symbol.ndim == 1:
            yield (Relation("==", Sum.of(symbol), ONE),)
            yield (Relation("==", Norm(symbol, "2"), ONE),)


def bounds(symbols: Mapping[str, Symbol], free: frozenset[str], radii: Sequence[Tensor]) -> Iterator[Added]:
    """Parameters of at least or at most one; where no hypothesis speaks of it a vector of probabilities; balls.

    ``free`` are the symbols of which no hypothesis speaks, ``radii`` the parameters that may bound all of them.
    """
    for symbol in symbols.values():
        if not symbol.ndim:
            yield (Relation(">=", symbol, ONE),)
            yield (Relation("<=", symbol, ONE),)
    arrays = [symbol for name, symbol in symbols.items() if 0 < symbol.ndim < 3 and name in free]
    for radius in (*radii, ONE) if arrays else ():
        yield tuple(within(symbol, radius) for symbol in arrays)
    for name, symbol in symbols.items():
        if symbol.ndim == 1 and name in free:
            yield (Relation(">=", symbol, ZERO), Relation("<=", Norm(symbol, "1"), ONE))


def within(symbol: Symbol, radius: Tensor) -> Relation:
    """The symbol in a ball, in the Euclidean norm or the spectral norm."""
    return Relation("<=", Norm(symbol, "2") if symbol.ndim == 1 else Spectral("opnorm", symbol), radius)
