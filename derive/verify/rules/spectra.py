"""Extreme eigenvalues, and derivatives of higher order."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.verify.closed_forms import nonnegative
from derive.verify.compositions import (
    ALIKE,
    DIAGONAL,
    MULTIPLE,
    NEGATIVE,
    PRODUCT,
    SOFTMAX,
    diagonal_of,
    itself,
    measured,
    of_its_entries,
    part_of,
    same_entries,
)
from derive.verify.quadratic_forms import blocks, gram, rank_one, sandwich, square_of
from derive.verify.rules.row import LARGEST, SMALLEST, Formula, Row, minus, plus, same


def rows() -> Iterator[Row]:
    yield from _of_spectra()
    yield from _of_entries()
    yield from _of_congruences()
    yield from _of_derivatives()


def _of_spectra() -> Iterator[Row]:
    for end, opposite, entries in (("lambda_max", "lambda_min", "upper"), ("lambda_min", "lambda_max", "lower")):
        yield Row("Weyl's inequality", end, (end, end), ALIKE, plus)
        yield Row("sign of a spectrum", end, (opposite,), NEGATIVE, minus)
        yield Row("spectrum of a diagonal", end, (entries,), DIAGONAL, same)
        yield Row("product of diagonals", end, (entries,), DIAGONAL, same)
        yield Row("equal terms collected", end, (end,), itself, same)
        yield Row("common factor", end, (end,), itself, same)
        for n in ("op", "fro"):
            formula = same if end == "lambda_max" else minus
            yield Row("an eigenvalue is at most the norm", end, (n,), itself, formula)
    three = ("symmetric", "lambda_max", "lambda_min")
    for formula in LARGEST:
        yield Row(SPECTRAL, "op", three, itself, _after_one(formula), (0,), ((0, 1), (1, 2)))
    for formula in SMALLEST:
        yield Row("two by two blocks", "lambda_min", ("lambda_min", "lambda_min", "op"), blocks, _less(formula))


def _of_entries() -> Iterator[Row]:
    """Gershgorin's discs, entries off the diagonal bounded in M or in M - I; the diagonal of a matrix; inverses."""
    for end, entries, sign in (("lambda_max", "upper", 1), ("lambda_min", "lower", -1)):

        def disc(n: sp.Expr, centre: sp.Expr, radius: sp.Expr, sign: int = sign) -> sp.Expr:
            return centre + sign * (n - 1) * radius

        yield Row("Gershgorin's theorem", end, (entries, "inf"), of_its_entries, disc, sized=True)
        yield Row("extreme eigenvalue", entries, (end, "symmetric"), measured(end), lambda t, _: t, (0,), ((0, 1),))
        yield Row("diagonal of a spectrum", entries, (end,), diagonal_of, same)


SPECTRAL = "spectral norm of a symmetric matrix"


def _after_one(formula: Formula) -> Formula:
    """The formula of the premises but the first."""
    return lambda _, *rest: formula(*rest)


def _less(formula: Formula) -> Formula:
    """The formula of the first two premises, less the third."""

    def less(s: sp.Expr, t: sp.Expr, off: sp.Expr) -> sp.Expr | None:
        found = formula(s, t)
        return None if found is None else found - off

    return less


def _of_congruences() -> Iterator[Row]:
    multiple = "multiple of a spectrum"
    yield Row(multiple, "lambda_min", ("lower", "lambda_min"), MULTIPLE, _scaled)
    yield Row(multiple, "lambda_min", ("lambda_min", "lower"), MULTIPLE, lambda t, c: _scaled(c, t))
    yield Row(multiple, "lambda_max", ("upper", "lower", "lambda_max"), MULTIPLE, _scaled, (0, 2), ((0, 1),))
    yield Row("outer square", "lambda_max", ("2",), gram, lambda t: t**2)
    yield Row("outer square", "lambda_min", (), rank_one, lambda: sp.S.Zero)
    yield Row("congruence", "lambda_max", ("op",), square_of, lambda t: t**2)
    yield Row("congruence", "lambda_min", ("sigma_min",), square_of, lambda t: t**2 if nonnegative(t) else None)
    yield Row("congruence", "lambda_max", ("lambda_max", "op"), sandwich, _grows)
    yield Row("congruence", "lambda_min", ("lambda_min", "sigma_min"), sandwich, _grows)
    yield Row("congruence", "lambda_min", ("lambda_min", "op"), sandwich, _falls)
    schur = ("lambda_min", "lambda_min", "symmetric", "symmetric")
    yield Row("Schur's product theorem", "lambda_min", schur, PRODUCT, _schur, (0, 1), ((0, 2), (1, 3)))


def _grows(m: sp.Expr, a: sp.Expr) -> sp.Expr | None:
    return m * a**2 if nonnegative(m) and nonnegative(a) else None


def _falls(m: sp.Expr, a: sp.Expr) -> sp.Expr | None:
    return m * a**2 if nonnegative(-m) else None


def _scaled(c: sp.Expr, *rest: sp.Expr) -> sp.Expr | None:
    """A scalar in a range that is not negative times a spectrum that is not."""
    return sp.Mul(c, rest[-1]) if all(nonnegative(x) for x in (c, *rest)) else None


def _schur(s: sp.Expr, t: sp.Expr, *_: sp.Expr) -> sp.Expr | None:
    return sp.S.Zero if nonnegative(s) and nonnegative(t) else None


def _of_derivatives() -> Iterator[Row]:
    for measure in ("convexity", "smoothness"):
        yield Row("Hessian of a sum", measure, (measure, measure), ALIKE, plus)
    for k in (1, 2, 3):
        yield Row("derivative of a sum", f"D{k}", (f"D{k}", f"D{k}"), ALIKE, plus)
        for made in (NEGATIVE, same_entries, part_of, DIAGONAL):
            yield Row("same entries", f"D{k}", (f"D{k}",), made, same)
    third = sp.sqrt(2) / (3 * sp.sqrt(3))
    yield Row(SOFTMAX_DERIVATIVES, "D1", ("D1",), SOFTMAX, lambda t: t / 2)
    yield Row(SOFTMAX_DERIVATIVES, "D2", ("D1", "D2"), SOFTMAX, lambda s, t: t / 2 + third * s**2, (0,), ((0, 1),))


SOFTMAX_DERIVATIVES = "derivatives of the softmax"
