"""How the code is put together: which way imports go, how long functions and files are, what belongs to what."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "derive"

LAYERS = (
    {"language", "record", "resources", "isolation", "versions"},
    {"calculus", "evaluate", "obligation", "statement_record", "verify"},
    {"instances", "estimate", "bounds", "diagnosis"},
    {"attack", "concentration", "cone", "enclosure"},
    {"chance"},
    {"simulation"},
    {"iteration", "scaling"},
    {"interpolation", "newton"},
    {"evidence", "testing"},
    {"verdict", "snippet", "lemmas"},
    {"witness_record", "evidence_record", "lint"},
    {"existence", "explanation", "bracket", "interpolated"},
    {"judge"},
    {"mutation"},
    {"outline"},
    {"examination"},
    {"selection", "render", "formats", "chain", "cache"},
    {"options", "collection", "preloaded"},
    {"passes"},
    {"run"},
    {"command_line"},
    {"cli"},
    {"__main__"},
)
"""Folders and modules of derive, lowest first: each imports from lower layers alone, and none from its own."""

LONGEST_FUNCTION = 45
LONGEST_CASE = 6

USUAL_FILE = 200
LONGEST_FILE = 250
LONG_FILES = {
    "calculus/functions.py": "one short rule a primitive function",
    "calculus/matrix_form.py": "one search, whose parts make no sense alone",
    "calculus/powers.py": "all that powers and roots of forms need to cancel",
    "cli.py": "six commands, most of it their options and help",
    "evaluate/nodes.py": "one short rule a kind of expression",
    "language/arrays.py": "one short class a kind of expression",
    "language/infer.py": "one short rule a construct of the syntax",
    "language/latex.py": "one short rule a kind of expression",
    "language/numpy_code.py": "one short rule a kind of expression",
    "language/plain.py": "one short rule a kind of expression",
    "language/tensor.py": "one short class a kind of expression",
}

SUBJECTS = {
    "test_determinism.py": "derive",
    "test_docs.py": "docs",
    "test_record.py": "derive/record",
    "test_readme.py": "README.md",
    "test_structure.py": "derive",
    "test_trust.py": "docs/trust.md",
    "test_wheel.py": "pyproject.toml",
    "benchmarks/test_bounds.py": "benchmarks/bounds.py",
    "benchmarks/test_false_bounds.py": "benchmarks/false_bounds",
    "attack/test_settled.py": "derive/evidence/attack.py",
    "benchmarks/test_cache.py": "benchmarks/cache.py",
    "benchmarks/test_chance.py": "benchmarks/chance.py",
    "benchmarks/test_power.py": "benchmarks/power",
    "benchmarks/test_simulation.py": "benchmarks/simulation.py",
    "bounds/test_false_bounds.py": "derive/bounds",
    "calculus/test_fuzz.py": "derive/calculus/lower.py",
    "calculus/test_identities.py": "derive/calculus/decide.py",
    "calculus/test_parts.py": "derive/calculus",
    "checks/test_catalogue.py": "checks",
    "claims/test_claims.py": "tests/claims",
    "evaluate/test_derivatives.py": "derive/evaluate/duals.py",
    "evaluate/test_functions.py": "derive/language/functions.py",
    "evaluate/test_index_sums.py": "derive/evaluate/scope.py",
    "evidence/test_crosschecks.py": "derive/evidence",
    "evidence/test_means.py": "derive/evaluate/chance",
    "formats/test_formats.py": "derive/formats",
    "language/test_hostile.py": "derive/language/limits.py",
    "language/test_language_page.py": "docs/language.md",
    "language/test_printers.py": "derive/language/plain.py",
    "planted/test_planted.py": "tests/planted",
    "render/test_html.py": "derive/render/formats/html.py",
    "render/test_render.py": "derive/render/__init__.py",
    "render/test_tex.py": "derive/render/formats/tex.py",
    "verify/test_loewner.py": "derive/verify/rules",
    "verify/test_rules.py": "derive/verify/rules",
}
"""Test modules that are not called after a module of derive, and what they test."""

VAGUE = {"helper", "helpers", "util", "utils", "manager", "handle", "handler", "stuff", "misc"}
"""Words that say nothing of what a thing is."""


def name_of(path: Path) -> str:
    """The dotted name of a module: ``derive.language`` for the folder's ``__init__.py``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: str) -> set[str]:
    """The modules of derive that a module imports anywhere in it, also inside functions and for type checks."""
    found: set[str] = set()
    for node in ast.walk(tree(MODULES[module])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in inner}
    return found & MODULES.keys() - {module}


def everything_below(module: str) -> set[str]:
    """The modules of derive that are imported with a module, directly or not."""
    found: set[str] = set()
    pending = [module]
    while pending:
        new = imported(pending.pop()) - found
        found |= new
        pending += new
    return found


def part(module: str) -> str:
    """The folder or module of derive to which a module belongs; empty for ``derive`` itself."""
    return [*module.split("."), ""][1]


def rank(module: str) -> int:
    return next(k for k, layer in enumerate(LAYERS) if part(module) in layer)


METHODS = [
    name
    for name, path in MODULES.items()
    if part(name) == "evidence"
    and any(isinstance(node, ast.FunctionDef) and node.name == "examine" for node in tree(path).body)
]


def test_every_module_has_its_layer() -> None:
    assert {part(name) for name in MODULES} - {""} == set().union(*LAYERS)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "derive"])
def test_imports_go_down(module: str) -> None:
    others = {name for name in imported(module) if part(name) not in ("", part(module))}
    assert {name for name in others if rank(name) >= rank(module)} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if part(name) in ("render", "formats")])
def test_what_is_printed_comes_from_the_record_alone(module: str) -> None:
    assert {part(name) for name in everything_below(module)} <= {"", "render", "formats", "record", "resources"}


def test_evidence_has_one_method_a_file_and_what_they_share_in_folders() -> None:
    beside = {f"derive.evidence.{path.stem}" for path in (PACKAGE / "evidence").glob("[a-z]*.py")}
    assert set(METHODS) == beside - {"derive.evidence.evidence"}
    assert len(METHODS) >= 4


PROOFS = {
    "derive.evidence.concentration",
    "derive.evidence.continuity",
    "derive.evidence.normal_form",
    "derive.evidence.norm_calculus",
    "derive.evidence.induction",
    "derive.evidence.interpolation",
    "derive.evidence.newton_step",
    "derive.evidence.polynomial_certificate",
    "derive.evidence.smooth_functions",
}
"""The methods that rest on the calculus."""


@pytest.mark.parametrize("module", [name for name in METHODS if name not in PROOFS])
def test_a_cross_check_shares_no_code_with_the_calculus(module: str) -> None:
    assert {name for name in everything_below(module) if part(name) == "calculus"} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if part(name) == "verify"])
def test_a_second_look_shares_the_language_and_the_record_alone(module: str) -> None:
    """None of the code that finds proofs, certificates and witnesses takes part in checking them again."""
    assert {part(name) for name in everything_below(module)} <= {"", "verify", "language", "record"}


@pytest.mark.parametrize("module", METHODS)
def test_a_method_knows_no_other_method(module: str) -> None:
    assert everything_below(module).isdisjoint(METHODS)


def verdicts_given(module: str) -> list[str]:
    """Where a module makes a judgement, or a record with a verdict by its name."""
    calls = [node for node in ast.walk(tree(MODULES[module])) if isinstance(node, ast.Call)]
    judged = [ast.unparse(call) for call in calls if ast.unparse(call.func).endswith("Judgement")]
    named = [ast.unparse(word) for call in calls for word in call.keywords if word.arg == "verdict"]
    return judged + [word for word in named if word.startswith("verdict=Verdict.")]


@pytest.mark.parametrize("module", [name for name in MODULES if name != "derive.verdict"])
def test_one_place_decides(module: str) -> None:
    """Elsewhere no verdict is given, but that of a claim that was not examined yet."""
    drafts = ["verdict=Verdict.UNDECIDED"] if module == "derive.examination" else []
    assert verdicts_given(module) == drafts


def test_every_method_has_a_name_of_its_own() -> None:
    names = [importlib.import_module(module).METHOD for module in METHODS]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["sympy", "numpy", "flint", "mpmath", "jinja2", "rich"])
def test_help_imports_nothing_heavy(name: str) -> None:
    assert name not in modules_of_a_help_page()


@cache
def modules_of_a_help_page() -> set[str]:
    """The modules that are imported once ``derive --help`` and the help of every command were shown."""
    code = (
        "import sys; from derive.cli import cli, exit_code; exit_code(['--help']); "
        "[exit_code([name, '--help']) for name in cli.commands]; print(*sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    found = set(done.stdout.splitlines())
    assert {"click", "derive.cli"} <= found
    return found


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for name, path in MODULES.items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                yield f"{name}.{node.name}", node


def lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_flat_match(function: ast.FunctionDef) -> bool:
    """Whether a function is one ``match`` of short cases, perhaps with a line before or after it."""
    body = [node for node in function.body if not isinstance(node, ast.Expr)]
    matches = [node for node in body if isinstance(node, ast.Match)]
    if len(matches) != 1 or any(lines(node) > LONGEST_CASE for node in body if node not in matches):
        return False
    return all(sum(map(lines, case.body)) <= LONGEST_CASE for case in matches[0].cases)


def test_functions_are_short_or_one_flat_match() -> None:
    long = {name: lines(node) for name, node in functions() if lines(node) > LONGEST_FUNCTION}
    assert {name for name, node in functions() if name in long and not is_flat_match(node)} == set()


def lengths() -> dict[str, int]:
    """The number of lines of each file of derive."""
    return {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES.values()
    }


def test_files_are_short_but_for_those_with_a_reason() -> None:
    assert {name: count for name, count in lengths().items() if count > LONGEST_FILE and name not in LONG_FILES} == {}


def test_most_files_are_shorter_still() -> None:
    usual = [name for name, count in lengths().items() if count <= USUAL_FILE]
    assert len(usual) > 0.75 * len(lengths())


@pytest.mark.parametrize("name", LONG_FILES)
def test_an_excuse_is_still_needed(name: str) -> None:
    assert lengths()[name] > USUAL_FILE


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_test_module_is_called_after_what_it_tests(path: Path) -> None:
    name = path.relative_to(ROOT / "tests").as_posix()
    mirrored = PACKAGE / path.relative_to(ROOT / "tests").with_name(path.name.removeprefix("test_"))
    assert (ROOT / SUBJECTS[name] if name in SUBJECTS else mirrored).exists()


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_has_its_tests(name: str) -> None:
    assert (ROOT / "tests" / name).exists()


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_test_hides_another_of_its_name(path: Path) -> None:
    names = Counter(node.name for node in tree(path).body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))
    assert {name for name, count in names.items() if count > 1} == set()


def test_names_say_what_a_thing_is() -> None:
    names = {name.rpartition(".")[2] for name in MODULES} | {name.rpartition(".")[2] for name, _ in functions()}
    assert {name for name in names if VAGUE & set(re.split(r"_+", name.lower()))} == set()


def test_every_module_says_what_it_is_for() -> None:
    assert {name for name, path in MODULES.items() if not ast.get_docstring(tree(path))} == set()
