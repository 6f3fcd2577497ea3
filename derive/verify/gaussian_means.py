"""The mean of one term of a mixture over its Gaussian entries, by completing the square.

``E x^k exp(b.x + x^T M x / 2) = det(I - M)^(-1/2) exp(b^T V b / 2)`` times the k-th moment of a Gaussian with the mean
``V b`` and the covariance ``V = (I - M)^-1``, where I - M is positive definite.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from derive.verify.arithmetic import Unknown
from derive.verify.arrays import build
from derive.verify.elementary import Elementary
from derive.verify.linear import determinant, inverse
from derive.verify.mixtures import Monomial, Number, Term, mixture

HALF = Fraction(1, 2)


def gaussian_mean(functions: Elementary, term: Term, numbers: Collection[int]) -> Number:
    """The mean over the entries of some numbers, which are standard Gaussians.

    Raises:
        Unknown: an exponent of a higher degree, or one of which the mean may be infinite.
    """
    occurring = (number for monomial in (term.monomial, *term.exponent) for number, _ in monomial)
    own = sorted(set(occurring) & set(numbers))
    if not own:
        return mixture([term])
    integral = _Integral(functions, own)
    rest = integral.read(term)
    powers = [own.index(number) for number, power in term.monomial if number in own for _ in range(power)]
    outside = tuple(pair for pair in term.monomial if pair[0] not in own)
    integral.complete_the_square()
    return mixture([Term(term.coefficient, outside, rest)]) * integral.weight * integral.moment(powers)


class _Integral:
    def __init__(self, functions: Elementary, own: Sequence[int]) -> None:
        self.functions, self.own = functions, own
        zero = functions.number(0)
        self.slope: list[Number] = [zero] * len(own)
        self.curvature: dict[tuple[int, int], Number] = {}

    def read(self, term: Term) -> dict[Monomial, Number]:
        """Take b and M from the exponent, and return what is left of it."""
        rest: dict[Monomial, Number] = {}
        for monomial, c in term.exponent.items():
            inner = [self.own.index(number) for number, power in monomial if number in self.own for _ in range(power)]
            other = tuple(pair for pair in monomial if pair[0] not in self.own)
            match inner:
                case []:
                    rest[monomial] = c
                case [i]:
                    self.slope[i] = self.slope[i] + mixture([Term(c, other)])
                case [i, j] if not other:
                    self._curve(i, j, c)
                    self._curve(j, i, c)
                case _:
                    raise Unknown("an exponential of a higher power of Gaussians")
        return rest

    def _curve(self, i: int, j: int, c: Number) -> None:
        known = self.curvature.get((i, j))
        self.curvature[i, j] = c if known is None else known + c

    def _curvature(self, i: int, j: int) -> Number:
        return self.curvature.get((i, j), self.functions.number(0))

    def complete_the_square(self) -> None:
        f, n = self.functions, len(self.own)
        zero, one = f.number(0), f.number(1)
        if not self.curvature:
            self.covariance = {(i, i): one for i in range(n)}
            self.mean, root = self.slope, one
        else:
            matrix = build((n, n), lambda at: (one if at[0] == at[1] else zero) - self._curvature(at[0], at[1]))
            minors = (build((k, k), matrix.__getitem__) for k in range(1, n + 1))
            if not all(f.arithmetic.sign(determinant(minor, f)) == 1 for minor in minors):
                raise Unknown("the mean of an exponential of a quadratic form may be infinite")
            found = inverse(matrix, f)
            self.covariance = {(i, j): found[i, j] for i in range(n) for j in range(n)}
            self.mean = [sum((self.slope[j] * found[i, j] for j in range(n)), zero) for i in range(n)]
            root = f.power(determinant(matrix, f), -HALF)
        square = sum((b * m for b, m in zip(self.slope, self.mean, strict=True)), zero)
        self.weight = f.exp(square * f.number(HALF)) * root

    def moment(self, powers: Sequence[int]) -> Number:
        """``E prod_j x[powers_j]`` under the weight: ``E x_i r = m_i E r + sum_j V_ij E r without x_j``."""
        if not powers:
            return self.functions.number(1)
        first, rest = powers[0], powers[1:]
        total = self.mean[first] * self.moment(rest)
        for k, other in enumerate(rest):
            if (first, other) in self.covariance:
                total = total + self.covariance[first, other] * self.moment([*rest[:k], *rest[k + 1 :]])
        return total
