"""Ranges and spectra of functions of one symmetric matrix, from the range of a function of its eigenvalues."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from derive.bounds.bound import RANGES, SPECTRA, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.spectral_functions import SpectralReading
from derive.bounds.univariate import highest
from derive.bounds.value import Value
from derive.language.arrays import Determinant, Inverse, Trace
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Negative, Tensor

ENDS = ((), ("lambda_min",), ("lambda_max",), ("lambda_min", "lambda_max"))
"""Which ends of the spectrum are taken from its bounds; the others are infinite."""

FROM_ABOVE = frozenset({"upper", "lambda_max"})


def _extreme(measure: str, phi: sp.Expr, ends: tuple[str, ...], p: Parameters) -> Callable[..., Value | None]:
    """A formula: the supremum or infimum of phi over the spectrum."""

    def formula(*values: Value) -> Value | None:
        given = dict(zip(ends, (value.expression for value in values), strict=True))
        low, high = given.get("lambda_min", -sp.oo), given.get("lambda_max", sp.oo)
        if not all(end.is_number for end in (low, high)) or (low < high) is not sp.true:
            return None
        sign = 1 if measure in FROM_ABOVE else -1
        found = highest(sign * phi, low, high)
        return None if found is None else p.constant(sign * found)

    return formula


def _over_the_spectrum(
    measure: str, phi: sp.Expr, matrix: Symbol, p: Parameters, then: Callable[[Value], Value]
) -> Iterator[Scheme]:
    for ends in ENDS:
        formula = _extreme(measure, phi, ends, p)

        def whole(*values: Value, formula: Callable[..., Value | None] = formula) -> Value | None:
            found = formula(*values)
            return None if found is None else then(found)

        yield whole, tuple((end, matrix) for end in ends)


def _sum(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``n inf f <= sum_i f(lambda_i) <= n sup f``."""
    if node.ndim:
        return
    reading = SpectralReading()
    phi = reading.of_sum(node)
    if phi is not None and reading.matrix is not None:
        count = p.size(reading.matrix.shape[0])
        yield from _over_the_spectrum(measure, phi, reading.matrix, p, lambda end: count * end)


def _spectrum(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``inf f <= lambda(f(S)) <= sup f``."""
    reading = SpectralReading()
    phi = reading.of_matrix(node) if node.ndim == 2 else None
    if phi is not None and reading.matrix is not None:
        yield from _over_the_spectrum(measure, phi, reading.matrix, p, lambda end: end)


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
