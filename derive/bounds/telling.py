"""A proof tree as the lines of a proof: each bound once, premises before what follows from them."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from derive.bounds.bound import FROM_BELOW, NORMS, Bound
from derive.bounds.parameters import Parameters
from derive.language.derivatives import Definition
from derive.language.latex import latex
from derive.language.plain import plain
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

Line = tuple[str, str, tuple[int, ...]]
"""A statement in LaTeX, the rule that gives it, and the lines that it follows from, counted from 0."""

UNSAID = frozenset({"definition", "notation"})
"""Rules that a reader needs no line for."""


def lines(bound: Bound, parameters: Parameters) -> tuple[Line, ...]:
    """The steps of the proof, those that restate a notation left out."""
    told: dict[str, Line] = {}
    _tell(bound, parameters, told, last=True)
    return tuple(told.values())


def _tell(step: Bound, parameters: Parameters, told: dict[str, Line], last: bool = False) -> tuple[int, ...]:
    """Add the lines of a step, and return those that say what it does."""
    premises = tuple(dict.fromkeys(k for p in step.premises for k in _tell(p, parameters, told)))
    if not last and (step.rule in UNSAID or step.measure == "identity"):
        return premises
    text = statement(step, parameters)
    told.setdefault(text, (text, step.rule, premises))
    return (list(told).index(text),)


def statement(bound: Bound, parameters: Parameters) -> str:
    if bound.measure == "symmetric":
        return rf"\left({latex(bound.subject)}\right)^{{\top}} = {latex(bound.subject)}"
    sign = r"\ge" if bound.measure in FROM_BELOW else r"\le"
    return f"{measured(bound.measure, bound.subject)} {sign} {value_tex(bound.value.expression, parameters.tex)}"


def value_tex(expression: sp.Expr, tex: Mapping[sp.Symbol, str]) -> str:
    """A closed form in the author's symbols."""
    return str(sp.latex(expression, symbol_names=dict(tex)))


def value_text(expression: sp.Expr, nodes: Mapping[sp.Symbol, Tensor]) -> str:
    """A closed form as text in the author's language."""
    return str(expression.xreplace({s: type(s)(plain(nodes[s])) for s in expression.free_symbols}))


def measured(measure: str, subject: Tensor) -> str:
    """The measure of an expression in LaTeX."""
    tex = latex(subject)
    kind, _, order = measure.rpartition(" ")
    if kind and measure not in EXTREMES:
        return rf"\mathrm{{Lip}}_{{{SUBSCRIPTS.get(order, order)}}}\left({tex}\right)"
    if measure in DERIVATIVES:
        inside = tex if isinstance(subject, Named) else rf"\left({tex}\right)"
        before, after = DERIVATIVES[measure]
        return f"{before}{inside}{after}"
    if measure in ("upper", "lower"):
        return rf"{EXTREMES[measure]}\left({tex}\right)" if subject.ndim else tex
    if measure in EXTREMES:
        return rf"{EXTREMES[measure]}\left({tex}\right)"
    if not subject.ndim:
        return rf"\left|{tex}\right|"
    subscript = SUBSCRIPTS.get(measure, measure)
    return rf"\left\|{tex}\right\|_{{{subscript}}}" if subscript else rf"\left\|{tex}\right\|"


def measured_text(measure: str, subject: Tensor) -> str:
    """The measure of an expression as text: ``lambda_max(B)``, ``the Lipschitz constant of softmax(x)``."""
    inside = plain(subject)
    if measure.startswith("lipschitz"):
        return f"the Lipschitz constant of {inside}"
    if measure in ("upper", "lower"):
        return f"{TEXTS[measure]}({inside})" if subject.ndim else inside
    if measure in NORMS and not subject.ndim:
        return f"abs({inside})"
    if measure in DERIVATIVES:
        return f"{TEXTS[measure]} of {inside}"
    return f"{TEXTS.get(measure, measure)}({inside})"


Named = (Symbol, Definition)
"""What stands in a derivative without parentheses."""

DERIVATIVES = {
    "D1": (r"\left\|\nabla ", r"\right\|"),
    "D2": (r"\left\|\nabla^{2} ", r"\right\|"),
    "D3": (r"\left\|\nabla^{3} ", r"\right\|"),
    "E1": (r"\left\|\nabla ", r"\right\|_{\max}"),
    "E2": (r"\left\|\nabla^{2} ", r"\right\|_{\max}"),
    "S1": (r"\mathrm{range}\left(\nabla ", r"\right)"),
    "S2": (r"\mathrm{range}\left(\nabla^{2} ", r"\right)"),
    "smoothness": (r"\lambda_{\max}\left(\nabla^{2} ", r"\right)"),
    "convexity": (r"\lambda_{\min}\left(\nabla^{2} ", r"\right)"),
}
"""What stands before and behind the function in the measures of its derivatives."""

EXTREMES = {
    "upper": r"\max",
    "lower": r"\min",
    "lambda_max": r"\lambda_{\max}",
    "lambda_min": r"\lambda_{\min}",
    "sigma_min": r"\sigma_{\min}",
    "rank": r"\mathrm{rank}",
    "rank of parts": r"\mathrm{rank}",
}

TEXTS = {
    "rank of parts": "rank",
    "upper": "max",
    "lower": "min",
    "2": "norm",
    "1": "norm 1",
    "inf": "norm inf",
    "fro": "norm fro",
    "op": "opnorm",
    "rows": "largest row norm",
    "D1": "the norm of the derivative",
    "D2": "the norm of the second derivative",
    "D3": "the norm of the third derivative",
    "E1": "the largest entry of the derivative",
    "E2": "the largest entry of the second derivative",
    "S1": "the range of the derivative's entries",
    "S2": "the range of the second derivative's entries",
    "smoothness": "the largest eigenvalue of the Hessian",
    "convexity": "the smallest eigenvalue of the Hessian",
}
"""What a measure is called in text, where it is not called by its own name."""

SUBSCRIPTS = {"2": "2", "op": "", "fro": "F", "inf": r"\infty", "rows": r"2,\infty", "1": "1"}
"""How a norm is marked in print."""
