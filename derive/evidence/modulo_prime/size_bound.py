"""Sizes at which an identity must be tried so that it holds for all sizes.

Theorem. Let D_N be a function of variables that carry indices 1..N of one dimension (an entry A[i, j] carries i and j
where both axes have that dimension), and let

    D_N = sum over subsets S of {1..N} with |S| <= m of g_|S|(the variables all of whose indices lie in S)

with functions g_0, .., g_m that do not depend on N and do not change when indices are renamed. If D_N = 0 identically
for N = 1, .., m + 1, then for all N.

Proof. Fix a reference value for each kind of variable, the same for all indices. Every function of the variables of S
is the sum over T in S of a function of the variables of T that vanishes where an index of T is at the reference
(Moebius inversion over the subsets, the anchored decomposition of Kuo, Sloan, Wasilkowski and Wozniakowski 2010); for
g_j call it h_(j,|T|). Collecting, D_N is the sum over T of

    H_t(N) = sum over j >= t of binomial(N - t, j - t) h_(j,t),         t = |T| <= min(m, N).

This decomposition is unique, so that D_N = 0 exactly if H_t(N) = 0 for each t <= min(m, N). H_t is a polynomial in N
of degree at most m - t. For t >= 1 it vanishes at the m - t + 1 sizes t, .., m, for t = 0 at 1, .., m + 1; so it
vanishes for all N. []

Where D has f >= 1 free indices, at positions of which f' <= f are different, the theorem is applied to the other N - f'
indices, of which there may also be none: the sizes f', .., f' + m suffice, hence 1, .., m + f.

Application. Sums over indices, which may coincide with each other and with free ones, are such sums over subsets: m
is the largest number of summed indices of the dimension in one term (``index_counts.py``). A size that stands as a
number is a sum of ones, one more index. Denominators are multiplied out where they contain sums over the dimension; a
denominator that itself has a free index i that is summed must be multiplied out for every value of i. With several
dimensions the theorem is applied to one after the other, at a grid of sizes: by then the identity has been reduced to
at most m indices apart from the reference, for an earlier dimension, and terms with at most m more, so that 2 m
copies of such a denominator suffice.

Exponentials of sums count as variables with the indices of their exponent: by Ax (1971) exponentials of functions
that are linearly independent over the rationals modulo constants satisfy no polynomial relation, so that D = 0
implies the same with the exponentials replaced by variables, which then holds for all sizes. Independence is needed
at the sizes tried, and certified there: the values at random points form a matrix of full rank modulo a prime. A
logarithm of a sum counts as a variable, a function of one entry as what it is.

Conditions: no fixed entries along symbolic axes, no axes such as n + 1, no hypothesis on sizes, no equality among the
hypotheses, no inverse, determinant or root of a sum; and denominators that do not vanish identically at the
reference. The theorem says what sizes suffice; that the sides agree there is known from random points, with their
probability of an error. So the conclusion is never a proof.

Sources: J. Ax, On Schanuel's conjectures, Annals of Mathematics 93 (1971); F. Y. Kuo, I. H. Sloan, G. W. Wasilkowski,
H. Wozniakowski, On decompositions of multivariate functions, Mathematics of Computation 79 (2010), 953-966.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product

from flint import nmod_mat

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.residues import P, Residues
from derive.evidence.modulo_prime.index_counts import IndexCounts
from derive.evidence.modulo_prime.index_symbols import free_indices
from derive.evidence.modulo_prime.index_terms import Counts, Uncounted, added, indices_of
from derive.instances.modular_points import Sampler
from derive.instances.sizes import Shapes, Sizes
from derive.language.errors import InputError
from derive.language.tensor import Tensor
from derive.obligation import Obligation

LARGEST = 24
"""Indices of one dimension above which no bound is of use."""

MOST_EXPONENTS = 64
"""Exponents at one size whose independence is still certified."""


@dataclass(frozen=True)
class SizeBound:
    """The sizes 1, .., ``largest[D]`` of every dimension D suffice, in all combinations.

    Attributes:
        exponents: whose independence is to be certified at each of them.
    """

    largest: Mapping[str, int]
    exponents: tuple[Tensor, ...]

    def grid(self) -> list[Sizes]:
        """All combinations, the smallest first."""
        rows = product(*(range(1, size + 1) for size in self.largest.values()))
        found = [dict(zip(self.largest, row, strict=True)) for row in rows]
        return sorted(found, key=lambda sizes: sum(sizes.values()))

    def __str__(self) -> str:
        return ", ".join(f"{name} = 1..{size}" for name, size in self.largest.items())


def size_bound(obligation: Obligation, shapes: Shapes, sampler: Sampler) -> SizeBound | str:
    """The sizes that suffice, or why no bound is known."""
    if not sampler.generic:
        return "the hypotheses tie entries to each other"
    if shapes.relations:
        return "the hypotheses speak of sizes"
    if any(len(dimension.names) > 1 for dimension in shapes.indices.values()):
        return "an index runs over several dimensions"
    try:
        return _least(obligation, shapes)
    except Uncounted as reason:
        return str(reason)


def _least(obligation: Obligation, shapes: Shapes) -> SizeBound:
    """The smallest bound that is consistent with the number of denominators that it makes necessary."""
    sides = (obligation.left, obligation.right)
    free = _free(*sides)
    found: Counts = Counter()
    while True:
        counts = IndexCounts(copies={name: 2 * (found[name] + free[name]) or 1 for name in shapes.names})
        larger = found | added(*(counts.terms(side) for side in sides)).indices
        if larger == found:
            largest = {name: found[name] + max(free[name], 1) for name in shapes.names}
            return SizeBound(largest, tuple(counts.independent().values()))
        if max(larger.values(), default=0) > LARGEST:
            raise Uncounted("denominators multiply out to too many indices")
        found = larger


def _free(left: Tensor, right: Tensor) -> Counts:
    """The free indices of each dimension: axes of the sides, and index symbols."""
    symbols = {**free_indices(left), **free_indices(right)}
    axes = [*max(left.shape, right.shape, key=len), *(symbol.dimension for symbol in symbols.values())]
    return reduce(Counter.__add__, map(indices_of, axes), Counter())


def independent(exponents: tuple[Tensor, ...], sampler: Sampler, sizes: Sizes, label: str) -> bool:
    """Are all entries of the exponents linearly independent modulo constants, certified by values at random points?"""
    places = [(tensor, indices) for tensor in exponents for indices in _places(tensor, sizes)]
    if not places:
        return True
    rows: list[list[int]] = []
    while not rows or len(rows) < len(rows[0]) + 2:
        system = Residues(f"{label}\0independence {len(rows)}")
        try:
            point = sampler.point(sizes, {}, system)
            rows.append(_values(places, point, system))
        except (EvaluationError, InputError):
            return False
        if len(rows[0]) > MOST_EXPONENTS:
            return False
    width = len(rows[0]) + 1
    matrix = nmod_mat(len(rows), width, [entry for row in rows for entry in [1, *row]], P)
    return int(matrix.rank()) == width


def _values(places: list[tuple[Tensor, dict[str, int]]], point: Point, system: Residues) -> list[int]:
    arrays = (evaluate(tensor, Point(point.sizes, indices, point.values), system) for tensor, indices in places)
    return [int(x) % P for array in arrays for x in array.flat]


def _places(tensor: Tensor, sizes: Sizes) -> Iterator[dict[str, int]]:
    """All positions of the index symbols in a tensor."""
    symbols = free_indices(tensor)
    for row in product(*(range(symbol.dimension.size(sizes)) for symbol in symbols.values())):
        yield dict(zip(symbols, row, strict=True))
