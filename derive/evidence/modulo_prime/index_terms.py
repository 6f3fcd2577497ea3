"""Terms of a quotient of sums of products, counted by their indices: what ``index_counts.py`` calculates with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from derive.language.dimensions import Dimension

Counts = Counter[str]
"""Dimension -> number of indices; what is missing is zero."""

Label = str | tuple[str, str]


class Uncounted(Exception):
    """An expression for whose terms no bound of the number of indices is known; the message says which."""


@dataclass(frozen=True)
class Factor:
    """A factor of a denominator.

    Attributes:
        indices: of its terms, by dimension.
        labels: what it depends on beside: the dimension of an axis, or (dimension, index symbol).
    """

    text: str
    indices: tuple[tuple[str, int], ...]
    labels: frozenset[Label]

    @property
    def counts(self) -> Counts:
        return Counter(dict(self.indices))


@dataclass(frozen=True)
class Terms:
    """The terms of a node.

    Attributes:
        indices: of a term of the numerator.
        under: factors of the denominator, with their powers.
        growth: what the derivative of an atom may add.
        latent: factors that a derivative adds to the denominator.
    """

    indices: Counts = field(default_factory=Counter)
    under: Mapping[Factor, int] = field(default_factory=dict)
    growth: Counts = field(default_factory=Counter)
    latent: frozenset[Factor] = frozenset()

    @property
    def local(self) -> bool:
        """Does an entry depend on nothing but what has the indices of its own axes?"""
        return not self.indices.total() and not self.under


def times(counts: Counts, number: int) -> Counts:
    return Counter({name: count * number for name, count in counts.items()})


def _cleared(terms: Terms, under: Mapping[Factor, int]) -> Counts:
    """The indices of the numerator over a common denominator."""
    missing = (times(factor.counts, power - terms.under.get(factor, 0)) for factor, power in under.items())
    return reduce(Counter.__add__, missing, terms.indices)


def added(*parts: Terms) -> Terms:
    """A sum over the common denominator."""
    under: dict[Factor, int] = {}
    for part in parts:
        under |= {factor: max(power, under.get(factor, 0)) for factor, power in part.under.items()}
    indices = reduce(Counter.__or__, (_cleared(part, under) for part in parts))
    return Terms(indices, under, *atoms(parts))


def multiplied(*parts: Terms) -> Terms:
    under = reduce(Counter.__add__, (Counter(part.under) for part in parts))
    return Terms(reduce(Counter.__add__, (part.indices for part in parts)), under, *atoms(parts))


def atoms(parts: Iterable[Terms]) -> tuple[Counts, frozenset[Factor]]:
    parts = list(parts)
    return reduce(Counter.__or__, (p.growth for p in parts)), frozenset().union(*(p.latent for p in parts))


def differentiated(terms: Terms) -> Terms:
    """A derivative in an entry of a symbol."""
    factors = set(terms.under) | terms.latent
    indices = reduce(Counter.__add__, (factor.counts for factor in factors), terms.indices + terms.growth)
    under = {factor: terms.under.get(factor, 0) + 1 for factor in sorted(factors, key=lambda f: f.text)}
    return replace(terms, indices=indices, under=under)


def indices_of(axis: Dimension) -> Counts:
    """The indices that a position along the axis stands for: of ``n * d`` one of n and one of d.

    Raises:
        Uncounted: the axis is a sum, such as n + 1.
    """
    if axis.value is not None:
        return Counter()
    if len(axis.terms) != 1 or axis.terms[0][1] != 1:
        raise Uncounted(f"an axis has the size {axis}")
    return Counter(axis.terms[0][0])
