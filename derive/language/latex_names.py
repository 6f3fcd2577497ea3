"""Names and dimensions in LaTeX: ``alpha_1`` as a Greek letter with a subscript, ``d*d`` as a square."""

from __future__ import annotations

import string
from collections.abc import Iterable
from itertools import groupby

from derive.language.dimensions import Dimension, Shape

LOWER_CASE = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon
phi chi psi omega varepsilon vartheta varphi varrho ell"""
UPPER_CASE = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
GREEK = frozenset(LOWER_CASE.split() + UPPER_CASE.split())
ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde", "dot": r"\dot"}
MARKS = {"star": r"^\ast", "prime": "^{\\prime}"}


def name_tex(name: str) -> str:
    """A name as a paper prints it: ``A1`` as A_1, ``c_ji`` as c_{ji}, ``x_hat`` with its accent, ``rate`` upright."""
    base, *scripts = [part for part in name.split("_") if part] or [name]
    letters = base.rstrip(string.digits)
    digits = base.removeprefix(letters)
    text = _word(letters) if letters else digits
    marks = "".join(MARKS[part] for part in scripts if part in MARKS)
    for part in scripts:
        if part in ACCENTS:
            text = f"{ACCENTS[part]}{{{text}}}"
    subscripts = [digits] if letters and digits else []
    subscripts += [_script(part) for part in scripts if part not in ACCENTS and part not in MARKS]
    return text + subscript(subscripts) + marks


def _word(word: str) -> str:
    if word in GREEK:
        return "\\" + word
    return word if len(word) == 1 else rf"\mathrm{{{word}}}"


def _script(part: str) -> str:
    """Two letters are two indices, more are a word."""
    return part if len(part) == 2 and part.isalpha() and part.islower() and part not in GREEK else name_tex(part)


def subscript(parts: Iterable[str]) -> str:
    """``_i``, ``_{ij}`` or ``_{*,i}``; the empty text where there are no parts."""
    found = list(parts)
    if not found:
        return ""
    together = all(len(part) == 1 and part.isalpha() for part in found)
    inside = ("" if together else ",").join(found)
    return f"_{inside}" if len(inside) == 1 else f"_{{{inside}}}"


def dimension_tex(dimension: Dimension) -> str:
    """A dimension as a polynomial: ``d^2``, ``n + 1``."""
    if not dimension.terms:
        return "0"
    text = ""
    for names, coefficient in sorted(dimension.terms, key=lambda term: (-len(term[0]), term[0])):
        powers = ((name_tex(name), len(list(same))) for name, same in groupby(names))
        factors = [
            base if power == 1 else f"{base}^{power}" if power < 10 else f"{base}^{{{power}}}" for base, power in powers
        ]
        size = abs(coefficient)
        shown = " ".join(([str(size)] if size != 1 or not factors else []) + factors)
        sign = "-" if coefficient < 0 else "+"
        text += f" {sign} {shown}" if text else (f"-{shown}" if coefficient < 0 else shown)
    return text


def shape_tex(shape: Shape) -> str:
    """The script of an array: ``n``, ``n \\times d``, ``(n + 1) \\times d``."""
    sizes = [dimension_tex(size) for size in shape]
    if len(shape) > 1:
        sizes = [f"({text})" if len(size.terms) > 1 else text for size, text in zip(shape, sizes, strict=True)]
    return r" \times ".join(sizes)
