"""The laws of random entries: what holds of their values surely, and their cumulants under exponential weights.

Independent entries enter by their cumulant generating function ``K(t) = log E exp(t s)``. Under the weight
``exp(sum_e b_e s_e)`` they stay independent, with ``sum_e K(b_e)`` as the logarithm of the total weight and the
derivatives of K at b_e as cumulants (exponential tilting; Barndorff-Nielsen, Information and Exponential Families,
1978). For Gaussians, with ``K(t) = t**2 / 2``, this completes the square. Uniform entries are scaled to [-1, 1].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import sympy as sp

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import atom, number
from derive.calculus.axes import Array, Axis
from derive.calculus.form import Factor, Form, Head, Label, delta_factor
from derive.calculus.functions import from_sympy
from derive.calculus.impose import Facts, impose
from derive.calculus.powers import piecewise, split_delta
from derive.calculus.rules import Rule
from derive.calculus.separation import TwoValued
from derive.calculus.structure import rebuild
from derive.language.dimensions import Dimension
from derive.language.functions import w, z

ROWS = frozenset({"sphere", "one_hot"})
"""Laws of whole rows, whose entries depend on one another."""

GENERATING: dict[str, sp.Expr] = {
    "gaussian": z**2 / 2,
    "rademacher": sp.log((sp.exp(z) + sp.exp(-z)) / 2),
    "uniform": sp.log((sp.exp(z) - sp.exp(-z)) / (2 * z)),
    "bernoulli": sp.log(1 - w + w * sp.exp(z)),
}
"""K(z) of independent entries; of ``bernoulli`` with the probability w."""


@dataclass(frozen=True)
class RandomEntries:
    """The entries of a random symbol in a lowering.

    Attributes:
        head: the symbol as the head of a factor; its ports are the labels of ``axes``, axis by axis.
        last: the size of the last axis, along which a law of rows spreads.
        parameters: the law's parameters as arrays.
    """

    kind: str
    head: Head
    axes: tuple[Axis, ...]
    last: Dimension
    parameters: tuple[Array, ...]

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def within(self) -> int:
        """How many of the ports belong to the last axis."""
        return len(self.axes[-1]) if self.axes else 0


def prepared(algebra: Algebra, form: Form, entries: RandomEntries) -> Form:
    """The form with what holds surely used: ``s**2 = 1`` of a sign, ``sum(u**2) = 1`` of a row of a sphere, ..."""
    rules, two_valued = _certain(entries)
    return impose(algebra, form, Facts(rules=rules, two_valued=two_valued)) if rules else form


def _certain(entries: RandomEntries) -> tuple[list[Rule], list[TwoValued]]:
    head, count = entries.head, len(entries.head.dims)
    ports: tuple[Label, ...] = tuple(f"!{k}" for k in range(count))
    one: Factor = (head, ports, 1)
    square: Factor = (head, ports, 2)
    match entries.kind:
        case "rademacher":
            return [Rule((square,), (((), 1),))], [TwoValued(entries.name, ports, Fraction(-1), Fraction(1))]
        case "bernoulli":
            return [Rule((square,), (((one,), 1),))], [TwoValued(entries.name, ports, Fraction(0), Fraction(1))]
        case "one_hot":
            return [Rule((square,), (((one,), 1),)), _one_place_a_row(entries, ports)], []
        case "sphere":
            summed = tuple(f"?{k}" if k >= count - entries.within else f"!{k}" for k in range(count))
            return [Rule(((head, summed, 2),), (((), 1),))], []
    return [], []


def _one_place_a_row(entries: RandomEntries, ports: tuple[Label, ...]) -> Rule:
    """``P[k, i] P[k, j] = delta[i, j] P[k, i]``."""
    start = len(ports) - entries.within
    others = (*ports[:start], *(f"!{len(ports) + k}" for k in range(entries.within)))
    pairs = zip(ports[start:], others[start:], entries.head.dims[start:], strict=True)
    result = ((entries.head, ports, 1), *(delta_factor(i, j, d) for i, j, d in pairs))
    return Rule(((entries.head, ports, 1), (entries.head, others, 1)), ((result, 1),))


def scaled(algebra: Algebra, form: Form, entries: RandomEntries) -> Form:
    """Uniform entries as ``(low + high)/2 + (high - low)/2 s``, with s uniform on [-1, 1] under the same name."""
    if entries.kind != "uniform":
        return form
    low, high = (parameter.form for parameter in entries.parameters)
    middle = algebra.scale(algebra.add(low, high), Fraction(1, 2))
    half = algebra.scale(algebra.subtract(high, low), Fraction(1, 2))

    def replace(head: Head, labels: tuple[Label, ...]) -> Form:
        entry = atom(head, labels)
        return algebra.add(middle, algebra.multiply(half, entry)) if head == entries.head else entry

    return rebuild(algebra, form, replace)


def cumulant(algebra: Algebra, entries: RandomEntries, order: int, weight: Form) -> Form:
    """The derivative of K of the given order at ``weight``, a form that may have Kronecker deltas.

    At zero it is the limit, where the formula of K has a removable singularity.
    """

    def at(part: Form) -> Form:
        expression = _limit(entries.kind, order) if part.is_zero else _derivative(entries.kind, order)
        values = {z: part}
        if entries.kind == "bernoulli":
            values[w] = entries.parameters[0].form
        return from_sympy(algebra, expression, values)

    return _by_cases(algebra, weight, at)


def _by_cases(algebra: Algebra, form: Form, function: Callable[[Form], Form]) -> Form:
    split = split_delta(algebra, form)
    if split is None:
        return function(form)
    return piecewise(algebra, split, lambda part: _by_cases(algebra, part, function))


@lru_cache(maxsize=256)
def _derivative(kind: str, order: int) -> sp.Expr:
    return sp.diff(GENERATING[kind], z, order)


@lru_cache(maxsize=256)
def _limit(kind: str, order: int) -> sp.Expr:
    """The cumulant itself; of the uniform law on [-1, 1], whose K is singular at 0, by Bernoulli's numbers."""
    if kind == "uniform":
        return sp.bernoulli(order) * 2**order / order if order > 1 else sp.S.Zero
    return _derivative(kind, order).subs(z, 0)


def same(algebra: Algebra, labels: tuple[Label, ...], others: tuple[Label, ...], dims: tuple[Dimension, ...]) -> Form:
    """1 where two places of an array are one, else 0."""
    deltas = [delta_factor(i, j, d) for i, j, d in zip(labels, others, dims, strict=True)]
    return algebra.collect([(deltas, 1)]) if deltas else number(1)
