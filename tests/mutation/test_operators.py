"""The table of planted errors: what each kind makes of a formula, and that each makes it wrong."""

from collections.abc import Callable

import pytest

from derive.language.errors import InputError
from derive.language.plain import plain
from derive.language.tensor import Tensor
from derive.mutation.names import Names
from derive.mutation.operators import OPERATORS
from derive.mutation.places import places

Parse = Callable[[str], Tensor]

TABLE = [
    ("sign of a term", "b - c", {"-b - c", "b + c"}),
    ("sign of a term", "t*b", {"-t*b"}),
    ("factor 2", "b + c", {"2*(b + c)"}),
    ("factor 2 in one term", "b - c", {"2*b - c", "b - 2*c"}),
    ("factor 2 in one term", "t*b", set()),
    ("1 % in one term", "b - c", {"101/100*b - c", "b - 101/100*c"}),
    ("one entry off by 1e-6", "t", {"t*(1000001/1000000)"}),
    ("transpose", "S @ T.T", {"(S @ T.T).T", "S.T @ T.T", "S @ T"}),
    ("transpose", "A @ x", set()),
    ("dropped term", "b - c", {"b", "-c"}),
    ("dropped factor", "t*b", {"b"}),
    ("dropped factor", "2*b", set()),
    ("dropped normaliser", "b/sum(b)", {"b"}),
    ("swapped factors", "S @ T", {"T @ S"}),
    ("swapped factors", "kron(S, T)", {"kron(T, S)"}),
    ("swapped factors", "outer(b, c)", {"outer(c, b)"}),
    ("missing diag or outer", "diag(b) + S", {"b + S", "outer(b, ones(n)) + S"}),
    ("missing diag or outer", "outer(b, c)", {"diag(b*c)"}),
    ("exponent off by one", "t**2*b", {"t**3*b", "t**1*b"}),
    ("exponent off by one", "exp(b)**s", {"exp(b)**(s + 1)", "exp(b)**(s - 1)"}),
    ("constant off by one", "n*t", {"(n + 1)*t", "(n - 1)*t"}),
    ("constant off by one", "b/2", {"b/3", "b/1"}),
    ("swapped index", "S[i, j]", {"S[j, j]", "S[i, i]", "S.T[i, j]"}),
    ("swapped index", "sum(S[i, j], over=j)", {"sum(S[i, i], over=j)", "sum(S.T[i, j], over=j)"}),
    ("wrong name", "S @ b + c", {"S @ c + c", "S @ b + b"}),
    ("wrong axis", "S.sum(axis=0)", {"sum(S, axis=1)"}),
    ("negated argument", "exp(b)*t", {"exp(-b)*t"}),
    ("negated argument", "log(b)*t", set()),
]


def changes(kind: str, whole: Tensor) -> set[str]:
    """The expression with each error of a kind that conforms."""
    names = Names.of([whole])
    found = set()
    for place in places(whole):
        for changed, _ in OPERATORS[kind](place, names):
            try:
                wrong = place.with_node(changed)
            except InputError:
                continue
            if wrong.shape == whole.shape:
                found.add(plain(wrong))
    return found


@pytest.mark.parametrize(("kind", "text", "wanted"), TABLE, ids=[f"{kind}: {text}" for kind, text, _ in TABLE])
def test_an_error_of_each_kind(tensor: Parse, kind: str, text: str, wanted: set[str]) -> None:
    assert changes(kind, tensor(text)) == wanted


def test_each_kind_has_a_row() -> None:
    assert {kind for kind, _, _ in TABLE} == OPERATORS.keys()


def test_the_change_is_told_in_words(tensor: Parse) -> None:
    whole = tensor("b - c/2")
    names = Names.of([whole])
    told = {words for place in places(whole) for kind in OPERATORS for _, words in OPERATORS[kind](place, names)}
    assert {
        "the sign of c/2 is changed",
        "everything is doubled",
        "b is 1 % too large",
        "the term b is left out",
        "the divisor 2 is left out",
        "2 is written 3",
        "b is written c",
        "entry [0] is too large by a relative 1e-6",
    } <= told
