"""Places: every node outside of derivatives, each alone replaced."""

from collections.abc import Callable

import pytest

from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.plain import plain
from derive.language.tensor import Negative, Tensor
from derive.mutation.places import places

Parse = Callable[[str], Tensor]

EXPRESSIONS = (
    "A @ x - b/sum(exp(b))",
    "sum(S[i, j]*c[j], over=j)",
    "S.T @ diag(b) @ inv(S) + outer(b, c) + t**2*eye(n)",
    "norm(A @ x)*softmax(b) + kron(t*b, c)[0] - trace(S)",
)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_each_place_with_its_own_node_gives_the_expression_again(tensor: Parse, text: str) -> None:
    whole = tensor(text)
    assert {plain(place.with_node(place.node)) for place in places(whole)} == {plain(whole)}


def test_a_node_that_occurs_twice_has_two_places(tensor: Parse) -> None:
    found = [place for place in places(tensor("b*b")) if repr(place.node) == "b"]
    assert [plain(place.with_node(tensor("c"))) for place in found] == ["c*b", "b*c"]


def test_a_derivative_stays_as_it_is(tensor: Parse) -> None:
    assert {repr(place.node) for place in places(tensor("t*grad(b @ c, b)"))} == {
        "t*grad(b @ c, b)",
        "t",
        "grad(b @ c, b)",
    }


def test_the_inside_of_a_definition_is_opened_only_where_it_is_changed(tensor: Parse) -> None:
    inner = tensor("b + c")
    definition = Definition("f", inner, inner.shape)
    whole = definition * definition
    assert {repr(place.node) for place in places(whole)} == {"f*f", "f"}
    first = next(place for place in places(whole, opened=1) if repr(place.node) == "c")
    assert plain(first.with_node(Negative.of(first.node))) == "(b - c)*f"


def test_a_place_knows_the_sums_above_it(tensor: Parse) -> None:
    bound = {repr(place.node): place.bound for place in places(tensor("t*sum(b[i]*c[j], over=j)"))}
    assert (bound["t"], bound["b[i]"]) == (frozenset(), frozenset({"j"}))


def test_what_does_not_conform_is_refused(tensor: Parse) -> None:
    place = next(place for place in places(tensor("A @ x")) if repr(place.node) == "x")
    with pytest.raises(InputError):
        place.with_node(tensor("b"))
