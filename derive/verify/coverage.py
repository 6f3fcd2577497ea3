"""Whether the cases of a certificate cover its domain: vertices, places of a largest entry, and orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from flint import ctx

from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.record import CaseRecord, CertificateRecord
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, build, elementwise
from derive.verify.balls import PRECISION, Balls
from derive.verify.elementary import Elementary
from derive.verify.extents import one_norm
from derive.verify.generic import Generic, equal
from derive.verify.goals import Goal
from derive.verify.points import drawn, key_of, symbols_in
from derive.verify.rationals import Rationals
from derive.verify.scope import scope
from derive.verify.statement import Statement
from derive.verify.styles import free
from derive.verify.values import Evaluation
from derive.verify.witnesses import read_array


class Unseen(Exception):
    """What a certificate rests on is not looked at again."""


class Gap(Exception):
    """A point of the domain is in no case."""


def cover(part: Statement, record: CertificateRecord, found: list[Goal], name: str) -> None:
    """Every goal at every sizes has the cases that its reductions ask for.

    Raises:
        Gap: one is missing.
        Unseen: a reduction is of a kind that is not looked at.
    """
    groups: dict[tuple[tuple[str, int], ...], list[CaseRecord]] = {}
    for case in record.cases:
        groups.setdefault(tuple(sorted(case.sizes.items())), []).append(case)
    if not groups:
        raise Gap("it has no case")
    for group in groups.values():
        for number, goal in enumerate(found, 1):
            cases = [case for case in group if case.goal == number]
            if not cases:
                raise Gap(f"goal {number} has no case")
            _cover_goal(part, goal, cases, name)


def _cover_goal(part: Statement, goal: Goal, cases: list[CaseRecord], name: str) -> None:
    first = cases[0]
    if not any((case.fixed, case.largest, case.ordered, case.indices) != ({}, {}, (), {}) for case in cases):
        return
    if any(case.indices for case in cases) or len(first.sizes) != 1:
        raise Unseen("cases by positions, or of several sizes, are not looked at")
    (size,) = first.sizes.values()
    shapes = {(tuple(case.fixed), tuple(case.largest)) for case in cases}
    if len(shapes) != 1 or max(len(first.fixed), len(first.largest)) > 1:
        raise Unseen("cases by several symbols are not looked at")
    symbols = {symbol.name: symbol for symbol in symbols_in(part)}
    vertices: list[tuple[Fraction, ...]] = [()]
    for symbol_name in first.fixed:
        vertices = _vertices(symbols[symbol_name], part, goal, size, name)
    places = range(size) if first.largest else (-1,)
    wanted = {_labels(vertex, place, size) for vertex, place in product(vertices, places)}
    given = set()
    for case in cases:
        fixed = [tuple(read_array(v, (size,), n).entries) for n, v in case.fixed.items()] or [()]
        labels = _each(fixed[0], next(iter(case.largest.values()), -1), size)
        if any(i >= j or labels[i] != labels[j] for i, j in case.ordered):
            raise Gap("an order compares entries that a permutation does not exchange")
        given.add(frozenset(Counter(labels).items()))
    if not wanted <= given:
        raise Gap("a vertex, or a place of the largest entry, has no case")
    if (len(given) < len(vertices) * len(places) or any(case.ordered for case in cases)) and not _symmetric(
        part, goal, size, name
    ):
        raise Gap("the inequality changes with the order of the entries")


def _each(vertex: tuple[Fraction, ...], place: int, size: int) -> list[tuple[Fraction, bool]]:
    """What tells an entry from others: the vertex there, and whether it is the largest."""
    return [(vertex[k] if vertex else Fraction(0), k == place) for k in range(size)]


def _labels(vertex: tuple[Fraction, ...], place: int, size: int) -> frozenset[tuple[tuple[Fraction, bool], int]]:
    return frozenset(Counter(_each(vertex, place, size)).items())


def _vertices(symbol: Symbol, part: Statement, goal: Goal, size: int, name: str) -> list[tuple[Fraction, ...]]:
    """The vertices of the 1-norm ball, or of its part without negative entries, in which the goal is affine."""
    ball = one_norm(symbol, part)
    if ball is None or len(symbol.shape) != 1:
        raise Unseen(f"{symbol.name} is in no ball of the 1-norm alone")
    if not _affine(symbol, part, goal, name):
        raise Unseen(f"the inequality is not affine in {symbol.name}")
    radius, nonnegative = ball
    ends = [(i, sign * radius) for i in range(size) for sign in ((1, 0) if nonnegative else (1, -1))]
    return [tuple(end if k == i else Fraction(0) for k in range(size)) for i, end in ends]


def _affine(symbol: Symbol, part: Statement, goal: Goal, name: str) -> bool:
    """At points in general position: is the value in the middle of two points the mean of the values at both?"""
    generic = Generic(part, {}, f"{name} affine")
    with ctx.workprec(PRECISION):
        for evaluation, values in generic.places:
            one: Array = values[symbol.name]
            two = elementwise(lambda z: z * z - z * 3, one)
            middle = elementwise(lambda a, b: (a + b) / 2, one, two)
            try:
                first, second, half = (
                    goal.gap(evaluation, values.binding(symbol.name, value)) for value in (one, two, middle)
                )
            except Unknown:
                return False
            if not equal(half, elementwise(lambda a, b: (a + b) / 2, first, second)):
                return False
    return True


def _symmetric(part: Statement, goal: Goal, size: int, name: str) -> bool:
    """Do gap and hypotheses change as their axes do where two neighbouring entries of every symbol are exchanged?"""
    sizes = dict.fromkeys(part.dimensions, size)
    numbers = _random_values(part, sizes, name)
    sides = [side for relation in part.given for side in (relation.left, relation.right)]
    evaluation = Evaluation(Balls(), sizes)
    with ctx.workprec(PRECISION):
        try:
            arrays = _arrays(goal, sides, evaluation, numbers)
            for k in range(size - 1):
                turned = {key: _exchanged(value, k, size) for key, value in numbers.items()}
                others = _arrays(goal, sides, evaluation, turned)
                if not all(equal(b, _exchanged(a, k, size)) for a, b in zip(arrays, others, strict=True)):
                    return False
        except Unknown:
            return False
    return True


def _arrays(goal: Goal, sides: Sequence[Tensor], evaluation: Evaluation, numbers: Mapping[str, Array]) -> list[Array]:
    """The gap, and both sides of every hypothesis."""
    values = scope(numbers, {})
    return [goal.gap(evaluation, values), *(evaluation.value(side, values) for side in sides)]


def _random_values(part: Statement, sizes: Mapping[str, int], name: str) -> dict[str, Array]:
    rng = key_of(name, "order")
    styles = {symbol.name: free for symbol in symbols_in(part)}
    exact = drawn(part, sizes, styles, Elementary(Rationals()), lambda: Fraction(rng.getrandbits(60) | 1, 1 << 60))
    return {key: elementwise(Balls().rational, value) for key, value in exact.items()}


def _exchanged(value: Array, k: int, size: int) -> Array:
    """Positions k and k + 1 exchanged along every axis of the size."""

    def other(position: tuple[int, ...]) -> tuple[int, ...]:
        swap = {k: k + 1, k + 1: k}
        return tuple(swap.get(i, i) if axis == size else i for i, axis in zip(position, value.shape, strict=True))

    return build(value.shape, lambda at: value[other(at)])
