"""Means by quadrature over a few random entries, at two orders, so that their difference bounds the error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
from flint import arb

from derive.language.chance import RandomSymbol, unbound
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.chance.places import Place

Ball = Any
Node = tuple[Sequence[Ball], Ball]
"""Entries of a symbol, and the weight of them."""

ORDERS = (24, 34)
MOST = 1500
"""Nodes, over all random entries together."""

ROUNDING = arb(2) ** -44
"""What nodes and weights in doubles are off by, relative, several times over."""


def mean_of(operand: Tensor, place: Place) -> Ball:
    """The mean of a scalar, with the difference of two orders of quadrature and the rounding as its radius.

    Raises:
        Unknown: a law without a quadrature, or too many random entries.
    """
    coarse, fine = (_sum(operand, place, order) for order in ORDERS)
    (first, _), (second, size) = coarse, fine
    radius = abs(first - second) + size * ROUNDING
    return second + arb(0, radius.upper())


def _sum(operand: Tensor, place: Place, order: int) -> tuple[Ball, Ball]:
    """The weighted sum of the values, and of their sizes."""
    symbols = unbound(operand)
    rules = [list(_nodes(symbol, place, order)) for symbol in symbols]
    total = size = place.evaluation.zero
    for chosen in product(*rules):
        values, weight = place.values, place.evaluation.one
        for symbol, (entries, share) in zip(symbols, chosen, strict=True):
            values = values.binding(symbol.name, Array(place.values[symbol.name].shape, tuple(entries)))
            weight = weight * share
        found = place.evaluation.value(operand, values).scalar * weight
        total, size = total + found, size + abs(found)
    return total, size


def _nodes(symbol: RandomSymbol, place: Place, order: int) -> Iterator[Node]:
    """The nodes of a symbol: of its entries, or of its rows where these are vectors at random."""
    shape = place.values[symbol.name].shape
    if symbol.kind == "one_hot":
        law, count = [_row(k, place, symbol) for k in range(shape[1])], shape[0]
    else:
        count = int(np.prod(shape))
        law = [((node,), weight) for node, weight in _law(symbol, place, order)]
    if len(law) ** count > MOST:
        raise Unknown("too many random entries for a quadrature")
    for chosen in product(law, repeat=count):
        weight = place.evaluation.one
        for _, share in chosen:
            weight = weight * share
        yield [entry for entries, _ in chosen for entry in entries], weight


def _law(symbol: RandomSymbol, place: Place, order: int) -> list[tuple[Ball, Ball]]:
    parameters = [place.number(parameter) for parameter in symbol.parameters]
    match symbol.kind:
        case "gaussian":
            nodes, weights = np.polynomial.hermite_e.hermegauss(order)
            return [(arb(float(x)), arb(float(w))) for x, w in zip(nodes, weights / weights.sum(), strict=True)]
        case "uniform":
            low, high = parameters
            nodes, weights = np.polynomial.legendre.leggauss(order)
            pairs = zip((nodes + 1) / 2, weights / 2, strict=True)
            return [(low + (high - low) * arb(float(x)), arb(float(w))) for x, w in pairs]
        case "rademacher":
            return [(arb(1), arb(1) / 2), (arb(-1), arb(1) / 2)]
        case "bernoulli":
            return [(arb(1), parameters[0]), (arb(0), 1 - parameters[0])]
    raise Unknown(f"no quadrature of {symbol.kind}")


def _row(k: int, place: Place, symbol: RandomSymbol) -> Node:
    """The k-th unit vector and its probability."""
    size = place.values[symbol.name].shape[1]
    entries = [arb(int(j == k)) for j in range(size)]
    if not symbol.parameters:
        return entries, arb(1) / size
    chances: Array = place.evaluation.value(symbol.parameters[0], place.values)
    return entries, chances.entries[k]
