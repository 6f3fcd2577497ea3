"""Parts of a formula: text with the strength of its binding, and how parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.language.dimensions import Dimension
from derive.language.latex_names import name_tex, shape_tex
from derive.language.plain import MOST_BITS
from derive.language.tensor import Tensor

SUM, PREFIX, ENTRYWISE, PRODUCT, SCRIPT, ATOM = 1, 2, 3, 4, 5, 6
"""Binding strengths, weakest first. PREFIX is a sum sign or a nabla, open to its right; SCRIPT takes no superscript."""


@dataclass(frozen=True)
class Piece:
    """A part of a formula: its text, how strongly that binds, and whether a minus stands before it (never at a sum)."""

    text: str
    strength: int = ATOM
    negative: bool = False

    def __str__(self) -> str:
        return f"-{self.text}" if self.negative else self.text

    def at(self, strength: int) -> str:
        """The text, with parentheses where it binds weaker than ``strength`` or a minus stands before it."""
        return parentheses(self) if self.negative or self.strength < strength else self.text


Render = Callable[[Tensor], Piece]
"""What prints an operand."""


def _tall(text: str) -> bool:
    return any(tall in text for tall in (r"\frac", r"\sum", r"\begin", r"\left"))


def fenced(opening: str, text: object, closing: str) -> str:
    """The text between delimiters, which grow with it."""
    if _tall(str(text)):
        return rf"\left{opening} {text} \right{closing}"
    return f"{opening} {text}{closing}" if opening[-1].isalpha() else f"{opening}{text}{closing}"


def parentheses(text: object) -> str:
    return fenced("(", text, ")")


def script(text: str) -> str:
    """A subscript."""
    return f"_{text}" if len(text) == 1 else f"_{{{text}}}"


def superscript(base: str, text: str) -> Piece:
    return Piece(f"{base}^{text}" if len(text) == 1 or text == r"\top" else f"{base}^{{{text}}}", SCRIPT)


def named(name: str, tex: str | None) -> Piece:
    """A name in the author's LaTeX, or else in the printer's."""
    text = tex or name_tex(name)
    return Piece(text, SCRIPT if "^" in text else ATOM)


def number(value: Fraction) -> Piece:
    """A rational; one of more than a thousand digits is not written out."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        return Piece(r"\ldots")
    size = abs(value)
    if size.denominator == 1:
        return Piece(str(size), ATOM, value < 0)
    return Piece(rf"\frac{{{size.numerator}}}{{{size.denominator}}}", SCRIPT, value < 0)


def ones(*shape: Dimension) -> Piece:
    return Piece(r"\mathbf{1}" + script(shape_tex(shape)))


def pmatrix(entries: tuple[Fraction, ...], columns: int) -> Piece:
    """Numbers in rows of the given length."""
    texts = [str(number(value)) for value in entries]
    rows = [" & ".join(texts[k : k + columns]) for k in range(0, len(texts), columns)]
    return Piece(r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}")


def added(left: Piece, right: Piece) -> Piece:
    if right.text.startswith("-"):
        right = Piece(parentheses(right), ATOM)
    return Piece(f"{left} {'-' if right.negative else '+'} {right.text}", SUM)


def negated(piece: Piece) -> Piece:
    if piece.negative or piece.strength == SUM:
        return Piece(parentheses(piece), ATOM, True)
    return replace(piece, negative=True)


def juxtaposed(left: Piece, right: Piece) -> Piece:
    """The product written without a sign, except before a digit. A prefix may stand last, open to its right."""
    first = left.text if left.strength >= PRODUCT else parentheses(left.text)
    last = parentheses(right) if right.negative or right.strength in (SUM, ENTRYWISE) else right.text
    dot = r" \cdot " if last[0].isdigit() or (last.startswith(r"\frac") and first[-1].isdigit()) else " "
    strength = PREFIX if right.strength == PREFIX and not right.negative else PRODUCT
    return Piece(f"{first}{dot}{last}", strength, left.negative)


def chain(pieces: list[Piece]) -> Piece:
    """The product of several factors."""
    result, *others = pieces
    for piece in others[:-1]:
        result = juxtaposed(result, Piece(piece.at(PRODUCT)))
    return juxtaposed(result, others[-1]) if others else result
