"""A factor that may be a function of sizes is named only where the sizes of the instances tell it from others."""

from __future__ import annotations

from typing import Any

import pytest

from derive.diagnosis.diagnose import Diagnosis, diagnose_at
from derive.diagnosis.sides import sides
from derive.diagnosis.sizes import told_apart


def diagnosis(*instances: dict[str, int], factor: Any) -> Diagnosis:
    """What is said of a claim with the factor ``factor(sizes)`` too many."""
    return diagnose_at(
        [sides([factor(s), 5 * factor(s), 7 * factor(s)], [1, 5, 7], scalars=s, sizes=s) for s in instances]
    )


def d_of(sizes: dict[str, int]) -> int:
    return sizes["d"]


def two(sizes: dict[str, int]) -> int:
    return 2


@pytest.mark.parametrize(
    ("instances", "factor", "words"),
    [
        ([{"d": 2, "k": 3}, {"d": 3, "k": 4}], d_of, "a global factor d: claimed = d * derived"),
        ([{"d": 2, "k": 2}, {"d": 3, "k": 5}], d_of, "a global factor d: claimed = d * derived"),
        ([{"d": 2, "k": 2}, {"d": 3, "k": 3}], d_of, "at this instance, a global factor about 2"),
        ([{"d": 2, "k": 3}], d_of, "at this instance, a global factor 2"),
        ([{"d": 4, "k": 3}, {"d": 4, "k": 5}], two, "at this instance, a global factor 2"),
        ([{"d": 4, "k": 3}, {"d": 3, "k": 5}], two, "a global factor 2: claimed = 2 * derived"),
        ([{}], two, "a global factor 2: claimed = 2 * derived"),
    ],
    ids=["unequal", "equal once", "always equal", "one instance", "one size constant", "a number", "no sizes"],
)
def test_a_factor_is_named_as_far_as_sizes_tell(instances: list[dict[str, int]], factor: Any, words: str) -> None:
    (said,) = diagnosis(*instances, factor=factor).words
    assert said.startswith(words)


def test_a_factor_of_a_term_is_held_back_alike() -> None:
    s = {"d": 4}
    terms = [("u", [1, 2, 3, 1]), ("v", [1, 1, 5, 2])]
    both = sides([2, 3, 8, 3], [3, 4, 13, 5], terms, scalars=s, sizes=s)
    assert diagnose_at([both]).words == ("at this instance, the second term, v, lacks a factor 2",)


def test_a_scalar_that_is_no_size_is_named_at_instances_of_one_size() -> None:
    both = sides(
        [0.7313192837465, 2 * 0.7313192837465],
        [1, 2],
        error=1e-15,
        scalars={"r": 0.7313192837465, "d": 2},
        sizes={"d": 2},
    )
    assert diagnose_at([both]).words == ("a global factor r: claimed = r * derived",)


def test_instances_tell_apart_what_differs_at_one_of_them() -> None:
    assert told_apart([{"a": 2, "b": 2, "c": 3}, {"a": 2, "b": 3, "c": 3}]) == {"b", ("a", "b"), ("a", "c"), ("b", "c")}
