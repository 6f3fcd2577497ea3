"""How far an expression moves when its variables do: ``||T(p) - T(q)|| <= K ||x_p - x_q||`` at any two points."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.bounds.bound import LIPSCHITZ, Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.arithmetic import hoelder, repeated
from derive.bounds.rules.elementwise import steepest
from derive.bounds.rules.products import OUTER, PRODUCTS, adds_axes, inner_product, is_row, same
from derive.bounds.rules.softmax import NORMALISED, logits
from derive.bounds.value import Value
from derive.language.arrays import Diag, Kron, LogSumExp, Norm, Outer, Spectral, Trace, Vec
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Extremum,
    Index,
    IndexSum,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Sum,
    Tensor,
    Transpose,
)


def order_of(measure: str) -> str:
    return measure.removeprefix("lipschitz ")


def _sum(measure: str, node: Add, p: Parameters) -> Iterator[Scheme]:
    factors = []
    for side in (node.left, node.right):
        if side.shape != node.shape and side.ndim:
            return
        factors.append(p.number(1) if side.shape == node.shape else repeated(order_of(measure), node, p))
    left, right = factors
    if left is not None and right is not None:
        yield (lambda s, t: left * s + right * t), ((measure, node.left), (measure, node.right))


def _operand(measure: str, node: Negative, p: Parameters) -> Iterator[Scheme]:
    del p
    yield same, ((measure, node.operand),)


def product_rule(s: Value, t: Value, ds: Value, dt: Value) -> Value:
    """``||ST - S'T'|| <= ||S|| ||T - T'|| + ||S - S'|| ||T'||``."""
    return s * dt + ds * t


def _bilinear(left: Tensor, right: Tensor, first: str, second: str) -> Iterator[Scheme]:
    """The product rule, and the linear map where one factor does not move."""
    moves = (f"lipschitz {first}", left), (f"lipschitz {second}", right)
    yield product_rule, ((first, left), (second, right), *moves)
    yield (lambda still, s, dt: s * dt if still.is_zero else None), (moves[0], (first, left), moves[1])
    yield (lambda still, t, ds: t * ds if still.is_zero else None), (moves[1], (second, right), moves[0])


def _multiply(measure: str, node: Multiply, p: Parameters) -> Iterator[Scheme]:
    del p
    order = order_of(measure)
    if node.left.shape == node.right.shape:
        for first, second in hoelder(order, node):
            yield from _bilinear(node.left, node.right, first, second)
    for scalar, array in ((node.left, node.right), (node.right, node.left)):
        if not scalar.ndim and array.shape == node.shape and node.ndim:
            yield from _bilinear(scalar, array, "inf", order)


def _matmul(measure: str, node: MatMul, p: Parameters) -> Iterator[Scheme]:
    del p
    for first, second in PRODUCTS.get((node.left.ndim, node.right.ndim), {}).get(order_of(measure), ()):
        yield from _bilinear(node.left, node.right, first, second)


def _outer(measure: str, node: Outer, p: Parameters) -> Iterator[Scheme]:
    del p
    yield from _bilinear(node.left, node.right, *OUTER[order_of(measure)])


def _kron(measure: str, node: Kron, p: Parameters) -> Iterator[Scheme]:
    del p
    if node.left.ndim == node.right.ndim:
        yield from _bilinear(node.left, node.right, order_of(measure), order_of(measure))


def _total(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """A sum of all entries moves by at most the sum of their moves; an inner product by the product rule."""
    del p
    if node.ndim:
        return
    yield same, (("lipschitz 1", node.operand),)
    factors = inner_product(node)
    if factors is not None:
        two = "2" if factors[0].ndim == 1 else "fro"
        for first, second in ((two, two), ("1", "inf"), ("inf", "1")):
            yield from _bilinear(*factors, first, second)


def _index_sum(measure: str, node: IndexSum, p: Parameters) -> Iterator[Scheme]:
    number = p.size(node.index.dimension)
    yield (lambda t: None if p.depends(t, node.index) else number * t), ((measure, node.operand),)


def _quotient(measure: str, node: Divide, p: Parameters) -> Iterator[Scheme]:
    """``|T/c - T'/c'| <= |T - T'|/c + |T'| |c - c'|/(c c')`` for positive scalars c."""
    del p
    if node.right.ndim:
        return
    wanted = (
        (order_of(measure), node.left),
        (measure, node.left),
        ("lower", node.right),
        ("lipschitz inf", node.right),
    )
    yield (lambda t, dt, c, dc: dt / c + t * dc / (c * c) if c.positive else None), wanted


def _composition(measure: str, node: Apply, p: Parameters) -> Iterator[Scheme]:
    """The chain rule: the steepest slope over the range of the argument. Entrywise, so not for spectral norms."""
    order = order_of(measure)
    if order == "op" or len(node.arguments) != 1:
        return
    argument = node.arguments[0]
    for formula, measures in steepest(node.function, p):
        wanted = tuple((kind, argument) for kind in measures)
        yield _scaled(formula), (*wanted, (measure, argument))


def _scaled(slope: Callable[..., Value | None]) -> Callable[..., Value | None]:
    def formula(*values: Value) -> Value | None:
        steep = slope(*values[:-1])
        return None if steep is None else steep * values[-1]

    return formula


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """``|s^k - t^k| <= k max^(k-1) |s - t|``."""
    if not isinstance(node.exponent, Number) or order_of(measure) == "op":
        return
    k = node.exponent.value
    if k.denominator == 1 and k >= 1:
        number = p.number(k)
        wanted = (("inf", node.base), (measure, node.base))
        yield (lambda t, dt: number * t.power(k - 1) * dt), wanted
    elif k < 1:
        number = p.number(abs(k))
        wanted = (("lower", node.base), (measure, node.base))
        yield (lambda t, dt: number * t.power(k - 1) * dt if t.positive else None), wanted


def _softmax(measure: str, node: Tensor, p: Parameters) -> Iterator[Scheme]:
    """``J = diag(f) - f f^T`` has norm at most 1/2, and takes the largest entry to a sum of absolute values at most."""
    z = logits(node)
    if z is None:
        return
    half = p.number(1) / p.number(2)
    if measure == "lipschitz 2":
        yield (lambda t: half * t), (("lipschitz 2", z),)
    if measure == "lipschitz 1":
        yield same, (("lipschitz inf", z),)
    if measure == "lipschitz inf":
        yield (lambda t: half * t), (("lipschitz inf", z),)


def _logsumexp(measure: str, node: LogSumExp, p: Parameters) -> Iterator[Scheme]:
    """The gradient is a probability vector."""
    del p
    if not node.ndim:
        yield same, (("lipschitz inf", node.operand),)


def _rearranged(measure: str, node: Transpose | Vec, p: Parameters) -> Iterator[Scheme]:
    del p
    order = order_of(measure)
    if isinstance(node, Vec):
        yield same, ((f"lipschitz {({'2': 'fro'}).get(order, order)}", node.operand),)
    elif order != "rows":
        yield same, ((measure, node.operand),)


def _diagonal(measure: str, node: Diag, p: Parameters) -> Iterator[Scheme]:
    del p
    order = order_of(measure)
    to = {"op": "inf", "fro": "2", "rows": "inf"} if node.ndim == 2 else {"2": "fro"}
    yield same, ((f"lipschitz {to.get(order, order)}", node.operand),)


def _part(measure: str, node: Index, p: Parameters) -> Iterator[Scheme]:
    del p
    order = order_of(measure)
    if adds_axes(node):
        return
    if node.operand.ndim == 2 and node.ndim == 1 and order == "2":
        yield same, ((f"lipschitz {'rows' if is_row(node) else 'op'}", node.operand),)
    elif order in ("1", "inf"):
        yield same, ((measure, node.operand),)


def _norm(measure: str, node: Norm | Spectral, p: Parameters) -> Iterator[Scheme]:
    """The reverse triangle inequality, and Weyl's for extreme eigenvalues and singular values."""
    del measure, p
    order = "op" if isinstance(node, Spectral) else node.order
    if not (isinstance(node, Spectral) and node.kind == "nuclear"):
        yield same, ((f"lipschitz {order}", node.operand),)


def _extremum(measure: str, node: Extremum, p: Parameters) -> Iterator[Scheme]:
    del p
    if not node.ndim:
        yield same, (("lipschitz inf", node.operand),)


def _trace(measure: str, node: Trace, p: Parameters) -> Iterator[Scheme]:
    root = p.size(node.operand.shape[0]).sqrt()
    yield (lambda t: root * t), (("lipschitz fro", node.operand),)


RULES = (
    Rule("sum rule for Lipschitz constants", LIPSCHITZ, Add, _sum, "triangle inequality"),
    Rule("sign", LIPSCHITZ, Negative, _operand, "definition"),
    Rule("product rule for Lipschitz constants", LIPSCHITZ, Multiply, _multiply, "ST - S'T' = S(T - T') + (S - S')T'"),
    Rule("product rule for Lipschitz constants", LIPSCHITZ, MatMul, _matmul, "ST - S'T' = S(T - T') + (S - S')T'"),
    Rule("product rule for Lipschitz constants", LIPSCHITZ, Outer, _outer, "uv - u'v' = u(v - v') + (u - u')v'"),
    Rule("product rule for Lipschitz constants", LIPSCHITZ, Kron, _kron, "S x T - S' x T' as for products"),
    Rule("sum of moves", LIPSCHITZ, Sum, _total, "triangle inequality, Cauchy-Schwarz"),
    Rule("sum over an index", LIPSCHITZ, IndexSum, _index_sum, "triangle inequality"),
    Rule("quotient rule for Lipschitz constants", LIPSCHITZ, Divide, _quotient, "T/c - T'/c' over a common divisor"),
    Rule("composition", LIPSCHITZ, Apply, _composition, "mean value theorem, entrywise"),
    Rule("power", LIPSCHITZ, Power, _power, "mean value theorem, entrywise"),
    Rule("softmax is 1/2-Lipschitz", LIPSCHITZ, NORMALISED, _softmax, "v^T J v = Var_f(v) <= (max v - min v)^2 / 4"),
    Rule("logsumexp is 1-Lipschitz", LIPSCHITZ, LogSumExp, _logsumexp, "its gradient has sum 1"),
    Rule("same entries", LIPSCHITZ, (Transpose, Vec), _rearranged, "the norm sees the entries, or singular values"),
    Rule("norm of a diagonal", LIPSCHITZ, Diag, _diagonal, "||diag(v)|| = max |v_i|"),
    Rule("a part is at most the whole", LIPSCHITZ, Index, _part, "definition"),
    Rule("reverse triangle inequality, Weyl's inequality", LIPSCHITZ, (Norm, Spectral), _norm, "Horn and Johnson, 4.3"),
    Rule("an extremum moves with its entries", LIPSCHITZ, Extremum, _extremum, "definition"),
    Rule("trace", LIPSCHITZ, Trace, _trace, "Cauchy-Schwarz"),
)
