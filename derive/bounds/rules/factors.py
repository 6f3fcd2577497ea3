"""Differences that are linear in what differs: ``s a - s b = s (a - b)``, ``sum(a) - sum(b) = sum(a - b)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.bounds.bound import NORMS, RANGES, SPECTRA, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.combinations import Terms, combination, terms
from derive.bounds.rules.products import same
from derive.bounds.rules.softmax import alike, unnamed
from derive.language.arrays import Diag, Kron, Outer
from derive.language.tensor import Add, MatMul, Multiply, Negative, Sum, Tensor

PRODUCTS = (Multiply, MatMul, Outer, Kron)


def _common_factor(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """A sum of two terms that are products with one factor in common, drawn out."""
    del p
    pair = [(c * sign, term) for c, full in terms(node) for sign, term in [_signed(full)]]
    sign = -1 if pair[0][0] < 0 else 1  # claims speak of a - b
    found = drawn_out([(sign * c, term) for c, term in pair])
    if found is not None:
        yield same, ((measure, found if sign > 0 else Negative.of(found)),)


def _diagonals(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    """``diag((u - v) w) = (diag(u) - diag(v)) diag(w)``, where a claim speaks of ``diag(u) - diag(v)``."""
    del p
    product = unnamed(node.operand)
    if node.ndim != 2 or not isinstance(product, Multiply):
        return
    for gap, factor in ((product.left, product.right), (product.right, product.left)):
        if isinstance(gap, Add) and gap.left.shape == gap.right.shape == factor.shape:
            diagonals = combination([(c, Diag(term, node.shape)) for c, term in terms(gap)])
            yield (lambda s, t: s * t), ((measure, diagonals), (measure, Diag(factor, node.shape)))


def drawn_out(pair: Terms) -> Tensor | None:
    """The sum of two terms as a product of what they share and of a sum; None where they share nothing."""
    if len(pair) != 2:
        return None
    (c, first), (d, second) = pair
    first, second = unnamed(first), unnamed(second)
    if type(first) is not type(second) or first.shape != second.shape:
        return None
    if isinstance(first, Diag) and isinstance(second, Diag) and first.operand.shape == second.operand.shape:
        return Diag(_added((c, first.operand), (d, second.operand)), first.shape)
    if isinstance(first, Sum) and isinstance(second, Sum):
        alike_summed = first.axes == second.axes and first.operand.shape == second.operand.shape
        return (
            Sum.of(_added((c, first.operand), (d, second.operand)), first.axes, first.keepdims)
            if alike_summed
            else None
        )
    if not isinstance(first, PRODUCTS) or not isinstance(second, PRODUCTS):
        return None
    if alike(first.left, second.left) and first.right.shape == second.right.shape:
        return replace(first, right=_added((c, first.right), (d, second.right)))
    if alike(first.right, second.right) and first.left.shape == second.left.shape:
        return replace(first, left=_added((c, first.left), (d, second.left)))
    return None


def _added(*pair: tuple[Fraction, Tensor]) -> Tensor:
    """The combination, with what these two share drawn out in turn."""
    found = drawn_out(list(pair))
    return combination(list(pair)) if found is None else found


def _signed(term: Tensor) -> tuple[Fraction, Tensor]:
    """The sign of a product, drawn out of its factors, and the rest."""
    term = unnamed(term)
    if isinstance(term, Negative):
        sign, rest = _signed(term.operand)
        return -sign, rest
    if isinstance(term, Multiply):
        (s, left), (t, right) = _signed(term.left), _signed(term.right)
        return s * t, term if s == t == 1 else Multiply.of(left, right)
    return Fraction(1), term


RULES = (
    Rule("common factor", NORMS | RANGES | SPECTRA, Add, _common_factor, "s a - s b = s (a - b)"),
    Rule("product of diagonals", frozenset({"op"}), Diag, _diagonals, "diag(u v) = diag(u) diag(v)"),
)
