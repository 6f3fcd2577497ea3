"""Ranges and spectra of functions of one symmetric matrix, from the range of a function of its eigenvalues."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from derive.bounds.bound import RANGES, SPECTRA, Rule, Scheme
from derive.bounds.over_interval import Interval, over_interval
from derive.bounds.parameters import Parameters
from derive.bounds.spectral_functions import SpectralReading
from derive.bounds.univariate import highest
from derive.bounds.value import Value
from derive.language.arrays import Determinant, Inverse, Trace
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Negative, Tensor

ENDS = ("lambda_min", "lambda_max")
"""The measures that are the ends of the interval of the spectrum."""

FROM_ABOVE = frozenset({"upper", "lambda_max"})


def _extreme(measure: str, phi: sp.Expr, p: Parameters) -> Callable[[Interval], Value | None]:
    """The supremum or the infimum of phi over an interval."""
    sign = 1 if measure in FROM_ABOVE else -1

    def bound(interval: Interval) -> Value | None:
        found = highest(sign * phi, *interval)
        return None if found is None else p.constant(sign * found)

    return bound


def _sum(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``n inf f <= sum_i f(lambda_i) <= n sup f``."""
    if node.ndim:
        return
    reading = SpectralReading()
    phi = reading.of_sum(node)
    if phi is not None and reading.matrix is not None:
        count = p.size(reading.matrix.shape[0])
        yield from over_interval(reading.matrix, ENDS, _extreme(measure, phi, p), lambda end: count * end)


def _spectrum(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``inf f <= lambda(f(S)) <= sup f``."""
    reading = SpectralReading()
    phi = reading.of_matrix(node) if node.ndim == 2 else None
    if phi is not None and reading.matrix is not None:
        yield from over_interval(reading.matrix, ENDS, _extreme(measure, phi, p))


RULES = (
    Rule(
        "sum over a spectrum",
        RANGES,
        (Add, Negative, Multiply, Divide, Apply, Trace, Determinant),
        _sum,
        "the trace of f(S) is the sum of f(lambda_i); critical points, or balls",
    ),
    Rule(
        "spectrum of a function of a matrix",
        SPECTRA,
        (Add, Negative, Multiply, Divide, MatMul, Inverse),
        _spectrum,
        "the eigenvalues of f(S) are f(lambda_i); critical points, or balls",
    ),
)
