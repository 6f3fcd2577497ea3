"""A paper collects definitions and claims; what says nothing is an ill-posed claim, what is misused an error."""

from __future__ import annotations

from typing import Any

import pytest

from derive.language.api import Paper, dims, exp, grad, hessian, index, matrix, opnorm, scalar, vector
from derive.language.derivatives import Definition
from derive.language.errors import InputError

n, d = dims("n d")
A, S, x, b, t = matrix("A", n, d), matrix("S", n, n), vector("x", d), vector("b", n), scalar("t")


PYTHON_FORM = {"n": n, "d": d, "A": A, "x": x, "t": t, "Paper": Paper, "index": index, "scalar": scalar}


@pytest.fixture
def paper() -> Paper:
    return Paper("p", title="A paper", source="here")


def test_a_definition_is_printed_by_its_name(paper: Paper) -> None:
    u = paper.let("u", exp(A @ x), tex=r"\upsilon")
    assert isinstance(u, Definition)
    assert (repr(u), repr(u.operand), u.tex) == ("u", "exp(A @ x)", r"\upsilon")
    assert paper.definitions == [u]


def test_a_claim_keeps_what_it_was_given(paper: Paper) -> None:
    claim = paper.claim(
        "c", opnorm(A) <= t, given=[t >= 0, b >= 0], cite="Lemma 1", tex="T", expect="refuted", reason="known"
    )
    assert (claim.id, claim.cite, claim.tex, claim.expect, claim.reason) == ("p/c", "Lemma 1", "T", "refuted", "known")
    assert [repr(relation) for relation in claim.relations] == ["opnorm(A) <= t"]
    assert [repr(relation) for relation in claim.given] == ["t >= 0", "b >= 0"]
    assert claim.statement == "opnorm(A) <= t"
    assert paper.claims == [claim]


def test_a_claim_knows_where_it_is_stated(paper: Paper) -> None:
    claim = paper.claim("c", x == x)
    assert claim.where[0] == __file__
    assert claim.where[1] > 0


def test_a_claim_has_the_definitions_that_precede_it(paper: Paper) -> None:
    u = paper.let("u", 2 * x)
    first = paper.claim("first", u == 2 * x)
    paper.let("v", 3 * x)
    assert first.definitions == (u,)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (grad(x @ x, x) == 2 * x, "identity"),
        (hessian(x @ x, x) == 0, "hessian"),
        (x @ x >= 0, "bound"),
        (S @ S.T >> 0, "psd"),
    ],
)
def test_the_kind_of_a_claim_is_that_of_its_relation(statement: Any, kind: str, paper: Paper) -> None:
    assert paper.claim("c", statement).kind == kind


def test_text_uses_the_variables_of_the_file(paper: Paper) -> None:
    z = vector("z", d)
    claim = paper.claim("c", "grad(z @ A.T @ b, z) == A.T @ b", given=["b >= 0"])
    assert claim.problem is None
    assert any(node is z for node in claim.relations[0].left.walk())


def test_text_uses_the_definitions_of_the_paper(paper: Paper) -> None:
    paper.let("u", exp(A @ x))
    paper.let("L", "u @ u")
    claim = paper.claim("c", "grad(L, x) == 2*A.T @ (u*u)")
    assert [definition.name for definition in claim.definitions] == ["u", "L"]
    assert claim.problem is None


def test_a_chain_in_text_is_several_relations(paper: Paper) -> None:
    assert [repr(item) for item in paper.claim("c", x == x, given="0 <= t <= 1").given] == ["0 <= t", "t <= 1"]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("grad(L, y) == 0", "nothing defines 'L' at column 6"),
        ("A @ b == 0", "A has shape (n, d) and b has shape (n,) in '@'"),
        ("A @ x", "expected a relation, found the expression A @ x"),
        ("A @@ x == 0", "does not parse"),
    ],
)
def test_text_that_does_not_conform_is_an_ill_posed_claim(statement: str, reason: str, paper: Paper) -> None:
    claim = paper.claim("c", statement)
    assert claim.problem is not None
    assert reason in claim.problem
    assert (claim.relations, claim.statement) == ((), statement)


def test_a_definition_in_text_that_does_not_conform_makes_its_claims_ill_posed(paper: Paper) -> None:
    paper.let("u", "exp(A @ b)")
    paper.let("v", "2*u")
    assert "u is ill-defined: shapes do not conform" in (paper.claim("direct", "u == 0").problem or "")
    assert "v rests on u, which is ill-defined" in (paper.claim("indirect", "v == 0").problem or "")
    assert paper.claim("other", "x == x").problem is None


def test_an_ill_defined_name_in_python_is_told_where_it_is_used(paper: Paper) -> None:
    u = paper.let("u", "exp(A @ b)")
    with pytest.raises(InputError, match="u is ill-defined: shapes do not conform"):
        u + 1


def test_a_definition_that_names_itself_makes_its_claims_ill_posed(paper: Paper) -> None:
    u = paper.let("x", 2 * x)
    claim = paper.claim("c", u == 2)
    assert claim.problem == "x is ill-defined: it refers to itself"


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("scalar('x') * x", ["a symbol of shape ()", "a symbol of shape (d,)"]),
        ("scalar('t', positive=True) * t", ["a symbol of shape () positive", "a symbol of shape ()"]),
        ("Paper('q').let('t', 2 * x) * t", ["the definition 2*x", "a symbol of shape ()"]),
        ("scalar('d') * x", ["a symbol of shape ()", "a dimension"]),
        ("index('t', n) * t", ["an index over n", "a symbol of shape ()"]),
        ("index('t', n) * index('t', d)", ["an index over n", "an index over d"]),
    ],
)
def test_a_name_that_stands_for_two_things_makes_the_claim_ill_posed(
    text: str, meanings: list[str], paper: Paper
) -> None:
    problem = paper.claim("c", eval(text, dict(PYTHON_FORM)) == 0).problem
    assert problem is not None
    assert "stands for two things" in problem
    assert all(meaning in problem for meaning in meanings)


def test_a_symbol_that_is_declared_twice_alike_is_one_symbol(paper: Paper) -> None:
    assert paper.claim("c", vector("x", d) == x).problem is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('paper.let("u v", x)', "'u v' is not a name"),
        ('[paper.let("u", x), paper.let("u", x)]', "'u' is already defined in the paper p"),
        ('paper.let("u", x == x)', "cannot stand in an expression"),
        ('paper.claim("a/b", x == x)', "'a/b' is no claim id"),
        ('paper.claim("", x == x)', "'' is no claim id"),
        ("paper.claim(3, x == x)", "3 is no claim id"),
        (
            "[paper.claim('c', x == x), paper.claim('c', x == x)]",
            "p/c: there is already a claim of this id",
        ),
        ('paper.claim("c", x)', r"expected a relation, found x \(Symbol\)"),
        ('paper.claim("c", True)', r"expected a relation, found True \(bool\)"),
        ('paper.claim("c", None)', r"expected a relation, found None"),
        ('paper.claim("c", [])', r"expected a relation, found \[\]"),
        ('paper.claim("c", [x == x, 3])', r"expected a relation, found 3 \(int\)"),
        ('paper.claim("c", x == x, given=[x])', r"expected a relation, found x"),
        ('paper.claim("c", x == x, given=x)', r"expected a relation, found x"),
        ('paper.claim("c", x == x, expect="wrong")', "expect='wrong' is no verdict to expect"),
        ('Paper("a b")', "'a b' is no paper id"),
        ('Paper("")', "'' is no paper id"),
    ],
)
def test_a_misuse_is_an_error_that_says_what_was_expected(text: str, says: str, paper: Paper) -> None:
    with pytest.raises(InputError, match=says):
        eval(text, PYTHON_FORM | {"paper": paper})


def test_an_error_of_a_claim_has_its_file_and_line(paper: Paper) -> None:
    number: Any = 3
    with pytest.raises(InputError) as caught:
        paper.claim("c", number)
    assert (caught.value.file, caught.value.claim) == (__file__, "p/c")
    assert caught.value.line is not None
