"""Checkers of other languages: the rule that each documents, written down here in a few lines with its defaults.

They are not the checkers' own code, and are named as rules in the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import mpmath
import numpy as np

from .models import Floats, Function
from .problems import Problem
from .verdicts import ACCEPTED, Answer, Check, Checker, accepts

MULTIPRECISION = SimpleNamespace(asarray=np.asarray, exp=np.frompyfunc(mpmath.exp, 1, 1), maximum=np.maximum)
"""What the models need of an array library, for arrays of mpmath's numbers."""

DIGITS = 50


def _columns(partial: Callable[[int], Any], d: int) -> Any:
    """The derivative, of shape [d] or [m, d], from its columns."""
    return np.stack([np.asarray(partial(j)) for j in range(d)], axis=-1)


def _unit(j: int, d: int) -> Floats:
    unit = np.zeros(d)
    unit[j] = 1.0
    return unit


def ipopt_rule(problem: Problem, seed: int) -> Check:
    """Forward differences, steps 1e-8 max(1, |x_j|): |approx - exact| < 1e-4 max(|approx|, 1e-4) for each entry.

    Source: Ipopt 3.14, ``TNLPAdapter::CheckDerivatives``, options ``derivative_test_tol`` and ``_perturbation``.
    """
    f, claimed, x = problem.value(), problem.claimed(), problem.x

    def run() -> Answer:
        steps = 1e-8 * np.maximum(1.0, np.abs(x))
        at = f(x)
        approx = _columns(lambda j: (f(x + steps[j] * _unit(j, x.size)) - at) / steps[j], x.size)
        return accepts(np.all(np.abs(approx - claimed(x)) < 1e-4 * np.maximum(np.abs(approx), 1e-4)))

    return run


def manopt_rule(problem: Problem, seed: int) -> Check:
    """Slope 2 +- 0.1 of log |f(x + t v) - f(x) - t <g, v>| over 101 log-spaced t in [1e-8, 1], for a unit v.

    Errors all below 1e-12 are exact. Source: Manopt.jl, ``check_gradient`` (Boumal 2023, section 4.8).
    """
    f, claimed, x = problem.value(), problem.claimed(), problem.x
    v = np.random.default_rng(seed).standard_normal(x.size)
    v /= np.linalg.norm(v)

    def run() -> Answer:
        logs = np.linspace(-8.0, 0.0, 101)
        slope, at = claimed(x) @ v, f(x)
        errors = np.array([abs(f(x + t * v) - (at + t * slope)) for t in 10**logs])
        if errors.max() < 1e-12:
            return ACCEPTED
        seen = errors > 0
        return accepts(abs(np.polyfit(logs[seen], np.log10(errors[seen]), 1)[0] - 2) <= 0.1)

    return run


def _ridders(f: Callable[[float], Any], step: float) -> Any:
    """f'(0) by Ridders' extrapolation of central differences, as Ceres does it: halved steps, at most ten."""
    step *= 2.0**5
    previous: list[Any] = []
    best, least = None, float("inf")
    for k in range(10):
        row = [(f(step) - f(-step)) / (2 * step)]
        best = row[0] if best is None else best
        for i in range(1, k + 1):
            row.append((4.0**i * row[i - 1] - previous[i - 1]) / (4.0**i - 1))
            error = float(max(np.linalg.norm(row[i] - row[i - 1]), np.linalg.norm(row[i] - previous[i - 1])))
            if error <= least:
                best, least = row[i], error
        if least < 1e-12 or (k and np.linalg.norm(row[k] - previous[k - 1]) >= 2 * least):
            break
        previous, step = row, step / 2
    return best


def ceres_rule(problem: Problem, seed: int) -> Check:
    """Ridders' differences, each entry within 1e-8 of the larger of the two, absolutely where one is 0.

    Source: Ceres Solver, ``GradientChecker``, ``NumericDiffOptions``, ``gradient_check_relative_precision``.
    """
    f, claimed, x = problem.value(), problem.claimed(), problem.x

    def run() -> Answer:
        steps = np.maximum(1e-2, 1e-2 * np.abs(x))
        numeric = _columns(lambda j: _ridders(lambda t: f(x + t * _unit(j, x.size)), steps[j]), x.size)
        exact = claimed(x)
        size = np.where(exact * numeric == 0, 1.0, np.maximum(np.abs(exact), np.abs(numeric)))
        return accepts(np.all(np.abs(exact - numeric) < 1e-8 * size))

    return run


def complex_step_rule(problem: Problem, seed: int) -> Check:
    """Im f(x + i h e_j) / h with h = 1e-100, each entry within a relative 1e-10 (Squire and Trapp 1998)."""
    f, claimed, x = problem.value(), problem.claimed(), problem.x

    def run() -> Answer:
        reference = _columns(lambda j: np.imag(f(x + 1e-100j * _unit(j, x.size))) / 1e-100, x.size)
        return accepts(_within(claimed(x), reference, 1e-10))

    return run


def multiprecision_rule(problem: Problem, seed: int) -> Check:
    """Central differences, h = 1e-15, and the claimed derivative in 50 digits, each entry within a relative 1e-10."""
    f, claimed = problem.value(MULTIPRECISION), problem.claimed(MULTIPRECISION)

    def run() -> Answer:
        with mpmath.workdps(DIGITS):
            x = np.array([mpmath.mpf(entry) for entry in problem.x], dtype=object)
            h = mpmath.mpf(10) ** -15
            reference = _columns(lambda j: _central(f, x, h, j), x.size)
            return accepts(_within(claimed(x), reference, 1e-10))

    return run


def _central(f: Function, x: Any, h: Any, j: int) -> Any:
    step = h * _unit(j, x.size).astype(int)
    return (f(x + step) - f(x - step)) / (2 * h)


def _within(claimed: Any, reference: Any, relative: float) -> bool:
    return bool(np.all(np.abs(claimed - reference) <= relative * np.abs(reference)))


RULES = (
    Checker("Ipopt derivative test (rule)", ipopt_rule),
    Checker("Manopt.jl slope 2 +- 0.1 (rule)", manopt_rule, scalar_only=True),
    Checker("Ceres Ridders 1e-8 (rule)", ceres_rule),
    Checker("complex step 1e-10 (rule)", complex_step_rule),
    Checker("50-digit difference 1e-10 (rule)", multiprecision_rule),
)
