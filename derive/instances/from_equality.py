"""The repairs of an equality, by its form: a sphere, a definition, orthonormal columns, an affine equation ..."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.instances.degrees import homogeneity, polynomial_degree, vanishes
from derive.instances.equalities import Assign, OfKind, OnSphere, Rescale, SolveAffine
from derive.instances.patterns import (
    bare,
    constant,
    euclidean,
    free_of,
    gram,
    is_identity,
    part,
    same,
    square_root,
    squared_norm,
    strip,
    symbols,
)
from derive.instances.repair import Repair
from derive.instances.spectra import SingularBetween
from derive.language.arrays import Determinant, Diag, Inverse, Spectral
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Index, Number, Sum, Tensor, Transpose


def equalities(left: Tensor, right: Tensor, signed: frozenset[str]) -> Iterator[Repair]:
    """The repairs of ``left == right``, the most faithful first; ``signed`` symbols are rescaled, not solved for."""
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
    if symbol is not None and (other := square_root(b)) is not None and _entry_of(other) is symbol:
        yield OfKind(symbol, "level")
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


def _entry_of(expression: Tensor) -> Tensor | None:
    """What the expression is one entry of."""
    inner = strip(expression)
    return strip(inner.operand) if isinstance(inner, Index) and inner.ndim == 0 else None


def _gram_kinds(symbol: Symbol, side: str, value: Tensor) -> Iterator[Repair]:
    if is_identity(value):
        yield OfKind(symbol, "involution" if side == "both" else f"orthonormal {side}")
    elif side == "both" and same(symbol, value):
        yield OfKind(symbol, "idempotent")


def _spheres(a: Tensor, b: Tensor) -> Iterator[Repair]:
    rooted = euclidean(a)
    operand = rooted if rooted is not None else squared_norm(a)
    if operand is not None:
        found = part(operand)
        if found is not None and found[0].name not in symbols(b):
            yield OnSphere(found[0], b, found[1], rooted is not None)
    match strip(a):
        case Spectral(kind="opnorm", operand=operand) if (whole := free_of(operand, b)) is not None:
            if not whole.properties:
                yield SingularBetween(whole, None, (b, False), attained=True)
        case Sum(operand=inner, axes=(axis,)) if inner.ndim == 2 and (root := square_root(inner)) is not None:
            symbol = bare(root)
            value = constant(b)
            if symbol is not None and value is not None:
                yield OnSphere(symbol, Number(value), "columns" if axis == 0 else "rows")
        case Diag(operand=inner) if inner.ndim == 2 and (found := gram(inner)) is not None and found[1] != "both":
            value = constant(b)
            if value is not None:
                yield OnSphere(found[0], Number(value), found[1])


def _rescalings(a: Tensor, b: Tensor, signed: frozenset[str]) -> Iterator[Repair]:
    """Scaling is first choice where the target's entries have a sign, which an affine solution would not keep.

    No factor but zero makes anything zero.
    """
    for name, symbol in symbols(a).items():
        if vanishes(b):
            continue
        degree = Fraction(1) if _determinant_of(a, symbol) else homogeneity(a, name)
        if degree and name not in symbols(b) and (polynomial_degree(a, name) != 1 or name in signed):
            yield Rescale(symbol, strip(a), b, degree)


def _determinant_of(expression: Tensor, symbol: Symbol) -> bool:
    match strip(expression):
        case Determinant(operand=operand):
            return bare(operand) is symbol
    return False
