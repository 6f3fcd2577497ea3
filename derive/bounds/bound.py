"""A bound with its proof: what is bounded, by what, by which rule, from which other bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from derive.bounds.parameters import Parameters
from derive.bounds.value import Value
from derive.language.tensor import Tensor

VECTOR_NORMS = ("1", "2", "inf")
MATRIX_NORMS = ("op", "fro", "1", "inf", "rows")
NORMS = frozenset({*VECTOR_NORMS, *MATRIX_NORMS})
"""Norms: of a vector 1, 2, inf; of a matrix the spectral norm ``op``, ``fro``, the sum ``1`` and the largest ``inf`` of
the absolute entries, and the largest Euclidean norm of a row, ``rows``. Of a scalar ``inf`` is the absolute value."""

LIPSCHITZ = frozenset(f"lipschitz {order}" for order in NORMS)
"""``lipschitz 2`` is the largest ||T(p) - T(q)||_2 / (||x_p - x_q|| + ...) over two points of the hypotheses."""

JETS = frozenset({"D1", "D2", "D3"})
"""``Dk`` is the norm of the k-th derivative in the variables, see ``derive.bounds.rules.jets``."""

ENTRY_JETS = frozenset({"E1", "E2"})
"""``Ek`` is the largest absolute value of an entry of the k-th derivative, along unit directions of the variables."""

SPREADS = frozenset({"S1", "S2"})
"""``Sk`` is the largest difference of two entries of the k-th derivative, along unit directions of the variables."""

CURVATURES = frozenset({"convexity", "smoothness"})
"""The smallest and the largest eigenvalue of the Hessian of a scalar in the variables."""

CONVEXITIES = frozenset({"convex", "concave"})
"""1 of an array whose entries all are convex, concave functions of the variables, where the hypotheses hold."""

RANGES = frozenset({"upper", "lower"})
"""Of every entry."""

SPECTRA = frozenset({"lambda_max", "lambda_min"})
"""Of a symmetric matrix."""

SYMMETRIC = frozenset({"symmetric"})
"""1 of a matrix that is its own transpose."""

OF_A_POINT = SYMMETRIC | NORMS | RANGES | SPECTRA | {"sigma_min", "rank", "rank of parts"}
"""Measures that need no variable."""

FROM_BELOW = frozenset({"lower", "lambda_min", "sigma_min", "convexity"})
"""Measures that are bounded from below; all others are bounded from above."""

Premise = tuple[str, Tensor]
"""A measure, and the expression of which it is taken."""

Scheme = tuple[Callable[..., Value | None], tuple[Premise, ...]]
"""A formula and the premises whose bounds it takes, in order; None where it says nothing for their values."""


@dataclass(frozen=True, eq=False)
class Bound:
    """``measure(subject) <= value`` (``>=`` for measures from below), by ``rule`` from ``premises``."""

    measure: str
    subject: Tensor
    value: Value
    rule: str
    premises: tuple[Bound, ...] = ()

    @cached_property
    def size(self) -> int:
        """The number of steps of the proof."""
        return 1 + sum(premise.size for premise in self.premises)


@dataclass(frozen=True)
class Rule:
    """A fact: for measures and kinds of expressions, formulas for a bound from bounds of other expressions.

    Attributes:
        name: as it is printed in a proof.
        measures: of what it speaks.
        nodes: the kinds of expressions it applies to.
        schemes: the formulas that it offers for a measure of a node.
        source: a proof in a line, or a citation.
    """

    name: str
    measures: frozenset[str]
    nodes: type[Tensor] | tuple[type[Tensor], ...]
    schemes: Callable[[str, Any, Parameters], Iterable[Scheme]]
    source: str
