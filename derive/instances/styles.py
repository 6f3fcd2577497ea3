"""How the free entries of an instance are drawn: small integers, decimals, vertices, saturated and tiny scales ..."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Style:
    """How the free entries of an instance are drawn: ``+-numerator/denominator * scale``, zero with odds ``zeros``.

    Attributes:
        least, numerators: the range of the numerators; no numerators, all entries zero.
        scales: one of them is chosen for each array.
        constant: all entries of an array are equal.
        vertex: one entry of an array is 1 or -1, the others are zero; a scalar is a landmark. Scaled to a bound, these
            are the vertices of simplices and boxes, ``R e_i`` and matrices ``R e_i e_j^T`` of rank one.
        near: symbols of one shape lie near each other, where Lipschitz constants are attained, and the rows of a matrix
            are one row and its negative.
    """

    name: str
    numerators: int = 3
    denominators: tuple[int, ...] = (1,)
    scales: tuple[Fraction, ...] = (Fraction(1),)
    zeros: float = 0.1
    least: int = 1
    constant: bool = False
    vertex: bool = False
    near: bool = False

    @property
    def degenerate(self) -> bool:
        """Are all entries of an array equal?"""
        return self.constant or self.numerators == 0


LANDMARKS = tuple(map(Fraction, (1, 2, 4, 10, 100)))
"""Values of scalars at which constants and exponentials of bounds show what they are worth."""

STYLES = (
    Style("integers"),
    Style("rationals", 5, (2, 3, 4), zeros=0.0),
    Style("vertices", 1, vertex=True),
    Style("neighbours", 5, (2, 3), (Fraction(1), Fraction(1, 10)), zeros=0.0, near=True),
    Style("decimals", 2500, (1000,), zeros=0.0),
    Style("sparse", 2, zeros=0.5),
    Style("large", 9, scales=(Fraction(10),)),
    Style("tiny", 9, (1, 7), scales=(Fraction(1, 10**6), Fraction(1, 10**9)), zeros=0.0),
    Style("mixed scales", 9, (1, 3), scales=(Fraction(1, 1000), Fraction(1), Fraction(100))),
    Style("saturated", 700, least=50, scales=(Fraction(1), Fraction(1), Fraction(1, 100)), zeros=0.0),
    Style("equal entries", 3, (1, 2), zeros=0.0, constant=True),
    Style("zeros", 0, zeros=1.0),
)
