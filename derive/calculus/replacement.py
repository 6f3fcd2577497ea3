"""What a rewriting step is made of: leading monomials, patterns, and the products that replace a product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from derive.calculus.form import (
    Factor,
    Form,
    Head,
    Label,
    Monomial,
    Number,
    Raw,
    degree,
    dummies,
    fresh_dummies,
    monomial_order,
    rename,
)
from derive.calculus.matching import is_hole


@dataclass(frozen=True)
class Step:
    """What a product is replaced by, and the dummies that the replaced part summed over."""

    results: list[Raw]
    summed: frozenset[Label] = frozenset()


def consumed(binding: Mapping[Label, Label]) -> frozenset[Label]:
    return frozenset(value for key, value in binding.items() if is_hole(key))


def placed(monomial: Sequence[Factor], names: Mapping[Label, Label], beside: Sequence[Factor]) -> list[Factor]:
    """A monomial with its labels replaced, and its dummies apart from those beside it and from the new labels."""
    fresh = fresh_dummies(dummies(monomial), [*dummies(beside), *names.values()])
    return rename(monomial, {**fresh, **names})


@lru_cache(maxsize=4096)
def leading(head: Head) -> tuple[Monomial, Number]:
    """The leading monomial of a head's body and its coefficient: of highest degree, then last in canonical order."""
    assert head.body is not None
    return max(head.body.terms.items(), key=lambda item: (degree(item[0]), monomial_order(item[0])))


def leading_coefficient(form: Form) -> Number:
    """The coefficient of the leading monomial of a form that is not zero."""
    return leading(Head("sum", body=form))[1]


def ports(labels: Sequence[Label]) -> dict[Label, Label]:
    return dict(enumerate(labels))


def holes(monomial: Monomial, names: Mapping[Label, Label]) -> list[Factor]:
    """A monomial of a body as a pattern: ports named, dummies turned into holes."""
    return rename(monomial, {**names, **{name: f"?{-name}" for name in dummies(monomial)}})
