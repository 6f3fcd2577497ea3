"""Extreme eigenvalues of symmetric matrices; of others, bounds of ``v^T M v`` over unit vectors v."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce

from derive.bounds.bound import SPECTRA, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.combinations import collected
from derive.bounds.rules.products import same
from derive.bounds.rules.softmax import alike, logits, unnamed
from derive.bounds.rules.symmetry import transposes
from derive.language.arrays import Diag, Eye, Outer
from derive.language.tensor import Add, Divide, IndexSum, MatMul, Multiply, Negative, Number, Power, Tensor, Transpose

OTHER = {"lambda_max": "lambda_min", "lambda_min": "lambda_max"}
RANGE = {"lambda_max": "upper", "lambda_min": "lower"}


def _weyl(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.shape == node.right.shape and collected(node) is None:
        yield (lambda s, t: s + t), ((measure, node.left), (measure, node.right))


def _negative(measure: str, node: Negative, p: Parameters) -> Iterator[Scheme]:
    del p
    yield (lambda t: -t), ((OTHER[measure], node.operand),)


def _multiple(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """A number times a matrix; a scalar within a range, where the signs are known."""
    for scalar, array in ((node.left, node.right), (node.right, node.left)):
        if scalar.ndim or array.ndim != 2:
            continue
        if isinstance(scalar, Number):
            c = p.number(scalar.value)
            kind = measure if scalar.value >= 0 else OTHER[measure]
            yield (lambda t, c=c: c * t), ((kind, array),)
        elif measure == "lambda_max":
            three = (("upper", scalar), ("lower", scalar), (measure, array))
            yield (lambda c, least, t: c * t if least.nonnegative and t.nonnegative else None), three
        else:
            two = (("lower", scalar), (measure, array))
            yield (lambda c, t: c * t if c.nonnegative and t.nonnegative else None), two


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    if isinstance(node.right, Number):
        c = p.number(node.right.value)
        yield (lambda t: t / c), ((measure if node.right.value > 0 else OTHER[measure], node.left),)
    elif not node.right.ndim and measure == "lambda_min":
        wanted = ((measure, node.left), ("lower", node.right))
        # a quotient by zero has no value
        yield (lambda t, c: p.number(0) if t.nonnegative and c.nonnegative else None), wanted


def _schur_product(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    """The entrywise product of two positive semidefinite matrices is one."""
    if measure == "lambda_min" and node.left.shape == node.right.shape:
        symmetric = ("symmetric", node.left), ("symmetric", node.right)
        wanted = ((measure, node.left), (measure, node.right), *symmetric)
        yield (lambda s, t, *_: p.number(0) if s.nonnegative and t.nonnegative else None), wanted


def _diagonal(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.ndim == 2:
        yield same, ((RANGE[measure], node.operand),)


def _identity(measure: str, node: Eye, p: Parameters) -> Iterator[Scheme]:
    del measure, node
    yield (lambda: p.number(1)), ()


def _outer(measure: str, node: Outer, p: Parameters) -> Iterator[Scheme]:
    """``0 <= u u^T <= ||u||^2 I``."""
    if alike(node.left, node.right):
        if measure == "lambda_min":
            yield (lambda: p.number(0)), ()
        else:
            yield (lambda t: t * t), (("2", node.left),)


def _congruence(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``A^T M A`` and ``A^T A``: eigenvalues of M times squared singular values of A."""
    if node.ndim != 2:
        return
    if transposes(node.left, node.right):
        yield from _gram(measure, node.right, p)
    left, right = unnamed(node.left), unnamed(node.right)
    if isinstance(left, MatMul) and left.left.ndim == 2 and transposes(left.left, node.right):
        yield from _sandwich(measure, left.right, node.right, p)
    if isinstance(right, MatMul) and right.right.ndim == 2 and transposes(node.left, right.right):
        yield from _sandwich(measure, right.left, right.right, p)


def _mirrored_product(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``S M S``, ``S A^T M A S`` and so on with symmetric S: ``P^T M P`` of a product P."""
    factors = _factors(node)
    half = len(factors) // 2
    pairs = list(zip(factors[:half], reversed(factors[-half:]), strict=True))
    if len(factors) < 3 or all(transposes(*pair) for pair in pairs):
        return
    itself = [first for first, second in pairs if not transposes(first, second)]
    if any(not alike(first, second) for first, second in pairs if not transposes(first, second)):
        return
    outer = reduce(MatMul.of, factors[-half:])
    mirrored = tuple(("symmetric", factor) for factor in itself)
    inner = factors[half : len(factors) - half]
    found = _sandwich(measure, inner[0], outer, p) if inner else _gram(measure, outer, p)
    for formula, wanted in found:
        count = len(wanted)
        yield (lambda *t, formula=formula, count=count: formula(*t[:count])), (*wanted, *mirrored)


def _factors(node: Tensor) -> list[Tensor]:
    """The matrices of a product, however it is bracketed."""
    product = unnamed(node)
    if isinstance(product, MatMul) and product.left.ndim == product.right.ndim == 2:
        return [*_factors(product.left), *_factors(product.right)]
    return [node]


def _diagonal_product(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """``diag(u) diag(v) = diag(u v)``."""
    del p
    left, right = unnamed(node.left), unnamed(node.right)
    if isinstance(left, Diag) and isinstance(right, Diag) and left.ndim == right.ndim == 2:
        u, v = left.operand, right.operand
        entries = Power.of(u, Number(Fraction(2))) if alike(u, v) else Multiply.of(u, v)
        yield same, ((RANGE[measure], entries),)


def _diagonal_power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """Entrywise positive powers of ``diag(u)`` are those of u on the diagonal."""
    del p
    base = unnamed(node.base)
    if isinstance(base, Diag) and base.ndim == 2 and isinstance(node.exponent, Number) and node.exponent.value > 0:
        yield same, ((RANGE[measure], Power.of(base.operand, node.exponent)),)


def _gram(measure: str, factor: Tensor, p: Parameters) -> Iterator[Scheme]:
    if measure == "lambda_max":
        yield (lambda t: t * t), (("op", factor),)
    else:
        yield (lambda: p.number(0)), ()
        yield (lambda t: t * t if t.nonnegative else None), (("sigma_min", factor),)


def _sandwich(measure: str, middle: Tensor, factor: Tensor, p: Parameters) -> Iterator[Scheme]:
    if measure == "lambda_max":
        yield (lambda m, a: m * a * a if m.nonnegative else None), ((measure, middle), ("op", factor))
        return
    least = ((measure, middle), ("sigma_min", factor))
    yield (lambda m, s: m * s * s if s.nonnegative and p.nonnegative_there(m) else None), least
    yield (lambda m, a: m * a * a if (-m).nonnegative else None), ((measure, middle), ("op", factor))


def _covariance(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    """``0 <= diag(f) - f f^T <= I / 2`` for a probability vector f: v^T J v is the variance of v."""
    if not isinstance(node.right, Negative):
        return
    first, second = unnamed(node.left), unnamed(node.right.operand)
    if not isinstance(first, Diag) or not isinstance(second, Outer) or not alike(second.left, second.right):
        return
    if logits(first.operand) is not None and alike(first.operand, second.left):
        half = p.number(1) / p.number(2)
        yield (lambda: half if measure == "lambda_max" else p.number(0)), ()


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


def _smallest_singular_value(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    """Of a diagonal: the smallest absolute value of an entry."""
    del measure
    if node.ndim == 2:
        square = Power.of(node.operand, Number(Fraction(2)))
        yield (lambda t: t.sqrt() if t.nonnegative else None), (("lower", square),)
        yield (lambda t: t if t.nonnegative else None), (("lower", node.operand),)
    del p


def _transpose(measure: str, node: Transpose, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.ndim == 2:
        yield same, ((measure, node.operand),)


RULES = (
    Rule("Weyl's inequality", SPECTRA, Add, _weyl, "Horn and Johnson, 4.3.1"),
    Rule("sign of a spectrum", SPECTRA, Negative, _negative, "definition"),
    Rule("multiple of a spectrum", SPECTRA, Multiply, _multiple, "definition"),
    Rule("multiple of a spectrum", SPECTRA, Divide, _quotient, "definition"),
    Rule("Schur's product theorem", SPECTRA, Multiply, _schur_product, "Horn and Johnson, 7.5.3"),
    Rule("spectrum of a diagonal", SPECTRA, Diag, _diagonal, "definition"),
    Rule("spectrum of a diagonal", frozenset({"sigma_min"}), Diag, _smallest_singular_value, "definition"),
    Rule("identity", SPECTRA, Eye, _identity, "definition"),
    Rule("outer square", SPECTRA, Outer, _outer, "v^T u u^T v = <u, v>^2, Cauchy-Schwarz"),
    Rule("congruence", SPECTRA, MatMul, _congruence, "v^T A^T M A v = (Av)^T M (Av)"),
    Rule("congruence", SPECTRA, MatMul, _mirrored_product, "v^T P^T M P v = (Pv)^T M (Pv)"),
    Rule("power of a diagonal", SPECTRA, Power, _diagonal_power, "0 to a positive power is 0"),
    Rule("product of diagonals", SPECTRA, MatMul, _diagonal_product, "diag(u) diag(v) = diag(u v)"),
    Rule("variance", SPECTRA, Add, _covariance, "v^T (diag(f) - f f^T) v = Var_f(v) <= (max v - min v)^2 / 4"),
    Rule("sum over an index", SPECTRA, IndexSum, _index_sum, "Weyl's inequality"),
    Rule("transpose", SPECTRA, Transpose, _transpose, "definition"),
)
