"""The part of LaTeX that every paper's preamble understands: amsmath and amssymb, and no command beyond a formula."""

from __future__ import annotations

import re

from derive.render import atoms
from derive.render.formula import fault

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho"
)
_GREEK += (
    " sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_SYMBOLS = "top bot perp mid parallel partial nabla infty ell Re Im emptyset varnothing forall exists prime hbar dagger"
_SYMBOLS += (
    " dots ldots cdots vdots ddots star bullet setminus cup cap wedge vee neg mathbf odot ominus left right begin end"
)
_SYMBOLS += " colon sqrt Vert vert mathrm rightarrow leftarrow Leftarrow leftrightarrow longrightarrow limits nolimits"
_SYMBOLS += " trianglelefteq imath jmath aleph square blacksquare triangle oint uplus amalg approxeq lesssim gtrsim not"
_PORTABLE = frozenset(
    {rf"\{name}" for name in f"{_GREEK} {_SYMBOLS}".split()}
    | {r"\{", r"\}", r"\|", "\\\\", r"\_", r"\&", r"\%", r"\#", r"\$"}
    | atoms.RELATIONS
    | atoms.SIGNS
    | atoms.PRODUCTS
    | atoms.OPENING
    | atoms.CLOSING
    | atoms.LARGE
    | atoms.NAMES
    | atoms.TEXTS
    | atoms.WRAPPERS
    | atoms.SIZES
    | set(atoms.FRACTIONS)
    | set(atoms.SPACES)
)
_ENVIRONMENTS = frozenset(["aligned", "cases", "pmatrix", "bmatrix", "vmatrix", "matrix", "gathered"])


def portable_fault(tex: str) -> str | None:
    """Why ``tex`` may not stand in a LaTeX document that loads amsmath and amssymb alone; None where it may.

    Commands outside a fixed list are refused: an unknown one stops LaTeX, and some reach beyond the formula.
    """
    if not tex.isascii():
        return "not ASCII"
    if forbidden := re.search(r"(?<!\\)[%$#]", tex):
        return f"contains {forbidden[0]}"
    unknown = sorted(set(re.findall(r"\\[A-Za-z]+|\\.", tex)) - _PORTABLE)
    if unknown:
        return f"not in amsmath: {' '.join(unknown)}"
    environments = set(re.findall(r"\\(?:begin|end)\{([^}]*)\}", tex)) - _ENVIRONMENTS
    if environments:
        return f"not in amsmath: {' '.join(sorted(environments))}"
    if re.search(r"\\text[a-z]*\s*(?!\{[^{}\\_^&]*\})", tex.replace(r"\textstyle", "")):
        return "a mark of mathematics within text"
    return fault(tex)
