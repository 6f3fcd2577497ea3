"""What is known of the Hessian at a Newton step: its Lipschitz constant, its spectrum, and what approximates it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.bounds.relations import multiple_of_identity
from derive.bounds.rules.softmax import unnamed
from derive.iteration.proving import Shown, shown
from derive.language.abstract import abstract_values
from derive.language.arrays import Norm, Spectral, eye
from derive.language.derivatives import Lipschitz
from derive.language.rebuild import renamed
from derive.language.relations import Cited, Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Multiply, Negative, Number, Tensor
from derive.newton.step import Step, alike, equal
from derive.obligation import TURNED, Obligation


@dataclass(frozen=True)
class Condition:
    """A constant, the relation that says what it is, what shows the relation, and the proof's lines if there are.

    Where the constant rests on that, the distance of the point from the zero is at most ``radius``, and the Lipschitz
    constant times it at most ``moved``.
    """

    value: Tensor
    relation: Relation
    how: str
    shown: Shown | None = None
    radius: Tensor | None = None
    moved: Tensor | None = None


def turned(relation: Relation) -> Relation:
    """The relation with the smaller side on the left."""
    if relation.sign not in TURNED:
        return relation
    return Relation(TURNED[relation.sign], relation.right, relation.left)


def source(relation: Relation) -> str:
    """Where a relation that is taken for granted comes from."""
    return f"claim {relation.source}" if isinstance(relation, Cited) else "hypothesis"


def symbols_of(relations: Sequence[Relation]) -> set[str]:
    sides = (side for relation in relations for side in (relation.left, relation.right))
    return {node.name for side in sides for node in side.walk() if isinstance(node, Symbol)}


def lipschitz_constants(step: Step, hessian: Tensor, obligation: Obligation) -> Iterator[Condition]:
    """M with ``||C(x) - C(u)|| <= M ||x - u||`` for every u: stated of a function, or by a claim, or derived."""
    own = symbols_of([r for r in obligation.given if not isinstance(r, Cited)]) | {step.point.name, step.zero.name}
    for relation in obligation.given:
        small, large = turned(relation).left, turned(relation).right
        if relation.sign not in ("<=", ">=", "<", ">"):
            continue
        constant = unnamed(small)
        if isinstance(constant, Lipschitz) and alike(constant.variable, step.point) and constant.order == "op":
            if step.is_hessian(constant.operand):
                yield Condition(large, relation, source(relation))
        elif isinstance(relation, Cited):
            found = _between_points(small, large, step, hessian, own)
            if found is not None:
                yield Condition(found, relation, source(relation))


def _between_points(small: Tensor, large: Tensor, step: Step, hessian: Tensor, own: set[str]) -> Tensor | None:
    """M where the sides are ``opnorm(C(x) - C(u))`` and ``M norm(x - u)``, and nothing else is said of u.

    The zero may lie anywhere, and so may the points between: a claim about u of a property says nothing of them.
    """
    move = large.right if isinstance(large, Multiply) else None
    if not isinstance(small, Spectral) or small.kind != "opnorm" or not isinstance(move, Norm) or move.order != "2":
        return None
    assert isinstance(large, Multiply)
    gap = move.operand
    ends = (gap.left, gap.right.operand) if isinstance(gap, Add) and isinstance(gap.right, Negative) else ()
    others = [end for end in map(unnamed, ends) if isinstance(end, Symbol) and end.name not in own]
    if len(others) != 1 or not any(alike(end, step.point) for end in ends):
        return None
    (other,) = others
    if other.properties:
        return None
    free = all(not isinstance(leaf, Symbol) or leaf.name != other.name for leaf in large.left.walk())
    gap = hessian - renamed(hessian, {step.point.name: other})
    return large.left if free and (equal(small.operand, gap) or equal(small.operand, -gap)) else None


def derived_constant(step: Step, hessian: Tensor, constant: Tensor, obligation: Obligation) -> Condition | None:
    """Is ``constant`` a Lipschitz constant of the Hessian at all points? By the norm calculus."""
    if step.point.name in _names(constant):
        return None
    taken = symbols_of(obligation.given) | _names(step.distance)
    other = Symbol(next(name for name in _fresh(step.point.name) if name not in taken), step.point.shape)
    gap = Spectral("opnorm", hessian - renamed(hessian, {step.point.name: other}))
    relation = Relation("<=", gap, constant * Norm(step.point - other, "2"))
    everywhere = tuple(r for r in obligation.given if step.point.name not in symbols_of([r]))
    proof = shown(Obligation(obligation.id, "<=", relation.left, relation.right, everywhere))
    return None if proof is None else Condition(constant, relation, proof.how, proof)


def _fresh(name: str) -> Iterator[str]:
    while True:
        name = f"{name}_"
        yield name


def _names(node: Tensor) -> set[str]:
    return {leaf.name for leaf in node.walk() if isinstance(leaf, Symbol)}


def lower_bounds(hessian: Tensor, obligation: Obligation) -> Iterator[Condition]:
    """h with ``C >> h I`` at x: as a hypothesis says, or for a parameter h by the calculus."""
    for relation in obligation.given:
        value, matrix = _above_multiple(relation)
        if value is not None and equal(matrix, hessian):
            yield Condition(value, relation, source(relation))
    for symbol in _positive(obligation) if not abstract_values(hessian) else ():
        relation = Relation("<<", symbol * eye(hessian.shape[0]), hessian)
        proof = shown(Obligation(obligation.id, "<<", relation.left, relation.right, obligation.given))
        if proof is not None:
            yield Condition(symbol, relation, proof.how, proof)


def _positive(obligation: Obligation) -> list[Symbol]:
    """The positive scalars that the larger side speaks of."""
    found = {leaf.name: leaf for leaf in obligation.right.walk() if isinstance(leaf, Symbol)}
    return [symbol for symbol in found.values() if not symbol.ndim and symbol.positive]


def lower_bounds_at_zero(step: Step, obligation: Obligation) -> Iterator[Condition]:
    """l with ``C >> l I`` where the slope vanishes."""
    for relation in obligation.given:
        value, matrix = _above_multiple(relation)
        if value is not None and step.is_hessian_at_zero(matrix):
            yield Condition(value, relation, source(relation))


def upper_bounds(hessian: Tensor, obligation: Obligation) -> Iterator[Condition]:
    """U with ``C << U I`` at x."""
    for relation in obligation.given:
        found = turned(relation)
        value = _factor(found.right) if found.sign == "<<" else None
        if value is not None and equal(found.left, hessian):
            yield Condition(value, relation, source(relation))


def _above_multiple(relation: Relation) -> tuple[Tensor | None, Tensor]:
    """c and M of ``c I << M``."""
    found = turned(relation)
    return (_factor(found.left) if found.sign == "<<" else None), found.right


def _factor(side: Tensor) -> Tensor | None:
    """c of ``c I``, and not ``c*1``."""
    match multiple_of_identity(side):
        case Multiply(left=factor, right=Number(value=value)) if value == 1:
            return factor
        case factor:
            return factor


@dataclass(frozen=True)
class Sandwich:
    """``below C << H << above C``; both are 1 where H is the Hessian C itself."""

    hessian: Tensor
    below: Tensor
    above: Tensor
    exact: bool = False
    relations: tuple[Relation, ...] = ()


def sandwich(step: Step, obligation: Obligation) -> Sandwich | None:
    """How the matrix of the step approximates the Hessian."""
    one = Number(Fraction(1))
    if step.is_hessian(step.matrix):
        return Sandwich(step.matrix, one, one, exact=True)
    below: list[tuple[Tensor, Tensor, Relation]] = []
    above: list[tuple[Tensor, Tensor, Relation]] = []
    for relation in map(turned, obligation.given):
        if relation.sign == "<<":
            for side, other, found in ((relation.right, relation.left, below), (relation.left, relation.right, above)):
                if alike(side, step.matrix):
                    found += [(*multiple, relation) for multiple in _multiples(other) if step.is_hessian(multiple[1])]
    if not below or not above:
        return None
    (low, hessian, first), (high, _, second) = below[0], above[0]
    return Sandwich(hessian, low, high, relations=(first, second))


def _multiples(node: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """The scalar and the matrix of a product."""
    match unnamed(node):
        case Multiply(left=left, right=right) if not left.ndim and right.ndim:
            yield left, right
        case Multiply(left=left, right=right) if left.ndim and not right.ndim:
            yield right, left
        case _:
            yield Number(Fraction(1)), node
