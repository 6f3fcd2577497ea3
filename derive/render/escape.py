"""Plain text made safe for LaTeX and for Markdown. HTML is escaped by the templates themselves."""

from __future__ import annotations

import re
import unicodedata

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "{''}",  # some languages of babel give the plain mark a meaning
    "\N{NO-BREAK SPACE}": "~",
    "\N{EN DASH}": "--",
    "\N{EM DASH}": "---",
    "\N{MINUS SIGN}": "$-$",
    "\N{LEFT SINGLE QUOTATION MARK}": "`",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": "``",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "''",
    "\N{HORIZONTAL ELLIPSIS}": r"\dots{}",
}
_SYMBOLS = {
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "×": r"\times",
    "·": r"\cdot",
    "⊗": r"\otimes",
    "∘": r"\circ",
    "⊙": r"\odot",
    "±": r"\pm",
    "∞": r"\infty",
    "∈": r"\in",
    "→": r"\to",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∑": r"\sum",
    "√": r"\surd",
    "‖": r"\|",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "⊤": r"\top",
    "ᵀ": r"^\top",
    "⪰": r"\succeq",
    "⪯": r"\preceq",
    "ℝ": r"\mathbf R",
}
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)")
_AS_LATIN = frozenset(["ALPHA", "BETA", "EPSILON", "ZETA", "ETA", "IOTA", "KAPPA", "MU", "NU", "RHO", "TAU", "CHI"])
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$])")
_BREAKABLE = re.compile(r"(\\textbackslash\{\}|\\[{}_&]|[,=+/()])")


MAX_CODE = 1000
"""The longest code that is printed in full, in characters."""


def latex(text: str) -> str:
    """``text`` as LaTeX that prints it, in any class and in any encoding of fonts.

    A character that pdflatex cannot print becomes its unaccented letter or its code point (``[U+4E2D]``).
    """
    return "".join(map(_latex_character, " ".join(text.split())))


def latex_code(text: str) -> str:
    """``text`` in typewriter type, with places where the line may break; what is longer than a paragraph is cut."""
    if len(text) > MAX_CODE:
        text = f"{text[:MAX_CODE]} ... ({len(text)} characters)"
    return r"\texttt{" + _BREAKABLE.sub(r"\1\\allowbreak{}", latex(text)) + "}"


def _latex_character(character: str) -> str:
    if character in _LATEX:
        return _LATEX[character]
    if " " <= character <= "~" or character in "äöüÄÖÜßàáâãåæçèéêëìíîïñòóôõøùúûýÿÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝ":
        return character
    if formula := _formula(character):
        return f"${formula}$"
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if " " < c <= "~")
    return "".join(_LATEX.get(c, c) for c in plain) or f"[U+{ord(character):04X}]"


def _formula(character: str) -> str | None:
    """A mathematical character as TeX."""
    greek = _GREEK.fullmatch(unicodedata.name(character, ""))
    if greek and greek[2] not in ("OMICRON", "FINAL SIGMA"):
        name = "LAMBDA" if greek[2] == "LAMDA" else greek[2]
        return None if greek[1] == "CAPITAL" and name in _AS_LATIN else "\\" + _cased(name, greek[1])
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>")):
        kind, code = unicodedata.decomposition(character).split()[:2]
        return ("^" if kind == "<super>" else "_") + f"{{{chr(int(code, 16))}}}"
    return _SYMBOLS.get(character)


def _cased(name: str, case: str) -> str:
    return name.lower() if case == "SMALL" else name.capitalize()


def label(text: str) -> str:
    """``text`` as part of a LaTeX label."""
    return re.sub(r"[^A-Za-z0-9/:.-]+", "-", text)


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop; a first word that is a symbol keeps its case.

    A symbol is a word of one or two letters, the name of a Greek letter, or what has an index or an argument.
    """
    text = text.strip()
    first = re.match(r"a(?= (?:factor|bound) )|[a-z]{3,}(?![\w.(\[])", text)
    if first and not _names_greek_letter(first[0]):
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".!?:…" else f"{text}."


def _names_greek_letter(word: str) -> bool:
    """Whether ``word`` is what TeX calls a Greek letter; Unicode spells lambda its own way."""
    try:
        unicodedata.lookup(f"GREEK SMALL LETTER {'LAMDA' if word == 'lambda' else word}")
    except KeyError:
        return False
    return True


def markdown(text: str) -> str:
    """``text`` as one line of Markdown that a cell of a table may hold; no character of it is markup."""
    line = " ".join(text.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", line)
