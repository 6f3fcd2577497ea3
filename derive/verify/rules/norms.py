"""Norms and Lipschitz constants of sums, functions and rearrangements."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from derive.verify.closed_forms import positive
from derive.verify.compositions import (
    ALIKE,
    DIAGONAL,
    LOGSUMEXP,
    NEGATIVE,
    SOFTMAX,
    TOTAL,
    applied,
    diagonal_matrix,
    itself,
    line_of,
    measured,
    part_of,
    power,
    row_of,
    same_entries,
    scalar_divisor,
    turned,
)
from derive.verify.rules.row import ENTRYWISE, NORMS, Formula, Row, plus, same

SLOPES = {
    "tanh": sp.S.One,
    "sigmoid": sp.Rational(1, 4),
    "softplus": sp.S.One,
    "relu": sp.S.One,
    "abs": sp.S.One,
    "sin": sp.S.One,
    "cos": sp.S.One,
    "arctan": sp.S.One,
    "erf": 2 / sp.sqrt(sp.pi),
}
"""The steepest slopes on the real line."""

LARGER = {
    "2": ("1",),
    "inf": ("1", "2", "op", "fro", "rows"),
    "op": ("fro", "1"),
    "fro": ("1",),
    "rows": ("op", "fro", "1"),
}
"""By norm, those that are never smaller."""

DIAGONALS = (("op", "inf"), ("fro", "2"), ("rows", "inf"), ("1", "1"), ("inf", "inf"), ("2", "fro"), ("inf", "op"))
"""Norms of a diagonal matrix by those of its diagonal, and of a diagonal by those of its matrix."""

REVERSE_TRIANGLE = "reverse triangle inequality, Weyl's inequality"
QUOTIENT_RULE = "quotient rule for Lipschitz constants"


def rows() -> Iterator[Row]:
    yield from _of_sums()
    yield from _compared()
    yield from _of_arrangements()
    yield from _of_functions()


def _of_sums() -> Iterator[Row]:
    for n in NORMS:
        moved = f"lipschitz {n}"
        yield Row("triangle inequality", n, (n, n), ALIKE, plus)
        yield Row("sum rule for Lipschitz constants", moved, (moved, moved), ALIKE, plus)
        yield Row("sign", n, (n,), NEGATIVE, same)
        yield Row("sign", moved, (moved,), NEGATIVE, same)
        yield Row("positive divisor", n, (n, "lower"), scalar_divisor, lambda t, c: t / c if positive(c) else None)
        quotient = (n, moved, "lower", "lipschitz inf")
        yield Row(QUOTIENT_RULE, moved, quotient, scalar_divisor, _quotient, (0, 2), ((0, 1), (2, 3)))
        for measure in ("inf", "upper"):
            yield Row("norm", measure, (n,), measured(n), same)
        yield Row(REVERSE_TRIANGLE, "lipschitz inf", (moved,), measured(n), same)
    for kind in ("lambda_min", "lambda_max", "sigma_min"):
        yield Row(REVERSE_TRIANGLE, "lipschitz inf", ("lipschitz op",), measured(kind), same)
    for n in ENTRYWISE:
        yield Row("absolute value", n, (n,), applied("abs"), same)
    yield Row("Cauchy-Schwarz inequality", "inf", ("1",), TOTAL, same)
    yield Row("sum of moves", "lipschitz inf", ("lipschitz 1",), TOTAL, same)


def _quotient(t: sp.Expr, dt: sp.Expr, c: sp.Expr, dc: sp.Expr) -> sp.Expr | None:
    return dt / c + t * dc / (c * c) if positive(c) else None


def _compared() -> Iterator[Row]:
    """The same expression, by other norms."""
    for before in ("", "lipschitz "):
        for small, larger in LARGER.items():
            for large in larger:
                yield Row("comparison of norms", before + small, (before + large,), itself, same)
        for n in NORMS:
            yield Row("equal terms collected", before + n, (before + n,), itself, same)
            yield Row("common factor", before + n, (before + n,), itself, same)
    for n in ("2", "fro"):
        yield Row("Hoelder's inequality", n, ("1", "inf"), itself, lambda s, t: sp.sqrt(s * t))


def _of_arrangements() -> Iterator[Row]:
    pairs = (
        *(("norm of a diagonal", a, b, diagonal_matrix) for a, b in DIAGONALS[:4]),
        *(("norm of a diagonal", a, b, DIAGONAL) for a, b in DIAGONALS[3:]),
        ("a part is at most the whole", "2", "rows", row_of),
        *(("a part is at most the whole", "2", b, part_of) for b in ("op", "fro")),
        *(("a part is at most the whole", b, b, part_of) for b in ("1", "inf")),
        *(("a part is at most the whole", b, "2", line_of) for b in ("op", "fro")),
        ("same entries", "2", "fro", same_entries),
        ("same entries", "op", "op", turned),
        *(("same entries", n, n, same_entries) for n in ("1", "2", "inf", "fro")),
    )
    for rule, measure, premise, made in pairs:
        for before in ("", "lipschitz "):
            yield Row(rule, before + measure, (before + premise,), made, same)
    yield Row("softmax is 1/2-Lipschitz", "lipschitz 2", ("lipschitz 2",), SOFTMAX, lambda t: t / 2)
    yield Row("softmax is 1/2-Lipschitz", "lipschitz inf", ("lipschitz inf",), SOFTMAX, lambda t: t / 2)
    yield Row("softmax is 1/2-Lipschitz", "lipschitz 1", ("lipschitz inf",), SOFTMAX, same)
    yield Row("logsumexp is 1-Lipschitz", "lipschitz inf", ("lipschitz inf",), LOGSUMEXP, same)


def _of_functions() -> Iterator[Row]:
    for n in ENTRYWISE:
        moved = f"lipschitz {n}"
        for name, slope in SLOPES.items():
            yield Row("composition", moved, (moved,), applied(name), lambda t, slope=slope: slope * t)
        yield Row("composition", moved, ("upper", moved), applied("exp"), _exponential, (1,), ((0, 1),))
        for k in range(1, 9):
            yield Row("power", moved, ("inf", moved), power(Fraction(k)), _slope_of_power(k), (0,), ((0, 1),))
    for k in range(9):
        yield Row("power", "inf", ("inf",), power(Fraction(k)), lambda t, k=k: t**k)


def _exponential(upper: sp.Expr, move: sp.Expr) -> sp.Expr:
    return sp.exp(upper) * move


def _slope_of_power(k: int) -> Formula:
    return lambda t, dt: k * t ** (k - 1) * dt
