"""From the form of a hypothesis to the repairs that can make it hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.instances.equalities import Assign, OfKind, OnSphere, Rescale, SolveAffine
from derive.instances.inequalities import Between, LoewnerBetween, Scale
from derive.instances.patterns import (
    bare,
    constant,
    euclidean,
    gram,
    homogeneity,
    is_identity,
    polynomial_degree,
    same,
    square_root,
    squared_norm,
    strip,
    symbols,
)
from derive.instances.repair import Repair
from derive.language.arrays import Determinant, Diag, Full, Inverse, Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Index, IndexSymbol, Number, Sum, Tensor, Transpose
from derive.obligation import TURNED


@dataclass(frozen=True)
class Candidate:
    """A repair of one hypothesis, and the symbols that it reads."""

    repair: Repair
    needs: frozenset[str]


def candidates(relation: Relation, signed: frozenset[str] = frozenset()) -> Iterator[Candidate]:
    """The repairs of a hypothesis, the most faithful first; ``signed`` symbols are rescaled rather than solved for."""
    sign = TURNED.get(relation.sign, relation.sign)
    left, right = relation.left, relation.right
    found: Iterator[Repair]
    if sign == "==":
        found = _equalities(left, right, signed)
    elif sign in ("<<", "<=", "<"):
        small, large = (right, left) if relation.sign in TURNED else (left, right)
        found = _loewner(small, large) if sign == "<<" else _inequalities(small, large, sign == "<", left)
    else:
        found = iter(())
    names = frozenset(symbols(left, right))
    for repair in found:
        yield Candidate(repair, names)


def _equalities(left: Tensor, right: Tensor, signed: frozenset[str]) -> Iterator[Repair]:
    for a, b in ((left, right), (right, left)):
        yield from _kinds(a, b)
    for a, b in ((left, right), (right, left)):
        yield from _spheres(a, b)
    for a, b in ((left, right), (right, left)):
        target = strip(a)
        if isinstance(target, Symbol) and target.name not in symbols(b):
            yield Assign(target, b)
    for a, b in ((left, right), (right, left)):
        yield from _rescalings(a, b, signed)
    for name, symbol in symbols(left, right).items():
        if max(polynomial_degree(left, name), polynomial_degree(right, name)) == 1:
            yield SolveAffine(symbol, ((left, right),))


def _kinds(a: Tensor, b: Tensor) -> Iterator[Repair]:
    root = square_root(a)
    symbol = bare(root) if root is not None else None
    if symbol is not None and constant(b) == 1:
        yield OfKind(symbol, "signs")
    if symbol is not None and root is not None and same(root, b):
        yield OfKind(symbol, "mask")
    match strip(a):
        case Apply(function="abs", arguments=(operand,)) if constant(b) == 1 and (sign := bare(operand)) is not None:
            yield OfKind(sign, "signs")
        case Symbol() as x if constant(b) is None and (other := square_root(b)) is not None and same(other, x):
            yield OfKind(x, "mask")
        case Inverse(operand=Symbol() as x) if isinstance(other := strip(b), Transpose) and same(other.operand, x):
            yield OfKind(x, "orthonormal columns")
    product = gram(a)
    if product is not None:
        yield from _gram_kinds(*product, b)


def _gram_kinds(symbol: Symbol, side: str, value: Tensor) -> Iterator[Repair]:
    if is_identity(value):
        yield OfKind(symbol, "involution" if side == "both" else f"orthonormal {side}")
    elif side == "both" and same(symbol, value):
        yield OfKind(symbol, "idempotent")


def _spheres(a: Tensor, b: Tensor) -> Iterator[Repair]:
    rooted = euclidean(a)
    operand = rooted if rooted is not None else squared_norm(a)
    if operand is not None:
        found = _part(operand)
        if found is not None and found[0].name not in symbols(b):
            yield OnSphere(found[0], b, found[1], rooted is not None)
    match strip(a):
        case Sum(operand=inner, axes=(axis,)) if inner.ndim == 2 and (root := square_root(inner)) is not None:
            symbol = bare(root)
            value = constant(b)
            if symbol is not None and value is not None:
                yield OnSphere(symbol, Number(value), "columns" if axis == 0 else "rows")
        case Diag(operand=inner) if inner.ndim == 2 and (found := gram(inner)) is not None and found[1] != "both":
            value = constant(b)
            if value is not None:
                yield OnSphere(found[0], Number(value), found[1])


def _part(operand: Tensor) -> tuple[Symbol, str] | None:
    """The symbol whose whole, rows or columns the expression shows."""
    match strip(operand):
        case Symbol() as symbol:
            return symbol, "whole"
        case Index(operand=Symbol() as symbol, items=(IndexSymbol(), *rest)) if symbol.ndim == 2 and rest == [":"]:
            return symbol, "rows"
        case Index(operand=Symbol() as symbol, items=(":", IndexSymbol())) if symbol.ndim == 2:
            return symbol, "columns"
    return None


def _rescalings(a: Tensor, b: Tensor, signed: frozenset[str]) -> Iterator[Repair]:
    """Scaling is first choice where the target's entries have a sign, which an affine solution would not keep."""
    for name, symbol in symbols(a).items():
        degree = Fraction(1) if _determinant_of(a, symbol) else homogeneity(a, name)
        if degree and name not in symbols(b) and (polynomial_degree(a, name) != 1 or name in signed):
            yield Rescale(symbol, strip(a), b, degree)


def _determinant_of(expression: Tensor, symbol: Symbol) -> bool:
    match strip(expression):
        case Determinant(operand=operand):
            return bare(operand) is symbol
    return False


def _inequalities(small: Tensor, large: Tensor, strict: bool, first: Tensor) -> Iterator[Repair]:
    yield from _eigenvalues(small, large)
    names = (*symbols(small), *symbols(large))
    for expression, bound, upper in ((small, large, True), (large, small, False)):
        if not _plain(expression):
            yield from _scalings(expression, bound, upper, strict)
    sides = ((small, large, True), (large, small, False))
    for side, bound, upper in sorted(sides, key=lambda row: row[0] is not first):
        symbol = bare(side)
        if symbol is not None and names.count(symbol.name) == 1:
            end = ((bound, strict),)
            yield Between(symbol, () if upper else end, end if upper else ())
        magnitude = _magnitude(side)
        if magnitude is not None and upper and magnitude.name not in symbols(bound):
            yield Between(magnitude, ((-bound, strict),), ((bound, strict),))


def _eigenvalues(small: Tensor, large: Tensor) -> Iterator[Repair]:
    """Bounds of the smallest and largest eigenvalue are bounds in the Loewner order."""
    match strip(large):
        case Spectral(kind="lambda_min", operand=operand) if (symbol := _free_of(operand, small)) is not None:
            yield LoewnerBetween(symbol, small, None)
    match strip(small):
        case Spectral(kind="lambda_max", operand=operand) if (symbol := _free_of(operand, large)) is not None:
            yield LoewnerBetween(symbol, None, large)


def _free_of(operand: Tensor, bound: Tensor) -> Symbol | None:
    """The symbol that the operand is, where the bound does not depend on it."""
    symbol = strip(operand)
    return symbol if isinstance(symbol, Symbol) and symbol.name not in symbols(bound) else None


def _plain(expression: Tensor) -> bool:
    return bare(expression) is not None or _magnitude(expression) is not None


def _magnitude(expression: Tensor) -> Symbol | None:
    """``x`` where the expression is ``abs(x)``."""
    match strip(expression):
        case Apply(function="abs", arguments=(operand,)):
            return bare(operand)
    return None


def _scalings(expression: Tensor, bound: Tensor, upper: bool, strict: bool) -> Iterator[Repair]:
    for name, symbol in symbols(expression).items():
        degree = homogeneity(expression, name)
        if degree and name not in symbols(bound):
            yield Scale(symbol, strip(expression), bound, degree, upper, strict)


def _loewner(small: Tensor, large: Tensor) -> Iterator[Repair]:
    for side, bound, upper in ((large, small, False), (small, large, True)):
        target = strip(side)
        if isinstance(target, Symbol) and target.name not in symbols(bound):
            end = _scalar_of_identity(bound)
            yield LoewnerBetween(target, None if upper else end, end if upper else None)


def _scalar_of_identity(bound: Tensor) -> Tensor:
    return Number(Fraction(0)) if isinstance(strip(bound), Full) and constant(bound) == 0 else bound
