"""The expression given with -k."""

import pytest

from derive.language.errors import InputError
from derive.selection import parse_selection

IDS = ("attention/gradient", "attention/hessian", "softmax/gradient", "softmax/hessian-5.9")


@pytest.mark.parametrize(
    ("expression", "taken"),
    [
        ("", IDS),
        ("gradient", ("attention/gradient", "softmax/gradient")),
        ("GRADIENT", ("attention/gradient", "softmax/gradient")),
        ("attention/gradient", ("attention/gradient",)),
        ("5.9", ("softmax/hessian-5.9",)),
        ("not attention", ("softmax/gradient", "softmax/hessian-5.9")),
        ("hessian and not attention", ("softmax/hessian-5.9",)),
        ("attention and gradient or 5.9", ("attention/gradient", "softmax/hessian-5.9")),
        ("attention and (gradient or 5.9)", ("attention/gradient",)),
        ("not (attention or hessian)", ("softmax/gradient",)),
        ("not not softmax", ("softmax/gradient", "softmax/hessian-5.9")),
    ],
)
def test_takes_the_ids_that_the_expression_denotes(expression: str, taken: tuple[str, ...]) -> None:
    selection = parse_selection(expression)
    assert tuple(claim for claim in IDS if selection(claim)) == taken


@pytest.mark.parametrize(
    "expression", ["(", ")", "a b", "not", "a and", "or a", "(a", "a)", "a " * 300, "(" * 150 + "a"]
)
def test_an_expression_that_does_not_parse_is_an_input_error(expression: str) -> None:
    with pytest.raises(InputError, match="-k"):
        parse_selection(expression)
