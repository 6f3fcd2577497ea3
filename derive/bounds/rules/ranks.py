"""The rank of matrices from above: of sums, products, diagonals, and what the normal form shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from derive.bounds.bound import Rule, Scheme
from derive.bounds.counts import steps
from derive.bounds.parameters import Parameters
from derive.bounds.rules.products import same, times
from derive.bounds.rules.softmax import unnamed
from derive.bounds.value import Value
from derive.calculus.algebra import Undecidable
from derive.calculus.ranks import Ranks, ranks
from derive.language.arrays import Full, Inverse, Kron, Outer
from derive.language.derivatives import Definition
from derive.language.relations import Relation
from derive.language.tensor import (
    Add,
    Divide,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Tensor,
    Transpose,
)

PARTS = "rank of parts"
WHOLE, RANKS = frozenset({"rank"}), frozenset({PARTS})
"""The rank by the normal form of the whole, and by rules for what it is made of, which is also one of the former."""


def _plus(s: Value, t: Value) -> Value:
    return s + t


def _shape(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """No more than rows, or columns."""
    del measure
    if node.ndim == 2:
        yield from ((lambda size=size: p.size(size), ()) for size in dict.fromkeys(node.shape))


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.shape == node.right.shape:
        yield _plus, ((measure, node.left), (measure, node.right))


def _product(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.ndim == node.right.ndim == 2:
        yield from ((same, ((measure, factor),)) for factor in (node.left, node.right))


def _entrywise(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """A multiple; ``(sum u v^T) * (sum s t^T) = sum (u s) (v t)^T``."""
    del p
    matrices = [side for side in (node.left, node.right) if side.ndim]
    if len(matrices) == 1:
        yield same, ((measure, matrices[0]),)
    elif node.left.shape == node.right.shape:
        yield times, ((measure, node.left), (measure, node.right))


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    del p
    if not node.right.ndim:
        yield same, ((measure, node.left),)


def _same(measure: str, node: Negative | Transpose | Definition, p: Parameters) -> Iterator[Scheme]:
    del p
    yield same, ((measure, node.operand),)


def _inverse(measure: str, node: Inverse, p: Parameters) -> Iterator[Scheme]:
    del measure
    yield (lambda: p.size(node.shape[0])), ()


def _one(measure: str, node: Outer | Full, p: Parameters) -> Iterator[Scheme]:
    del measure
    if node.ndim == 2:
        yield (lambda: p.number(1)), ()


def _kron(measure: str, node: Kron, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.ndim == node.right.ndim == 2:
        yield times, ((measure, node.left), (measure, node.right))


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


@lru_cache(maxsize=4)
def _shown(node: Tensor, given: tuple[Relation, ...], masks: tuple[Tensor, ...]) -> Ranks | None:
    """What the normal form shows of a matrix; asked for once by each rule in turn."""
    try:
        return ranks(node, given, masks) if node.ndim == 2 else None
    except Undecidable:
        return None


def _counts(p: Parameters) -> tuple[tuple[str, Tensor], ...]:
    """The numbers of positive entries that the claim speaks of: ``sum(heaviside(z))`` with the vector of steps."""
    return tuple((symbol.name, vector) for symbol, node in p.nodes.items() for vector in steps(unnamed(node)))


def _in_normal_form(node: Tensor, p: Parameters) -> Ranks:
    found = _shown(node, tuple(p.given), tuple(vector for _, vector in _counts(p)))
    return Ranks((), (), None, ()) if found is None else found


def _by_parts(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    del measure, p
    yield same, ((PARTS, node),)


def _products(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """The coefficients of columns times rows, and the sizes of the matrices in between of which it is a product."""
    del measure
    found = _in_normal_form(node, p)
    for pairs in () if found.pairs is None else (found.pairs,):
        yield (lambda pairs=pairs: p.number(pairs)), ()
    for size in found.through:
        yield (lambda size=size: p.size(size)), ()


def _null_vector(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    del measure
    for size in _in_normal_form(node, p).annihilated:
        yield (lambda size=size: p.size(size) - p.number(1)), ()


def _masked(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``F = D F`` with a diagonal matrix D of zeros and ones: as many ones as D has."""
    del measure
    counts = _counts(p)
    for k in _in_normal_form(node, p).masked:
        yield (lambda k=k: p.symbols[counts[k][0]]), ()


RULES = (
    Rule("equal ranks", WHOLE, Tensor, _by_parts, "definition"),
    Rule("no more than rows or columns", RANKS, Tensor, _shape, "definition"),
    Rule("rank of a sum", RANKS, Add, _sum, "the sum of the column spaces"),
    Rule("rank of a product", RANKS, MatMul, _product, "the column space of AB is in that of A"),
    Rule("rank of an entrywise product", RANKS, Multiply, _entrywise, "Horn and Johnson, Topics, 5.1.7"),
    Rule("rank of a multiple", RANKS, Divide, _quotient, "definition"),
    Rule("equal ranks", RANKS, (Negative, Transpose, Definition), _same, "row rank is column rank"),
    Rule("full rank", RANKS, Inverse, _inverse, "definition"),
    Rule("a column times a row", RANKS, (Outer, Full), _one, "definition"),
    Rule("rank of a Kronecker product", RANKS, Kron, _kron, "Horn and Johnson, Topics, 4.2.15"),
    Rule("sum over an index", RANKS, IndexSum, _index_sum, "rank of a sum"),
    Rule("columns times rows", WHOLE, Tensor, _products, "rank of a product, in the normal form"),
    Rule("null vector", WHOLE, Tensor, _null_vector, "a factor sends the vector of ones to zero: rank and nullity"),
    Rule("zeros of a diagonal", WHOLE, Tensor, _masked, "F = DF, and D has as many nonzero rows as ones"),
)
