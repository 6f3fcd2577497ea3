"""Expectations, probabilities and events in LaTeX: ``\\mathbb{E}[x \\mid A]``, ``\\Pr[|x| \\le t]``.

Every function takes ``render``, which prints an operand.
"""

from __future__ import annotations

from derive.language.chance import Event, Every, Expectation, Probability
from derive.language.latex_pieces import Piece, Render, fenced
from derive.language.latex_relations import relation_tex
from derive.language.tensor import Tensor


def chance(render: Render, expression: Tensor) -> Piece:
    """An expectation, a probability, or an event that stands as a number."""
    match expression:
        case Expectation(operand=operand, event=event):
            return _of(r"\mathbb{E}", str(render(operand)), render, event)
        case Probability(event=event, given=given):
            return _of(r"\Pr", event_tex(render, event), render, given)
    return Piece(r"\mathbf{1}" + fenced(r"\{", event_tex(render, expression), r"\}"))


def variance(render: Render, operand: Tensor) -> Piece:
    return _of(r"\mathrm{Var}", str(render(operand)), render, None)


def _of(operator: str, inside: str, render: Render, given: Tensor | None) -> Piece:
    condition = "" if given is None else rf" \mid {event_tex(render, given)}"
    return Piece(operator + fenced("[", inside + condition, "]"))


def event_tex(render: Render, event: Tensor) -> str:
    """A relation, several of them with commas, or what else may happen."""
    if isinstance(event, Event):
        return relation_tex(render, event.sign, event.left, event.right)
    if isinstance(event, Every):
        return r",\ ".join(event_tex(render, part) for part in event.events)
    return str(render(event))
