"""Canonical labels: equal monomials, up to the names of dummies and the symmetries of heads, become one.

Connected components (through dummies) are labelled one by one; in each, colour refinement orders the dummies and a
search over the first tied class breaks ties (McKay, Practical graph isomorphism, 1981, in its simplest form).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from derive.calculus.form import (
    Factor,
    Label,
    Monomial,
    Number,
    Symmetry,
    dummies,
    factor_order,
    is_dummy,
    label_order,
    monomial_order,
)

Colours = dict[Label, int]
Signatures = dict[Label, list[Any]]
"""For each dummy its occurrences, told by colours; plain tuples that compare."""


def canonical(factors: Sequence[Factor]) -> tuple[Monomial, int]:
    """The canonical monomial and the sign (0: the monomial equals its own negative) that its head symmetries cost."""
    if not dummies(factors):
        return _label(factors, {})
    pieces = []
    sign = 1
    for component in components(factors):
        piece, piece_sign = _canonical_component(component)
        sign *= piece_sign
        pieces.append(piece)
    if len(pieces) == 1:
        return pieces[0], sign
    pieces.sort(key=monomial_order)
    result: list[Factor] = []
    offset = 0
    for piece in pieces:
        count = len(dummies(piece))
        result.extend(
            (head, tuple(label - offset if is_dummy(label) else label for label in labels), e)
            for head, labels, e in piece
        )
        offset += count
    result.sort(key=factor_order)
    return tuple(result), sign


def components(factors: Sequence[Factor]) -> list[list[Factor]]:
    """The factors grouped by shared dummies."""
    groups: list[tuple[set[Label], list[Factor]]] = []
    for factor in factors:
        own: set[Label] = {label for label in factor[1] if is_dummy(label)}
        joined = [factor]
        rest = []
        for labels, members in groups:
            if labels & own:
                own |= labels
                joined = members + joined
            else:
                rest.append((labels, members))
        groups = [*rest, (own, joined)]
    return [members for _, members in groups]


def _canonical_component(factors: Sequence[Factor]) -> tuple[Monomial, int]:
    names = dummies(factors)
    if len(names) <= 1:
        return _label(factors, {names[0]: -1} if names else {})
    return _search(factors, _refine(factors, dict.fromkeys(names, 0)))


def _search(factors: Sequence[Factor], colours: Colours) -> tuple[Monomial, int]:
    classes: dict[int, list[Label]] = {}
    for name, colour in colours.items():
        classes.setdefault(colour, []).append(name)
    tied = [colour for colour, members in sorted(classes.items()) if len(members) > 1]
    if not tied:
        order = sorted(colours, key=colours.__getitem__)
        return _label(factors, {name: -1 - k for k, name in enumerate(order)})
    best: tuple[Monomial, int] | None = None
    for chosen in classes[tied[0]]:
        split = {name: 2 * colour + (name != chosen and colour == tied[0]) for name, colour in colours.items()}
        found = _search(factors, _refine(factors, split))
        if best is None or monomial_order(found[0]) < monomial_order(best[0]):
            best = found
        elif found[0] == best[0] and found[1] != best[1]:
            best = (best[0], 0)
    assert best is not None
    return best


def _refine(factors: Sequence[Factor], colours: Colours) -> Colours:
    while True:
        signatures: Signatures = {name: [] for name in colours}
        for factor in factors:
            _add_signatures(factor, colours, signatures)
        keys = {name: (colours[name], sorted(found)) for name, found in signatures.items()}
        ranks = {key: rank for rank, key in enumerate(_unique(sorted(keys.values())))}
        refined = {name: ranks[_hashable(key)] for name, key in keys.items()}
        if len(set(refined.values())) == len(set(colours.values())):
            return refined
        colours = refined


def _hashable(key: tuple[int, list[Any]]) -> tuple[int, tuple[Any, ...]]:
    return key[0], tuple(key[1])


def _unique(keys: list[tuple[int, list[Any]]]) -> list[tuple[int, tuple[Any, ...]]]:
    return list(dict.fromkeys(_hashable(key) for key in keys))


def _add_signatures(factor: Factor, colours: Colours, signatures: Signatures) -> None:
    head, labels, exponent = factor
    shown = [(0, colours[label], "") if label in colours else (1, *label_order(label)[1:]) for label in labels]
    for position, label in enumerate(labels):
        if label in colours:
            views = (
                tuple((shown[k], labels[k] == label, k == position) for k in permutation)
                for permutation, _ in head.symmetries
            )
            signatures[label].append((head.key, exponent, min(views)))


def _label(factors: Sequence[Factor], names: Mapping[Label, Label]) -> tuple[Monomial, int]:
    sign = 1
    result: list[Factor] = []
    for head, labels, exponent in factors:
        named = tuple(names.get(label, label) for label in labels)
        if len(head.symmetries) > 1:
            named, factor_sign = _smallest(named, head.symmetries)
            if factor_sign != 1:
                sign *= _power_sign(factor_sign, exponent)
        result.append((head, named, exponent))
    result.sort(key=factor_order)
    return tuple(result), sign


def _smallest(labels: tuple[Label, ...], symmetries: Sequence[Symmetry]) -> tuple[tuple[Label, ...], int]:
    """The least order of the labels that the symmetries allow, and its sign: 0 where it has both."""
    choices = [(tuple(labels[k] for k in permutation), sign) for permutation, sign in symmetries]
    least = min((choice for choice, _ in choices), key=lambda choice: tuple(label_order(x) for x in choice))
    signs = {sign for choice, sign in choices if choice == least}
    return least, 0 if len(signs) > 1 else signs.pop()


def _power_sign(sign: int, exponent: Number) -> int:
    return sign if sign == 0 or (exponent.denominator == 1 and exponent.numerator % 2) else 1
