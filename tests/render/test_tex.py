"""The appendix compiles in papers of several styles, and the PDF is the same every time."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from derive.chain.status import concluded
from derive.explanation.explain import verbatim
from derive.record import ConditionRecord, PaperRecord, Record, StepRecord, make_record
from derive.render import render
from derive.render.formats import pdf, tex

needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")

JOURNAL = r"""
\NeedsTeXFormat{LaTeX2e}
\ProvidesClass{journal}
\LoadClass[twoside]{article}
\RequirePackage{amsmath,amssymb}
\newtheorem{theorem}{Theorem}
\newtheorem{lemma}[theorem]{Lemma}
\newenvironment{proof}{\par\noindent{\bf Proof\ }}{\hfill$\bullet$\par}
\setlength{\textwidth}{6in}
"""
PAPERS = {
    "journal": r"\documentclass{journal}",
    "article": r"\documentclass{article}\usepackage{amsmath,amssymb,amsthm}\newtheorem{lemma}{Lemma}"
    r"\usepackage[textwidth=5.5in]{geometry}",
    "own-names": r"\documentclass{article}\usepackage{amsmath,amssymb}\usepackage[textwidth=5.5in]{geometry}"
    r"\newtheorem{claim}{Claim}\newenvironment{why}{}{}"
    r"\newcommand{\derivelemma}{claim}\newcommand{\deriveproof}{why}\newcommand{\derivelabel}{app:}"
    r"\newcommand{\derivesection}{\subsection}",
}


def compile_paper(folder: Path, name: str) -> str:
    """The log of the second pass over ``name``."""
    for _ in range(2):
        subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", name],
            cwd=folder,
            env={**pdf.os.environ, "max_print_line": "10000"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    return (folder / name).with_suffix(".log").read_text("latin-1")


def faults(log: str) -> list[str]:
    """Errors, undefined references and boxes more than 20 pt too wide."""
    wide = [line for line in re.findall(r"Overfull \\hbox \(([0-9.]+)pt", log) if float(line) > 20]
    return re.findall(r"^! .*|.*undefined.*|.*multiply defined.*", log, re.MULTILINE) + wide


@needs_latex
@pytest.mark.parametrize("style", PAPERS)
def test_the_fragment_compiles_in_a_paper_with_its_own_theorems(style: str, realistic: Record, tmp_path: Path) -> None:
    (tmp_path / "journal.cls").write_text(JOURNAL)
    tex.write(realistic, tmp_path)
    label = "app:" if style == "own-names" else "derive:"
    body = rf"See~\ref{{{label}softmax-regression/gradient}}. \input{{appendix}}"
    (tmp_path / "paper.tex").write_text(rf"{PAPERS[style]}\begin{{document}}{body}\end{{document}}")
    assert faults(compile_paper(tmp_path, "paper.tex")) == []


@needs_latex
def test_the_document_compiles(realistic: Record, tmp_path: Path) -> None:
    tex.write(realistic, tmp_path)
    assert faults(compile_paper(tmp_path, "standalone.tex")) == []


@needs_latex
def test_hostile_text_compiles_and_runs_nothing(hostile: Record, tmp_path: Path) -> None:
    """Such text may be too wide; it is never a command."""
    tex.write(hostile, tmp_path)
    log = compile_paper(tmp_path, "standalone.tex")
    assert not re.search(r"^! ", log, re.MULTILINE)
    assert "passwd)" not in log


@needs_latex
def test_the_pdf_has_the_same_bytes_every_time(realistic: Record, tmp_path: Path) -> None:
    for name in ("once", "again"):
        rendering = render(realistic, ["pdf"], tmp_path / name)
        assert rendering.failures == rendering.unavailable == {}
    assert (tmp_path / "once" / "report.pdf").read_bytes() == (tmp_path / "again" / "report.pdf").read_bytes()


def test_without_latex_the_note_says_what_to_install(
    realistic: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    rendering = render(realistic, ["pdf", "md"], tmp_path / "out")
    assert "pdflatex is not installed" in rendering.unavailable["pdf"]
    assert "apt install" in rendering.unavailable["pdf"]
    assert [path.name for path in rendering.paths] == ["summary.md"]


def test_latex_that_fails_names_its_first_error(
    realistic: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for LaTeX that reports an error and gives up."""
    fake = tmp_path / "pdflatex"
    fake.write_text("#!/bin/sh\nprintf '! Undefined control sequence.\\nl.12 \\\\nope\\n'\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(pdf.shutil, "which", lambda name: str(fake))
    assert render(realistic, ["pdf"], tmp_path / "out").failures == {
        "pdf": "pdflatex failed: Undefined control sequence. (line 12 of the source)"
    }


def test_the_fragment_loads_and_defines_nothing_of_its_own(hostile: Record) -> None:
    fragment = tex.fragment(hostile)
    commands = set(re.findall(r"\\([A-Za-z]+)", fragment))
    assert not commands & {"usepackage", "RequirePackage", "newcommand", "renewcommand", "def", "newtheorem", "write"}
    assert fragment.count(r"\providecommand") == 7


def test_every_environment_that_begins_ends(realistic: Record, hostile: Record) -> None:
    for record in (realistic, hostile):
        fragment = re.sub(r"\\texttt\{.*\}", "", tex.fragment(record))
        begun, ended = (sorted(re.findall(rf"\\{word}\{{([^}}]*)\}}", fragment)) for word in ("begin", "end"))
        assert begun == ended


def test_symbols_are_declared_before_the_first_claim(realistic: Record) -> None:
    before, claim, _ = tex.fragment(realistic).partition("% ---- softmax-regression/gradient")
    assert claim
    assert r"Throughout, $A \in \mathbb{R}^{n \times d}$, $x \in \mathbb{R}^d$, $b \in" in before
    assert r"$j \in [n]$." in before


def test_a_paper_without_symbols_declares_none() -> None:
    record = make_record([PaperRecord(id="p", definitions=("a = b",))], versions={}, seed=0)
    assert "Throughout" not in tex.fragment(record)


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        (r"S \in \mathbb{R}^{d \times d} \text{ symmetric}", r"$S \in \mathbb{R}^{d \times d}$ symmetric"),
        (r"\write \text{ a}", tex.inline(r"\write \text{ a}")),
    ],
)
def test_words_of_a_declaration_stand_in_the_text(declared: str, sentence: str) -> None:
    """What LaTeX might not take is shown as typed."""
    assert tex.declaration(declared) == sentence


def test_a_statement_in_words_is_shown_as_its_author_typed_it() -> None:
    """A claim that says nothing as typed has no formula: its text stands there, without the command around it."""
    shown = tex.display(verbatim("a_k == G[:, k]"))
    assert shown.replace(r"\allowbreak{}", "").count(r"a\_k == G[:, k]") == 1


def test_proved_claims_alone_are_lemmas(realistic: Record) -> None:
    fragment = tex.fragment(realistic)
    assert fragment.count(r"\begin{\derivelemma}") == realistic.totals.verdicts["proved"]
    for verdict, number in realistic.totals.verdicts.items():
        assert fragment.count(f"}}{{{verdict}}}") == number


def test_flags_stand_beside_the_claim(realistic: Record) -> None:
    """A reader of the appendix alone sees where a claim is defined only."""
    flagged = [claim for paper in realistic.papers for claim in paper.claims if claim.flags]
    assert flagged
    assert tex.fragment(realistic).count(r"{\small Remarks: ") == len(flagged)


def test_a_rule_too_wide_for_the_margin_stands_above_its_line() -> None:
    lines = tex.steps([StepRecord(tex="a = b", rule="short"), StepRecord(tex="c = d", rule="a rule that goes on " * 4)])
    assert lines.splitlines()[1] == r"a & = b \tag*{\derivestep{short}}"
    assert lines.splitlines()[2].startswith(r"\intertext{\derivestep{a rule")


def test_lines_that_rest_on_others_are_numbered_from_one() -> None:
    lines = [StepRecord(tex="a", rule="first"), StepRecord(tex="b", rule="second"), StepRecord(tex="c", rule="third")]
    told = tex.steps([*lines, StepRecord(tex="d", rule="sum", premises=(0, 2))])
    assert told.splitlines()[0] == r"\begin{enumerate}"
    assert r"\item $d$ \derivestep{(sum, from 1, 3)}" in told


def test_code_too_long_for_a_line_may_break() -> None:
    """A statement that could not be read is shown as code."""
    code = r"\mathtt{" + r"dot(f\_j,\ a\_k)\ ==\ " * 6 + "}"
    assert tex.display(r"\mathtt{x}") == "\\[\n\\mathtt{x}\n\\]"
    assert r"dot(\allowbreak{}f\_\allowbreak{}j" in tex.display(code)


def test_what_a_claim_rests_on_is_listed(realistic: Record) -> None:
    """Each lemma with its verdict, or that it was not examined; LaTeX's special characters are no danger."""
    uses = ("softmax-regression/gradient", "else_where/lemma")
    gradient, *others = realistic.papers[0].claims
    last = replace(others[-1], uses=uses)
    paper = replace(realistic.papers[0], claims=(gradient, *others[:-1], last))
    text = tex.fragment(replace(realistic, papers=(*concluded([paper]),)))
    assert r"\deriveid{softmax-regression/gradient} (proved)" in text
    assert r"\deriveid{else\_where/lemma} (not examined in this run)" in text


def test_conditions_are_told_in_base_parameters(realistic: Record) -> None:
    first, *others = realistic.papers[0].claims
    told = ConditionRecord(tex=r"m \ge \exp(4 \sqrt{\log n})", text="m >= exp(4*sqrt(log(n)))")
    paper = replace(realistic.papers[0], claims=(replace(first, conditions=(told,)), *others))
    text = tex.fragment(replace(realistic, papers=(paper,)))
    assert "In base parameters,\n" + rf"${told.tex}$." in text
