"""The text form denotes the very objects that the Python form builds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.language import api
from derive.language.api import Relation, Tensor, dims, index, matrix, scalar, symbol, vector
from derive.language.errors import InputError, ShapeError, UndefinedName
from derive.language.functions import FUNCTIONS
from derive.language.plain import plain
from derive.language.tensor import Number
from derive.language.text import free_names, parse, parse_relations, parse_tensor

n, d = dims("n d")
A, S, x, y, b = matrix("A", n, d), matrix("S", n, n), vector("x", d), vector("y", d), vector("b", n)
t, K, i, j = scalar("t"), symbol("K", 3, n, d), index("i", n), index("j", d)
NAMES: dict[str, Tensor] = {
    "n": n, "d": d, "A": A, "S": S, "x": x, "y": y, "b": b, "t": t, "K": K, "i": i, "j": j,
}  # fmt: skip

PYTHON_FORM = {name: getattr(api, name) for name in api.__all__} | NAMES

EXPRESSIONS = [
    "A @ x - b",
    "-x + 2*y",
    "t**2/3",
    "(A @ x)**2",
    "A.T @ A",
    "A[i]",
    "A[:, j]",
    "A[i, j]",
    "x[0]",
    "K[-1]",
    "K[1, :, j]",
    "K[..., None]",
    "b[:, None]*A",
    "A.sum()",
    "A.sum(0)",
    "A.sum(axis=-1, keepdims=True)",
    "K.sum(axis=(0, 2))",
    "A[i].sum(over=i)",
    "sum(A, axis=1)",
    "sum(b[i]*b, over=i)",
    "x.mean()",
    "mean(A, 0)",
    "x.max()",
    "A.min(axis=0)",
    "max(A)",
    "max(x, y)",
    "min(A, axis=1, keepdims=True)",
    "min(x, 0)",
    "maximum(x, y)",
    "dot(x, y)",
    "hadamard(x, y)",
    "outer(x, b)",
    "kron(A, S)",
    "vec(A)",
    'vec(A, order="F")',
    "diag(x)",
    "diag(S)",
    "block_diag(K)",
    "trace(S)",
    "det(S)",
    "logdet(S)",
    "inv(S)",
    "matrix_power(S, 3)",
    "rank(A)",
    "eye(n)",
    "eye(n*d + 1)",
    "ones(n)",
    "ones(n, d)",
    "zeros(3)",
    "full(t, n)",
    "array([1, -1])",
    "array([[1, 1/2], [0.25, 0]])",
    "norm(x)",
    "norm(x, 1)",
    "norm(x, 2)",
    "norm(x, inf)",
    'norm(x, "inf")',
    'norm(A, "fro")',
    "norm(A)",
    "opnorm(A)",
    "lambda_min(S)",
    "lambda_max(S)",
    "sigma_min(A)",
    "softmax(A @ x)",
    "softmax(A, axis=0)",
    "logsumexp(x)",
    "logsumexp(A, axis=-1)",
    "sqrt(n)*pi + e",
    "exp(log(det(S))/n)",
    "grad(norm(A @ x)**2, x)",
    "grad(x @ x, x[j])",
    "jacobian(A @ x, x)",
    "jacobian(vec(A), vec(A))",
    "hessian(x @ x, x)",
    "hessian(b @ A @ x, b, x)",
    "jvp(exp(x), x, y)",
    "subs(exp(x), x, 2*y)",
    "b*(-(b @ b))",
    "-(b @ b)*b",
    "A @ (-(x*y))",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_text_means_what_the_python_form_means(text: str) -> None:
    written = eval(text, dict(PYTHON_FORM))
    read = parse(text, NAMES)
    assert isinstance(read, Tensor)
    assert plain(read) == plain(written)
    assert read.shape == written.shape
    assert type(read) is type(written)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_what_is_printed_reads_as_the_same_expression(text: str) -> None:
    printed = plain(parse_tensor(text, NAMES))
    assert plain(parse_tensor(printed, NAMES)) == printed


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_of_the_table_can_be_called(name: str) -> None:
    arguments = ", ".join(["x", "y"][: FUNCTIONS[name].arity])
    assert plain(parse_tensor(f"{name}({arguments})", NAMES)) == f"{name}({arguments})"


@pytest.mark.parametrize("sign", ["==", "<=", ">=", "<", ">", "!="])
def test_a_relation_keeps_its_sign_and_sides(sign: str) -> None:
    relation = parse(f"2*t {sign} 1", NAMES)
    assert isinstance(relation, Relation)
    assert (plain(relation.left), relation.sign, plain(relation.right)) == ("2*t", sign, "1")


@pytest.mark.parametrize("sign", ["<<", ">>"])
def test_the_loewner_order_binds_weaker_than_a_sum(sign: str) -> None:
    relation = parse(f"S + S.T {sign} 2*eye(n)", NAMES)
    assert isinstance(relation, Relation)
    assert (plain(relation.left), relation.sign, plain(relation.right)) == ("S + S.T", sign, "2*eye(n)")


def test_a_chain_states_each_of_its_relations() -> None:
    assert [repr(relation) for relation in parse_relations("0 <= t < 1", NAMES)] == ["0 <= t", "t < 1"]


def test_a_chain_of_the_loewner_order_states_each_of_its_relations() -> None:
    assert [repr(relation) for relation in parse_relations("0 << S << eye(n)", NAMES)] == ["0 << S", "S << eye(n)"]


def test_a_chain_is_not_one_relation() -> None:
    with pytest.raises(InputError, match="states 2 relations"):
        parse("0 <= t <= 1", NAMES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.0999", Fraction(10999, 10000)),
        ("1e-9", Fraction(1, 10**9)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("2.", Fraction(2)),
        ("1_000", Fraction(1000)),
        ("12345678901234567890.125", Fraction(98765431209876543121, 8)),
        ("-3", Fraction(-3)),
        ("1/3", Fraction(1, 3)),
    ],
)
def test_a_number_is_exactly_the_decimal_that_stands_there(text: str, value: Fraction) -> None:
    number = parse(text, NAMES)
    assert isinstance(number, Number)
    assert number.value == value


def test_a_text_may_run_over_several_lines() -> None:
    assert plain(parse_tensor("\n  A @ x\n  - b\n", NAMES)) == "A @ x - b"


def test_a_declared_name_goes_before_a_constant() -> None:
    e = vector("e", n)
    assert parse("e", {"e": e}) is e


def test_columns_count_characters() -> None:
    with pytest.raises(UndefinedName, match=r"'zz' at column 5"):
        parse("λ + zz", {"λ": t})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("n*d", ["n", "d"]), ("m + n*m", ["m", "n"]), ("sum(x)", ["x"]), ("3", [])],
)
def test_free_names_are_all_names_but_the_functions(text: str, expected: list[str]) -> None:
    assert free_names(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("z + 1", r"nothing defines 'z' at column 1"),
        ("sofmax(x)", r"there is no function 'sofmax' at column 1\n  hint: did you mean 'softmax'\?"),
        ("1 + alhpa", r"nothing defines 'alhpa' at column 5\n  hint: did you mean 'alpha'\?"),
        ("x.men()", r"there is no method 'x.men' at column 1\n  hint: did you mean 'mean'\?"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_known_one(text: str, says: str) -> None:
    with pytest.raises(UndefinedName, match=says):
        parse(text, NAMES | {"alpha": t})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x & y", r"'&' at column 3 is not part of the language\n  hint: write several relations as a list"),
        ("t <= 1 and t >= 0", r"'and' at column 8"),
        ("not t", r"'not' at column 1"),
        ("t^2", r"'\^' at column 2 .*\n  hint: a power is written \*\*"),
        ("n // 2", r"'//' at column 3"),
        ("1 + (lambda: x)", r"a lambda at column 6"),
        ("[x[k] for k in n]", r"a comprehension at column 1"),
        ("sum(x[k] for k in n)", r"a comprehension"),
        ("x if t else y", r"a conditional expression"),
        ("(z := x)", r"an assignment ':='"),
        ("f'{x}'", r"an f-string"),
        ("{1: x}", r"a dictionary"),
        ("{x}", r"a set"),
        ("max(*x)", r"a starred argument"),
        ("t in x", r"'in' at column 3"),
        ("t is 1", r"'is' at column 3 .*\n  hint: an identity is stated with =="),
        ("~x", r"'~' at column 1"),
        ("x = y", r"does not parse at column 3.*\n  hint: state an identity with =="),
        ("import os", r"does not parse"),
        ("x +", r"does not parse"),
        ("x; y", r"does not parse"),
        ("", r"the text is empty"),
        ("  \n ", r"the text is empty"),
        ("x # note", r"has '#' at column 3"),
        ("x.shape", r"there is no attribute 'shape'"),
        ("x.sum", r"there is no attribute 'sum'\n  hint: call it: .sum\(...\)"),
        ("np.exp(x)", r"'np.exp' at column 1 is no method\n  hint: write exp\(z\)"),
        ("x(y)", r"'x' at column 1 is no function\n  hint: a product is written"),
        ("(2*x)(y)", r"is no function"),
        ("exp", r"'exp' at column 1 is a function\n  hint: call it"),
        ("inf", r"only the order of a norm"),
        ("'x'", r"cannot stand in an expression\n  hint: a text is only an order"),
        ("True", r"'True' at column 1 cannot stand"),
        ("None", r"'None' at column 1 cannot stand"),
        ("...", r"cannot stand"),
        ("2j", r"'2j' at column 1 cannot stand"),
        ("0x10", r"0x10 is no decimal number"),
        ("[1, 2]", r"the list .* is no tensor\n  hint: write array"),
        ("(x == y) + 1", r"the relation 'x == y' at column 2 stands inside an expression"),
        ("exp(x <= y)", r"the relation 'x <= y'"),
        ("x[1:2]", r"the only slice is ':'"),
        ("x[::2]", r"the only slice is ':'"),
        ("A[True]", r"'True' at column 3 cannot stand"),
        ("A.sum(axis=t)", r"an axis is an integer, not 't'"),
        ("A.sum(keepdims=1)", r"keepdims is True or False"),
        ("exp(x, y)", r"'exp\(x, y\)' at column 1: too many positional arguments\n  hint: write exp\(z\)"),
        ("grad(t)", r"missing a required argument: 'variable'\n  hint: write grad\(operand, variable\)"),
        ("sum(x, axes=0)", r"unexpected keyword argument 'axes'"),
        ("sum(x, **y)", r"unexpected keyword argument"),
        ("sum(x, axis=0, axis=0)", r"gives an argument twice"),
        ("array([x, 1])", r"array\(\) needs numbers"),
        ("array([[1], [1, 2]])", r"rows of equal length"),
        ("array([])", r"array\(\) needs numbers"),
        ("norm(x, 3)", r"the norm of order 3"),
        ("norm(x, x)", r"the norm of order x"),
        ("norm(A, 'nuc')", r"the norm of order nuc"),
        ("vec(A, order='Q')", r"'C' and 'F'"),
        ("vec(A, order=1)", r"'C' and 'F'"),
        ("1/0", r"division by zero"),
        ("eye(x)", r"x is not a dimension"),
        ("grad(t, 2*x)", r"cannot differentiate in 2\*x"),
        ("subs(t, 2*t, t)", r"subs\(\) replaces a symbol, not 2\*t"),
    ],
)
def test_what_is_not_of_the_language_is_named_with_its_place(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse(text, NAMES)


def test_a_shape_error_names_both_shapes_in_the_authors_symbols() -> None:
    with pytest.raises(ShapeError, match=r"A has shape \(n, d\) and b has shape \(n,\) in '@' \(d against n\)"):
        parse("A @ b", NAMES)


def test_an_expression_is_no_relation() -> None:
    with pytest.raises(InputError, match=r"expected a relation, found the expression A @ x of shape \(n,\)"):
        parse_relations("A @ x", NAMES)


def test_a_relation_is_no_expression() -> None:
    with pytest.raises(InputError, match=r"expected an expression, found the relation x == y"):
        parse_tensor("x == y", NAMES)
