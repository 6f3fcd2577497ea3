"""``report.html``: one file that opens from disk, with no network and no script."""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from derive.record import ClaimRecord, PaperRecord, Record, Verdict, verdict_counts
from derive.render import chain as chains, diagnosis, errata, escape, improvements, kinds, sizes, witness
from derive.render.bracket import draw
from derive.render.declaration import running_text
from derive.render.experiment import along, growth
from derive.render.formula import MathMLWriter, fault
from derive.render.remainder import plot
from derive.render.templates import folder, html_environment
from derive.render.verdicts import APPEARANCE

STATEMENT_WIDTH = 38.0
"""The room for a displayed formula in the column of the page, in em of the formula's size."""
CELL_WIDTH = 15.0
"""The room for a formula in a table."""
STEP_WIDTH = 30.0
"""The room for a formula of a derivation, beside the rule that gave it."""
FONTS = {
    "Derive Math": ("derive-math.woff2", "normal", "normal"),
    "Derive Roman": ("derive-roman.woff2", "normal", "normal"),
    "Derive Roman italic": ("derive-roman-italic.woff2", "italic", "normal"),
    "Derive Roman bold": ("derive-roman-bold.woff2", "normal", "bold"),
}


def write(record: Record, out: Path) -> list[Path]:
    """Write the page, fonts and styles inside it."""
    path = out / "report.html"
    path.write_text(page(record), encoding="utf-8")
    return [path]


def page(record: Record) -> str:
    """The page as text."""
    writer = MathMLWriter()
    environment = _environment(writer)
    claims = [claim for paper in record.papers for claim in paper.claims]
    body = environment.get_template("body.html.jinja").render(
        record=record,
        claims=claims,
        Verdict=Verdict,
        look=APPEARANCE,
        present=[verdict for verdict in Verdict if record.totals.verdicts.get(verdict)],
        kinds=kinds.kinds(record),
        kind_counts=kinds.counts,
        errata=errata.errata(record),
        shows=errata.shown,
        improvements=improvements.improvements(record),
        unsettled=improvements.unsettled(record),
        why_open=improvements.why_open,
        unexpected=[claim for claim in claims if not claim.as_expected],
        by_id={claim.id: claim for claim in claims},
        used_by=chains.used_by(record),
        chain=lambda paper: chains.draw(paper, record),
        counts=lambda paper: verdict_counts(paper.claims),
        first=first,
        name=lambda claim: claim.id.partition("/")[2] or claim.id,
        witness=witness,
        diagnosis=diagnosis,
        repair_label=repair_label,
        sizes=sizes.told,
        evidence_summary=evidence_summary,
        latex_source=latex_source,
    )
    frame = environment.get_template("page.html.jinja")
    return frame.render(record=record, body=Markup(body), refused=writer.refused, style=style(), look=APPEARANCE)


def _environment(writer: MathMLWriter) -> Environment:
    """Templates with the filters of the page; formulas are set, and counted, by ``writer``."""
    environment = html_environment()
    environment.filters |= {
        "display": lambda tex: writer.display(tex, STATEMENT_WIDTH),
        "step": lambda tex: writer.display(tex, STEP_WIDTH),
        "narrow": lambda tex: writer.display(tex, CELL_WIDTH),
        "inline": writer.inline,
        "declaration": lambda tex: declaration(tex, writer),
        "sentence": escape.sentence,
        "seconds": lambda seconds: f"{seconds:.3f}",
        "decimal": diagnosis.number,
        "plot": plot,
        "draw": draw,
        "growth": growth,
        "along": along,
    }
    return environment


def declaration(tex: str, writer: MathMLWriter) -> Markup:
    """A symbol and what it is, in running text."""
    return writer.inline(tex) if fault(tex) else Markup(" ").join(running_text(tex, writer.inline, str))


def style() -> Markup:
    """The style sheet: embedded fonts, the colours of the verdicts, and ``style.css``."""
    faces = "".join(
        f'@font-face{{font-family:"{name.removesuffix(" italic").removesuffix(" bold")}";font-style:{slant};'
        f"font-weight:{weight};font-display:block;src:url(data:font/woff2;base64,{_base64(file)}) format('woff2')}}\n"
        for name, (file, slant, weight) in FONTS.items()
    )
    light, dark = (
        "".join(f"--{verdict}:#{getattr(look, tone)};" for verdict, look in APPEARANCE.items())
        for tone in ("light", "dark")
    )
    colours = f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    classes = "".join(f".{verdict}{{--tone:var(--{verdict})}}" for verdict in Verdict)
    filters = "".join(
        f"body:has(#show-{key}:checked) :is(.claim,.entry):not(.{key}),"
        f"body:has(#show-{key}:checked) .paper:not(:has(.claim.{key})){{display:none}}\n"
        for key in (*Verdict, "falls", "unexpected")
    )
    return Markup(faces + colours + classes + "\n" + filters + (folder("html") / "style.css").read_text("utf-8"))


def first(paper: PaperRecord, verdict: Verdict) -> ClaimRecord:
    """The first claim of ``paper`` with this verdict."""
    return next(claim for claim in paper.claims if claim.verdict is verdict)


def evidence_summary(claim: ClaimRecord) -> str:
    """``proof, 2 support``: the outcomes of a claim's methods, counted."""
    counts = Counter(str(evidence.outcome) for evidence in claim.evidence)
    return ", ".join(outcome if count == 1 else f"{count} × {outcome}" for outcome, count in counts.items())


def repair_label(claim: ClaimRecord) -> str:
    """What is known of the repaired claim."""
    if claim.repair_instances:
        return f"Agrees at {claim.repair_instances} instances, not proved"
    return "Reads correctly"


def latex_source(claim: ClaimRecord) -> str:
    """The formulas of a claim as TeX, to be copied."""
    parts = {
        "": claim.statement_tex,
        "% derived\n": claim.result_tex,
        "% claimed - derived\n": claim.difference_tex,
        f"% {repair_label(claim).lower()}\n": claim.repair_tex,
    }
    return "\n\n".join(heading + tex for heading, tex in parts.items() if tex)


def _base64(file: str) -> str:
    return base64.b64encode((folder("html") / "fonts" / file).read_bytes()).decode("ascii")
