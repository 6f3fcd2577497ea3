"""Names for the parts of an expression that its derivatives repeat."""

import pytest

from derive import dims, exp, matrix, softmax, tanh, vector
from derive.language.abbreviation import abbreviated, abbreviations
from derive.language.plain import plain
from derive.language.tensor import Tensor

n, d = dims("n d")
A, x, b, t0 = matrix("A", n, d), vector("x", d), vector("b", n), vector("t0", n)


@pytest.mark.parametrize(
    ("expression", "text", "parts"),
    [
        (A @ x - b, "A @ x - b", {}),
        (exp(x), "exp(x)", {}),
        (exp(A @ x), "t0", {"t0": "exp(A @ x)"}),
        (softmax(A @ x) - b, "t0 - b", {"t0": "softmax(A @ x)"}),
        (exp(A @ x) / exp(A @ x).sum(), "t0/sum(t0)", {"t0": "exp(A @ x)"}),
        (tanh(A @ exp(A.T @ b)), "t1", {"t0": "exp(A.T @ b)", "t1": "tanh(A @ t0)"}),
        (exp(A @ x) + t0, "t1 + t0", {"t1": "exp(A @ x)"}),
    ],
)
def test_parts_get_names_that_nothing_else_has(expression: Tensor, text: str, parts: dict[str, str]) -> None:
    found = abbreviated(expression)
    assert plain(found) == text
    assert {part.name: plain(part.operand) for part in abbreviations(found)} == parts


def test_shapes_stay() -> None:
    assert abbreviated(softmax(A @ x) @ A).shape == (softmax(A @ x) @ A).shape
