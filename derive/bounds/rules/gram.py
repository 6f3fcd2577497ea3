"""Spectra from entries, entries from spectra: Gershgorin's theorem, projections, inverses, quadratic forms."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import RANGES, SPECTRA, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.products import same
from derive.bounds.rules.softmax import alike, unnamed
from derive.bounds.value import Value
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.arrays import Diag, Eye, Inverse, Spectral
from derive.language.symbols import Symbol
from derive.language.tensor import Add, MatMul, Negative, Tensor

RANGE = {"lambda_max": "upper", "lambda_min": "lower"}
SPECTRUM = {"upper": "lambda_max", "lower": "lambda_min"}


def _gershgorin(measure: str, node: Symbol, p: Parameters) -> Iterator[Scheme]:
    """``|lambda - M_ii| <= (n - 1) r`` where no entry off the diagonal is above r, in M or, the same, in M - I."""
    if node.ndim != 2 or node.shape[0] != node.shape[1]:
        return
    others = p.size(node.shape[0]) - p.number(1)

    def disc(centre: Value, radius: Value) -> Value:
        return centre + others * radius if measure == "lambda_max" else centre - others * radius

    diagonal = (RANGE[measure], Diag(node, node.shape[:1]))
    for matrix in (node, Add.of(node, Negative.of(Eye(node.shape[0], node.shape)))):
        yield disc, (diagonal, ("inf", matrix))


def _projection(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``P P = P = P^T``, decided by the normal form, of a product with an inverse in it."""
    if node.ndim == 2 and node.shape[0] == node.shape[1] and _has_inverse(node) and _is_projection(node):
        yield (lambda: p.number(1 if measure == "lambda_max" else 0)), ()


def _has_inverse(node: Tensor) -> bool:
    node = unnamed(node)
    return isinstance(node, Inverse) or (isinstance(node, MatMul) and any(map(_has_inverse, node.children())))


def _is_projection(node: Tensor) -> bool:
    try:
        return difference(MatMul.of(node, node), node).proved and difference(node, node.T).proved
    except Undecidable:
        return False


def _inverse(measure: str, node: Inverse, p: Parameters) -> Iterator[Scheme]:
    """``1 / lambda_max <= lambda(M^-1) <= 1 / lambda_min`` of a symmetric M whose eigenvalues are positive.

    Where they are at least 0 they are positive wherever M has an inverse.
    """
    inner = node.operand
    symmetric = ("symmetric", inner)
    if measure == "lambda_max":
        upper = (("lambda_min", inner), symmetric)
        yield (lambda least, _: p.number(1) / least if p.positive_there(least) else None), upper
    else:
        yield (lambda least, _: p.number(0) if least.nonnegative else None), (("lambda_min", inner), symmetric)
        three = (("lambda_max", inner), ("lambda_min", inner), symmetric)
        yield (lambda most, least, _: p.number(1) / most if p.positive_there(least) else None), three


def _quadratic_form(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``lambda_min |v|^2 <= v^T M v <= lambda_max |v|^2``; from below the sign of an eigenvalue alone."""
    found = _as_quadratic_form(node)
    if found is None:
        return
    vector, matrix = found
    if measure == "upper":
        two = (("lambda_max", matrix), ("2", vector))
        yield (lambda most, length: most * length * length if _nonnegative(most, p) else None), two
    else:
        yield (lambda least: p.number(0) if _nonnegative(least, p) else None), (("lambda_min", matrix),)


def _nonnegative(value: Value, p: Parameters) -> bool:
    return p.nonnegative_there(value) or p.positive_there(value)


def _as_quadratic_form(node: MatMul) -> tuple[Tensor, Tensor] | None:
    """v and M of ``(v @ M) @ v`` and ``v @ (M @ v)``."""
    for outside, product in ((node.right, unnamed(node.left)), (node.left, unnamed(node.right))):
        if node.ndim or not isinstance(product, MatMul):
            continue
        matrix, vector = (product.right, product.left) if outside is node.right else (product.left, product.right)
        if matrix.ndim == 2 and alike(vector, outside):
            return outside, matrix
    return None


def _diagonal(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    """``M_ii`` is ``v^T M v`` for a unit vector v; a symbol's spectrum may come from its diagonal, by Gershgorin."""
    del p
    if node.ndim == 1 and not isinstance(unnamed(node.operand), Symbol):
        yield same, ((SPECTRUM[measure], node.operand),)


def _extreme(measure: str, node: Spectral, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.kind == SPECTRUM[measure]:
        yield (lambda t, _: t), ((node.kind, node.operand), ("symmetric", node.operand))


RULES = (
    Rule("Gershgorin's theorem", SPECTRA, Symbol, _gershgorin, "Horn and Johnson, 6.1.1"),
    Rule("orthogonal projection", SPECTRA, MatMul, _projection, "0 <= |P v|^2 = v^T P v <= |v|^2 where P P = P = P^T"),
    Rule("spectrum of an inverse", SPECTRA, Inverse, _inverse, "the eigenvalues are those of M, inverted"),
    Rule("quadratic form", RANGES, MatMul, _quadratic_form, "Horn and Johnson, 4.2.2"),
    Rule("extreme eigenvalue", RANGES, Spectral, _extreme, "definition"),
    Rule("diagonal of a spectrum", RANGES, Diag, _diagonal, "Horn and Johnson, 4.2.2, at unit vectors"),
)
