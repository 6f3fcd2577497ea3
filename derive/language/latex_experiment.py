r"""Experiments in LaTeX: ``\mathrm{freq}_{10}[\|e\| \le \epsilon \mid m = 60]`` is how often an event happens.

The exponent of a quantity is the slope of its logarithm, with the sizes over which it is taken below.
"""

from __future__ import annotations

from derive.language.experiment import Exponent, Frequency, Least
from derive.language.latex_chance import event_tex
from derive.language.latex_pieces import Piece, Render, fenced
from derive.language.tensor import Tensor


def experiment(render: Render, expression: Tensor) -> Piece:
    """A frequency, an exponent, or the least size with which an event happens."""
    match expression:
        case Frequency(event=event, seeds=seeds, at=at):
            condition = rf" \mid {', '.join(event_tex(render, part) for part in at)}" if at else ""
            return Piece(rf"\mathrm{{freq}}_{{{seeds}}}" + fenced("[", event_tex(render, event) + condition, "]"))
        case Exponent(operand=operand, size=size, over=over, at=at):
            condition = "".join(f", {event_tex(render, part)}" for part in at)
            sizes = rf"{render(size)} \in \{{{', '.join(map(str, over))}\}}{condition}"
            ratio = rf"\frac{{\Delta \log {fenced('(', str(render(operand)), ')')}}}{{\Delta \log {render(size)}}}"
            return Piece(rf"{ratio}\Big|_{{{sizes}}}")
        case Least(size=size, event=event, over=over):
            inside = rf"{render(size)} \in \{{{', '.join(map(str, over))}\}} : {event_tex(render, event)}"
            return Piece(r"\min" + fenced(r"\{", inside, r"\}"))
    raise TypeError(f"{type(expression).__name__} is no experiment")
