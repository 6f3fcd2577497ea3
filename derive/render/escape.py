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
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": "'",
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
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$@])")
_BREAKABLE = re.compile(r"(\\textbackslash\{\}|\\[{}_&]|[,=+/()])")


def latex(text: str) -> str:
    """``text`` as LaTeX that prints it, in any class and in any encoding of fonts.

    A character that pdflatex cannot print becomes its unaccented letter or its code point (``[U+4E2D]``).
    """
    return "".join(map(_latex_character, " ".join(text.split())))


def latex_code(text: str) -> str:
    """``text`` in typewriter type, with places where the line may break."""
    return r"\texttt{" + _BREAKABLE.sub(r"\1\\allowbreak{}", latex(text)) + "}"


def _latex_character(character: str) -> str:
    if character in _LATEX:
        return _LATEX[character]
    if " " <= character <= "~" or character in "äöüÄÖÜßàáâãåæçèéêëìíîïñòóôõøùúûýÿÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝ":
        return character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if " " < c <= "~")
    return "".join(_LATEX.get(c, c) for c in plain) or f"[U+{ord(character):04X}]"


def label(text: str) -> str:
    """``text`` as part of a LaTeX label."""
    return re.sub(r"[^A-Za-z0-9/:.-]+", "-", text)


def markdown(text: str) -> str:
    """``text`` as one line of Markdown that a cell of a table may hold; no character of it is markup."""
    line = " ".join(text.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", line)
