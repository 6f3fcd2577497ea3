"""All formats come from the record alone, in the same bytes every time, and none costs the reader another."""

import re
from pathlib import Path

import msgspec
import pytest

from derive import record as records
from derive.record import Record, Verdict
from derive.render import FORMATS, render
from derive.render.formats import html, md
from derive.render.templates import folder
from derive.render.verdicts import APPEARANCE

TEXT_FORMATS = [name for name in FORMATS if name != "pdf"]


def test_the_folder_is_the_registry() -> None:
    assert FORMATS == ("html", "json", "md", "pdf", "tex")


def test_every_format_writes_what_it_returns(realistic: Record, tmp_path: Path) -> None:
    rendering = render(realistic, TEXT_FORMATS, tmp_path / "new")
    assert rendering.failures == rendering.unavailable == {}
    assert sorted(rendering.paths) == sorted((tmp_path / "new").iterdir())
    assert {path.name for path in rendering.paths} == {
        "results.json",
        "report.html",
        "summary.md",
        "appendix.tex",
        "standalone.tex",
    }


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_a_report_of_results_read_back_has_the_same_bytes(name: str, hostile: Record, tmp_path: Path) -> None:
    """Nothing reaches a report but through the file, and no order or time of the run does."""
    read_back = records.decode(records.encode(hostile))
    once = render(hostile, [name], tmp_path / "once").paths
    again = render(read_back, [name], tmp_path / "again").paths
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_times_and_versions_stand_in_the_footer_alone(realistic: Record) -> None:
    """Two runs of one seed differ nowhere else."""
    papers = tuple(_slower(paper) for paper in realistic.papers)
    slower = records.make_record(papers, versions={"derive": "9.9"}, seed=realistic.seed)

    def above_footer(record: Record) -> str:
        return html.page(record).partition('<footer class="colophon">')[0]

    assert above_footer(slower) == above_footer(realistic)
    assert html.page(slower) != html.page(realistic)
    assert md.summary(slower) == md.summary(realistic)


def _slower(paper: records.PaperRecord) -> records.PaperRecord:
    claims = (
        msgspec.structs.replace(
            claim,
            seconds=99.0,
            mutation=claim.mutation and msgspec.structs.replace(claim.mutation, seconds=99.0),
            evidence=tuple(msgspec.structs.replace(item, seconds=9.0) for item in claim.evidence),
        )
        for claim in paper.claims
    )
    return msgspec.structs.replace(paper, claims=tuple(claims))


def test_a_format_that_fails_takes_no_other_along(
    realistic: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(record: Record) -> str:
        raise KeyError("page")

    monkeypatch.setattr(html, "page", fail)
    rendering = render(realistic, ["html", "md"], tmp_path)
    assert rendering.failures == {"html": "KeyError: 'page'"}
    assert [path.name for path in rendering.paths] == ["summary.md"]


def test_the_page_counts_planted_errors_in_all_and_by_claim(realistic: Record) -> None:
    text = html.page(realistic)
    assert "42 of 42 planted errors found" in text
    assert "42 of 42 found" in text
    assert "diag(f) - outer(f, f) is transposed." in text


def test_planted_errors_that_were_not_found_are_shown_to_the_reader(hostile: Record) -> None:
    """The claim is named at the top, and its details stand open."""
    text = html.page(hostile)
    assert "42 of 43 planted errors found" in text
    assert "<details open>\n<summary>Planted errors" in text


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_every_report_tells_of_planted_errors(name: str, realistic: Record, tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in render(realistic, [name], tmp_path).paths]
    assert any("42 of 42 planted errors found" in text or '"killed": 42' in text for text in texts)


def test_an_unknown_format_is_refused_before_anything_is_written(realistic: Record, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format docx; there are html, json, md, pdf, tex"):
        render(realistic, ["json", "docx"], tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_has_a_word_a_shape_and_a_colour(verdict: Verdict, realistic: Record) -> None:
    page = html.page(realistic)
    assert f'<symbol id="shape-{verdict}"' in page
    assert re.search(
        rf'class="badge {verdict}"[^>]*><svg[^>]*><use href="#shape-{verdict}"/></svg>{verdict}</span>', page
    )
    assert f"--{verdict}:#{APPEARANCE[verdict].light}" in page
    assert f"--{verdict}:#{APPEARANCE[verdict].dark}" in page


def test_no_two_verdicts_look_alike() -> None:
    for trait in ("mark", "tex", "light", "dark"):
        assert len({getattr(look, trait) for look in APPEARANCE.values()}) == len(Verdict)


@pytest.mark.parametrize(("tone", "page"), [("light", "fcfbf8"), ("dark", "16181b")])
@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_can_be_read(verdict: Verdict, tone: str, page: str) -> None:
    """Contrast 4.5 at least (WCAG 2.2, 1.4.3)."""
    assert f"--page: #{page}" in (folder("html") / "style.css").read_text("utf-8")
    brightest, darkest = sorted((_luminance(getattr(APPEARANCE[verdict], tone)), _luminance(page)), reverse=True)
    assert (brightest + 0.05) / (darkest + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_run_that_checked_nothing_says_so(empty: Record, tmp_path: Path) -> None:
    """It never looks like success."""
    render(empty, ["html", "md", "tex"], tmp_path)
    for name in ("report.html", "summary.md", "standalone.tex"):
        assert "Nothing was checked" in (tmp_path / name).read_text("utf-8")


def test_a_cell_of_the_summary_stays_in_its_cell(hostile: Record) -> None:
    """Every row of the table has the four cells of its head, whatever the author wrote."""
    rows = [line for line in md.summary(hostile).splitlines() if line.startswith("|")]
    assert len(rows) == 2 + hostile.totals.claims
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert "<script" not in md.summary(hostile)


def test_what_falls_stands_first_in_the_summary(realistic: Record) -> None:
    rows = [line for line in md.summary(realistic).splitlines() if line.startswith("|")][2:]
    falls = [("proved" not in row and "known erratum" not in row) for row in rows[: realistic.totals.unexpected]]
    assert all(falls)
    assert len(falls) == 4


def test_the_words_of_a_repair_are_no_part_of_the_formula_that_scrolls(realistic: Record) -> None:
    paper = realistic.papers[0]
    words = "the sign of a very long product is wrong"
    repaired = msgspec.structs.replace(paper.claims[0], verdict=Verdict.REFUTED, repair_tex="a = b", repair_note=words)
    paper = msgspec.structs.replace(paper, claims=(repaired,))
    page = html.page(records.make_record([paper], versions={}, seed=0))
    errata = page[page.index('id="errata-title"') :]
    assert errata.index("</div>", errata.index("Reads correctly")) < errata.index(words[1:])


def test_symbols_are_declared_above_the_definitions(realistic: Record) -> None:
    page = html.page(realistic)
    declared = page[page.index("Throughout") : page.index("<summary>Definitions")]
    assert declared.count("<math") == 1 + len(realistic.papers[0].symbols)
    assert "</math> symmetric positive semidefinite,</span> <span" in declared
