"""Names that can stand in each other's place."""

from collections.abc import Callable

import pytest

from derive.language.derivatives import Definition
from derive.language.tensor import IndexSum, Tensor
from derive.mutation.names import Names, free_indices

Parse = Callable[[str], Tensor]


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("S[i, j]", {"i", "j"}),
        ("sum(S[i, j], over=j)", {"i"}),
        ("b[j] + sum(S[i, j], over=j)", {"i", "j"}),
        ("S @ b", set()),
    ],
)
def test_a_sum_binds_its_index(tensor: Parse, text: str, free: set[str]) -> None:
    assert free_indices(tensor(text)) == free


def test_only_names_of_the_same_shape_are_alike(tensor: Parse) -> None:
    names = Names.of([tensor("S @ b + T @ c + A @ x")])
    assert [repr(other) for other in names.like(tensor("b"), frozenset())] == ["c"]
    assert [repr(other) for other in names.like(tensor("S + 0"), frozenset())] == ["S", "T"]
    assert names.like(tensor("t"), frozenset()) == []


def test_a_name_with_an_index_is_like_another_only_where_the_index_is_known(tensor: Parse) -> None:
    row = tensor("S[j]")
    definition = Definition("r", row, row.shape)
    summed = IndexSum.of(definition, tensor("j"))
    names = Names.of([tensor("b"), summed])
    assert names.like(tensor("b"), frozenset()) == []
    assert [repr(other) for other in names.like(tensor("b"), frozenset({"j"}))] == ["r"]
