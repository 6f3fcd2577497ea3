"""A concentration lemma: how large a random variable is with which probability, under which hypotheses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import sympy as sp

from derive.bounds.bound import Scheme
from derive.bounds.value import Value
from derive.concentration.events import Excess
from derive.concentration.setting import Setting


@dataclass(frozen=True)
class Lemma:
    """A fact about the probability of an excess over a threshold.

    Attributes:
        name: as it is printed in a proof.
        schemes: formulas for a bound of the probability, and what they take: bounds of expressions that are free of
            randomness. A formula gives None where its hypotheses are not certain.
        source: a proof in a line, or a citation.
    """

    name: str
    schemes: Callable[[Excess, Value, Setting], Iterator[Scheme]]
    source: str


def number(value: float | sp.Expr, like: Value) -> Value:
    """A number beside values."""
    exact = sp.nsimplify(value, rational=True) if isinstance(value, float) else sp.sympify(value)
    return Value.of(exact, np.full_like(like.samples, float(exact)))


def exponential(exponent: Value) -> Value:
    return exponent.apply(sp.exp)


def cancelled(value: Value) -> Value:
    """The same number as a product, without common factors of numerator and denominator."""
    return Value(lambda: sp.factor(value.expression), value.samples, value.symbols, value.certain)
