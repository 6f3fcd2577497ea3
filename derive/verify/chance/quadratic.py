"""Gaussian quadratic forms and norms, and Bernstein's inequality, looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product
from typing import Any

from derive.language.arrays import Norm
from derive.language.chance import Expectation, RandomSymbol, unbound
from derive.language.plain import identity
from derive.language.tensor import Tensor
from derive.verify.arrays import Array
from derive.verify.chance.coefficients import coefficients
from derive.verify.chance.places import Place
from derive.verify.chance.readings import Less, Mismatch, base_of, expect, operand_of
from derive.verify.scope import unnamed
from derive.verify.steps import Step

Ball = Any


def gaussian_quadratic_form(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``exp(-x)`` where ``t = 2 F sqrt(x) + 2 M x``, F and M the norms of half the Hessian, t from the mean."""
    if len(premises) != 3:
        raise Mismatch
    frobenius, largest, mean = premises
    expect((frobenius.measure, largest.measure) == ("fro", "op"))
    expect(identity(frobenius.subject) == identity(largest.subject))
    hessian, centre = _hessian(failure.small, place)
    stated: Array = place.evaluation.value(frobenius.subject, place.values)
    expect(_agree(stated.entries, hessian))
    expect(mean.measure == ("inf" if failure.two_sided else "upper") and place.number(mean.subject).overlaps(centre))
    f, m = place.number(frobenius.value) / 2, place.number(largest.value) / 2
    t = place.number(failure.large) - place.number(mean.value)
    expect(not t < 0)
    root = ((f * f + 2 * m * t).sqrt() - f) / (2 * m)
    tail = (-(root * root)).exp()
    return 2 * tail if failure.two_sided else tail


def _hessian(variable: Tensor, place: Place) -> tuple[list[Ball], Ball]:
    """The second differences of a quadratic form without a linear part, and its mean; checked at the realisation."""
    symbol, array = _gaussian(variable, place)
    size = len(array.entries)

    def at(weights: dict[int, int]) -> Ball:
        entries = tuple(place.evaluation.one * weights.get(k, 0) for k in range(size))
        values = place.values.binding(symbol.name, Array(array.shape, entries))
        return place.evaluation.value(variable, values).scalar

    rest, singles = at({}), [at({k: 1}) for k in range(size)]
    expect(all((one - at({k: -1})).contains(0) for k, one in enumerate(singles)))
    rows = {(k, k): 2 * (one - rest) for k, one in enumerate(singles)}
    for k, j in permutations(range(size), 2):
        rows[k, j] = at({k: 1, j: 1}) - singles[k] - singles[j] + rest
    total = sum((rows[k, j] * array.entries[k] * array.entries[j] for k, j in rows), rest * 0) / 2 + rest
    expect(total.overlaps(place.number(variable)))
    centre = rest + sum((rows[k, k] for k in range(size)), rest * 0) / 2
    return [rows[k, j] for k, j in product(range(size), repeat=2)], centre


def _agree(first: Sequence[Ball], second: Sequence[Ball]) -> bool:
    return len(first) == len(second) and all(a.overlaps(b) for a, b in zip(first, second, strict=True))


def _gaussian(variable: Tensor, place: Place) -> tuple[RandomSymbol, Array]:
    symbols = unbound(variable)
    if len(symbols) != 1 or symbols[0].kind != "gaussian":
        raise Mismatch
    return symbols[0], place.values[symbols[0].name]


def gaussian_norm(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``exp(-t^2/(2 L^2))``, t from the root of the second moment; L is the norm of the linear map."""
    norm = unnamed(failure.small)
    if not isinstance(norm, Norm) or norm.order not in ("2", "fro") or len(premises) != 2:
        raise Mismatch
    slope, second = premises
    expect(slope.measure == "op" and _same_map(slope.subject, norm.operand, place))
    base = base_of(operand_of(second))
    expect(base is not None and identity(base) == identity(norm))
    t, lipschitz = place.number(failure.large) - place.number(second.value).sqrt(), place.number(slope.value)
    expect(not t < 0)
    return (-(t * t) / (2 * lipschitz * lipschitz)).exp()


def _same_map(stated: Tensor, array: Tensor, place: Place) -> bool:
    """Is a matrix what an affine array does to the entries of its random symbol, both row by row?"""
    symbol, random = _gaussian(array, place)
    size = len(random.entries)

    def at(k: int | None) -> Sequence[Ball]:
        entries = tuple(place.evaluation.one if j == k else place.evaluation.zero for j in range(size))
        values = place.values.binding(symbol.name, Array(random.shape, entries))
        return place.evaluation.value(array, values).entries

    rest = at(None)
    columns = [[a - b for a, b in zip(at(k), rest, strict=True)] for k in range(size)]
    moved = [
        b + sum((column[j] * random.entries[k] for k, column in enumerate(columns)), place.evaluation.zero)
        for j, b in enumerate(rest)
    ]
    found: Array = place.evaluation.value(array, place.values)
    expect(all(a.overlaps(b) for a, b in zip(moved, found.entries, strict=True)))
    matrix: Array = place.evaluation.value(stated, place.values)
    rows = [columns[k][j] for j in range(len(rest)) for k in range(size)]
    return _agree(matrix.entries, rows)


def bernstein(failure: Less, premises: Sequence[Step], place: Place) -> Ball:
    """``exp(-t^2/(2 (v + b t/3)))`` on each side, for entries from an interval, t from the mean."""
    if len(premises) not in (2, 3):
        raise Mismatch
    variance, reach, *offsets = premises
    centre, threshold = place.evaluation.zero, place.number(failure.large)
    for offset in offsets:
        expect(offset.measure == ("inf" if failure.two_sided else "upper"))
        centre, threshold = place.number(offset.subject), threshold - place.number(offset.value)
    base = base_of(operand_of(variance))
    if base is None or reach.measure != "inf":
        raise Mismatch
    expect(place.number(base).overlaps(place.number(failure.small) - centre))
    expect(place.number(Expectation(base, None, ())).contains(0))
    stated = place.evaluation.value(reach.subject, place.values).entries
    for symbol, row in coefficients(failure.small, place.evaluation, place.values).of:
        half = _half(symbol, place)
        expect(all(any(abs(c * half).overlaps(abs(b)) for b in stated) for c in row))
    expect(not threshold < 0)
    b, v = place.number(reach.value), place.number(variance.value)
    tail = (-(threshold * threshold) / (2 * (v + b * threshold / 3))).exp()
    return 2 * tail if failure.two_sided else tail


def _half(symbol: RandomSymbol, place: Place) -> Ball:
    """What an entry is at most from its mean."""
    if symbol.kind == "uniform":
        low, high = map(place.number, symbol.parameters)
        return (high - low) / 2
    expect(symbol.kind in ("rademacher", "bernoulli"))
    return place.evaluation.one
