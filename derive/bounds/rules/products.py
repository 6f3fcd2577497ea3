"""Norms of matrix products, outer and Kronecker products, transposes, diagonals, rows and traces."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import NORMS, Premise, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.value import Value
from derive.language.arrays import Diag, Kron, Norm, Outer, Spectral, Trace, Vec
from derive.language.tensor import Apply, Extremum, Index, IndexSum, MatMul, Multiply, Sum, Tensor, Transpose


def times(first: Value, second: Value) -> Value:
    return first * second


def same(value: Value) -> Value:
    return value


PRODUCTS: dict[tuple[int, int], dict[str, tuple[tuple[str, str], ...]]] = {
    (1, 1): {"inf": (("2", "2"), ("1", "inf"), ("inf", "1"))},
    (2, 1): {"2": (("op", "2"),), "inf": (("rows", "2"), ("inf", "1")), "1": (("1", "inf"),)},
    (1, 2): {"2": (("2", "op"),), "inf": (("1", "inf"),), "1": (("inf", "1"),)},
    (2, 2): {
        "op": (("op", "op"),),
        "fro": (("op", "fro"), ("fro", "op")),
        "rows": (("rows", "op"),),
        "inf": (("inf", "1"), ("1", "inf")),
    },
}
"""By the ranks of the factors and the norm of the product: the norms of the factors whose product bounds it."""


def _matmul(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    del p
    for left, right in PRODUCTS.get((node.left.ndim, node.right.ndim), {}).get(measure, ()):
        yield times, ((left, node.left), (right, node.right))


def _entries_of_product(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    """An entry of a product of matrices has as many terms as they have rows or columns in common."""
    del measure
    if node.left.ndim == node.right.ndim == 2:
        number = p.size(node.left.shape[1])
        yield (lambda s, t: number * s * t), (("inf", node.left), ("inf", node.right))


def inner_product(node: Tensor) -> tuple[Tensor, Tensor] | None:
    """The factors of ``sum(u * v)``."""
    if isinstance(node, Sum) and not node.ndim and isinstance(node.operand, Multiply):
        left, right = node.operand.left, node.operand.right
        if left.shape == right.shape and left.ndim:
            return left, right
    return None


def _sum(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """``|sum T| <= ||T||_1``, of a matrix ``|1^T T 1| <= sqrt(mn) ||T||``, and Cauchy-Schwarz where T is a product."""
    if measure == "inf" and not node.ndim:
        yield same, (("1", node.operand),)
        if node.operand.ndim == 2:
            root = p.entries(node.operand.shape).sqrt()
            yield (lambda t: root * t), (("op", node.operand),)
        factors = inner_product(node)
        if factors is not None:
            for left, right in (("2", "2"), ("1", "inf"), ("inf", "1")):
                if factors[0].ndim == 2:
                    left, right = left.replace("2", "fro"), right.replace("2", "fro")
                yield times, ((left, factors[0]), (right, factors[1]))


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    """``||sum_k T_k|| <= K max ||T_k||``."""
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


OUTER = {"op": ("2", "2"), "fro": ("2", "2"), "1": ("1", "1"), "inf": ("inf", "inf"), "rows": ("inf", "2")}


def _outer(measure: str, node: Outer, p: Parameters) -> Iterator[Scheme]:
    del p
    left, right = OUTER[measure]
    yield times, ((left, node.left), (right, node.right))


def _kron(measure: str, node: Kron, p: Parameters) -> Iterator[Scheme]:
    """Multiplicative for every norm here."""
    del p
    if node.left.ndim == node.right.ndim:
        yield times, ((measure, node.left), (measure, node.right))


def _rearranged(measure: str, node: Transpose | Vec, p: Parameters) -> Iterator[Scheme]:
    """Norms that see only the entries, and the spectral norm of a transpose."""
    del p
    if isinstance(node, Vec):
        yield same, (({"2": "fro"}.get(measure, measure), node.operand),)
    elif measure != "rows":
        yield same, ((measure, node.operand),)


def _diagonal(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    """``||diag(v)|| = ||v||_inf``, and the diagonal of a matrix."""
    del p
    if node.ndim == 2:
        order = {"op": "inf", "fro": "2", "rows": "inf"}.get(measure, measure)
        yield same, ((order, node.operand),)
    else:
        order = {"2": "fro"}.get(measure, measure)
        yield same, ((order, node.operand),)
        if measure == "inf":
            yield same, (("op", node.operand),)


def adds_axes(node: Index) -> bool:
    return any(isinstance(item, str) and item == "None" for item in node.items)


def is_row(node: Index) -> bool:
    """Is this part of a matrix a row, rather than a column?"""
    return isinstance(node.items[1], str)


def _entry(measure: str, node: Index, p: Parameters) -> Iterator[Scheme]:
    """A part is at most the whole; a row of a matrix is at most ``rows``, a column at most the spectral norm."""
    del p
    if adds_axes(node):
        if node.operand.ndim == 1 and node.ndim == 2 and measure != "rows":  # a vector as a row or a column
            yield same, (({"op": "2", "fro": "2"}.get(measure, measure), node.operand),)
        return
    if node.operand.ndim == 2 and node.ndim == 1 and measure == "2":
        order = "rows" if is_row(node) else "op"
        yield same, ((order, node.operand),)
    elif measure in ("1", "inf"):
        yield same, ((measure, node.operand),)
    if measure == "2" and node.operand.ndim == 2:
        yield same, (("fro", node.operand),)


def _trace(measure: str, node: Trace, p: Parameters) -> Iterator[Scheme]:
    """``|tr(M)| <= n ||M||``, and ``|tr(ST)| <= ||S||_F ||T||_F``."""
    if measure != "inf":
        return
    number = p.size(node.operand.shape[0])
    yield (lambda t: number * t), (("op", node.operand),)
    if isinstance(node.operand, MatMul):
        yield times, (("fro", node.operand.left), ("fro", node.operand.right))


def _norm(measure: str, node: Norm | Spectral, p: Parameters) -> Iterator[Scheme]:
    """A norm inside an expression is bounded as the norm that it is."""
    del p
    if measure not in ("inf", "upper"):
        return
    orders = {"opnorm": "op"} if isinstance(node, Spectral) else {}
    order = orders.get(node.kind, "") if isinstance(node, Spectral) else node.order
    if order:
        premise: Premise = (order, node.operand)
        yield same, (premise,)


def _largest_entry(measure: str, node: Extremum, p: Parameters) -> Iterator[Scheme]:
    del p
    if not node.ndim and measure == "inf":
        yield same, (("inf", node.operand),)


def _absolute(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.function == "abs" and measure != "op":
        yield same, ((measure, node.arguments[0]),)


RULES = (
    Rule("submultiplicativity", NORMS, MatMul, _matmul, "Cauchy-Schwarz and Hoelder; Horn and Johnson, 5.6"),
    Rule("entries of a product", frozenset({"inf"}), MatMul, _entries_of_product, "by counting terms"),
    Rule("Cauchy-Schwarz inequality", NORMS, Sum, _sum, "Cauchy-Schwarz and Hoelder"),
    Rule("sum over an index", NORMS, IndexSum, _index_sum, "triangle inequality"),
    Rule("norm of an outer product", NORMS, Outer, _outer, "||u v^T|| = ||u|| ||v||"),
    Rule("norm of a Kronecker product", NORMS, Kron, _kron, "Horn and Johnson, Topics, 4.2"),
    Rule("same entries", NORMS, (Transpose, Vec), _rearranged, "the norm sees the entries alone, or singular values"),
    Rule("norm of a diagonal", NORMS, Diag, _diagonal, "||diag(v)|| = max |v_i|"),
    Rule("a part is at most the whole", NORMS, Index, _entry, "definition"),
    Rule("trace", NORMS, Trace, _trace, "Cauchy-Schwarz for the Frobenius product"),
    Rule("norm", NORMS | {"upper"}, (Norm, Spectral), _norm, "definition"),
    Rule("largest entry", NORMS, Extremum, _largest_entry, "definition"),
    Rule("absolute value", NORMS, Apply, _absolute, "definition"),
)
