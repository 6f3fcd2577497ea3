"""Jumps: does an expression extend to a continuous function of a variable, has it any Lipschitz constant?

Both are claims about two points, as ``lipschitz`` is, that come together: what falls is a jump.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.language.derivatives import Derivative, Lipschitz, jvp
from derive.language.dimensions import Shape
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Negative, Number, Tensor, tensor


@dataclass(frozen=True, eq=False, repr=False)
class Oscillation(Tensor):
    """The supremum over all points p of ``limsup ||T(x) - T(y)||`` as x and y tend to p.

    It is zero where T, defined on a dense set, extends to a continuous function.
    """

    operand: Tensor
    variable: Symbol
    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class Infinity(Tensor):
    """What a finite number is less than."""

    shape: Shape = ()


@dataclass(frozen=True, eq=False, repr=False)
class Jump(Tensor):
    """``|| lim T(x + t v) - lim T(x - t v) ||^2``, entrywise squares summed, as t > 0 tends to zero.

    ``refutes`` is what is said of T, and falls with a jump: that it is ``continuous`` or ``lipschitz``.
    """

    operand: Tensor
    variable: Symbol
    direction: Symbol
    refutes: str
    shape: Shape = ()


def oscillation(operand: Tensor, variable: Tensor) -> Tensor:
    """The oscillation of ``operand`` in ``variable``: zero where it extends to a continuous function of it.

    It stands alone in a claim: ``oscillation(grad(L, x), x) == 0``.

    Raises:
        InputError: the variable is not a symbol.
    """
    if not isinstance(variable, Symbol):
        raise InputError(f"oscillation() is about a symbol, not {variable!r}", hint="declare the variable as a symbol")
    return Oscillation(tensor(operand), variable)


def about_jumps(relation: Relation) -> Oscillation | Lipschitz | None:
    """What a relation says to have no jump: ``oscillation(T, x) == 0``, ``lipschitz(T, x) < inf``."""
    match relation:
        case Relation(sign="==", left=Oscillation() as found, right=Number(value=value)) if value == 0:
            return found
        case Relation(sign="<", left=Lipschitz() as found, right=Infinity()):
            return found
    return None


def across(relation: Relation, given: Sequence[Relation], direction: Symbol) -> tuple[Relation, tuple[Relation, ...]]:
    """The relation as one of the jump along a direction, under hypotheses that hold on both sides of it.

    A hypothesis on the variable is to hold at points next to it: strictly, or, of ``h != 0``, with a derivative that
    is not zero where h is.
    """
    found = about_jumps(relation)
    assert found is not None
    x, refutes = found.variable, "continuous" if isinstance(found, Oscillation) else "lipschitz"
    nearby = tuple(next_to for hypothesis in given for next_to in _nearby(hypothesis, x, direction))
    declared = [Relation(">", x, Number(Fraction(0)))] if x.properties & {"positive", "nonnegative"} else []
    return Relation("==", Jump(found.operand, x, direction, refutes), Number(Fraction(0))), (*nearby, *declared)


def _nearby(hypothesis: Relation, x: Symbol, direction: Symbol) -> Iterator[Relation]:
    if not _mentions(hypothesis, x):
        yield hypothesis
    elif hypothesis.sign == "!=":
        gap = Add.of(hypothesis.left, Negative.of(hypothesis.right))
        slope = jvp(gap, x, direction)
        yield Relation(">", Add.of(Apply.of("abs", gap), Apply.of("abs", slope)), Number(Fraction(0)))
    else:
        yield Relation(hypothesis.sign.rstrip("="), hypothesis.left, hypothesis.right)


OPEN = ("<", "<=", ">", ">=", "!=")
"""The relations that hold next to a point where they hold strictly."""

JUMPING = frozenset({"heaviside", "sign"})

MOVABLE = frozenset({"positive", "nonnegative", "symmetric", "skew"})
"""Properties that both sides of a point may have."""


def misplaced_jumps(relations: Sequence[Relation], given: Sequence[Relation]) -> str | None:
    """Why a statement about jumps says nothing that can be told, or None."""
    for relation in relations:
        found = about_jumps(relation)
        inside = found.operand.walk() if found is not None else (*relation.left.walk(), *relation.right.walk())
        if any(isinstance(node, (Oscillation, Infinity)) for node in inside):
            return f"oscillation(...) == 0 and lipschitz(...) < inf stand alone, not as in {relation!r}"
        if found is not None and found.variable.properties - MOVABLE:
            return f"{found.variable!r} is declared so that it cannot be moved to both sides"
        for hypothesis in given if found is not None else ():
            if found is not None and _mentions(hypothesis, found.variable) and not _is_open(hypothesis):
                return f"the hypothesis {hypothesis!r} does not hold next to a point: state an inequality"
    if any(isinstance(node, (Oscillation, Infinity)) for r in given for s in (r.left, r.right) for node in s.walk()):
        return "oscillation(...) and inf cannot stand in a hypothesis"
    return None


def _is_open(hypothesis: Relation) -> bool:
    """Does the relation, strictly taken, hold next to a point where it holds?"""
    nodes = [node for side in (hypothesis.left, hypothesis.right) for node in side.walk()]
    jumps = any(isinstance(node, Apply) and node.function in JUMPING for node in nodes)
    return hypothesis.sign in OPEN and not jumps and not any(isinstance(node, Derivative) for node in nodes)


def _mentions(relation: Relation, x: Symbol) -> bool:
    leaves = (leaf for side in (relation.left, relation.right) for leaf in side.walk())
    return any(isinstance(leaf, Symbol) and leaf.name == x.name for leaf in leaves)
