"""Dimensions: positive integers that stay symbolic, as polynomials with integer coefficients in named sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.language.errors import InputError

Monomial = tuple[str, ...]

MOST_TERMS = 64
LARGEST_DEGREE = 16
LARGEST = 10**18
"""Limits of a polynomial: its terms, their degree, and their coefficients."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """The size of an axis: a polynomial in size symbols, such as ``n``, ``3``, ``n*d`` or ``n + 1``.

    ``terms`` maps a sorted tuple of names (with repetitions) to its integer coefficient, zero coefficients left out,
    sorted: equal polynomials are equal objects.
    """

    terms: tuple[tuple[Monomial, int], ...]

    @classmethod
    def symbol(cls, name: str) -> Dimension:
        return cls((((name,), 1),))

    @classmethod
    def number(cls, value: int) -> Dimension:
        return cls((((), value),) if value else ())

    @classmethod
    def _collect(cls, terms: Mapping[Monomial, int]) -> Dimension:
        kept = tuple(sorted((names, c) for names, c in terms.items() if c))
        if len(kept) > MOST_TERMS or any(len(names) > LARGEST_DEGREE or abs(c) > LARGEST for names, c in kept):
            raise InputError("a dimension is too large to be written out", hint="use a dimension symbol for it")
        return cls(kept)

    def __add__(self, other: Dimension) -> Dimension:
        total = dict(self.terms)
        for names, c in other.terms:
            total[names] = total.get(names, 0) + c
        return self._collect(total)

    def __neg__(self) -> Dimension:
        return Dimension(tuple((names, -c) for names, c in self.terms))

    def __mul__(self, other: Dimension) -> Dimension:
        total: dict[Monomial, int] = {}
        for left, c in self.terms:
            for right, e in other.terms:
                names = tuple(sorted(left + right))
                total[names] = total.get(names, 0) + c * e
        return self._collect(total)

    @property
    def value(self) -> int | None:
        """The number that this dimension is, or None where it is symbolic."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and self.terms[0][0] == ():
            return self.terms[0][1]
        return None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for names, _ in self.terms for name in names)

    def size(self, sizes: Mapping[str, int]) -> int:
        """The number at given ``sizes``.

        Raises:
            InputError: a size symbol has no size, or the result is negative.
        """
        total = 0
        for names, c in self.terms:
            for name in names:
                if name not in sizes:
                    raise InputError(
                        f"the dimension {name} has no size", hint=f"give {name} a size or use it in a shape"
                    )
                c *= sizes[name]
            total += c
        if total < 0:
            raise InputError(f"the dimension {self} is negative at {dict(sizes)}")
        return total

    def __str__(self) -> str:
        if not self.terms:
            return "0"
        parts = []
        for names, c in sorted(self.terms, key=lambda term: (-len(term[0]), term[0])):
            head = "-" if c == -1 and names else f"{c}*" if c != 1 or not names else ""
            parts.append((head + "*".join(names)).removesuffix("*"))
        return " + ".join(parts).replace("+ -", "- ")


Shape = tuple[Dimension, ...]
ONE = Dimension.number(1)


def shape_text(shape: Shape) -> str:
    """The shape as NumPy prints it, in the author's symbols: ``(n, d)``, ``(d,)``, ``()``."""
    inside = ", ".join(str(d) for d in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"
