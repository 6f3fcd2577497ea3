"""A TOML file denotes a paper; what does not conform in it makes claims ill-posed, and never runs."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from derive.language.claims import Claim
from derive.language.derivatives import Definition
from derive.language.dimensions import shape_text
from derive.language.errors import InputError
from derive.language.load import load
from derive.language.paper import Paper
from derive.language.plain import plain
from derive.language.symbols import PROPERTIES, Symbol
from derive.language.tensor import IndexSymbol, Number
from derive.language.toml import read

SOFTMAX = """
[paper]
id = "softmax"
title = "Softmax regression"
source = "arXiv:2304.10411"

[symbols]
A = { shape = ["n", "d"] }
x = { shape = ["d"] }
b = { shape = ["n"] }
R = { shape = [], positive = true, tex = "\\\\rho" }

[let]
f = "softmax(A @ x)"
L = { value = "norm(f - b)**2 / 2", tex = "\\\\mathcal{L}" }

[[claim]]
id = "gradient"
statement = "grad(L, x) == A.T @ (f * (f - b) - f * (f @ (f - b)))"
cite = "Lemma 5.6"

[[claim]]
id = "smooth"
statement = ["opnorm(hessian(L, x)) <= R**2 / 10", "0 <= L"]
given = ["opnorm(A) <= R", "b >= 0", "norm(b, 1) <= 1"]
tex = "\\\\nabla^2 L"
kind = "lipschitz"
expect = "refuted"
reason = "the constant is too small"
"""


def paper_of(text: str, folder: Path) -> Paper:
    path = folder / "paper.toml"
    path.write_text(text, encoding="utf-8")
    [paper] = read(path)
    return paper


def paper_with(folder: Path, *lines: str, claim: str = "x == x") -> Claim:
    """The only claim of a paper with the given lines."""
    body = "\n".join(lines)
    [found] = paper_of(f'[paper]\nid = "p"\n{body}\n[[claim]]\nid = "c"\nstatement = "{claim}"', folder).claims
    return found


def test_the_head_of_a_paper_is_read(tmp_path: Path) -> None:
    paper = paper_of(SOFTMAX, tmp_path)
    assert (paper.id, paper.title, paper.source) == ("softmax", "Softmax regression", "arXiv:2304.10411")


def test_definitions_are_those_of_the_python_form(tmp_path: Path) -> None:
    f, loss = paper_of(SOFTMAX, tmp_path).definitions
    assert (f.name, plain(f.operand), shape_text(f.shape)) == ("f", "softmax(A @ x)", "(n,)")
    assert (loss.name, plain(loss.operand), loss.tex) == ("L", "norm(f - b)**2/2", r"\mathcal{L}")
    assert any(node is f for node in loss.walk())


def test_a_claim_is_read_with_all_its_parts(tmp_path: Path) -> None:
    smooth = paper_of(SOFTMAX, tmp_path).claims[1]
    assert smooth.id == "softmax/smooth"
    assert [repr(relation) for relation in smooth.relations] == ["opnorm(hessian(L, x)) <= R**2/10", "0 <= L"]
    assert [repr(relation) for relation in smooth.given] == ["opnorm(A) <= R", "b >= 0", "norm(b, 1) <= 1"]
    assert (smooth.tex, smooth.kind) == (r"\nabla^2 L", "lipschitz")
    assert (smooth.expect, smooth.reason) == ("refuted", "the constant is too small")
    assert smooth.problem is None


def test_a_claim_knows_its_file_and_line(tmp_path: Path) -> None:
    gradient, smooth = paper_of(SOFTMAX, tmp_path).claims
    lines = SOFTMAX.splitlines()
    file = str(tmp_path / "paper.toml")
    assert gradient.where == (file, lines.index('id = "gradient"') + 1)
    assert smooth.where == (file, lines.index('id = "smooth"') + 1)


def test_the_loader_takes_a_toml_file_like_a_python_file(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text(SOFTMAX)
    assert [paper.id for paper in load(tmp_path / "paper.toml")] == ["softmax"]


def test_a_symbol_has_its_latex(tmp_path: Path) -> None:
    radius = paper_of(SOFTMAX, tmp_path).names["R"]
    assert isinstance(radius, Symbol)
    assert (radius.tex, radius.properties) == (r"\rho", {"positive"})


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_every_property_can_be_declared(name: str, tmp_path: Path) -> None:
    [relation] = paper_with(tmp_path, "[symbols]", f'x = {{ shape = ["n", "n"], {name} = true }}').relations
    assert isinstance(relation.left, Symbol)
    assert relation.left.properties == {name}


def test_a_property_that_is_false_is_not_declared(tmp_path: Path) -> None:
    [relation] = paper_with(tmp_path, "[symbols]", 'x = { shape = ["n", "n"], psd = false }').relations
    assert isinstance(relation.left, Symbol)
    assert relation.left.properties == frozenset()


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ("[]", "()"),
        ('["n"]', "(n,)"),
        ('["n", 3]', "(n, 3)"),
        ('["k*k", "2*n + 1"]', "(k*k, 2*n + 1)"),
        ('["n", "n", "d"]', "(n, n, d)"),
        ('["n**2"]', "(n*n,)"),
    ],
)
def test_a_shape_holds_names_numbers_and_expressions(shape: str, shown: str, tmp_path: Path) -> None:
    [relation] = paper_with(tmp_path, "[symbols]", f"x = {{ shape = {shape} }}").relations
    assert shape_text(relation.left.shape) == shown


def test_a_dimension_of_a_shape_stands_as_a_number(tmp_path: Path) -> None:
    lines = ("[symbols]", 'x = { shape = ["n"] }')
    assert paper_with(tmp_path, *lines, claim="norm(x, 1) <= sqrt(n) * norm(x)").problem is None


def test_a_fixed_dimension_is_its_number_everywhere(tmp_path: Path) -> None:
    lines = ("[dimensions]", "k = 3", 'm = "2*k"', "[symbols]", 'x = { shape = ["k", "m"] }')
    [relation] = paper_with(tmp_path, *lines, claim="x == k*ones(k, m)").relations
    assert shape_text(relation.left.shape) == "(3, 6)"
    assert plain(relation.right) == "3*ones(3, 6)"


def test_an_index_symbol_picks_an_entry(tmp_path: Path) -> None:
    lines = ("[symbols]", 'x = { shape = ["n"] }', "[indices]", 'i = "n"')
    [relation] = paper_with(tmp_path, *lines, claim="grad(x @ x, x[i]) == 2*x[i]").relations
    assert any(isinstance(node, IndexSymbol) and node.name == "i" for node in relation.right.walk())


@pytest.mark.parametrize(("value", "number"), [("2", 2), ("0.1", Fraction(1, 10)), ("-1e-9", Fraction(-1, 10**9))])
def test_a_definition_may_be_a_number_which_is_exact(value: str, number: Fraction, tmp_path: Path) -> None:
    [relation] = paper_with(tmp_path, "[let]", f"x = {value}").relations
    assert isinstance(relation.left, Definition)
    assert isinstance(relation.left.operand, Number)
    assert relation.left.operand.value == number


def test_a_chain_is_claimed_link_by_link(tmp_path: Path) -> None:
    claim = paper_with(tmp_path, "[symbols]", "x = { shape = [] }", claim="0 <= x <= 1")
    assert [repr(relation) for relation in claim.relations] == ["0 <= x", "x <= 1"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOFTMAX.replace("\n", "\r\n").encode())
    assert [claim.problem for claim in read(path)[0].claims] == [None, None]


def test_a_statement_may_run_over_several_lines(tmp_path: Path) -> None:
    text = (
        '[paper]\nid = "p"\n[symbols]\nx = { shape = ["n"] }\n[[claim]]\nid = "c"\nstatement = """\nx + x\n  == 2*x"""'
    )
    assert paper_of(text, tmp_path).claims[0].problem is None


ILL_POSED = [
    ("undefined name", [], "x == z", "nothing defines 'z' at column 6"),
    ("nearest name", ["[let]", 'loss = "x @ x"'], "grad(los, x) == x", "did you mean 'loss'?"),
    ("shapes", [], "A @ x == x", "A @ x has shape (m,) and x has shape (n,) in '=='"),
    ("no relation", [], "x @ x", "expected a relation, found the expression x @ x of shape ()"),
    ("no expression", [], "x ==", "does not parse"),
    ("construct", [], "x == x and x >= 0", "'and' at column"),
    ("definition fails", ["[let]", 'f = "A @ A"'], "f == 0", "f is ill-defined: shapes do not conform"),
    (
        "rests on one that fails",
        ["[let]", 'f = "A @ A"', 'g = "2*f"', 'h = "g + 1"'],
        "h == 0",
        "h rests on f, which is",
    ),
    (
        "a run that fails",
        ["[let]", 'f = "iterate(x, x - gamma*x)"'],
        "f(x, 1) == x",
        "f is ill-defined: nothing defines 'gamma'",
    ),
    ("itself", ["[let]", 'f = "f + x"'], "f == x", "f is ill-defined: it refers to itself"),
    (
        "circle",
        ["[let]", 'f = "g + x"', 'g = "f - x"'],
        "f == x",
        "f rests on g, which is ill-defined: it is used before",
    ),
    (
        "symbol defined again",
        ["[let]", 'x = "A.T @ A"'],
        "x == 0",
        "x is ill-defined: it is declared and defined again",
    ),
    (
        "relation as definition",
        ["[let]", 'f = "x == x"'],
        "f == 0",
        "expected an expression, found the relation x == x",
    ),
    (
        "property and shape",
        ["[symbols.S]", 'shape = ["m", "n"]', "psd = true"],
        "S == 0",
        "S with shape (m, n) cannot be psd",
    ),
    (
        "index of another axis",
        ["[indices]", 'i = "m"'],
        "x[i] == 0",
        "the index i runs over m, but this axis of x has size n",
    ),
    ("identity of unlike ranks", [], "A == x", "an identity of unlike arrays"),
]


@pytest.mark.parametrize(
    ("lines", "statement", "reason"), [case[1:] for case in ILL_POSED], ids=[c[0] for c in ILL_POSED]
)
def test_what_does_not_conform_makes_the_claim_ill_posed(
    lines: list[str], statement: str, reason: str, tmp_path: Path
) -> None:
    symbols = ["[symbols.A]", 'shape = ["m", "n"]', "[symbols.x]", 'shape = ["n"]']
    claim = paper_with(tmp_path, *symbols, *lines, claim=statement)
    assert claim.problem is not None
    assert reason in claim.problem
    assert claim.relations == ()
    assert claim.statement == statement


def test_a_hypothesis_that_does_not_conform_makes_the_claim_ill_posed(tmp_path: Path) -> None:
    claim = paper_with(tmp_path, "[symbols]", "x = { shape = [] }", claim='x == x"\ngiven = "y >= 0')
    assert claim.problem is not None
    assert "nothing defines 'y'" in claim.problem


def test_an_ill_posed_definition_leaves_the_claims_without_it_alone(tmp_path: Path) -> None:
    lines = ("[symbols]", "x = { shape = [] }", "[let]", 'f = "y + 1"', 'g = "x + 1"')
    assert paper_with(tmp_path, *lines, claim="g == x + 1").problem is None


HEAD = '[paper]\nid = "p"\n'
FILE_ERRORS = [
    ("no TOML", "[paper\n", 1, "is no TOML: Expected ']'"),
    ("key twice", HEAD + '[let]\na = "1"\na = "2"', 5, "is no TOML: Cannot overwrite a value"),
    ("no table", "", None, "the table [paper] is missing\n  hint: begin with [paper]"),
    ("no id", '[paper]\ntitle = "t"', 1, "paper: the key 'id' is missing"),
    ("id", '[paper]\nid = "a b"', 2, "'a b' is no paper id"),
    ("id is no text", "[paper]\nid = 3", 2, "paper.id: expected a text in quotes, found a number"),
    ("table is none", "paper = 3", 1, "paper: expected a table, found a number"),
    ("unknown table", HEAD + "[symbol]", 3, "symbol: this key is not known\n  hint: did you mean 'symbols'?"),
    (
        "unknown key",
        HEAD + 'auhtor = "x"',
        3,
        "paper.auhtor: this key is not known\n  hint: known keys: id, title, source",
    ),
    ("unknown property", HEAD + "[symbols]\nS = { shape = [], symetric = true }", 4, "did you mean 'symmetric'?"),
    (
        "property is no flag",
        HEAD + '[symbols]\nS = { shape = [], psd = "yes" }',
        4,
        "expected true or false, found a text",
    ),
    ("shape is no list", HEAD + '[symbols]\nS = { shape = "n" }', 4, "expected a list, found a text"),
    ("size is none", HEAD + "[symbols]\nS = { shape = [0.5] }", 4, "is no size of an axis"),
    ("size is zero", HEAD + "[symbols]\nS = { shape = [0] }", 4, "0 is no size of an axis"),
    ("size is negative", HEAD + '[symbols]\nS = { shape = ["-n"] }', 4, "-n is no size of an axis"),
    ("size is no polynomial", HEAD + '[symbols]\nS = { shape = ["n/2"] }', 4, "n/2 is not a dimension"),
    ("size does not parse", HEAD + '[symbols]\nS = { shape = ["n +"] }', 4, "does not parse"),
    ("symbol is no table", HEAD + '[symbols]\nS = "n"', 4, "symbols.S: expected a table, found a text"),
    ("name is none", HEAD + "[symbols]\n2x = { shape = [] }", 4, "'2x' is not a name"),
    ("name is a keyword", HEAD + "[symbols]\nlambda = { shape = [] }", 4, "'lambda' is not a name"),
    (
        "dimension and symbol",
        HEAD + '[symbols]\nx = { shape = ["n"] }\nn = { shape = [] }',
        5,
        "the name n is declared twice",
    ),
    (
        "symbol and dimension",
        HEAD + '[symbols]\nn = { shape = [] }\nx = { shape = ["n"] }',
        5,
        "the name n is declared twice",
    ),
    (
        "symbol and index",
        HEAD + '[symbols]\nx = { shape = ["n"] }\n[indices]\nx = "n"',
        6,
        "the name x is declared twice",
    ),
    ("dimension is none", HEAD + "[dimensions]\nk = -1", 4, "dimensions.k: -1 is no size of an axis"),
    ("definition without value", HEAD + '[let]\na = { tex = "x" }', 4, "let.a: the key 'value' is missing"),
    ("definition's name", HEAD + '[let]\n"a b" = "1"', 4, "'a b' is not a name"),
    ("definition is a truth value", HEAD + "[let]\na = true", 4, "let.a: True (bool) cannot stand in an expression"),
    ("definition is a list", HEAD + "[let]\na = [1, 2]", 4, "let.a: [1, 2] (list) cannot stand in an expression"),
    ("claim is no list", HEAD + '[claim]\nid = "c"', 3, "claim: expected a list, found a table"),
    ("claims without tables", HEAD + "claim = 3", 3, "this key is not known"),
    ("claim without id", HEAD + '[[claim]]\nstatement = "1 == 1"', 3, "claim: the key 'id' is missing"),
    ("claim without statement", HEAD + '[[claim]]\nid = "c"', 3, "the claim c has no statement"),
    (
        "statement is no text",
        HEAD + '[[claim]]\nid = "c"\nstatement = 3',
        5,
        "expected a text in quotes or a list of them",
    ),
    ("no statements", HEAD + '[[claim]]\nid = "c"\nstatement = []', 4, "expected a relation, found []"),
    ("claim's id", HEAD + '[[claim]]\nid = "a/b"\nstatement = "1 == 1"', 4, "'a/b' is no claim id"),
    ("unknown key of a claim", HEAD + '[[claim]]\nid = "c"\nstatment = "1 == 1"', 5, "did you mean 'statement'?"),
    ("expectation", HEAD + '[[claim]]\nid = "c"\nstatement = "1 == 1"\nexpect = "wrong"', 4, "is no verdict to expect"),
    (
        "id twice",
        HEAD + '[[claim]]\nid = "c"\nstatement = "1 == 1"\n[[claim]]\nid = "c"\nstatement = "2 == 2"',
        7,
        "claim p/c: there is already a claim of this id",
    ),
]


@pytest.mark.parametrize(("text", "line", "says"), [case[1:] for case in FILE_ERRORS], ids=[c[0] for c in FILE_ERRORS])
def test_an_error_of_the_file_names_file_line_and_cure(text: str, line: int | None, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        paper_of(text, tmp_path)
    assert says in str(caught.value)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "paper.toml"), line)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.toml: cannot be read: No such file"):
        read(tmp_path / "absent.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read(tmp_path)


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_bytes(HEAD.encode() + b'title = "\xff"')
    with pytest.raises(InputError, match=r"paper\.toml:3: is no UTF-8 text"):
        read(tmp_path / "paper.toml")


def test_nothing_of_a_file_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    claim = paper_with(tmp_path, claim=f"open('{mark}', 'w') == 0")
    assert claim.problem is not None
    assert not mark.exists()
