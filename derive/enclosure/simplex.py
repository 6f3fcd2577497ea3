"""Reduction: a softmax whose argument is free is any point of the open simplex.

For n >= 1, ``z -> softmax(z)`` maps R^n onto ``{p : p > 0, sum(p) = 1}``: the argument ``z = log(p)`` gives p. The
same holds for ``softmax(A @ x)`` where A and x are free and occur nowhere else: with x = e_1 and the first column of A
equal to ``log(p)``. So an inequality in softmax(z) alone holds for all z just if it holds, with p in the place of the
softmax, on the open simplex; it is shown on the closed one. That takes the exponentials out of the search, which leaves
polynomials, and makes the domain bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.enclosure.patterns import fresh, softmax_argument
from derive.instances.patterns import strip, symbols
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.plain import identity, plain
from derive.language.rebuild import with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, MatMul, Number, Sum, Tensor

NAME = "exponentials eliminated: a softmax of a free argument is any point of the simplex"


@dataclass(frozen=True)
class OnTheSimplex:
    """Expressions in which ``points`` stand for softmaxes; ``given`` says that they lie on the simplex."""

    expressions: tuple[Tensor, ...]
    given: tuple[Relation, ...]
    points: dict[str, str]


def on_the_simplex(expressions: Sequence[Tensor], given: Sequence[Relation]) -> OnTheSimplex:
    """The expressions with a symbol in the place of each softmax whose argument is free."""
    found = OnTheSimplex(tuple(expressions), tuple(given), {})
    nodes = (node for side in expressions for node in side.walk())
    arguments = {identity(z): z for node in nodes if (z := softmax_argument(strip(node))) is not None}
    for z in arguments.values():
        found = _replaced(found, z) or found
    return found


def _replaced(found: OnTheSimplex, z: Tensor) -> OnTheSimplex | None:
    """The softmax of z replaced, where nothing else depends on the symbols of z."""
    free = _free(z)
    spoken_of = {name for r in found.given for name in symbols(r.left, r.right)}
    if free is None or set(free) & spoken_of or any(symbol.properties for symbol in free.values()):
        return None
    taken = {node.name for side in found.expressions for node in side.walk() if isinstance(node, (Symbol, Definition))}
    point = Symbol(fresh("p", taken | spoken_of), z.shape, frozenset({"nonnegative"}))
    expressions = [_rebuilt(side, identity(z), point, {}) for side in found.expressions]
    if any(side is None or set(symbols(side)) & set(free) for side in expressions):
        return None
    simplex = Relation("==", Sum.of(point), Number(Fraction(1)))
    kept = tuple(side for side in expressions if side is not None)
    return OnTheSimplex(kept, (*found.given, simplex), {**found.points, point.name: f"softmax({plain(z)})"})


def _free(z: Tensor) -> dict[str, Symbol] | None:
    """The symbols of an argument that ranges over all vectors: a symbol, or a matrix symbol times a vector symbol."""
    match strip(z):
        case Symbol(name=name) as symbol if symbol.ndim == 1:
            return {name: symbol}
        case MatMul(left=left, right=right):
            factors = [strip(left), strip(right)]
            if all(isinstance(factor, Symbol) for factor in factors) and len(symbols(*factors)) == 2:
                return symbols(*factors)
    return None


def _rebuilt(node: Tensor, argument: str, point: Symbol, done: dict[Tensor, Tensor | None]) -> Tensor | None:
    """The expression with ``point`` for the softmax of what reads ``argument``; None where it cannot be rebuilt."""
    if node in done:
        return done[node]
    z = softmax_argument(node)
    if z is not None and identity(z) == argument:
        found: Tensor | None = point
    elif isinstance(node, Definition):
        found = _rebuilt(node.operand, argument, point, done)
    else:
        found = _from_operands(node, argument, point, done)
    done[node] = found
    return found


def _from_operands(node: Tensor, argument: str, point: Symbol, done: dict[Tensor, Tensor | None]) -> Tensor | None:
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    changed = [_rebuilt(child, argument, point, done) for child in below]
    if any(child is None for child in changed):
        return None
    if all(new is old for new, old in zip(changed, below, strict=True)):
        return node
    if isinstance(node, (Derivative, Directional, Substitution)):
        return None
    try:
        return with_operands(node, [child for child in changed if child is not None])
    except (InputError, TypeError):
        return None
