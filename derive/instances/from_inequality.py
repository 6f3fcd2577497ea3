"""The repairs of an inequality, by its form: an interval, a scaling, a spectrum, a distance from a centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.instances.approach import Approach
from derive.instances.counts import LeastCount, is_count
from derive.instances.degrees import distance, homogeneity, polynomial_degree
from derive.instances.equalities import Assign
from derive.instances.from_equality import equalities
from derive.instances.intervals import Between
from derive.instances.patterns import bare, constant, difference, free_of, gram, indices, is_identity, strip, symbols
from derive.instances.repair import Repair
from derive.instances.scaling import Scale
from derive.instances.spectra import LoewnerBetween
from derive.language.arrays import Eye, Full, Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Index, Multiply, Negative, Number, Power, Tensor, Transpose


def inequalities(small: Tensor, large: Tensor, strict: bool, first: Tensor) -> Iterator[Repair]:
    yield from _counts(small, large, strict)
    yield from _eigenvalues(small, large)
    sides = ((small, large, True), (large, small, False))
    for side, bound, upper in sides:
        if bare(side) is not None and _elementary(bound):
            yield from _intervals(side, bound, upper, strict)
    for expression, bound, upper in sides:
        if not _plain(expression):
            yield from _scalings(expression, bound, upper, strict)
    for expression, bound, upper in sides:
        yield from _approaches(expression, bound, upper, strict)
    for side, bound, upper in sorted(sides, key=lambda row: row[0] is not first):
        yield from _intervals(side, bound, upper, strict)


def _counts(small: Tensor, large: Tensor, strict: bool) -> Iterator[Repair]:
    """A number of steps on the larger side is taken as small as it may be."""
    for name, symbol in symbols(large).items():
        if is_count(symbol) and name not in symbols(small):
            alone = bare(large) is not None
            least = LeastCount(symbol, Relation("<" if strict else "<=", small, large))
            yield Between(symbol, ((small, strict),), ()) if alone else least


def _intervals(side: Tensor, bound: Tensor, upper: bool, strict: bool) -> Iterator[Repair]:
    symbol, end = bare(side), ((bound, strict),)
    if symbol is not None and symbol.name not in symbols(bound):
        yield Between(symbol, () if upper else end, end if upper else ())
    magnitude = _magnitude(side)
    if magnitude is not None and upper and magnitude.name not in symbols(bound):
        yield Between(magnitude, ((-bound, strict),), end)


def _elementary(bound: Tensor) -> bool:
    """Is the bound of a symbol no norm or eigenvalue, which would rather be scaled to fit the symbol?"""
    names = symbols(bound)
    return bool(names) and all(
        symbol.ndim == 0 or polynomial_degree(bound, name) <= 1 for name, symbol in names.items()
    )


def _approaches(expression: Tensor, bound: Tensor, upper: bool, strict: bool) -> Iterator[Repair]:
    """Distances that are not homogeneous in a symbol: from where they vanish."""
    for name, symbol in symbols(expression).items():
        found = distance(expression, name)
        if found is None or name in symbols(bound) or homogeneity(expression, name) is not None:
            continue
        inner, degree = found
        affine = polynomial_degree(inner, name) <= 1
        if (not affine and not upper) or indices(*_whole(*difference(inner))):
            continue
        for centre in equalities(*_whole(*difference(inner)), frozenset()):
            if centre.target is symbol:
                centre = replace(centre, nearly=True) if isinstance(centre, Assign) else centre
                yield Approach(symbol, centre, strip(expression), bound, degree if affine else None, upper, strict)
                break


def _whole(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """``(A, B)`` for the same row, column or entry ``A[i]`` and ``B[i]`` of both, whatever i."""
    match strip(a), strip(b):
        case Index(operand=left, items=items), Index(operand=right, items=others) if repr(items) == repr(others):
            return left, right
    return a, b


def _eigenvalues(small: Tensor, large: Tensor) -> Iterator[Repair]:
    """Bounds of the smallest and largest eigenvalue are bounds in the Loewner order."""
    match strip(large):
        case Spectral(kind="lambda_min", operand=operand) if (symbol := free_of(operand, small)) is not None:
            yield LoewnerBetween(symbol, small, None)
    match strip(small):
        case Spectral(kind="lambda_max", operand=operand) if (symbol := free_of(operand, large)) is not None:
            yield LoewnerBetween(symbol, None, large)


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


def loewner(small: Tensor, large: Tensor) -> Iterator[Repair]:
    for side, bound, upper in ((large, small, False), (small, large, True)):
        target = strip(side)
        multiple = _multiple_of_identity(bound)
        if isinstance(target, Symbol) and target.ndim and target.name not in symbols(bound):
            end = bound if multiple is None else multiple
            yield LoewnerBetween(target, None if upper else end, end if upper else None)
        elif multiple is not None and not isinstance(target, Symbol):
            yield from _spectra(side, multiple, upper)
    for side, bound, upper in ((large, small, False), (small, large, True)):
        for target, rest in _summands(side):
            if target.name not in symbols(rest, bound) and _multiple_of_identity(bound) is not None:
                end = Add.of(_square(bound, rest), Negative.of(rest))
                yield LoewnerBetween(target, None if upper else end, end if upper else None)


def _summands(side: Tensor) -> Iterator[tuple[Symbol, Tensor]]:
    """The symbols that are terms of a sum of two, each with the other term."""
    match strip(side):
        case Add(left=left, right=right):
            for term, rest in ((left, right), (right, left)):
                target = strip(term)
                if isinstance(target, Symbol) and target.ndim == 2:
                    yield target, rest


def _square(bound: Tensor, like: Tensor) -> Tensor:
    """A scalar beside a matrix as that multiple of the identity."""
    return bound if bound.ndim else Multiply.of(bound, Eye(like.shape[0], like.shape))


def _spectra(side: Tensor, bound: Tensor, upper: bool) -> Iterator[Repair]:
    """``expression << c I`` bounds the largest eigenvalue; of a Gram matrix that is a squared singular value."""
    product = gram(side)
    if product is not None and product[1] != "both":
        symbol = product[0]
        operand = symbol if product[1] == "columns" else Transpose.of(symbol, (1, 0))
        kind = "opnorm" if upper else "sigma_min"
        yield Scale(symbol, Spectral(kind, operand), Power.of(bound, Number(Fraction(1, 2))), Fraction(1), upper, False)
        return
    for name, symbol in symbols(side).items():
        degree = homogeneity(side, name)
        if degree and name not in symbols(bound):
            yield Scale(symbol, Spectral("lambda_max" if upper else "lambda_min", side), bound, degree, upper, False)


def _multiple_of_identity(bound: Tensor) -> Tensor | None:
    """``c`` where the bound is ``c``, ``c*eye(n)`` or a matrix of zeros."""
    bound = strip(bound)
    if bound.ndim == 0:
        return bound
    match bound:
        case Full() if constant(bound) == 0:
            return Number(Fraction(0))
        case Eye():
            return Number(Fraction(1))
        case Multiply(left=left, right=right):
            for factor, other in ((left, right), (right, left)):
                if factor.ndim == 0 and is_identity(other):
                    return factor
    return None
