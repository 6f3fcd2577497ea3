"""Where the mean of an exponential of a quadratic form exists: ``I - M`` is certainly positive definite.

It is where the form ``w^T M w / 2`` is a number below 1/2 times squared entries, less what is nowhere negative
(squares, and forms of positive semidefinite symbols), or where a hypothesis says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.calculus.expectation.laws import RandomEntries
from derive.calculus.form import Factor, Form, Label, Monomial, Number, factor_order, is_dummy, rename


@dataclass(frozen=True)
class Signs:
    """What is known of signs: nonnegative and positive semidefinite symbols, and what the hypotheses say.

    Attributes:
        positive: whether a scalar is certainly positive.
        definite: whether a matrix, given with the labels of its rows and columns, certainly is.
    """

    nonnegative: frozenset[str]
    semidefinite: frozenset[str]
    positive: Callable[[Form], bool]
    definite: Callable[[Form, Label, Label], bool]


def doubt(quadratic: Form, entries: RandomEntries, signs: Signs) -> str:
    """Why ``|w|^2 / 2 - quadratic`` may not be positive definite; empty where it certainly is."""
    largest: Number = 0
    for monomial, c in quadratic.terms.items():
        if c > 0 and len(monomial) == 1 and monomial[0][0] == entries.head:
            largest += c
        elif c > 0 or not is_square(monomial, entries, signs):
            return f"the mean of an exponential of a quadratic form of {entries.name} may be infinite"
    if largest >= Fraction(1, 2):
        return f"the mean of an exponential of a quadratic form of {entries.name} is infinite"
    return ""


def is_square(monomial: Monomial, entries: RandomEntries, signs: Signs) -> bool:
    """Whether a quadratic monomial in the entries is nowhere negative: ``sum_i (sum_k A_ik w_k)**2``, for one."""
    own = [labels for head, labels, e in monomial for _ in range(int(e)) if head == entries.head]
    rest = [factor for factor in monomial if factor[0] != entries.head]
    if len(own) != 2:
        return False
    pairs = list(dict.fromkeys((i, j) for i, j in zip(*own, strict=True) if i != j))
    moved = dict(pairs)
    if not _two_copies(pairs):
        return False
    near = [f for f in rest if moved.keys() & set(f[1])]
    far = [f for f in rest if set(moved.values()) & set(f[1])]
    if not all(_is_nonnegative(f, signs) for f in rest if f not in near and f not in far):
        return False
    if any(f in far for f in near):
        ends = tuple(moved), tuple(moved.values())
        semidefinite = near[0][0].name in signs.semidefinite and near[0][2] == 1
        return near == far and len(near) == 1 and semidefinite and near[0][1] in (ends[0] + ends[1], ends[1] + ends[0])
    return sorted(rename(near, moved), key=factor_order) == sorted(far, key=factor_order)


def _two_copies(pairs: Sequence[tuple[Label, Label]]) -> bool:
    """Whether the pairs take each of some summed labels to a summed label of its own."""
    labels = [label for pair in pairs for label in pair]
    return len(set(labels)) == len(labels) and all(map(is_dummy, labels))


def _is_nonnegative(factor: Factor, signs: Signs) -> bool:
    head, labels, e = factor
    on_diagonal = head.kind == "symbol" and head.name in signs.semidefinite and len(set(labels)) <= 1
    if head.positive or on_diagonal or (head.kind == "symbol" and head.name in signs.nonnegative):
        return True
    return e.denominator == 1 and e.numerator % 2 == 0
