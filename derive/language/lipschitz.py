"""Lipschitz constants, and what a claim about one says of two points."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.abstract import abstract_values
from derive.language.arrays import Norm, Spectral
from derive.language.derivatives import ORDERS, Definition, Lipschitz, Substitution
from derive.language.errors import InputError, ShapeError
from derive.language.one_sided import about_jumps, across, misplaced_jumps
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Multiply, Negative, Tensor, tensor


def lipschitz(operand: Tensor, variable: Tensor, norm: str | int | None = None) -> Tensor:
    """The Lipschitz constant of ``operand`` in ``variable``, over all pairs of points that satisfy the hypotheses.

    The variable moves in the Euclidean norm (Frobenius for a matrix). The operand is measured in the Euclidean norm, a
    matrix in the spectral norm, unless ``norm`` says otherwise: 1, 2 or "inf" for a vector, "op" or "fro" for a matrix.
    It stands alone on the smaller side of a claim: ``lipschitz(hessian(L, x), x) <= C``.

    Raises:
        InputError: the variable is not a symbol, or the norm is not known.
        ShapeError: the operand has more than two axes.
    """
    operand = tensor(operand)
    if not isinstance(variable, Symbol):
        raise InputError(f"lipschitz() is about a symbol, not {variable!r}", hint="declare the variable as a symbol")
    if operand.ndim > 2:
        raise ShapeError(f"lipschitz() measures scalars, vectors and matrices: {operand!r} has {operand.ndim} axes")
    order = ORDERS[operand.ndim][0] if norm is None else str(norm)
    if order not in ORDERS[operand.ndim]:
        known = ", ".join(ORDERS[operand.ndim])
        raise InputError(f"the norm {order!r} of {operand!r} is not known to lipschitz()", hint=f"use one of {known}")
    return Lipschitz(operand, variable, order)


def misplaced(relations: Sequence[Relation], given: Sequence[Relation]) -> str | None:
    """Why a Lipschitz constant stands where it says nothing, or None."""
    if (problem := misplaced_jumps(relations, given)) is not None:
        return problem
    for relation in relations:
        if about_jumps(relation) is not None:
            continue
        small, large = (relation.right, relation.left) if relation.sign == ">=" else (relation.left, relation.right)
        alone = constant_of(small) if relation.sign in ("<=", ">=") else None
        sides = (large,) if alone is not None else (small, large)
        inside = alone.operand.walk() if alone is not None else ()
        if any(isinstance(node, Lipschitz) for side in (*sides, *inside) for node in side.walk()):
            return f"lipschitz(...) stands alone on the smaller side of an inequality, not as in {relation!r}"
    for relation in given:
        sides = (relation.left, relation.right)
        found = [node for side in sides for node in side.walk() if isinstance(node, Lipschitz)]
        if any(not abstract_values(node) for node in found):  # of those the constant is known: members.py
            return f"lipschitz(...) cannot stand in a hypothesis: {relation!r}"
    return None


def constant_of(side: Tensor) -> Lipschitz | None:
    """The Lipschitz constant that a side is, by name or not."""
    while isinstance(side, Definition):
        side = side.operand
    return side if isinstance(side, Lipschitz) else None


def at_two_points(relation: Relation, given: Sequence[Relation]) -> tuple[Relation, tuple[Relation, ...]]:
    """``lipschitz(T, x) <= C`` as ``||T(x) - T(y)|| <= C ||x - y||``, with every hypothesis on x also on y.

    What says that there is no jump is said along a direction, see ``one_sided``. A relation without a Lipschitz
    constant comes back as it is.
    """
    if (found := about_jumps(relation)) is not None:
        sides = [relation.left, *(side for r in given for side in (r.left, r.right))]
        direction = _another(found.variable, sides, "_direction", "v")
        return across(relation, given, direction)
    small, large = (relation.right, relation.left) if relation.sign == ">=" else (relation.left, relation.right)
    constant = constant_of(small)
    if constant is None:
        return relation, tuple(given)
    x = constant.variable
    y = _another(x, [small, large, *(side for r in given for side in (r.left, r.right))])
    gap = Add.of(constant.operand, Negative.of(Substitution(constant.operand, x, y, constant.operand.shape)))
    move = Add.of(x, Negative.of(y))
    moved = measured(move, {0: "abs", 1: "2"}.get(x.ndim, "fro"))
    doubled = [_of_the_other(r, x, y) for r in given if _mentions(r, x)]
    return Relation("<=", measured(gap, constant.order), Multiply.of(large, moved)), (*given, *doubled)


def measured(operand: Tensor, order: str) -> Tensor:
    """The norm of an expression by the order's name."""
    if order == "abs":
        return Apply.of("abs", operand)
    return Spectral("opnorm", operand) if order == "op" else Norm(operand, order)


def _another(x: Symbol, sides: Sequence[Tensor], ending: str = "_other", tex: str | None = None) -> Symbol:
    """A symbol like x whose name nothing has; a direction (``tex``) is of either sign."""
    taken = {node.name for side in sides for node in side.walk() if isinstance(node, (Symbol, Definition))}
    name = f"{x.name}{ending}"
    while name in taken:
        name += "_"
    properties = x.properties if tex is None else x.properties & {"symmetric", "skew"}
    return Symbol(name, x.shape, properties, tex or f"{x.tex or x.name}'")


def _mentions(relation: Relation, x: Symbol) -> bool:
    leaves = (leaf for side in (relation.left, relation.right) for leaf in side.walk())
    return any(isinstance(leaf, Symbol) and leaf.name == x.name for leaf in leaves)


def _of_the_other(relation: Relation, x: Symbol, y: Symbol) -> Relation:
    names = {x.name: y}
    return Relation(relation.sign, renamed(relation.left, names), renamed(relation.right, names))
