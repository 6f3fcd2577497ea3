"""Planted differences between two arrays: the words that must be said, and those that must not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from derive.diagnosis.diagnose import Diagnosis, diagnose, diagnose_at
from derive.diagnosis.sides import sides

RANDOM = np.random.default_rng(3)
R = RANDOM.normal(size=(4, 4))
W = RANDOM.normal(size=(3, 5))
T = RANDOM.normal(size=(3, 3, 3))
U, V = RANDOM.normal(size=4), RANDOM.normal(size=4)
P, Q = RANDOM.normal(size=(2, 2)), RANDOM.normal(size=(3, 3))
ROUNDING = 1e-13
"""An error bar that covers the rounding of the doubles here."""


def at(array: Any, place: Any, by: Any) -> Any:
    changed = np.array(array)
    changed[place] += by
    return changed


@dataclass(frozen=True)
class Case:
    claimed: Any
    reference: Any
    say: tuple[str, ...]
    not_say: tuple[str, ...] = ()
    terms: tuple[tuple[str, Any], ...] = ()
    error: float = ROUNDING
    scalars: dict[str, float] = field(default_factory=dict)


BROADER = ("global", "transpose", "diagonal", "constant", "identity", "sign is wrong", "term")
CASES = {
    "factor": Case(2 * R, R, ("a global factor 2: claimed = 2 * derived",), ("term", "transpose")),
    "half": Case(R / 2, R, ("a global factor 1/2",)),
    "factor next to 1": Case(1.0000001 * R, R, ("a global factor 1.0000001",), ("factor 1:",), error=1e-15),
    "root": Case(np.sqrt(2) * R, R, ("a global factor sqrt(2)",)),
    "pi": Case(R / np.pi, R, ("a global factor 1/pi",)),
    "named factor": Case(0.7313 * R, R, ("a global factor r",), scalars={"r": 0.7313}),
    "sign": Case(-R, R, ("the sign is wrong",), ("factor",)),
    "transpose": Case(R.T, R, ("the transpose of what it should be",), ("factor", "times")),
    "transpose and factor": Case(3 * R.T, R, ("the transpose of what it should be times 3",)),
    "transpose and sign": Case(-R.T, R, ("the transpose of what it should be with the wrong sign",)),
    "swapped indices": Case(T.transpose(2, 1, 0), T, ("indices i and k are swapped",), ("transpose",)),
    "cycled indices": Case(T.transpose(1, 2, 0), T, ("what stands at (i, j, k) belongs at (k, i, j)",)),
    "one entry": Case(at(R, (1, 2), 1.0), R, ("only entry [1, 2] is wrong: 1 too large",), BROADER),
    "one entry too small": Case(at(W, (0, 4), -0.25), W, ("only entry [0, 4] is wrong: 1/4 too small",), BROADER),
    "one entry of a vector": Case(at(U, (2,), 0.1), U, ("only entry [2] is wrong",), BROADER),
    "diagonal": Case(R + np.diag(U), R, ("only the diagonal is wrong",), ("identity", "constant")),
    "off the diagonal": Case(
        R + 1 - np.eye(4), R, ("only what lies off the diagonal is wrong",), ("only the diagonal",)
    ),
    "row": Case(R + np.outer(np.eye(4)[1], U), R, ("only row [1, :] is wrong",), ("column", "rank")),
    "column": Case(R + np.outer(U, np.eye(4)[3]), R, ("only column [:, 3] is wrong",), ("row",)),
    "part of a row": Case(
        at(at(R, (1, 0), 1.0), (1, 3), 2.0), R, ("only entries of row [1, :] are wrong",), ("row [1, :] is",)
    ),
    "slice": Case(at(T, (slice(None), 1), T[:, 1] ** 2 + 1), T, ("only entries of [:, 1, :] are wrong",), ("row",)),
    "rows": Case(at(R, (slice(1, 3),), 1.0), R, ("only rows [1:3, :] are wrong",), ("block",)),
    "block": Case(at(R, (slice(1, 3), slice(2, 4)), 1.0), R, ("only the block [1:3, 2:4] is wrong",)),
    "identity missing": Case(R - np.eye(4), R, ("the identity is missing",), ("too much",)),
    "multiple of the identity": Case(R + 3 * np.eye(4), R, ("3 times the identity is too much",), ("missing",)),
    "offset": Case(R + 1, R, ("off by a constant: every entry is 1 too large",), ("rank",)),
    "rank one": Case(R + np.outer(U, V), R, ("the difference has rank one",), BROADER),
    "row factors": Case(np.diag(U) @ R, R, ("each row is right up to a factor of its own",), ("column",)),
    "signs": Case(np.abs(R), R, ("every entry is right up to its sign",), ("the sign is wrong",)),
    "complement": Case(1 - R, R, ("claimed and derived entries add up to 1",)),
    "zero": Case(0 * R, R, ("the claim says zero",), error=0.0),
    "should be zero": Case(R, 0 * R, ("it should be zero",), error=0.0),
    "lost symmetry": Case(R, R + R.T, ("it should be symmetric, and is not",), ("transpose",)),
    "sign of a term": Case(
        U + V, U - V, ("the second term, v, has the wrong sign",), ("first", "missing"), (("u", U), ("v", V))
    ),
    "factor of a term": Case(
        U + V, U + 2 * V, ("the second term, v, lacks a factor 2",), ("first",), (("u", U), ("v", V))
    ),
    "factor too many": Case(
        U + V, U / 2 + V, ("the first term, u, has a factor 2 too many",), (), (("u", U), ("v", V))
    ),
    "superfluous term": Case(U + V, U, ("the second term, v, does not belong",), (), (("u", U), ("v", V))),
    "transposed term": Case(
        R + Q[0, 0] * np.outer(U, V),
        R.T + Q[0, 0] * np.outer(U, V),
        ("the first term, R, should be transposed",),
        (),
        (("R", R), ("uv", Q[0, 0] * np.outer(U, V))),
    ),
    "missing term": Case(
        U + V, U + V + R[0], ("a term is missing or wrong",), ("factor", "sign"), (("u", U), ("v", V))
    ),
    "dependent terms": Case(2 * U, 3 * U, ("a global factor 2/3",), ("term",), (("u", U), ("u", U))),
    "nothing to tell": Case(R @ R, R, (), BROADER),
}


def diagnosis(case: Case) -> Diagnosis:
    return diagnose(case.claimed, case.reference, case.terms, case.error, scalars=case.scalars)


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_said(name: str) -> None:
    said = "; ".join(diagnosis(CASES[name]).words)
    assert [words for words in CASES[name].say if words not in said] == []


@pytest.mark.parametrize("name", CASES)
def test_nothing_else_is_said(name: str) -> None:
    said = "; ".join(diagnosis(CASES[name]).words)
    assert [words for words in CASES[name].not_say if words in said] == []


def test_the_table_has_the_worst_entry_first() -> None:
    found = diagnose(at(at(R, (0, 1), 0.5), (2, 3), -2.0), R, error=ROUNDING)
    assert [entry.index for entry in found.entries] == [(2, 3), (0, 1)]
    assert (found.wrong, found.total) == (2, 16)
    assert found.entries[0].absolute == pytest.approx(2.0)
    assert found.entries[0].relative == pytest.approx(2.0 / abs(R[2, 3]))


def test_entries_within_their_error_bars_are_not_wrong() -> None:
    found = diagnose(R + 1e-9, R, error=at(np.full((4, 4), 1e-8), (1, 1), -0.9999e-8))
    assert [entry.index for entry in found.entries] == [(1, 1)]


def test_equal_arrays_have_nothing_wrong() -> None:
    found = diagnose(R, R, error=ROUNDING)
    assert (found.wrong, found.entries, found.words) == (0, (), ())


def test_an_error_shows_in_the_digits_given() -> None:
    found = diagnose([1.0, 2.0 + 2.0**-40], [1.0, 2.0])
    assert found.entries[0].claimed != found.entries[0].reference


def test_at_most_ten_entries_are_listed() -> None:
    found = diagnose(R + W[0, 0], R, error=ROUNDING)
    assert (len(found.entries), found.wrong) == (10, 16)


def test_cosine_and_norm_ratio_compare_the_arrays_as_a_whole() -> None:
    found = diagnose([3.0, 0.0], [1.0, 1.0])
    assert found.cosine == pytest.approx(2.0**-0.5)
    assert found.norm_ratio == pytest.approx(3 / 2**0.5)


def test_two_single_numbers_always_have_a_ratio_and_it_is_not_told() -> None:
    assert diagnose(6.0, 4.0).words == ()
    assert diagnose(6.0, 4.0).cosine is None


def test_a_ratio_of_single_numbers_is_told_where_a_second_point_confirms_it() -> None:
    points = [sides(3 * x, 2 * x) for x in (5, 7)]
    assert diagnose_at(points).words == ("a global factor 3/2: claimed = 3/2 * derived",)


def test_a_factor_that_is_a_size_is_told_by_its_name() -> None:
    points = [sides([n * x for x in (1, 5)], [1, 5], scalars={"n": n}) for n in (2, 3)]
    assert diagnose_at(points).words == ("a global factor n: claimed = n * derived",)


def test_what_holds_at_one_point_alone_is_said_to() -> None:
    points = [sides([2, 3, 4], [1, 2, 3]), sides([2, 3, 4], [1, 7, 9])]
    assert diagnose_at(points).words == ("at this instance, off by a constant: every entry is 1 too large",)


def test_where_the_claim_holds_elsewhere_no_words_are_for_everywhere() -> None:
    assert diagnose_at([sides([2, 4], [1, 2])], agreeing=1).words == (
        "right at some instances and wrong at others",
        "where it is wrong, a global factor 2: claimed = 2 * derived",
    )


@pytest.mark.parametrize(
    ("claimed", "reference", "words"),
    [
        (U, U * V, "each entry lacks the factor v"),
        (U * V, U, "each entry has the factor v too many"),
        (R, V[:, None] * R, "each row lacks the factor v"),
        (R, R * V, "each column lacks the factor v"),
    ],
)
def test_a_factor_that_is_an_array_is_told_by_its_name(claimed: Any, reference: Any, words: str) -> None:
    assert diagnose_at([sides(claimed, reference, error=ROUNDING, arrays={"w": U + V, "v": V})]).words == (words,)


def test_a_factor_with_zeros_is_never_too_many() -> None:
    """What it was multiplied with cannot be told from the product."""
    step = np.array([1.0, 0.0, 1.0, 1.0])
    assert "too many" not in str(diagnose_at([sides(step * U, U, arrays={"h": step})]).words)


def test_kronecker_factors_in_the_other_order_are_recognised() -> None:
    both = sides(np.kron(Q, P), np.kron(P, Q), error=ROUNDING, factored=[(2, 3), (2, 3)])
    assert "as in kron(B, A) for kron(A, B)" in diagnose_at([both]).words[0]


def test_a_swap_inside_a_kronecker_product_names_its_indices() -> None:
    both = sides(np.kron(P, P), np.kron(P, P.T), error=ROUNDING, factored=[(2, 2), (2, 2)])
    assert "indices j and l are swapped" in diagnose_at([both]).words[0]


@pytest.mark.parametrize("error", [1e-2, 1.0])
def test_coarse_numbers_show_no_pattern(error: float) -> None:
    """With wide error bars everything would look like a factor."""
    assert diagnose(2.5 * R, R, error=error).words == ()


def test_shapes_that_do_not_broadcast_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        diagnose(np.ones(3), np.ones(4))
