"""The table of elementwise functions: one line adds one, its derivative, LaTeX, domain and kinks included.

A function is a SymPy expression in the real variable ``z`` (and ``w`` for functions of two arguments). Its derivative
is SymPy's, or the one given where a paper would print it in terms of the function itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import sympy as sp

z, w = sp.symbols("z w", real=True)


def _step(argument: sp.Expr) -> sp.Expr:
    return sp.Heaviside(argument, sp.Rational(1, 2))


@dataclass(frozen=True)
class Elementwise:
    """An elementwise function.

    Attributes:
        expression: the function of ``z`` (and ``w``), in SymPy's primitives exp, log, sin, cos, atan, erf, powers and
            Heaviside.
        tex: LaTeX of the function's name, applied to its argument in parentheses, or with ``{}`` for the argument.
        domain: the condition on ``z`` under which the value is real and finite; ``sp.true`` everywhere.
        kinks: expressions whose zeros are the points where the function is not differentiable (or jumps).
        settled: at a jump the value is the mean of both sides for everybody, as of the sign; not so of an indicator.
        derivative: how a paper prints the derivative, where SymPy's form is not that: a function of (argument, value).
    """

    name: str
    expression: sp.Expr
    tex: str
    domain: sp.logic.boolalg.Boolean = sp.true
    kinks: tuple[sp.Expr, ...] = ()
    derivative: Callable[[sp.Expr, sp.Expr], sp.Expr] | None = field(default=None, compare=False)
    settled: bool = False

    @property
    def arity(self) -> int:
        return 2 if w in self.expression.free_symbols else 1


def _table(*rows: Elementwise) -> dict[str, Elementwise]:
    return {row.name: row for row in rows}


FUNCTIONS: dict[str, Elementwise] = _table(
    Elementwise("exp", sp.exp(z), r"\exp", derivative=lambda t, value: value),
    Elementwise("expm1", sp.exp(z) - 1, r"\mathrm{expm1}"),
    Elementwise("log", sp.log(z), r"\log", domain=z > 0),
    Elementwise("log1p", sp.log(1 + z), r"\mathrm{log1p}", domain=z > -1),
    Elementwise("sqrt", sp.sqrt(z), r"\sqrt{{{}}}", domain=z >= 0, kinks=(z,)),
    Elementwise("square", z**2, r"\left({}\right)^{{\circ 2}}"),
    Elementwise("sin", sp.sin(z), r"\sin"),
    Elementwise("cos", sp.cos(z), r"\cos"),
    Elementwise("tan", sp.sin(z) / sp.cos(z), r"\tan", domain=sp.Ne(sp.cos(z), 0)),
    Elementwise("arctan", sp.atan(z), r"\arctan", derivative=lambda t, value: 1 / (1 + t**2)),
    Elementwise("sinh", (sp.exp(z) - sp.exp(-z)) / 2, r"\sinh", derivative=lambda t, value: sp.cosh(t)),
    Elementwise("cosh", (sp.exp(z) + sp.exp(-z)) / 2, r"\cosh", derivative=lambda t, value: sp.sinh(t)),
    Elementwise(
        "tanh",
        1 - 2 / (sp.exp(2 * z) + 1),  # with z once: finite where exp(2z) overflows, and tight in balls
        r"\tanh",
        derivative=lambda t, value: 1 - value**2,
    ),
    Elementwise("sigmoid", 1 / (1 + sp.exp(-z)), r"\sigma", derivative=lambda t, value: value * (1 - value)),
    Elementwise("softplus", sp.log(1 + sp.exp(z)), r"\mathrm{softplus}"),
    Elementwise("silu", z / (1 + sp.exp(-z)), r"\mathrm{silu}"),
    Elementwise("erf", sp.erf(z), r"\mathrm{erf}"),
    Elementwise("gelu", z * (1 + sp.erf(z / sp.sqrt(2))) / 2, r"\mathrm{gelu}"),
    Elementwise("relu", z * _step(z), r"\mathrm{relu}", kinks=(z,)),
    Elementwise("abs", z * (2 * _step(z) - 1), r"\left|{}\right|", kinks=(z,)),
    Elementwise("sign", 2 * _step(z) - 1, r"\mathrm{sign}", kinks=(z,), settled=True),
    Elementwise("heaviside", _step(z), r"\mathbf{{1}}\{{{}>0\}}", kinks=(z,)),
    Elementwise("maximum", w + (z - w) * _step(z - w), r"\max", kinks=(z - w,)),
    Elementwise("minimum", z - (z - w) * _step(z - w), r"\min", kinks=(z - w,)),
)
