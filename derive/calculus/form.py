"""The Einstein normal form: sums of monomials in atoms with indices, every index that is not free summed.

A monomial is a product of factors ``head[labels] ** exponent``. A head is a symbol, a Kronecker delta, a size, or a
function, power base, inverse ... of another form whose free labels are the head's ports. A label is

- a non-negative int: a free index (a port, inside a head's body);
- a negative int: a dummy, summed over the dimension of the ports where it stands;
- a string: a fixed index of the author (``@j``) or a position (``#0``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeGuard

from derive.language.dimensions import Dimension

Label = int | str
Number = int | Fraction
Factor = tuple["Head", tuple[Label, ...], Number]
Monomial = tuple[Factor, ...]
Terms = dict[Monomial, Number]
Raw = tuple[list[Factor], Number]
"""A product of factors before it is canonical, with its coefficient."""

Symmetry = tuple[tuple[int, ...], int]
"""A permutation of ports and the sign that it costs."""

SWAP: tuple[Symmetry, ...] = ((0, 1), 1), ((1, 0), 1)
SKEW: tuple[Symmetry, ...] = ((0, 1), 1), ((1, 0), -1)
"""The symmetries of a symmetric and of a skew matrix."""


@dataclass(frozen=True, eq=False)
class Head:
    """What stands at the head of a factor.

    Attributes:
        kind: symbol, delta, size, constant, prime, function (exp, log ...), step, zero, sum (the base of a power),
            inverse, power (of a matrix), determinant, max, or opaque.
        name: the symbol's name, the function's name.
        dims: the dimension of each port.
        body: the form of which this is the function, with labels 0, 1, ... as ports.
        inner: how many of the body's first ports are bound here (a determinant's, an extremum's) and no ports of
            the head.
        bound: the dimensions of the body's first ports, axis by axis: of the rows and columns of a matrix.
        symmetries: permutations of the ports that leave the value unchanged up to the sign, the identity first.
        positive: every value is certainly positive.
        exponent: of the power of a matrix.
    """

    kind: str
    name: str = ""
    dims: tuple[Dimension, ...] = ()
    body: Form | None = None
    inner: int = 0
    bound: tuple[tuple[Dimension, ...], ...] = ()
    symmetries: tuple[Symmetry, ...] = ()
    positive: bool = False
    exponent: Form | None = None
    key: str = field(default="", init=False)
    _hash: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        parts = [self.kind, self.name]
        if self.inner:  # the body need not contain the ports bound here: det(ones(n, n))
            parts.append("|".join(",".join(map(str, axis)) for axis in self.bound))
        if self.body is not None:
            parts.append(self.body.key())
        elif self.kind != "symbol":
            parts.extend(str(d) for d in self.dims)
        elif len(self.symmetries) > 1:
            parts.append(str(self.symmetries))
        if self.exponent is not None:
            parts.append(f"^{self.exponent.key()}")
        key = ":".join(parts)
        if len(key) > 160:
            key = f"{self.kind}:{self.name}:{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "_hash", hash(key))
        if not self.symmetries:
            object.__setattr__(self, "symmetries", ((tuple(range(len(self.dims))), 1),))

    @property
    def has_ends(self) -> bool:
        """Whether the ports bound here are the head's own first ports: the rows and columns of an inverse."""
        return self.kind in ("inverse", "power")

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Head) and self.key == other.key)

    def __repr__(self) -> str:
        return self.name if self.kind == "symbol" else f"{self.kind}<{self.name or self.key[:24]}>"


def label_order(label: Label) -> tuple[int, int, str]:
    """A key that sorts labels: dummies, free indices, then fixed ones."""
    return (1, 0, label) if isinstance(label, str) else (0, label, "")


def factor_order(factor: Factor) -> tuple[str, tuple[tuple[int, int, str], ...], Number]:
    head, labels, exponent = factor
    return head.key, tuple(label_order(label) for label in labels), exponent


def monomial_order(monomial: Monomial) -> tuple[tuple[str, tuple[tuple[int, int, str], ...], Number], ...]:
    return tuple(factor_order(f) for f in monomial)


class Form:
    """A sum of monomials: canonical monomial -> non-zero rational coefficient."""

    __slots__ = ("_key", "terms")

    def __init__(self, terms: Mapping[Monomial, Number]) -> None:
        self.terms: Mapping[Monomial, Number] = terms
        self._key: str | None = None

    @property
    def is_zero(self) -> bool:
        return not self.terms

    @property
    def constant(self) -> Number | None:
        """The value, where the form is a rational number."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and () in self.terms:
            return self.terms[()]
        return None

    def ordered(self) -> list[tuple[Monomial, Number]]:
        """The terms in their canonical order."""
        return sorted(self.terms.items(), key=lambda item: monomial_order(item[0]))

    def key(self) -> str:
        """A text that is equal for equal forms, and the same in every run."""
        if self._key is None:
            self._key = "+".join(f"{c}*{monomial_text(m)}" for m, c in self.ordered())
        return self._key

    def labels(self) -> list[Label]:
        """The free and fixed labels that occur, in a stable order."""
        found = {
            label for monomial in self.terms for _, labels, _ in monomial for label in labels if not is_dummy(label)
        }
        return sorted(found, key=label_order)

    def __repr__(self) -> str:
        return " + ".join(f"{c}*{m!r}" for m, c in self.ordered()) or "0"


def monomial_text(monomial: Monomial) -> str:
    """A text that is equal for equal monomials, and the same in every run."""
    return "*".join(f"{head.key}[{','.join(map(str, labels))}]^{e}" for head, labels, e in monomial)


PORTS = 100
"""Labels from here on are no ports of any body."""


def unused_label(taken: Iterable[Label]) -> int:
    """A free label above all that are taken."""
    return max([PORTS, *(label + 1 for label in taken if isinstance(label, int))])


def is_dummy(label: Label) -> TypeGuard[int]:
    """Whether the label is summed over."""
    return isinstance(label, int) and label < 0


def dummies(factors: Iterable[Factor]) -> list[int]:
    """The dummies in order of first occurrence."""
    seen: dict[int, None] = {}
    for _, labels, _ in factors:
        for label in labels:
            if isinstance(label, int) and label < 0:  # is_dummy, which would cost a call in the innermost loop
                seen[label] = None
    return list(seen)


def label_dimensions(factors: Iterable[Factor]) -> Iterator[tuple[Label, Dimension]]:
    """Each occurrence of a label with the dimension of its port."""
    for head, labels, _ in factors:
        yield from zip(labels, head.dims, strict=True)


def rename(factors: Iterable[Factor], names: Mapping[Label, Label]) -> list[Factor]:
    """The factors with labels replaced, all at once."""
    return [(head, tuple(names.get(label, label) for label in labels), e) for head, labels, e in factors]


def size(dimension: Dimension) -> Form:
    """The dimension as a number."""
    terms: Terms = {}
    for names, c in dimension.terms:
        counts = {name: names.count(name) for name in names}
        terms[tuple((Head("size", name, positive=True), (), e) for name, e in sorted(counts.items()))] = c
    return Form(terms)


def fresh_dummies(names: Iterable[Label], taken: Iterable[Label]) -> dict[Label, Label]:
    """A new dummy for each of ``names``, apart from those that are taken."""
    lowest = min([0, *(label for label in taken if isinstance(label, int))])
    return {name: lowest - 1 - k for k, name in enumerate(names)}


def degree(monomial: Monomial) -> Number:
    """The sum of the positive exponents."""
    return sum(e for _, _, e in monomial if e > 0)


def delta_factor(i: Label, j: Label, dimension: Dimension) -> Factor:
    """The Kronecker delta of two labels as one factor of a product."""
    return Head("delta", dims=(dimension, dimension), symmetries=SWAP), (i, j), 1


def size_factor(dimension: Dimension) -> Factor:
    """A dimension as one factor of a product; it is expanded when the product is collected."""
    return Head("sum", body=size(dimension), positive=True), (), 1


def magnitude(value: Number) -> Number:
    """The absolute value."""
    return value if value >= 0 else -value


def tidy(value: Number) -> Number:
    """An int where the value is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def quotient(numerator: Number, denominator: Number) -> Number:
    """The exact quotient of two rationals, an int where it is one."""
    return tidy(Fraction(numerator) / denominator)
