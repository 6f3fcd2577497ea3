"""Relations in LaTeX: ``0 \\preceq A \\preceq 2 I_n``.

``render`` prints an operand.
"""

from __future__ import annotations

from dataclasses import replace

from derive.language.latex_names import dimension_tex
from derive.language.latex_pieces import Piece, Render, juxtaposed, script
from derive.language.tensor import IndexSymbol, Number, Tensor

RELATIONS = {
    "==": "=",
    "!=": r"\ne",
    "<=": r"\le",
    ">=": r"\ge",
    "<": "<",
    ">": ">",
    "<<": r"\preceq",
    ">>": r"\succeq",
}


def relation_tex(render: Render, sign: str, left: Tensor, right: Tensor) -> str:
    """``left sign right``."""
    small, large = render(_in_print(left, right)), render(_in_print(right, left))
    if sign in ("<<", ">>"):
        small, large = _multiple_of_identity(left, small, right), _multiple_of_identity(right, large, left)
    return f"{small} {RELATIONS[sign]} {large}"


def _in_print(side: Tensor, other: Tensor) -> Tensor:
    """A position that an index symbol is compared with counts from 1 in print."""
    if isinstance(other, IndexSymbol) and isinstance(side, Number):
        return Number(side.value + 1)
    return side


def _multiple_of_identity(side: Tensor, shown: Piece, other: Tensor) -> Piece:
    """In the Loewner order a number stands for that multiple of the identity."""
    if side.shape or (isinstance(side, Number) and side.value == 0):
        return shown
    identity = f"I{script(dimension_tex(other.shape[0]))}"
    if isinstance(side, Number) and abs(side.value) == 1:
        return replace(shown, text=identity)
    return juxtaposed(shown, Piece(identity))
