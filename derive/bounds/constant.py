"""The constant of an inequality: what is bounded, what is claimed of it, and what was derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from derive.language.tensor import Tensor


@dataclass(frozen=True, eq=False)
class Constant:
    """An inequality read as ``measure <= claimed`` (``>=`` where ``below``), and the bound derived of the measure.

    Attributes:
        measure, measure_text: of what, in LaTeX and in the author's language.
        value: the measure as an expression; None of a Lipschitz constant, which at an instance is ``claimed`` times the
            quotient of the sides.
        claimed, derived: closed forms in the parameters; ``derived`` is None where no rule applied.
        tex, nodes: each parameter in LaTeX, and as the expression that it stands for.
        relations: what the hypotheses say of parameters: ``small <= large``, or ``<`` where the last entry is true.
        proved: whether the derived bound proves the claim.
        strict: whether the claim says ``<`` and not ``<=``.
    """

    measure: str
    measure_text: str
    below: bool
    value: Tensor | None
    claimed: sp.Expr
    derived: sp.Expr | None
    tex: Mapping[sp.Symbol, str]
    nodes: Mapping[sp.Symbol, Tensor]
    relations: tuple[tuple[sp.Expr, sp.Expr, bool], ...] = ()
    proved: bool = False
    strict: bool = False
