"""A declaration such as ``S \\in \\mathbb{R}^{d \\times d} \\text{ symmetric}`` taken apart for running text.

A line of text may break between words, as it may not within a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from derive.render.atoms import atoms

_WORDS = re.compile(r"\\text\{ ([^{}\\]*?) ?\}\s*")


def running_text(tex: str, formula: Callable[[str], str], words: Callable[[str], str]) -> list[str]:
    """The formulas of ``tex``, set by ``formula``, and the words between them, set by ``words``."""
    runs = groupby(atoms(tex), key=lambda atom: _WORDS.fullmatch(atom.tex) is not None)
    parts = [(verbal, "".join(atom.tex for atom in run).strip()) for verbal, run in runs]
    return [words(" ".join(_WORDS.findall(part))) if verbal else formula(part) for verbal, part in parts]
