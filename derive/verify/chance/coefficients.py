"""A random variable as an affine function of the entries of its random symbols, read off from its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from derive.language.chance import RandomSymbol, unbound
from derive.language.tensor import Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array
from derive.verify.scope import Scope
from derive.verify.values import Evaluation

Ball = Any


@dataclass(frozen=True)
class Coefficients:
    """``constant`` and, for each random symbol, the coefficients of its entries."""

    constant: Ball
    of: tuple[tuple[RandomSymbol, tuple[Ball, ...]], ...]


def coefficients(variable: Tensor, evaluation: Evaluation, values: Scope) -> Coefficients:
    """The coefficients at a point, where the values of the random symbols are those of one realisation.

    Raises:
        Unknown: the variable is not affine, as far as this realisation shows, or has no value.
    """
    symbols = sorted(unbound(variable), key=lambda symbol: symbol.name)
    still = values
    for symbol in symbols:
        still = still.binding(symbol.name, _unit(values[symbol.name], None, evaluation))
    constant = evaluation.value(variable, still).scalar
    found, total = [], constant
    for symbol in symbols:
        array: Array = values[symbol.name]
        row = []
        for place, entry in enumerate(array.entries):
            moved = still.binding(symbol.name, _unit(array, place, evaluation))
            row.append(evaluation.value(variable, moved).scalar - constant)
            total = total + row[-1] * entry
        found.append((symbol, tuple(row)))
    if not total.overlaps(evaluation.value(variable, values).scalar):
        raise Unknown("it is not affine in its random entries")
    return Coefficients(constant, tuple(found))


def _unit(array: Array, place: int | None, evaluation: Evaluation) -> Array:
    entries = [evaluation.one if k == place else evaluation.zero for k in range(len(array.entries))]
    return Array(array.shape, tuple(entries))


def mean(found: Coefficients, evaluation: Evaluation, values: Scope) -> Ball:
    """The mean of the affine function."""
    total = found.constant
    for symbol, row in found.of:
        total = total + sum(row, evaluation.zero) * _mean_of_an_entry(symbol, evaluation, values)
    return total


def proxy(found: Coefficients, kinds: Sequence[str], evaluation: Evaluation, values: Scope) -> Ball:
    """The v of ``E exp(s (S - E S)) <= exp(s^2 v/2)``, for laws of the given kinds.

    Raises:
        Unknown: an entry has another law.
    """
    total = evaluation.zero
    for symbol, row in found.of:
        if symbol.kind not in kinds:
            raise Unknown(f"{symbol.name} has another law")
        square = sum((c * c for c in row), evaluation.zero)
        total = total + square * _proxy_of_an_entry(symbol, evaluation, values)
    return total


def _mean_of_an_entry(symbol: RandomSymbol, evaluation: Evaluation, values: Scope) -> Ball:
    parameters = [evaluation.value(parameter, values).scalar for parameter in symbol.parameters]
    match symbol.kind:
        case "gaussian" | "rademacher":
            return evaluation.zero
        case "bernoulli":
            return parameters[0]
        case "uniform":
            return (parameters[0] + parameters[1]) / 2
    raise Unknown(f"the mean of {symbol.kind}")


def _proxy_of_an_entry(symbol: RandomSymbol, evaluation: Evaluation, values: Scope) -> Ball:
    """A quarter of the square of the length of its interval (Hoeffding's lemma); the variance of a Gaussian."""
    match symbol.kind:
        case "gaussian" | "rademacher":
            return evaluation.one
        case "bernoulli":
            return evaluation.one / 4
        case "uniform":
            low, high = (evaluation.value(parameter, values).scalar for parameter in symbol.parameters)
            return (high - low) * (high - low) / 4
    raise Unknown(f"the spread of {symbol.kind}")
