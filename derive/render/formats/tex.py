"""``appendix.tex``, a fragment for an author's paper, and ``standalone.tex``, a document around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from jinja2 import Environment

from derive.record import ClaimRecord, EvidenceRecord, Record, StepRecord, Verdict
from derive.render import diagnosis, errata, escape, improvements, kinds, sizes, witness
from derive.render.atoms import width
from derive.render.declaration import running_text
from derive.render.experiment import growth
from derive.render.lines import aligned, equation
from derive.render.picture import picture
from derive.render.portable import portable_fault
from derive.render.templates import Tex, tex_environment
from derive.render.verdicts import APPEARANCE

ITEM = 31.0
"""The room within a numbered list."""

LINE = 34.0
"""The room for a displayed formula in em: the text width of the one-column styles of conferences and journals."""
_CODE = re.compile(r"\\(?:mathtt|text)\{([^{}]*(?:\\[{}][^{}]*)*)\}")
CITE = 40
"""The longest citation, in characters, that stands in the heading of a lemma; some styles do not break headings."""
RULE = 15.0
"""The widest rule that stands in the line of its formula, in em; a wider one has a line of its own above."""


def write(record: Record, out: Path) -> list[Path]:
    """Write fragment and document."""
    appendix, standalone = out / "appendix.tex", out / "standalone.tex"
    appendix.write_text(fragment(record), encoding="utf-8")
    standalone.write_text(document(record), encoding="utf-8")
    return [appendix, standalone]


def fragment(record: Record) -> str:
    """The fragment: it loads nothing and defines nothing that its reader has defined before."""
    return (
        _environment()
        .get_template("appendix.tex.jinja")
        .render(
            record=record,
            Verdict=Verdict,
            grounds=grounds,
            sizes=sizes.told,
            heading=lambda cite: len(cite) <= CITE,
            diagnosis=diagnosis,
        )
    )


def _environment() -> Environment:
    environment = tex_environment()
    environment.filters |= {
        "display": display,
        "inline": inline,
        "in_text": _in_text,
        "declaration": declaration,
        "sentence": escape.sentence,
        "label": lambda text: Tex(escape.label(text)),
        "code": lambda text: Tex(escape.latex_code(text)),
        "steps": steps,
        "equations": lambda equations: steps([StepRecord(tex=tex, rule="") for tex in equations]),
        "assignments": lambda found: Tex(", ".join(map(inline, witness.assignments(found)))),
        "number": lambda text: inline(witness.number(text)),
        "entry": witness.entry,
        "mark": lambda verdict: Tex(APPEARANCE[verdict].tex),
        "tried": tried,
        "growth": growth,
        "picture": lambda drawing, across: Tex(picture(drawing, across)),
    }
    return environment


def document(record: Record) -> str:
    """The document that takes in the fragment from the same directory."""
    return (
        _environment()
        .get_template("standalone.tex.jinja")
        .render(
            record=record,
            look=APPEARANCE,
            Tex=Tex,
            present=[verdict for verdict in Verdict if record.totals.verdicts.get(verdict)],
            kinds=kinds.kinds(record),
            kind_counts=kinds.counts,
            errata=errata.errata(record),
            shows=errata.shown,
            improvements=improvements.improvements(record),
            unsettled=improvements.unsettled(record),
            why_open=improvements.why_open,
        )
    )


def display(tex: str, room: float = LINE) -> Tex:
    """A displayed formula; what LaTeX might not take, and code too long for a line, is printed as it was typed."""
    faulty = portable_fault(tex) is not None
    if (code := _CODE.fullmatch(tex.strip())) and (faulty or width(tex) > room):
        return Tex(_typed(re.sub(r"\\([ _{}#$%&])", r"\1", code[1])))
    if faulty:
        return Tex(_typed(tex))
    return Tex("\\[\n" + aligned(tex.strip(), room) + "\n\\]")


def inline(tex: str) -> Tex:
    """A formula in running text."""
    return Tex(escape.latex_code(tex) if portable_fault(tex) else f"${tex.strip()}$")


def declaration(tex: str) -> Tex:
    """A symbol and what it is, in running text."""
    return inline(tex) if portable_fault(tex) else Tex(" ".join(running_text(tex, inline, escape.latex)))


def steps(derivation: Sequence[StepRecord]) -> Tex:
    """The lines of a derivation, aligned at their relations, each with its rule at the margin.

    Where lines rest on others they are numbered, one below the other: their left sides are of very different widths.
    """
    if any(step.premises for step in derivation):
        return Tex(_numbered_steps(derivation))
    blocks = groupby(derivation, key=lambda step: portable_fault(step.tex) is None)
    return Tex("\n".join(_aligned_steps(list(block)) if fits else _typed_steps(block) for fits, block in blocks))


def _aligned_steps(block: Sequence[StepRecord]) -> str:
    left = max(equation(step.tex, LINE).left for step in block)
    lines: list[str] = []
    for k, step in enumerate(block):
        apart = _text_width(step.rule) > RULE
        broken = list(equation(step.tex.strip(), LINE - left + equation(step.tex, LINE).left).lines)
        if step.rule and not apart:
            broken[-1] += rf" \tag*{{\derivestep{{{escape.latex(step.rule)}}}}}"
        if apart:
            broken[0] = rf"\intertext{{\derivestep{{{escape.latex(step.rule)}}}:}}" + "\n" + broken[0]
        lines.append(" \\\\\n".join(broken) + ("" if k == len(block) - 1 else _row_end(block[k + 1])))
    return "\\begin{align*}\n" + "\n".join(lines) + "\n\\end{align*}"


def _row_end(following: StepRecord) -> str:
    return "" if _text_width(following.rule) > RULE else r" \\"


def _numbered_steps(derivation: Sequence[StepRecord]) -> str:
    items = [rf"\item {_in_text(step.tex, ITEM)} \derivestep{{({escape.latex(_reason(step))})}}" for step in derivation]
    return "\\begin{enumerate}\n" + "\n".join(items) + "\n\\end{enumerate}"


def _in_text(tex: str, room: float = LINE) -> Tex:
    """A formula in running text, or in a display where it is longer than a line."""
    return inline(tex) if portable_fault(tex) or width(tex) <= room else display(tex, room)


def _reason(step: StepRecord) -> str:
    """``Weyl's inequality, from 3, 5``."""
    return f"{step.rule}, from {', '.join(str(k + 1) for k in step.premises)}" if step.premises else step.rule


def _typed_steps(block: Iterable[StepRecord]) -> str:
    return "\n".join(_typed(step.tex) + rf"\noindent\derivestep{{{escape.latex(step.rule)}}}" for step in block)


def _typed(tex: str) -> str:
    """A formula in a display of its own, as it was typed."""
    return f"\\begin{{quote}}\\raggedright\n{escape.latex_code(tex)}\n\\end{{quote}}\n"


def _text_width(text: str) -> float:
    """The width of running text in em."""
    return 0.46 * len(text)


def grounds(claim: ClaimRecord) -> str:
    """What a verdict rests on: the methods that speak for it, and how many instances they tried."""
    spoken = [tried(item) for item in claim.evidence if item.outcome in ("proof", "refutation", "support")]
    return "; ".join(spoken)


def tried(item: EvidenceRecord) -> str:
    """``finite differences (support, 20 instances)``."""
    parts = [str(item.outcome)]
    if item.kept:
        parts.append(f"{item.kept} {'instance' if item.kept == 1 else 'instances'}")
    if item.rejected:
        parts.append(f"{item.rejected} outside the hypotheses")
    if item.non_finite:
        parts.append(f"{item.non_finite} without a value")
    if item.draws:
        parts.append(f"{item.draws.failures} of {item.draws.runs} draws fail")
    if item.remainder:
        parts.append(f"remainder: {item.remainder.words}")
    return f"{item.method} ({', '.join(parts)})"
