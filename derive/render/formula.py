"""Formulas as MathML.

A formula is an author's text. It is typeset where it is a formula of moderate size in the part of TeX that math-core
reads; any other is shown as it was typed and counted, never dropped.
"""

from __future__ import annotations

import re

from markupsafe import Markup
from math_core import LatexError, LatexToMathML

from derive.render.lines import aligned

MAX_LENGTH = 20_000
MAX_DEPTH = 60
"""Bounds that no printed formula reaches; deeper nesting would exhaust a recursive parser's stack."""

_COMMANDS_IN_A_ROW = re.compile(rf"(?:\\[A-Za-z]+\s*){{{MAX_DEPTH},}}")
_NESTING = re.compile(r"\\left|\\begin|\\right|\\end|[{}()\[\]]")
_CONVERTER = LatexToMathML(annotation=True, fancy_error=False)
_SCRIPTED_BRACKET = re.compile(r"<(msup|msub|msubsup)>(<mo stretchy=\"false\"[^>]*>[)\]}⟩‖|]</mo>)")
_LARGE_BRACKET = re.compile(r"<mo (minsize=[^>]*>[()\[\]{}⟨⟩]<)")
_OPENS = frozenset([r"\left", r"\begin", "{", "(", "["])


def fault(tex: str) -> str | None:
    """Why ``tex`` is not typeset; None where it is."""
    if not tex.strip():
        return "an empty formula"
    if len(tex) > MAX_LENGTH:
        return f"longer than {MAX_LENGTH} characters"
    if _depth(tex) > MAX_DEPTH or _COMMANDS_IN_A_ROW.search(tex):
        return f"nested deeper than {MAX_DEPTH}"
    try:
        _CONVERTER.convert_with_local_state(tex, displaystyle=True)
    except LatexError as error:
        return str(error)
    return None


class MathMLWriter:
    """Turns formulas into MathML and counts the ones shown as typed instead."""

    def __init__(self) -> None:
        self.refused = 0
        self._convert = _CONVERTER.convert_with_local_state

    def display(self, tex: str, limit: float) -> Markup:
        """A displayed formula, broken into lines of ``limit`` em."""
        return self._formula(tex, limit, displaystyle=True)

    def inline(self, tex: str) -> Markup:
        """A formula in running text."""
        return self._formula(tex, float("inf"), displaystyle=False)

    def _formula(self, tex: str, limit: float, *, displaystyle: bool) -> Markup:
        reason = fault(tex)
        if reason is not None:
            self.refused += 1
            return Markup('<code class="tex" title="Not typeset: {}">{}</code>').format(reason, tex)
        mathml = self._convert(aligned(tex, limit), displaystyle=displaystyle)
        return Markup(_as_tex_sets_it(mathml))  # math-core escapes the text of elements and of the annotation


def _as_tex_sets_it(mathml: str) -> str:
    """Scripts at a bracket as TeX raises them, and large brackets without the spaces of operators.

    MathML raises a script by the height of its base, TeX by a fixed amount where the base is one character.
    """
    mathml = _SCRIPTED_BRACKET.sub(r"\2<\1><mrow></mrow>", mathml)
    return _LARGE_BRACKET.sub(r'<mo lspace="0" rspace="0" \1', mathml)


def _depth(tex: str) -> int:
    depth = deepest = 0
    for token in _NESTING.findall(tex):
        depth += 1 if token in _OPENS else -1
        deepest = max(deepest, depth)
    return deepest
