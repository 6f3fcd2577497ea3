"""A proof tree as the lines of a proof: each bound once, premises before what follows from them."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.bounds.bound import FROM_BELOW, Bound
from derive.bounds.parameters import Parameters
from derive.language.latex import latex
from derive.language.tensor import Tensor

Line = tuple[str, str]
"""A statement in LaTeX, and the rule that gives it."""

UNSAID = frozenset({"definition", "notation"})
"""Rules that a reader needs no line for."""


def lines(bound: Bound, parameters: Parameters) -> tuple[Line, ...]:
    """The steps of the proof, those that restate a notation left out."""
    told: dict[str, str] = {}
    for step in _in_order(bound):
        if step is bound or (step.rule not in UNSAID and step.measure != "identity"):
            told.setdefault(statement(step, parameters), step.rule)
    return tuple(told.items())


def _in_order(bound: Bound) -> Iterator[Bound]:
    for premise in bound.premises:
        yield from _in_order(premise)
    yield bound


def statement(bound: Bound, parameters: Parameters) -> str:
    if bound.measure == "symmetric":
        return rf"\left({latex(bound.subject)}\right)^{{\top}} = {latex(bound.subject)}"
    sign = r"\ge" if bound.measure in FROM_BELOW else r"\le"
    return f"{measured(bound.measure, bound.subject)} {sign} {value_tex(bound.value.expression, parameters)}"


def value_tex(expression: sp.Expr, parameters: Parameters) -> str:
    """A closed form in the author's symbols."""
    return str(sp.latex(expression, symbol_names=parameters.tex))


def measured(measure: str, subject: Tensor) -> str:
    """The measure of an expression in LaTeX."""
    tex = latex(subject)
    kind, _, order = measure.rpartition(" ")
    if kind:
        return rf"\mathrm{{Lip}}_{{{SUBSCRIPTS.get(order, order)}}}\left({tex}\right)"
    match measure:
        case "upper":
            return rf"\max\left({tex}\right)" if subject.ndim else tex
        case "lower":
            return rf"\min\left({tex}\right)" if subject.ndim else tex
        case "lambda_max" | "lambda_min" | "sigma_min":
            greek = {"lambda_max": r"\lambda_{\max}", "lambda_min": r"\lambda_{\min}", "sigma_min": r"\sigma_{\min}"}
            return rf"{greek[measure]}\left({tex}\right)"
    if not subject.ndim:
        return rf"\left|{tex}\right|"
    subscript = SUBSCRIPTS.get(measure, measure)
    return rf"\left\|{tex}\right\|_{{{subscript}}}" if subscript else rf"\left\|{tex}\right\|"


SUBSCRIPTS = {"2": "2", "op": "", "fro": "F", "inf": r"\infty", "rows": r"2,\infty", "1": "1"}
"""How a norm is marked in print."""
