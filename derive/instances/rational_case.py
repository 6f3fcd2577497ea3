"""Cases of an equation that have rational solutions: what is solved in place of an equation that has few.

An equation with an exponential of ``A @ x`` has, but for special coefficients, rational solutions at ``x = 0`` alone
(Lindemann and Weierstrass). Entries whose squares are one number are equal up to their signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.instances.degrees import homogeneity, vanishes
from derive.instances.patterns import bare, square_root, strip, symbols
from derive.language.arrays import Full, LogSumExp, Softmax, Spectral
from derive.language.derivatives import Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.plain import identity
from derive.language.rebuild import renamed, with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Index, Tensor, tensor

TRANSCENDENTAL = frozenset({"exp", "expm1", "log1p", "sin", "tan", "arctan", "sinh", "tanh", "erf", "cosh", "cos"})
"""Functions that have a rational value at zero, and at no other rational number."""


def rational_cases(given: Sequence[Relation]) -> list[Relation]:
    """The hypotheses, equations among them in the case in which they have rational solutions."""
    return [case for relation in given for case in _cases(relation)]


def in_equations(given: Sequence[Relation]) -> frozenset[str]:
    """The names of matrices whose singular values stand in equations, and so have to be rational."""
    sides = [side for relation in given if relation.sign == "==" for side in (relation.left, relation.right)]
    inner = [strip(node.operand) for side in sides for node in side.walk() if isinstance(node, Spectral)]
    return frozenset(node.name for node in inner if isinstance(node, Symbol))


def _cases(relation: Relation) -> Iterator[Relation]:
    if relation.sign != "==":
        yield relation
    elif any(isinstance(node, Derivative) for side in (relation.left, relation.right) for node in side.walk()):
        yield from _where_arguments_vanish(relation)
        yield relation
    elif (zero := _zero(relation)) is not None:
        nothing = Full(tensor(0), zero.shape)
        yield Relation("==", zero, nothing)
        sides = (_reduced(renamed(side, {zero.name: nothing})) for side in (relation.left, relation.right))
        yield Relation("==", *sides)
    elif (level := _level(relation)) is not None:
        yield from level
    else:
        yield relation


def _where_arguments_vanish(relation: Relation) -> Iterator[Relation]:
    """What a derivative in the equation is of, at arrays that all transcendental functions take to rational values."""
    inner, zero = _arguments(relation)
    if zero is not None:
        for argument in {identity(x): x for x in inner}.values():
            yield Relation("==", argument, Full(tensor(0), argument.shape))


def _reduced(expression: Tensor) -> Tensor:
    """The expression without terms that vanish, so that it speaks of no symbol that does not matter."""
    match expression:
        case Add(left=left, right=right):
            for term, other in ((left, right), (right, left)):
                if vanishes(term) and other.shape == expression.shape:
                    return _reduced(other)
    try:
        return with_operands(expression, [_reduced(child) for child in expression.children()])
    except (TypeError, InputError):  # a leaf, or what is written otherwise without its zeros
        return expression


def _zero(relation: Relation) -> Symbol | None:
    """The array that is zero where all transcendental functions in the equation have rational values."""
    return _arguments(relation)[1]


def _arguments(relation: Relation) -> tuple[list[Tensor], Symbol | None]:
    """What the transcendental functions in the equation are of, and an array for which all of it vanishes with it."""
    nodes = [node for side in (relation.left, relation.right) for node in side.walk()]
    if any(isinstance(node, (Directional, Substitution)) for node in nodes):
        return [], None
    applied = [node for node in nodes if isinstance(node, Apply) and node.function in TRANSCENDENTAL]
    inner = [node.children()[0] for node in [*applied, *(x for x in nodes if isinstance(x, (Softmax, LogSumExp)))]]
    free = [s for s in symbols(relation.left, relation.right).values() if s.ndim and not s.properties]
    found = [s for s in free if inner and all((homogeneity(x, s.name) or 0) > 0 for x in inner)]
    return inner, min(reversed(found), key=lambda s: s.ndim, default=None)  # data are written before the point: A @ x


def _level(relation: Relation) -> tuple[Relation, Relation] | None:
    """``w**2 == t`` of an array and a number as ``w**2 == w[0]**2`` and ``t - w[0]**2 == 0``."""
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        root = square_root(side)
        symbol = bare(root) if root is not None else None
        if symbol is not None and symbol.ndim and not other.ndim and symbols(other):
            first: Tensor = Index.of(symbol, (0,) * symbol.ndim)
            return Relation("==", symbol**2, first**2), Relation("==", other - first**2, tensor(0))
    return None
