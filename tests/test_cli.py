"""The command line: what it prints where, its exit codes, and what it says to bad input."""

import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests import papers
from tests.conftest import Derive


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run_python(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,
    )


def test_check_prints_a_line_a_claim_and_a_summary(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    done = derive("check", "good.py")
    first, second, last = done.out.splitlines()
    assert first.split()[:2] == ["proved", "good/gradient"]
    assert second.split()[:2] == ["proved", "good/value"]
    assert last == "2 claims: 2 proved"
    assert (done.code, done.err) == (0, "")


def test_check_exits_with_1_where_a_claim_falls_and_says_which_and_why(derive: Derive) -> None:
    Path("mixed.py").write_text(papers.MIXED)
    done = derive("check", "mixed.py")
    assert done.code == 1
    assert "! refuted" in done.out
    assert "mixed.py:7: refuted" in done.out
    assert done.out.splitlines()[-1] == "2 claims: 1 proved, 1 refuted (1 not as expected)"


def test_check_plants_errors_and_says_how_many_were_found(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    done = derive("check", "good.py", "--mutate")
    counts = re.findall(r"^    (\d+) of (\d+) planted errors found \(.*explicit entries \d", done.out, re.MULTILINE)
    assert len(counts) == 2
    assert all(found == planted for found, planted in counts)
    assert "planted errors: " in done.out
    assert (done.code, done.err) == (0, "")


def test_a_method_that_there_is_not_cannot_be_switched_off(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    done = derive("check", "good.py", "--without", "guessing")
    assert done.code == 2
    assert "there is no method 'guessing'" in done.err
    assert "normal form" in done.err


def test_a_known_erratum_is_no_failure(derive: Derive) -> None:
    Path("erratum.py").write_text(papers.ERRATUM)
    done = derive("check", "erratum.py")
    assert done.code == 0
    assert "a known erratum: a slip of the pen" in done.out


def test_check_takes_the_text_form(derive: Derive) -> None:
    Path("paper.toml").write_text(papers.TOML)
    assert derive("check", "paper.toml").out.splitlines()[-1] == "1 claim: 1 proved"


def test_a_selection_that_takes_nothing_is_named(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    done = derive("check", "good.py", "-k", "hesian")
    assert done.code == 5
    assert "no claim to check whose id matches -k 'hesian'" in done.err


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github", "markdown"])
def test_every_format_leaves_standard_output_to_the_results(derive: Derive, form: str) -> None:
    Path("good.py").write_text("print('noise')\n" + papers.GOOD)
    Path("bad.py").write_text("1/0")
    done = derive("check", "good.py", "bad.py", "--format", form)
    assert done.code == 2
    assert "noise" not in done.out
    if form in ("json", "sarif"):
        json.loads(done.out)
    if form == "junit":
        ET.fromstring(done.out)


def test_k_selects_and_x_stops(derive: Derive) -> None:
    Path("mixed.py").write_text(papers.MIXED)
    assert derive("check", "mixed.py", "-k", "right").code == 0
    stopped = derive("check", "mixed.py", "-x", "-j", "1")
    assert "mixed/right" not in stopped.out
    assert "1 of 2 claims were not examined" in stopped.err


def test_list_names_the_claims_and_examines_none(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    done = derive("list", "good.py")
    assert done.out == "good/gradient\tidentity\tLemma 1\ngood/value\tidentity\tLemma 2\n"
    assert done.code == 0


def test_list_without_a_file_names_the_catalogue(derive: Derive) -> None:
    done = derive("list", "-k", "softmax-regression/gradient")
    assert done.code == 0
    assert done.out.startswith("softmax-regression/gradient\t")


def test_report_writes_the_chosen_formats_and_always_the_results(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    done = derive("report", "good.py", "--format", "md")
    assert done.code == 0
    assert {path.name for path in Path("build/derive").iterdir()} == {"results.json", "summary.md"}
    assert all(Path(line).is_file() for line in done.out.splitlines())
    assert done.err == "2 claims: 2 proved\n"


def test_report_writes_the_results_of_the_others_where_a_file_is_at_fault(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD)
    Path("bad.py").write_text("\n1/0")
    done = derive("report", "bad.py", "good.py", "--out", "here", "--format", "html")
    assert done.code == 2
    assert "error: bad.py:2: raised ZeroDivisionError: division by zero" in done.err
    found = json.loads(Path("here/results.json").read_text())
    assert [paper["id"] for paper in found["papers"]] == ["good", "bad.py"]
    assert "good/gradient" in Path("here/report.html").read_text()


def test_report_writes_the_claims_before_a_faulty_line_and_the_message(derive: Derive) -> None:
    Path("good.py").write_text(papers.GOOD + "paper.claim('shapes', x + y == x)")
    done = derive("report", "good.py", "--out", "here", "--format", "html,md,tex")
    assert done.code == 2
    assert "error: good.py:9: claim good/shapes: " in done.err
    assert done.err.endswith("2 claims: 2 proved (1 file not read whole)\n")
    for name in ("results.json", "report.html", "summary.md", "appendix.tex"):
        text = Path("here", name).read_text()
        assert "any claims from this line on are missing" in text, name
        assert "good/gradient" in text, name


def test_the_same_seed_gives_the_same_pages(derive: Derive) -> None:
    Path("mixed.py").write_text(papers.MIXED)
    pages = []
    for name in ("first", "second"):
        derive("report", "mixed.py", "--out", name, "--format", "tex", "--seed", "5")
        pages.append(Path(name, "appendix.tex").read_bytes())
    assert pages[0] == pages[1]


@pytest.mark.parametrize("statement", ["grad(x@x, x) == 2*x", "grad(norm(A@x - b)**2/2, x) == A.T@(A@x - b)"])
def test_decide_proves_a_true_statement(derive: Derive, statement: str) -> None:
    done = derive("decide", statement)
    assert done.code == 0
    assert done.out.startswith("proved\n")
    assert done.err.startswith("inferred shapes: ")


def test_decide_refutes_a_false_statement_with_a_witness(derive: Derive) -> None:
    done = derive("decide", "grad(x@x, x) == 3*x", "--shape", "x=n", "--format", "json")
    (paper,) = json.loads(done.out)["papers"]
    assert done.code == 1
    assert done.err == ""
    assert paper["claims"][0]["verdict"] == "refuted"
    assert paper["claims"][0]["witness"]["values"]["x"]
    assert paper["claims"][0]["reproduce"] == "derive decide 'grad(x@x, x) == 3*x' --shape x=n --seed 0"


def test_decide_uses_properties_hypotheses_and_indices(derive: Derive) -> None:
    assert derive("decide", "grad(x@S@x, x) == 2*S@x", "--property", "S=symmetric").code == 0
    assert derive("decide", "grad(x@S@x, x) == 2*S@x").code == 1
    assert derive("decide", "grad(x@S@x, x) == 2*S@x", "--given", "S == S.T").code == 0
    assert derive("decide", "grad(x@x, x)[i] == 2*x[i]", "--index", "i=n", "--shape", "x=n").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["decide", "x = 1"], "does not parse"),
        (["decide", "norm(weights) == 1"], "the shape of weights is not known"),
        (["decide", "x == y", "--shape", "x"], "expected NAME=..."),
        (["decide", "x == y", "--shape", "x=n", "--shape", "x=d"], "already given"),
        (["decide", "x == y", "--property", "z=positive"], "nothing has this name"),
        (["decide", "x == y", "--property", "x=lucky"], "has no property 'lucky'"),
        (["diff", "x@x", "x", "y", "--order", "1"], "two variables go with --order 2"),
        (["list", "missing.py"], "missing.py: cannot be read: No such file or directory"),
        (["list", "file"], "file: is no paper"),
        (["list", "missing"], "missing: cannot be read: No such file or directory"),
        (["list", "x" * 300], "cannot be read: File name too long"),
        (["check", "-k", "(a"], "a parenthesis is not closed"),
        (["check", "--format", "yaml"], "'yaml' is not one of"),
        (["check", "-j", "0"], "0 is not in the range"),
        (["check", "--time-limit", "0"], "0.0 is not in the range"),
        (["report", "--format", "docx"], "there is no format 'docx'"),
        (["report", "--out", "file/inside"], "cannot be written"),
        (["frobnicate"], "No such command"),
        (["check", "--frobnicate"], "No such option"),
    ],
)
def test_wrong_usage_gets_one_message_and_exit_code_2(derive: Derive, arguments: list[str], message: str) -> None:
    Path("file").write_text("a file where a directory should be")
    done = derive(*arguments)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("x = = 1", ["paper.py:1: does not parse"]),
        ("\nimport common", ["paper.py:2: raised ModuleNotFoundError", "installed packages, and files beside it"]),
        (papers.HEAD + "x + y", ["paper.py:5: ", "shapes do not conform", "(n,)", "(d,)"]),
        (papers.HEAD + "Paper('p').claim('c', x)", ["paper.py:5: claim p/c: expected a relation, found x"]),
        (papers.HEAD + "if x == x: pass", ["paper.py:5: ", "has no truth value"]),
        (papers.GOOD + "paper.claim('value', x == x)", ["claim good/value: there is already a claim of this id"]),
        (papers.HEAD + "Paper('p').claim('c', x == x, expect='false')", ["is no verdict to expect"]),
    ],
)
def test_a_file_at_fault_gets_one_message_with_its_place(derive: Derive, text: str, messages: list[str]) -> None:
    Path("paper.py").write_text(text)
    done = derive("check", "paper.py")
    assert done.code == 2
    assert done.err.count("error:") == 1
    assert "Traceback" not in done.err
    assert all(message in done.err for message in messages), done.err


def test_a_statement_in_text_that_does_not_conform_is_ill_posed_and_costs_no_other_claim(derive: Derive) -> None:
    Path("paper.py").write_text(papers.GOOD + "paper.claim('shapes', 'x + y == x')\npaper.claim('name', 'x == z')")
    done = derive("check", "paper.py")
    assert done.code == 1
    assert done.out.splitlines()[-1] == "4 claims: 2 proved, 2 ill-posed (2 not as expected)"
    assert "shapes do not conform" in done.out


@pytest.mark.parametrize(
    "arguments", [["check", "empty.py"], ["check", "good.py", "-k", "nothing"], ["check", "folder"]]
)
def test_a_run_that_checks_nothing_exits_with_5(derive: Derive, arguments: list[str]) -> None:
    Path("empty.py").touch()
    Path("folder").mkdir()
    Path("good.py").write_text(papers.GOOD)
    done = derive(*arguments)
    assert done.code == 5
    assert "nothing was collected" in done.err


def test_an_unwritable_directory_is_said_before_any_work(derive: Derive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    done = derive("report", "--out", "locked")
    assert done.code == 2
    assert done.err.startswith("error: the directory locked cannot be written: Permission denied")


def test_an_internal_error_exits_with_3(derive: Derive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError("lost")

    monkeypatch.setattr("derive.run.run", fail)
    done = derive("check")
    assert done.code == 3
    assert "internal error: LookupError: lost" in done.err


def test_no_file_of_the_working_directory_is_taken_for_a_module(tmp_path: Path) -> None:
    for name in ("random", "checks", "numpy", "sympy", "click", "json", "signal", "copy", "common"):
        Path(f"{name}.py").write_text("raise SystemExit('shadowed')")
    for name in ("reports", "checks", "tests", "sympy"):
        Path(name).mkdir()
        Path(name, "__init__.py").write_text("raise SystemExit('shadowed')")
    Path("mine.py").write_text("import random\n" + papers.GOOD)
    done = run_python("-m", "derive", "report", "mine.py", "--format", "md")
    assert (done.returncode, done.stderr) == (0, "2 claims: 2 proved\n")
    assert sorted(path.name for path in Path("reports").iterdir()) == ["__init__.py"]


def test_help_is_quick_and_imports_no_mathematics() -> None:
    code = (
        "import sys; from derive.cli import exit_code; exit_code(['--help']); "
        "print([name for name in ('sympy', 'numpy', 'flint', 'mpmath', 'jinja2', 'rich') if name in sys.modules])"
    )
    start = time.perf_counter()
    done = run_python("-c", code)
    assert done.stdout.splitlines()[-1] == "[]"
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("command", ["report", "check", "list", "decide", "diff"])
def test_every_command_has_a_help_page(derive: Derive, command: str) -> None:
    done = derive(command, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: derive {command}")


def test_colours_are_left_out_where_no_terminal_reads() -> None:
    done = run_python("-m", "derive", "check", "missing.py")
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_the_user_wants_none(variables: dict[str, str], coloured: bool) -> None:
    reader, terminal = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | variables
    subprocess.run(
        [sys.executable, "-m", "derive", "list", "missing.py"], env=environment, stderr=terminal, check=False
    )
    os.close(terminal)
    with os.fdopen(reader, "rb") as stream:
        shown = stream.read1()
    assert b"cannot be read" in shown
    assert (b"\x1b[31m" in shown) is coloured


def test_a_claim_outside_the_domain_of_its_functions_is_undecided_and_says_what_to_do(derive: Derive) -> None:
    done = derive("decide", "grad(log(-sum(exp(x))), x) == 2*softmax(x)")
    assert done.code == 1
    assert done.out.startswith("undecided\n")
    assert "log outside its domain: log(-sum(exp(x))); state hypotheses" in done.out


@pytest.mark.parametrize(("statement", "code"), [("d*t == t*d", 0), ("d*t == t", 1)])
def test_a_dimension_that_no_shape_has_is_tried_like_any_other(derive: Derive, statement: str, code: int) -> None:
    Path("paper.py").write_text(papers.HEAD + f"t = scalar('t')\npaper = Paper('p')\npaper.claim('c', {statement})\n")
    assert derive("check", "paper.py").code == code
