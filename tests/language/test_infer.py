"""Shapes that an expression leaves no choice about."""

import pytest

from derive.language.errors import InputError
from derive.language.infer import infer_shapes


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("norm(softmax(A@x) - b)**2/2", {"A": "n d", "x": "d", "b": "n"}),
        ("grad(norm(A@x - b)**2/2, x) == A.T@(A@x - b)", {"A": "n d", "x": "d", "b": "n"}),
        ("hessian(sum(exp(A@x)), x) == A.T@diag(exp(A@x))@A", {"A": "n d", "x": "d"}),
        ("x@A@x", {"x": "n", "A": "n n"}),
        ("trace(A@X@B)", {"A": "n d", "X": "d m", "B": "m n"}),
        ("log(det(X))", {"X": "n n"}),
        ("inv(A + eye(n))@b", {"A": "n n", "b": "n"}),
        ("A*outer(u, v)", {"A": "n d", "u": "n", "v": "d"}),
        ("(X@w - y).sum()", {"X": "n d", "w": "d", "y": "n"}),
        ("dot(a, b) + lam*norm(a)**2", {"a": "n", "b": "n", "lam": ""}),
        ("jvp(exp(A@x), x, h)", {"A": "n d", "x": "d", "h": "d"}),
        ("jacobian(A@x, x) == B", {"A": "n d", "x": "d", "B": "n d"}),
        ("maximum(x, y)@z", {"x": "n", "y": "n", "z": "n"}),
        ("pi*x", {"x": "n"}),
    ],
)
def test_axes_that_have_to_agree_get_one_dimension(text: str, shapes: dict[str, str]) -> None:
    found = infer_shapes([text], {})
    assert found == {name: tuple(axes.split()) for name, axes in shapes.items()}


def test_given_shapes_stand_and_name_the_axes_that_meet_them() -> None:
    found = infer_shapes(["A@x - b"], {"A": ("p", "3")})
    assert found == {"A": ("p", "3"), "x": ("3",), "b": ("p",)}


def test_a_given_dimension_is_no_symbol_where_it_stands_as_a_number() -> None:
    assert infer_shapes(["sum(x)/n"], {"x": ("n",)}) == {"x": ("n",)}


def test_fresh_dimensions_avoid_names_that_the_expression_uses() -> None:
    assert infer_shapes(["n@x"], {}) == {"n": ("d",), "x": ("d",)}


def test_hypotheses_count_too() -> None:
    assert infer_shapes(["sum(x)", "x == y"], {}) == {"x": ("n",), "y": ("n",)}


def test_given_dimensions_that_do_not_agree_are_left_to_the_parser() -> None:
    assert infer_shapes(["x + y"], {"x": ("n",), "y": ("d",)}) == {"x": ("n",), "y": ("d",)}


def test_a_name_that_is_no_letter_has_to_be_given() -> None:
    with pytest.raises(InputError, match="the shape of weights is not known") as caught:
        infer_shapes(["norm(weights)"], {})
    assert "--shape weights=" in (caught.value.hint or "")
