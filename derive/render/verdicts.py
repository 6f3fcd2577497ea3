"""How each verdict looks: a word, a shape and a colour, so that no reader depends on one of them."""

from __future__ import annotations

from dataclasses import dataclass

from derive.record import Verdict


@dataclass(frozen=True)
class Appearance:
    """``mark`` is the shape as text, ``tex`` as LaTeX; the colours have contrast 4.5 on a light or dark page."""

    mark: str
    tex: str
    light: str
    dark: str
    meaning: str


APPEARANCE = {
    Verdict.PROVED: Appearance(
        "■", r"$\blacksquare$", "1b6e43", "6cc596", "true for all dimensions and all values in the hypotheses"
    ),
    Verdict.CERTIFIED: Appearance(
        "▣", r"$\boxdot$", "0b6570", "5cc3cf", "true on a stated bounded domain at stated sizes, by enclosures"
    ),
    Verdict.SUPPORTED: Appearance(
        "◐", r"$\circledcirc$", "2a5ba8", "86b1f2", "not refuted by the search described; this is no proof"
    ),
    Verdict.REFUTED: Appearance(
        "✕", r"$\times$", "b3261e", "f28b82", "false: a witness satisfies the hypotheses and violates the claim"
    ),
    Verdict.VACUOUS: Appearance("∅", r"$\varnothing$", "6d4fa3", "bda4ee", "no instance satisfies the hypotheses"),
    Verdict.ILL_POSED: Appearance("△", r"$\triangle$", "8f5200", "e6ad5c", "as typed it says nothing"),
    Verdict.UNDECIDED: Appearance("◇", r"$\lozenge$", "5b6068", "a8adb6", "could not be decided, for the reason given"),
    Verdict.BROKEN: Appearance(
        "⋈", r"$\bowtie$", "a0136f", "f08ccb", "the methods contradict each other, or one failed"
    ),
}
