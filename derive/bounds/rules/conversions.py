"""Between measures of the same expression: norms compared, norms and ranges, spectra and norms."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import LIPSCHITZ, NORMS, RANGES, SPECTRA, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.value import Value, largest
from derive.language.tensor import Tensor

VECTOR = {
    "1": {"2": "sqrt", "inf": "all"},
    "2": {"1": "", "inf": "sqrt"},
    "inf": {"1": "", "2": ""},
}
"""How a vector norm is bounded by another: times nothing, the root of the number of entries, or that number."""

MATRIX = {
    "op": {"fro": "", "1": "", "inf": "sqrt", "rows": "sqrt rows"},
    "fro": {"1": "", "inf": "sqrt", "op": "sqrt short", "rows": "sqrt rows"},
    "1": {"fro": "sqrt", "inf": "all", "op": "all root"},
    "inf": {"op": "", "fro": "", "1": "", "rows": ""},
    "rows": {"op": "", "fro": "", "1": "", "inf": "sqrt columns"},
}
"""The same for a matrix; ``sqrt short`` is the root of either side's length, for the rank is at most that."""


def _factors(text: str, node: Tensor, p: Parameters) -> list[Value]:
    number = p.entries(node.shape)
    match text:
        case "":
            return [p.number(1)]
        case "sqrt":
            return [number.sqrt()]
        case "all":
            return [number]
        case "sqrt rows":
            return [p.size(node.shape[0]).sqrt()]
        case "sqrt columns":
            return [p.size(node.shape[1]).sqrt()]
        case "sqrt short":
            return [p.size(axis).sqrt() for axis in node.shape]
    return [number.sqrt() * p.size(axis).sqrt() for axis in node.shape]  # ||M||_1 <= sqrt(mn) ||M||_F


def _norms(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    kind, _, order = measure.rpartition(" ")
    table = VECTOR if node.ndim == 1 else MATRIX if node.ndim == 2 else {}
    for other, text in table.get(order, {}).items():
        for factor in _factors(text, node, p):
            yield (lambda value, factor=factor: factor * value), ((f"{kind} {other}".strip(), node),)


def _interpolated(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``||x||_2^2 <= ||x||_1 ||x||_inf``."""
    del p
    kind, _, order = measure.rpartition(" ")
    if order in ("2", "fro") and not kind and node.ndim:
        yield (lambda s, t: (s * t).sqrt()), (("1", node), ("inf", node))


def _range(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``|T| <= max(upper, -lower)``."""
    del p
    if measure == "inf":
        yield (lambda upper, lower: largest(upper, -lower)), (("upper", node), ("lower", node))
        yield (lambda upper, lower: upper if lower.nonnegative else None), (("upper", node), ("lower", node))


def _from_norm(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    del p
    sign = -1 if measure == "lower" else 1
    for order in ("inf", "2", "1"):
        if node.ndim or order == "inf":
            yield (lambda value: -value if sign < 0 else value), ((order, node),)


def _eigenvalues(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``|lambda| <= ||M||``."""
    del p
    for order in ("op", "fro"):
        yield (lambda value: value if measure == "lambda_max" else -value), ((order, node),)


def _spectral_norm(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """A symmetric matrix: ``||M|| = max |lambda|``."""
    del measure, p
    if node.ndim == 2 and node.shape[0] == node.shape[1]:
        yield largest_eigenvalue, (("symmetric", node), ("lambda_max", node), ("lambda_min", node))


def largest_eigenvalue(_: Value, upper: Value, lower: Value) -> Value:
    return upper if lower.nonnegative else largest(upper, -lower)


RULES = (
    Rule("comparison of norms", NORMS | LIPSCHITZ, Tensor, _norms, "Cauchy-Schwarz; Horn and Johnson, 5.4 and 5.6"),
    Rule("Hoelder's inequality", NORMS, Tensor, _interpolated, "sum x_i^2 <= max |x_i| sum |x_i|"),
    Rule("norm of a range", frozenset({"inf"}), Tensor, _range, "definition"),
    Rule("an entry is at most the norm", RANGES, Tensor, _from_norm, "definition"),
    Rule("an eigenvalue is at most the norm", SPECTRA, Tensor, _eigenvalues, "Horn and Johnson, 5.6.9"),
    Rule("spectral norm of a symmetric matrix", frozenset({"op"}), Tensor, _spectral_norm, "Horn and Johnson, 5.6"),
)
