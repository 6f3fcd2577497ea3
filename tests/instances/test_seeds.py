"""What is drawn follows from the seed and the names alone, and from each of them."""

from __future__ import annotations

import pytest

from derive.instances.seeds import generator


def test_the_numbers_are_the_same_on_every_machine() -> None:
    assert [generator(0, "paper/claim").randint(0, 999) for _ in range(2)] == [828, 828]


@pytest.mark.parametrize("names", [("a", "c"), ("a",), ("b", "a"), ("ab",)])
def test_each_name_matters_and_so_does_where_one_ends(names: tuple[str, ...]) -> None:
    assert generator(0, *names).random() != generator(0, "a", "b").random()


def test_the_seed_matters() -> None:
    assert generator(0, "a").random() != generator(1, "a").random()
