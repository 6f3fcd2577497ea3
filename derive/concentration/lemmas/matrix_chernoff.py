"""Extreme eigenvalues of sums of independent positive semidefinite matrices.

Let ``S = sum_k X_k`` with independent symmetric d x d matrices ``0 <= X_k <= L M`` in the Loewner order, where
``M = E S`` is invertible. For ``0 <= e <= 1``, with natural logarithms,

    Pr[S << (1 + e) M fails] <= d (exp(e)/(1 + e)^(1 + e))^(1/L) <= d exp(-3 e^2/(8 L)) <= d exp(-e^2/(3 L)),
    Pr[S >> (1 - e) M fails] <= d (exp(-e)/(1 - e)^(1 - e))^(1/L) <= d exp(-e^2/(2 L)) <= d exp(-e^2/(3 L)).

Source: Tropp, User-friendly tail bounds for sums of random matrices, 2012, theorem 1.1, of the matrices
``M^(-1/2) X_k M^(-1/2)``, whose sum has the mean I; the exponents by ``(1 + e) log(1 + e) - e >= e^2/(2 + 2 e/3)`` and
``(1 - e) log(1 - e) + e >= e^2/2`` (Boucheron, Lugosi and Massart, Concentration Inequalities, 2013, exercise 2.8).
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from derive.bounds.value import Value
from derive.concentration.lemma import exponential, number

NAME = "matrix Chernoff inequality"

ABOVE, BELOW = (Fraction(3, 8), Fraction(1, 3)), (Fraction(1, 2), Fraction(1, 3))
"""The constants in the exponents, the better ones first; what both tails have in common lets them be added up."""


def matrix_chernoff(dimension: Value, deviation: Value, largest: Value, rate: Fraction) -> Value:
    """``d exp(-rate e^2/L)``."""
    factor = number(sp.Rational(rate.numerator, rate.denominator), deviation)
    return dimension * exponential(-(factor * deviation * deviation / largest))
