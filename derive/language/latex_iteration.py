r"""Iterations in LaTeX: ``\|e(t + 1)\|`` for the norm along a run, ``\min\{s \ge 0 : \|e(s)\| \le \epsilon\}``.

What changes along a run has its time behind it; the run itself is shown where it is defined.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.language.derivatives import Definition, Substitution
from derive.language.iteration import Always, AtTime, Converges, HittingTime, Run
from derive.language.latex_chance import event_tex
from derive.language.latex_pieces import ATOM, PREFIX, SCRIPT, Piece, Render, fenced, named
from derive.language.symbols import Symbol
from derive.language.tensor import Index, IndexSymbol, Tensor

AtMoment = Callable[[Run, str], Render]
"""What prints an operand along a run, at a time given as LaTeX."""

MOMENTS = ("s", "k", "l", "q")
"""Letters for a time that is bound, the first that nothing else is called."""


def moves(expression: Tensor, bound: frozenset[str]) -> bool:
    """Does the expression change with symbols of these names?"""
    if isinstance(expression, Symbol):
        return expression.name in bound
    if isinstance(expression, Substitution):
        return moves(expression.value, bound) or moves(expression.operand, bound - {expression.symbol.name})
    return any(moves(child, bound) for child in expression.children())


def carries_time(expression: Tensor) -> bool:
    """Is the time written behind the expression as a whole: a name, or entries of one?"""
    if isinstance(expression, Index):
        return isinstance(expression.operand, (Symbol, Definition))
    return isinstance(expression, (Symbol, Definition))


def with_time(shown: Piece, moment: str) -> Piece:
    return Piece(f"{shown.at(SCRIPT)}({moment})")


def iteration(render: Render, at: AtMoment, expression: Tensor) -> Piece:
    """A run, or what is said along one."""
    match expression:
        case AtTime(operand=operand, run=run, time=time):
            return at(run, str(render(time)))(operand)
        case HittingTime(run=run, event=event):
            moment = _moment(event)
            happens = event_tex(at(run, moment), event)
            return Piece(r"\min" + fenced(r"\{", rf"{moment} \ge 0 : {happens}", r"\}"), ATOM)
        case Always(run=run, event=event, until=until):
            moment = _moment(event)
            return Piece(rf"{event_tex(at(run, moment), event)}\ \forall {moment} \le {render(until)}", PREFIX)
        case Converges(run=run, points=points):
            limit = ", ".join(str(render(point)) for point in points)
            moment = _moment(expression)
            state = at(run, moment)(run.states[0])
            return Piece(rf"\mathbf{{1}}\{{\lim_{{{moment} \to \infty}} {state} \in \{{{limit}\}}\}}")
        case Run(name=None):
            return _run(render, at, expression)
        case Run(name=str(name), tex=tex):
            return named(name, tex)
    raise TypeError(f"{type(expression).__name__} is no iteration")


def _run(render: Render, at: AtMoment, run: Run) -> Piece:
    """The update of each state from s to s + 1, and where it starts."""
    moment = _moment(run)
    here, next_ = at(run, moment), at(run, f"{moment} + 1")
    chosen = {symbol.name for symbol in run.choices if isinstance(symbol, Symbol)}
    steps = [f"{next_(s)} = {here(u)}" for s, u in zip(run.states, run.updates, strict=True)]
    first = at(run, "0")
    starts = [f"{first(s)} = {render(v)}" for s, v in zip(run.states, run.starts, strict=True) if v is not s]
    rules = [event_tex(here, rule) for rule in run.rules if chosen]
    return Piece(r",\ ".join(steps + starts + rules), PREFIX)


def _moment(expression: Tensor) -> str:
    taken = {node.name for node in expression.walk() if isinstance(node, (Symbol, Definition, IndexSymbol))}
    return next((letter for letter in MOMENTS if letter not in taken), r"\tau")
