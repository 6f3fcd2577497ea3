"""Inverses and powers of a matrix beside the matrix itself, or beside another power of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from derive.calculus.form import (
    Factor,
    Form,
    Head,
    Label,
    Number,
    Raw,
    Terms,
    delta_factor,
    dummies,
    fresh_dummies,
    is_dummy,
    quotient,
    rename,
)
from derive.calculus.matching import Binding, match
from derive.calculus.replacement import Step, consumed, holes, leading, placed, ports

MOST_FACTORS = 4
"""Of a power of a number that is multiplied out."""


def cancel_inverse(factors: list[Factor], position: int) -> Step | None:
    """``M^-1 m = (I - M^-1 rest) / c`` for a matrix ``M = c m + rest``, on either side."""
    head, labels, exponent = factors[position]
    if exponent != 1 or head.body is None:
        return None
    rank = head.inner
    rows, columns, others = labels[:rank], labels[rank : 2 * rank], labels[2 * rank :]
    lead, c = leading(head)
    for near, far, on_left in ((columns, rows, True), (rows, columns, False)):
        if not all(is_dummy(label) for label in near) or set(near) & set(far):
            continue
        found = _beside(factors, position, near, far, on_left)
        if found is None:
            continue
        ends, binding, cofactor = found
        identity = [delta_factor(i, j, head.dims[k]) for k, (i, j) in enumerate(zip(far, ends, strict=True))]
        results: list[Raw] = [(cofactor + identity, quotient(1, c))]
        kept = [*cofactor, factors[position]]
        at = [*near, *ends, *others] if on_left else [*ends, *near, *others]
        for monomial, k in head.body.terms.items():
            if monomial != lead:
                results.append((kept + placed(monomial, ports(at), kept), quotient(-k, c)))
        return Step(results, consumed(binding))
    return None


def _beside(
    factors: list[Factor], position: int, near: tuple[Label, ...], far: tuple[Label, ...], on_left: bool
) -> tuple[list[Label], Binding, list[Factor]] | None:
    """The leading monomial of the inverted matrix at the dummies ``near``: its other ends, the match, the cofactor."""
    head, labels, _ = factors[position]
    rank, others = head.inner, labels[2 * head.inner :]
    outer: list[Label] = [f"!{k}" for k in range(rank)]
    hidden: list[Label] = [f"?n{k}" for k in range(rank)]
    pattern = holes(leading(head)[0], ports([*hidden, *outer, *others] if on_left else [*outer, *hidden, *others]))
    matches = match(pattern, factors[:position] + factors[position + 1 :])
    # A product with another factor comes before a trace.
    for binding, cofactor in sorted(matches, key=lambda found: any(found[0].get(name) in far for name in outer)):
        if any(binding.get(hole) != label for hole, label in zip(hidden, near, strict=True)):
            continue
        if any(name not in binding for name in outer):
            continue
        ends = [binding[name] for name in outer]
        if len({*ends, *near}) == 2 * rank:
            return ends, binding, cofactor
    return None


def joined_power(factors: list[Factor], position: int) -> Step | None:
    """``M^e M^f = M^(e + f)``, and ``M^e m = (M^(e + 1) - M^e rest) / c`` for a matrix ``M = c m + rest``."""
    head, labels, exponent = factors[position]
    if exponent != 1 or head.body is None:
        return None
    rows, columns = labels
    for near, far, on_left in ((columns, rows, True), (rows, columns, False)):
        if is_dummy(near) and near != far:
            found = _joined_with_power(factors, position, near, far) or _joined_with_matrix(
                factors, position, _Side(near, far, on_left)
            )
            if found is not None:
                return found
    return None


class _Side(NamedTuple):
    """The dummy at which a power is joined, its other end, and whether the power stands on the left."""

    near: Label
    far: Label
    on_left: bool


def _joined_with_power(factors: list[Factor], position: int, near: Label, far: Label) -> Step | None:
    """With another power of the same matrix, or its inverse, that shares the dummy."""
    head, labels, _ = factors[position]
    assert head.exponent is not None
    for k, (other, at, e) in enumerate(factors):
        if k == position or e != 1 or near not in at or not _same_matrix(head, other) or at[0] == at[1]:
            continue
        end = at[1] if at[0] == near else at[0]
        straight = (labels[0] == near) != (at[0] == near)
        rest = [f for n, f in enumerate(factors) if n not in (k, position)]
        if any(near in f[1] for f in rest) or not (straight or _is_symmetric(head) or _is_symmetric(other)):
            continue
        ends = (far, end) if labels[1] == near else (end, far)
        more = Form({(): -1}) if other.kind == "inverse" else other.exponent
        assert more is not None
        return Step(_raised(head, ends, _sum(head.exponent, more), rest), frozenset((near,)))
    return None


def _joined_with_matrix(factors: list[Factor], position: int, side: _Side) -> Step | None:
    head, _, _ = factors[position]
    assert head.body is not None
    assert head.exponent is not None
    lead, c = leading(head)
    found = _beside(factors, position, (side.near,), (side.far,), side.on_left)
    if found is None:
        return None
    (end,), binding, cofactor = found
    ends = (side.far, end) if side.on_left else (end, side.far)
    raised = _raised(head, ends, _sum(head.exponent, Form({(): 1})), cofactor)
    results: list[Raw] = [(product, quotient(k, c)) for product, k in raised]
    kept = [*cofactor, factors[position]]
    at = [side.near, end] if side.on_left else [end, side.near]
    for monomial, k in head.body.terms.items():
        if monomial != lead:
            results.append((kept + placed(monomial, ports(at), kept), quotient(-k, c)))
    return Step(results, consumed(binding))


def _same_matrix(power: Head, other: Head) -> bool:
    same = other.kind in ("power", "inverse") and other.inner == 1 and other.body is not None
    return same and power.body is not None and other.body is not None and power.body.key() == other.body.key()


def _is_symmetric(head: Head) -> bool:
    return ((1, 0), 1) in head.symmetries


def _sum(first: Form, second: Form) -> Form:
    terms: Terms = dict(first.terms)
    for monomial, c in second.terms.items():
        total: Number = terms.get(monomial, 0) + c
        terms[monomial] = total
    return Form({m: c for m, c in terms.items() if c})


def _raised(head: Head, ends: tuple[Label, Label], exponent: Form, rest: list[Factor]) -> list[Raw]:
    """The power between two labels: the identity for 0, products of the matrix for other small numbers."""
    number = exponent.constant
    if number == 0:
        return [([*rest, delta_factor(*ends, head.dims[0])], 1)]
    if number is None or number.denominator != 1 or not 0 < number <= MOST_FACTORS:
        return [([*rest, (replace(head, exponent=exponent), ends, 1)], 1)]
    lowest = min([0, *(x for x in (*ends, *dummies(rest)) if isinstance(x, int))])
    chain = [ends[0], *(lowest - k for k in range(1, int(number))), ends[1]]
    products: list[Raw] = [(rest, 1)]
    for pair in pairwise(chain):
        products = [step for product in products for step in _times(product, head, pair, chain)]
    return products


def _times(product: Raw, head: Head, ends: tuple[Label, Label], taken: list[Label]) -> list[Raw]:
    """The product times the matrix between two labels, its dummies apart from those that are taken."""
    assert head.body is not None
    factors, c = product
    return [
        (factors + rename(m, {**fresh_dummies(dummies(m), [*dummies(factors), *taken]), **ports(ends)}), c * k)
        for m, k in head.body.terms.items()
    ]
