"""Products of all kinds: norms of them, and how far they move."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.verify.compositions import (
    IN_ORDER,
    INNER,
    KRON,
    MATMUL,
    OUTER,
    OUTER_IN_ORDER,
    PRODUCT,
    Test,
    matrix_and_vector,
    scalar_first,
    scalar_second,
    vector_and_matrix,
)
from derive.verify.rules.row import NORMS, Row, times

HOELDER = (
    *(("1", pair) for pair in (("1", "inf"), ("2", "2"), ("fro", "fro"), ("inf", "1"))),
    *((norm, pair) for norm in ("2", "inf", "fro", "rows") for pair in ((norm, "inf"), ("inf", norm))),
)
"""Norms of the factors that bound a norm of their entrywise product."""

BILINEAR: tuple[tuple[str, str, tuple[str, str], Test], ...] = (
    *(("Hoelder's inequality", norm, pair, PRODUCT) for norm, pair in HOELDER),
    *(("power", norm, pair, PRODUCT) for norm, pair in HOELDER),
    *(("square", norm, pair, PRODUCT) for norm, pair in HOELDER),
    ("Schur's inequality", "op", ("op", "op"), PRODUCT),
    *(("scalar multiple", norm, ("inf", norm), scalar_first) for norm in NORMS),
    *(("scalar multiple", norm, (norm, "inf"), scalar_second) for norm in NORMS),
    ("submultiplicativity", "2", ("op", "2"), matrix_and_vector),
    ("submultiplicativity", "2", ("2", "op"), vector_and_matrix),
    ("submultiplicativity", "1", ("1", "inf"), matrix_and_vector),
    ("submultiplicativity", "1", ("inf", "1"), vector_and_matrix),
    ("submultiplicativity", "inf", ("2", "2"), INNER),
    *(("submultiplicativity", "inf", pair, MATMUL) for pair in (("1", "inf"), ("inf", "1"))),
    ("submultiplicativity", "inf", ("rows", "2"), IN_ORDER),
    ("submultiplicativity", "op", ("op", "op"), MATMUL),
    *(("submultiplicativity", "fro", pair, MATMUL) for pair in (("op", "fro"), ("fro", "op"))),
    ("submultiplicativity", "rows", ("rows", "op"), IN_ORDER),
    ("product of diagonals", "op", ("op", "op"), MATMUL),
    *(
        ("Cauchy-Schwarz inequality", "inf", pair, INNER)
        for pair in (("2", "2"), ("fro", "fro"), ("1", "inf"), ("inf", "1"))
    ),
    *(("norm of an outer product", norm, ("2", "2"), OUTER) for norm in ("op", "fro")),
    *(("norm of an outer product", norm, (norm, norm), OUTER) for norm in ("1", "inf")),
    ("norm of an outer product", "rows", ("inf", "2"), OUTER_IN_ORDER),
    *(("norm of a Kronecker product", norm, (norm, norm), KRON) for norm in NORMS),
)
"""Products: a norm of one is at most the product of norms of its factors."""


LIPSCHITZ_PRODUCT = "product rule for Lipschitz constants"


def rows() -> Iterator[Row]:
    for rule, norm, pair, made in BILINEAR:
        yield Row(rule, norm, pair, made, times)
        (a, b), moved = pair, f"lipschitz {norm}"
        moves = f"lipschitz {a}", f"lipschitz {b}"
        name = "sum of moves" if made is INNER and rule == "Cauchy-Schwarz inequality" else LIPSCHITZ_PRODUCT
        whole = (a, b, *moves)
        yield Row(name, moved, whole, made, lambda s, t, ds, dt: s * dt + ds * t, (0, 1), ((0, 2), (1, 3)))
        yield Row(name, moved, (moves[0], a, moves[1]), made, _still, (1, 2), ((0, 1),))
        yield Row(name, moved, (moves[1], b, moves[0]), _turned(made), _still, (1, 2), ((0, 1),))


def _still(zero: sp.Expr, s: sp.Expr, dt: sp.Expr) -> sp.Expr | None:
    """One factor does not move."""
    return s * dt if zero == 0 else None


def _turned(made: Test) -> Test:
    return lambda subject, parts, functions: made(subject, list(reversed(parts)), functions)
