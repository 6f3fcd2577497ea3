"""Every example of docs/language.md runs and means what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derive.language.api import Relation, Tensor, dims, gaussian, index, matrix, rademacher, scalar, symbol, vector
from derive.language.dimensions import shape_text
from derive.language.functions import FUNCTIONS
from derive.language.laws import LAWS
from derive.language.paper import Paper
from derive.language.text import parse, parse_relations
from derive.language.toml import read

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")

n, d, m = dims("n d m")
NAMES: dict[str, Tensor] = {
    "n": n,
    "d": d,
    "m": m,
    "A": matrix("A", n, d),
    "X": matrix("X", n, d),
    "B": matrix("B", d, m),
    "S": matrix("S", n, n),
    "K": symbol("K", m, n, d),
    "x": vector("x", d),
    "y": vector("y", d),
    "b": vector("b", n),
    "t": scalar("t"),
    "w": gaussian("w", d),
    "s": rademacher("s", n),
    "i": index("i", n),
    "j": index("j", d),
}

EXPRESSIONS = re.findall(r"^\| `([^`]+)` \|.*\| `([^`]+)` \|$", PAGE, re.MULTILINE)
RELATIONS = re.findall(r"^\| `([^`]+)` \|[^|]*\|$", PAGE, re.MULTILINE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def python_form() -> Paper:
    variables: dict[str, object] = {}
    for block in blocks("python"):
        exec(block, variables)
    paper = variables["paper"]
    assert isinstance(paper, Paper)
    return paper


@pytest.fixture
def text_form(tmp_path: Path) -> Paper:
    [block] = blocks("toml")
    path = tmp_path / "paper.toml"
    path.write_text(block, encoding="utf-8")
    [paper] = read(path)
    return paper


def test_the_claims_in_python_are_well_posed(python_form: Paper) -> None:
    problems = {claim.id: claim.problem is not None for claim in python_form.claims}
    assert problems == {
        "quick-look/gradient": False,
        "quick-look/smooth": False,
        "quick-look/as-text": False,
        "quick-look/typo": True,
        "quick-look/mean": False,
        "quick-look/tail": False,
        "quick-look/descent": False,
        "quick-look/steps": False,
        "quick-look/not-convex": False,
    }


def test_the_claims_in_toml_are_well_posed(text_form: Paper) -> None:
    assert [claim.problem for claim in text_form.claims] == [None, None, None]


def test_both_forms_state_the_same(python_form: Paper, text_form: Paper) -> None:
    for written, read_in in zip(python_form.claims[:2], text_form.claims[:2], strict=True):
        assert [repr(relation) for relation in written.relations] == [repr(relation) for relation in read_in.relations]
        assert [repr(relation) for relation in written.given] == [repr(relation) for relation in read_in.given]


@pytest.mark.parametrize(("text", "shape"), EXPRESSIONS)
def test_an_expression_has_the_shape_that_the_page_gives(text: str, shape: str) -> None:
    expression = parse(text, NAMES)
    assert isinstance(expression, Tensor)
    assert shape_text(expression.shape) == shape


@pytest.mark.parametrize("text", RELATIONS)
def test_a_relation_of_the_page_is_one(text: str) -> None:
    assert isinstance(parse(text, NAMES), Relation)


def test_a_chain_of_the_page_is_two_relations() -> None:
    assert "`0 <= t <= 1`" in PAGE
    assert len(parse_relations("0 <= t <= 1", NAMES)) == 2


def test_the_page_lists_every_law() -> None:
    assert sorted(re.findall(r"^- `(\w+)\(\"\w\", ", PAGE, re.MULTILINE)) == sorted(LAWS)


def test_the_page_lists_every_elementwise_function() -> None:
    [listed] = re.findall(r"These act entrywise:\n(.*?)\.\n", PAGE, re.DOTALL)
    assert re.findall(r"`(\w+)`", listed) == sorted(FUNCTIONS)


def test_the_tables_of_the_page_are_found() -> None:
    assert len(EXPRESSIONS) > 40
    assert len(RELATIONS) == 5
