"""Shapes follow NumPy's rules with symbolic sizes, and errors name both shapes in the author's symbols."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from derive.language import api
from derive.language.api import dims, index, matrix, scalar, symbol, vector
from derive.language.dimensions import shape_text
from derive.language.errors import InputError, ShapeError
from derive.language.plain import plain
from derive.language.tensor import Number, tensor

n, d, m = dims("n d m")
SIZES = {"n": 3, "d": 4, "m": 2}
A, B, S, K = matrix("A", n, d), matrix("B", d, m), matrix("S", n, n), symbol("K", m, n, d)
x, y, b, t = vector("x", d), vector("y", d), vector("b", n), scalar("t")
i, j = index("i", n), index("j", d)

ONES = {
    name: np.ones([axis.size(SIZES) for axis in value.shape])
    for name, value in {"A": A, "B": B, "S": S, "K": K, "x": x, "y": y, "b": b, "t": t}.items()
}
SYMBOLS = {"A": A, "B": B, "S": S, "K": K, "x": x, "y": y, "b": b, "t": t}
PYTHON_FORM = {name: getattr(api, name) for name in api.__all__} | SYMBOLS
PYTHON_FORM |= {"n": n, "d": d, "m": m, "i": i, "j": j, "np": np, "Fraction": Fraction}


@pytest.mark.parametrize(
    "text",
    [
        "A @ x",
        "x @ A.T",
        "x @ y",
        "A @ B",
        "K @ B",
        "K @ x",
        "A.T @ S @ A",
        "A + x",
        "b[:, None] * A",
        "A / A.sum(axis=1, keepdims=True)",
        "A * t",
        "K + A",
        "K * b[:, None]",
        "A.sum()",
        "A.sum(axis=0)",
        "A.sum(axis=-1)",
        "K.sum(axis=(0, 2))",
        "K.sum(axis=(0, 2), keepdims=True)",
        "A.mean(axis=0)",
        "A.max(axis=1)",
        "A.min()",
        "A.T",
        "K.T",
        "x.T",
        "A[0]",
        "A[:, 1]",
        "A[None]",
        "K[..., 0]",
        "K[0, ..., None]",
        "x[:, None] - y[None, :]",
        "t ** 2",
        "2 ** x",
    ],
)
def test_shapes_are_those_of_numpy(text: str) -> None:
    symbolic, numeric = eval(text, dict(SYMBOLS)), eval(text, dict(ONES))
    assert tuple(axis.size(SIZES) for axis in symbolic.shape) == np.shape(numeric)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("vec(A)", "(d*n,)"),
        ("kron(A, B)", "(d*n, d*m)"),
        ("kron(x, B)", "(d, d*m)"),
        ("diag(x)", "(d, d)"),
        ("diag(S)", "(n,)"),
        ("block_diag(K)", "(m*n, d*m)"),
        ("outer(b, x)", "(n, d)"),
        ("inv(S)", "(n, n)"),
        ("eye(n)", "(n, n)"),
        ("ones(n, 3)", "(n, 3)"),
        ("array([[1, 2, 3], [4, 5, 6]])", "(2, 3)"),
        ("softmax(A)", "(n, d)"),
        ("logsumexp(A, axis=0)", "(d,)"),
        ("norm(A)", "()"),
        ("grad(t, A)", "(n, d)"),
        ("grad(t, A[:, j])", "(n,)"),
        ("grad(t, x[j])", "()"),
        ("jacobian(A @ x, x)", "(n, d)"),
        ("jacobian(A, t)", "(n, d)"),
        ("hessian(t, x)", "(d, d)"),
        ("hessian(t, b, x)", "(n, d)"),
        ("hessian(t, A)", "(n, d, n, d)"),
        ("hessian(t, vec(A))", "(d*n, d*n)"),
        ("jvp(A @ x, x, y)", "(n,)"),
        ("subs(A @ x, x, y)", "(n,)"),
        ("sum(x[j] * b, over=j)", "(n,)"),
        ("maximum(b[:, None], x)", "(n, d)"),
    ],
)
def test_every_function_knows_its_shape(text: str, shape: str) -> None:
    assert shape_text(eval(text, dict(PYTHON_FORM)).shape) == shape


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A @ b", r"A has shape \(n, d\) and b has shape \(n,\) in '@' \(d against n\)"),
        ("A @ A", r"in '@' \(d against n\)"),
        ("t @ x", r"'@' needs vectors or matrices: t has shape \(\)"),
        ("A + b", r"A has shape \(n, d\) and b has shape \(n,\) in '\+'"),
        ("x - b", r"in '-'"),
        ("x * b", r"in '\*'"),
        ("x / b", r"in '/'"),
        ("maximum(x, b)", r"in 'maximum'"),
        ("A.sum(axis=2)", r"A with shape \(n, d\) has no axis 2"),
        ("t.sum(axis=0)", r"t with shape \(\) has no axis 0"),
        ("K.sum(axis=(0, -3))", r"an axis of K is named twice"),
        ("softmax(t)", r"has no axis -1"),
        ("A[0, 0, 0]", r"too many indices: A has shape \(n, d\) and 3 were given"),
        ("x[i]", r"the index i runs over n, but this axis of x has size d"),
        ("eye(3)[3]", r"index 3 is out of range for an axis of size 3"),
        ("trace(A)", r"trace\(\) needs a square matrix: A has shape \(n, d\)"),
        ("diag(A)", r"diag\(\) needs a square matrix"),
        ("diag(t)", r"diag\(\) needs a square matrix"),
        ("inv(x)", r"inv\(\) needs a square matrix"),
        ("lambda_max(A)", r"lambda_max\(\) needs a square matrix"),
        ("opnorm(x)", r"opnorm\(\) needs a matrix"),
        ("outer(A, x)", r"outer\(\) takes two vectors"),
        ("kron(t, x)", r"kron\(\) takes vectors and matrices"),
        ("block_diag(A)", r"block_diag\(\) needs an array of matrices"),
        ("hadamard(A, x)", r"in hadamard\(\) or dot\(\)"),
        ("dot(x, b)", r"x has shape \(d,\) and b has shape \(n,\)"),
        ("grad(x, x)", r"grad\(\) needs a scalar: x has shape \(d,\)\n  hint: use jacobian"),
        ("hessian(x, x)", r"hessian\(\) needs a scalar"),
        ("jvp(t, x, b)", r"needs a direction of the variable's shape \(d,\): b has \(n,\)"),
        ("subs(t, x, b)", r"needs a value of shape \(d,\) for x: b has \(n,\)"),
    ],
)
def test_shapes_that_do_not_conform_are_named(text: str, says: str) -> None:
    with pytest.raises(ShapeError, match=says):
        eval(text, dict(PYTHON_FORM))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("bool(x)", "a tensor has no truth value"),
        ("list(x)", "a tensor cannot be iterated"),
        ("len(x)", "a tensor has no length"),
        ('x + "a"', r"'a' \(str\) cannot stand in an expression"),
        ("x + None", "cannot stand in an expression"),
        ("x + True", r"True \(bool\) cannot stand"),
        ("x + 1j", "cannot stand in an expression"),
        ('x + float("nan")', "cannot stand in an expression"),
        ('x * float("inf")', "cannot stand in an expression"),
        ("np.ones(3) * x", r"\(ndarray\) cannot stand in an expression"),
        ("x / 0", "division by zero"),
        ("x**1000", "the exponent 1000 is too large"),
        ("x[-1]", r"index -1 counts from an end that is symbolic \(d\)"),
        ("x[1:3]", "only whole slices"),
        ('x["a"]', "is no index of x"),
        ("x[0.5]", "is no index of x"),
        ("x[True]", "is no index of x"),
        ("x.sum(over=t)", r"sum\(over=...\) needs an index symbol, not t"),
        ("exp(x, x)", r"exp\(\) takes 1 argument, not 2"),
        ("max(x, y, y)", r"maximum\(\) takes 2 arguments, not 3"),
        ("norm(A, 1)", r"the norm of order 1 of A with shape \(n, d\) is not known"),
        ("norm(x, 3)", "the norm of order 3"),
        ('vec(A, "K")', "'C' and 'F'"),
        ("array([x])", r"array\(\) needs numbers"),
        ("array([[1], [2, 3]])", "rows of equal length"),
        ("array([[1], 2])", "rows of equal length"),
        ("array([])", r"array\(\) needs numbers"),
        ("grad(t, 2 * x)", r"cannot differentiate in 2\*x: it is not a symbol"),
        ("grad(t, 3)", "cannot differentiate in 3"),
        ("subs(t, x + y, x)", r"subs\(\) replaces a symbol, not x \+ y"),
    ],
)
def test_a_misuse_is_told_with_what_to_write_instead(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        eval(text, dict(PYTHON_FORM))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, Fraction(3)),
        (0.1, Fraction(1, 10)),
        (1e-9, Fraction(1, 10**9)),
        (Fraction(2, 3), Fraction(2, 3)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.int64(-4), Fraction(-4)),
    ],
)
def test_a_number_is_read_exactly(value: object, number: Fraction) -> None:
    read = tensor(value)
    assert isinstance(read, Number)
    assert read.value == number


def test_a_decimal_is_no_number_of_the_language() -> None:
    with pytest.raises(InputError, match="Decimal"):
        tensor(Decimal("0.1"))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1 - x", "1 - x"),
        ("2 / x", "2/x"),
        ("x - (y - x)", "x - (y - x)"),
        ("-(x + y)", "-(x + y)"),
        ("(-x) ** 2", "(-x)**2"),
        ("-(x**2)", "-x**2"),
        ("(x**2) ** 3", "(x**2)**3"),
        ("x ** Fraction(1, 2)", "x**(1/2)"),
        ("x / (y * x)", "x/(y*x)"),
        ("x / y * x", "x/y*x"),
        ("A @ (B @ B.T)", "A @ (B @ B.T)"),
        ("(A + A).T", "(A + A).T"),
        ("t ** (2 * n)", "t**(2*n)"),
        ("t / (n * d)", "t/(n*d)"),
        ("t * (n + 1)", "t*(n + 1)"),
        ("abs(x)", "abs(x)"),
        ("A.T.T", "A"),
        ("x.mean()", "sum(x)/d"),
    ],
)
def test_an_expression_prints_with_the_parentheses_it_needs(text: str, printed: str) -> None:
    assert plain(eval(text, dict(PYTHON_FORM))) == printed


def test_a_dimension_may_be_an_expression_in_dimensions() -> None:
    assert shape_text(vector("v", n * d + 2 * n + 1).shape) == "(d*n + 2*n + 1,)"


@pytest.mark.parametrize("size", [0, -2, 10**7, 0.5, "n", None])
def test_what_is_no_size_is_refused(size: object) -> None:
    with pytest.raises(InputError, match=r"no size|not a dimension|cannot stand"):
        vector("v", size)


def test_equal_polynomials_are_equal_sizes() -> None:
    assert vector("v", (n + 1) * n).shape == vector("w", n * n + n).shape


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('scalar("2x")', "'2x' is not a name"),
        ('scalar("lambda")', "'lambda' is not a name"),
        ('scalar("__x__")', "is not a name"),
        ('scalar("a" * 100)', "too long"),
        ('dims(" ")', "needs at least one name"),
        ('matrix("M", n, n, symetric=True)', "M has no property 'symetric'"),
        ('matrix("M", n, d, psd=True)', r"M with shape \(n, d\) cannot be psd: it is not square"),
        ('scalar("s", orthogonal=True)', "cannot be orthogonal"),
    ],
)
def test_a_declaration_that_says_nothing_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        eval(text, dict(PYTHON_FORM))
