"""Derivatives of expressions from the command line."""

from typing import Any

import numpy as np
import pytest

from derive.command_line.question import Symbols, differentiate, read_symbols
from derive.language.errors import InputError
from tests.conftest import Derive

SIZES = {"n": 3, "d": 2, "m": 4, "k": 2}


def derivative(
    expression: str, *variables: str, order: int = 1, form: str = "text", symbols: Symbols | None = None
) -> str:
    _, text = differentiate(expression, variables, symbols or Symbols(), order=order, form=form, time_limit=30)
    return text


@pytest.mark.parametrize(
    ("expression", "variable", "text"),
    [
        ("x@x", "x", "2*x"),
        ("norm(A@x - b)**2/2", "x", "A.T @ (A @ x - b)"),
        ("log(det(X))", "X", "inv(X).T"),
        ("trace(A@X@B)", "X", "A.T @ B.T"),
        ("A@x", "x", "A"),
        ("softmax(x)", "x", "diag(t0) - outer(t0, t0)\n  t0 = softmax(x)"),
    ],
)
def test_first_derivatives_print_in_matrix_notation(expression: str, variable: str, text: str) -> None:
    assert derivative(expression, variable) == text


@pytest.mark.parametrize(
    ("expression", "variables", "text"),
    [
        ("x@A@x", ("x",), "A + A.T"),
        ("norm(A@x - b)**2/2", ("x", "x"), "A.T @ A"),
        ("x@A@y", ("x", "y"), "A"),
    ],
)
def test_second_derivatives_print_in_matrix_notation(expression: str, variables: tuple[str, ...], text: str) -> None:
    assert derivative(expression, *variables, order=2) in (text, " + ".join(reversed(text.split(" + "))))


def test_latex_is_printed() -> None:
    assert derivative("norm(A@x - b)**2/2", "x", form="latex") == r"A^\top (A x - b)"


def test_a_derivative_without_matrix_notation_is_printed_in_indices() -> None:
    assert derivative("exp(A@x)", "A").startswith("in indices: ")


def test_a_derivative_without_matrix_notation_has_no_numpy_code() -> None:
    with pytest.raises(InputError, match="no matrix notation") as caught:
        derivative("exp(A@x)", "A", form="numpy")
    assert "--format latex" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("expression", "shapes", "variable"),
    [
        ("norm(softmax(A@x) - b)**2/2", {"A": "nd", "x": "d", "b": "n"}, "x"),
        ("logsumexp(A@x)", {"A": "nd", "x": "d"}, "x"),
        ("sum(log(1 + exp(-y*(X@w))))", {"y": "n", "X": "nd", "w": "d"}, "w"),
        ("norm(A@X@B - C, 'fro')**2", {"A": "nd", "X": "dm", "B": "mk", "C": "nk"}, "X"),
        ("norm(tanh(W@x) - y)**2", {"W": "nd", "x": "d", "y": "n"}, "W"),
    ],
)
def test_numpy_code_computes_the_gradient(expression: str, shapes: dict[str, str], variable: str) -> None:
    symbols = Symbols({name: tuple(axes) for name, axes in shapes.items()})
    code = derivative(expression, variable, form="numpy", symbols=symbols)
    generator = np.random.default_rng(0)
    values = {name: generator.normal(size=[SIZES[axis] for axis in axes]) for name, axes in shapes.items()}
    scope: dict[str, Any] = dict(values)
    exec(code, scope)
    np.testing.assert_allclose(scope["result"], numerical_gradient(expression, values, variable), rtol=1e-5, atol=1e-7)


def numerical_gradient(expression: str, values: dict[str, Any], variable: str) -> Any:
    """Central differences of the expression, read by NumPy itself."""

    def softmax(z: Any) -> Any:
        return np.exp(z) / np.exp(z).sum()

    words = {name: getattr(np, name) for name in ("exp", "log", "tanh", "sum")}
    words |= {"norm": np.linalg.norm, "softmax": softmax, "logsumexp": lambda z: np.log(np.exp(z).sum())}

    def value(shift: Any) -> float:
        return float(eval(expression, words | values | {variable: values[variable] + shift}))

    result = np.zeros_like(values[variable])
    for place in np.ndindex(result.shape):
        shift = np.zeros_like(result)
        shift[place] = 1e-6
        result[place] = (value(shift) - value(-shift)) / 2e-6
    return result


def test_options_that_describe_symbols_are_read() -> None:
    found = read_symbols(["A = n, d", "t=", "x=(d,)"], ["S=symmetric,positive", "S=pd"], ["i=n"], ["b=uniform(low=-1)"])
    assert found.shapes == {"A": ("n", "d"), "t": (), "x": ("d",)}
    assert found.properties == {"S": ("symmetric", "positive", "pd")}
    assert found.indices == {"i": "n"}
    assert found.laws == {"b": "uniform(low=-1)"}


def test_diff_says_what_it_inferred_beside_the_result(derive: Derive) -> None:
    done = derive("diff", "norm(A@x - b)**2/2", "x")
    assert (done.code, done.out) == (0, "A.T @ (A @ x - b)\n")
    assert done.err == "inferred shapes: A (n, d), x (d), b (n)\n"


def test_diff_with_given_shapes_says_nothing_more(derive: Derive) -> None:
    done = derive("diff", "norm(A@x - b)**2/2", "x", "--shape", "A=p,3", "--shape", "x=3", "--shape", "b=p")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("x@x +", "x"), "does not parse"),
        (("norm(weights)", "weights"), "give it: --shape weights="),
        (("A@x - x@x + b", "x", "--shape", "b=q", "--shape", "A=n,d"), "shapes do not conform"),
        (("exp(A@x)", "x", "--order", "2"), "hessian() needs a scalar"),
        (("x@x", "x + x"), "x + x"),
        (("norm(x)", "y"), "y does not occur in norm(x)"),
        (("x@x", "x", "--shap", "x=n"), "No such option '--shap'"),
    ],
)
def test_diff_says_what_is_wrong(derive: Derive, arguments: tuple[str, ...], message: str) -> None:
    done = derive("diff", *arguments)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


def test_a_variable_of_given_shape_need_not_occur(derive: Derive) -> None:
    assert derive("diff", "norm(x)", "y", "--shape", "y=n").out == "zeros(n)\n"


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (("diff", "-x@x", "x"), "-2*x"),
        (("diff", "--format", "latex", "-x@x", "x"), "-2 x"),
        (("decide", "-x == -1*x"), "proved"),
        (("decide", "-x==-1*x"), "proved"),
    ],
)
def test_a_formula_may_begin_with_a_minus_sign(derive: Derive, arguments: tuple[str, ...], out: str) -> None:
    assert derive(*arguments).out.splitlines()[0] == out
