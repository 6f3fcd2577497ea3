"""An inequality at given sizes on a tape: from free numbers to values, and to how far it fails there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from derive.attack import linear
from derive.attack.kinds import FROZEN, ORTHOGONAL, Kind, built, constant, kinds
from derive.attack.recorded import TracedScope, scope
from derive.attack.retraction import Retraction
from derive.attack.tape import Code, Node, Tape
from derive.attack.terms import magnitude
from derive.evaluate.errors import EvaluationError
from derive.evaluate.system import Array
from derive.instances.plan import Plan
from derive.instances.sizes import Positions, Sizes, counting
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.obligation import TURNED, Obligation

PENALTY = 3.0
"""How much a violated hypothesis counts beside the margin, both relative."""

TINY = 1e-290
"""What keeps a relative difference of zeros from being no number."""

POSITIONS = 12
"""Positions of index symbols at which a hypothesis is penalised."""


@dataclass(frozen=True)
class Group:
    """Symbols of one kind and shape, which may lie near one another.

    Attributes:
        free, scale, near, turns: the inputs. Of the symbols in turn ``exp(scale) * free`` is added up over those that
            ``near`` names; ``turns`` are signs of columns.
    """

    names: tuple[str, ...]
    kind: Kind
    free: Node
    scale: Node
    near: Node
    turns: Node | None


@dataclass(frozen=True)
class Problem:
    """The inequality on a tape.

    Attributes:
        weight: an input: 1 to measure the margin by the sides, 0 by the size of their terms.
        margin: ``(left - right)/(|left| + |right|)``, the largest of all entries.
        score: what climbs: the margin as weighed, less the violated hypotheses.
        excess: the violated hypotheses, relative.
    """

    sizes: Sizes
    positions: Positions
    kinds: Mapping[str, Kind]
    groups: tuple[Group, ...]
    weight: Node
    values: Mapping[str, Node]
    margin: Node
    score: Node
    excess: Node
    code: Code


class Builder:
    """Records one obligation at given sizes and positions."""

    def __init__(self, obligation: Obligation, plan: Plan, symbols: Mapping[str, Symbol]) -> None:
        self.obligation = obligation
        self.plan = plan
        self.symbols = symbols

    def problem(
        self, sizes: Sizes, positions: Positions, everywhere: Sequence[Positions], frozen: Mapping[str, Array]
    ) -> Problem:
        """Raises EvaluationError where a side has no form on a tape."""
        tape = Tape()
        shapes = {name: tuple(axis.size(sizes) for axis in s.shape) for name, s in self.symbols.items()}
        found = kinds(self.symbols, shapes, self.plan)
        groups, values = _inputs(tape, found)
        values |= {name: constant(tape, frozen[name]) for name, kind in found.items() if kind.name == FROZEN}
        places = everywhere[:POSITIONS] or (positions,)
        retraction = Retraction(tape, sizes, places, values)
        for repair in self.plan.repairs:
            if found[repair.target.name].name not in (FROZEN, *ORTHOGONAL):
                retraction.apply(repair)
        here = scope(tape, sizes, positions, retraction.values)
        weight = tape.input(())
        plain, weighed = self._margins(here, tape, weight)
        excess = self._excess(tape, sizes, places, retraction.values)
        score = weighed + -(excess * tape.constant(np.float64(PENALTY)))
        code = Code(tape, [score, plain, excess, *retraction.values.values()])
        return Problem(sizes, positions, found, groups, weight, retraction.values, plain, score, excess, code)

    def _margins(self, here: TracedScope, tape: Tape, weight: Node) -> tuple[Node, Node]:
        """The margin by the sides, and the one that climbs."""
        difference, sides = _sides(self.obligation, here)
        terms = [magnitude(side, here) for side in (self.obligation.left, self.obligation.right)]
        terms = [_frobenius(x) for x in terms] if self.obligation.sign == "<<" else terms
        one = tape.constant(np.float64(1))
        both = (sides[0] + sides[1]) * weight + (terms[0] + terms[1]) * (one - weight)
        return margin(self.obligation, here), _largest(_relative(difference, both))

    def _excess(self, tape: Tape, sizes: Sizes, places: Sequence[Positions], values: Mapping[str, Node]) -> Node:
        parts = [tape.constant(np.float64(0))]
        for relation in self.obligation.given:
            if counting(relation):
                continue
            for positions in places:
                try:
                    parts.append(_violation(relation, scope(tape, sizes, positions, values)))
                except (EvaluationError, InputError):
                    break
        parts += [_negative(tape, values[name]) for name, s in self.symbols.items() if _signed(s)]
        distinct = {node.place: node for node in parts}
        return reduce(lambda x, y: x + y, distinct.values())


def margin(obligation: Obligation, here: TracedScope) -> Node:
    """``(left - right)/(|left| + |right|)``, the largest of all entries; of matrices by the largest eigenvalue."""
    difference, sides = _sides(obligation, here)
    return _largest(_relative(difference, sides[0] + sides[1]))


def _sides(obligation: Obligation, here: TracedScope) -> tuple[Node, list[Node]]:
    """``left - right`` and the sizes of both sides; in the Loewner order its largest eigenvalue and Frobenius norms."""
    left, right = here.node(obligation.left), here.node(obligation.right)
    if obligation.sign == "<<":
        return _loewner(left, right), [_frobenius(left), _frobenius(right)]
    return linear.plain(left - right), [side.tape.entrywise("abs", side) for side in (left, right)]


def _loewner(left: Node, right: Node) -> Node:
    gap = _symmetric(_matrix(left, right) - _matrix(right, left))
    return gap.tape.apply("spectral", (gap,), (), "lambda_max")


def _relative(difference: Node, size: Node) -> Node:
    """``difference/size``; -1 where both are zero, which is no place to climb to."""
    tiny = difference.tape.constant(np.float64(TINY))
    return difference.tape.entrywise("divide", difference - tiny, size + tiny)


def _signed(symbol: Symbol) -> bool:
    return bool(symbol.properties & {"positive", "nonnegative"})


def _negative(tape: Tape, value: Node) -> Node:
    """By how much entries are below zero, beside the largest."""
    below = tape.entrywise("maximum", -value, tape.constant(np.float64(0)))
    largest = _largest(tape.entrywise("abs", value)) + tape.constant(np.float64(TINY))
    return tape.entrywise("divide", _largest(below), largest)


def _inputs(tape: Tape, found: Mapping[str, Kind]) -> tuple[tuple[Group, ...], dict[str, Node]]:
    """The groups of symbols and their values before hypotheses are imposed."""
    members: dict[Kind, list[str]] = {}
    for name, kind in found.items():
        if kind.name != FROZEN:
            members.setdefault(kind, []).append(name)
    groups, values = [], {}
    for kind, names in members.items():
        count, size = len(names), int(np.prod(kind.raw, dtype=int))
        free, scale, near = tape.input((count, size)), tape.input((count, 1)), tape.input((count, count))
        turns = tape.input((kind.raw[0],)) if kind.name in ORTHOGONAL else None
        groups.append(Group(tuple(names), kind, free, scale, near, turns))
        summed = linear.product(near, free * tape.entrywise("exp", scale))
        for k, name in enumerate(names):
            values[name] = built(kind, linear.plain(_row(summed, k, kind.raw)), turns)
    return tuple(groups), values


def _row(summed: Node, k: int, shape: tuple[int, ...]) -> linear.Value:
    return linear.taken(summed, lambda array: array[k].reshape(shape))


def _violation(relation: Relation, here: TracedScope) -> Node:
    """By how much a hypothesis is violated, relative to its sides; the sum over entries."""
    sign = TURNED.get(relation.sign, relation.sign)
    left, right = here.node(relation.left), here.node(relation.right)
    if relation.sign in TURNED:
        left, right = right, left
    tape = left.tape
    if sign == "!=":
        return tape.constant(np.float64(0))
    if sign == "<<":
        difference, scale = _loewner(left, right), _frobenius(left) + _frobenius(right)
    else:
        difference, scale = left - right, tape.entrywise("abs", left) + tape.entrywise("abs", right)
    if sign == "==":  # against zero the sides themselves are no measure
        difference = tape.entrywise("abs", difference)
        scale = magnitude(relation.left, here) + magnitude(relation.right, here)
    over = tape.entrywise("maximum", difference, tape.constant(np.float64(0)))
    relative = tape.entrywise("divide", over, scale + tape.constant(np.float64(TINY)))
    return linear.plain(linear.total(relative, tuple(range(len(relative.shape))), False))


def _largest(node: Node) -> Node:
    return linear.plain(linear.extremum("max", node, tuple(range(len(node.shape))))) if node.shape else node


def _matrix(side: Node, other: Node) -> Node:
    """A scalar beside a matrix as that multiple of the identity."""
    return side if side.shape else linear.plain(side * side.tape.constant(np.eye(other.shape[0])))


def _symmetric(matrix: Node) -> Node:
    half = matrix.tape.constant(np.float64(0.5))
    return linear.plain((matrix + linear.taken(matrix, np.transpose)) * half)


def _frobenius(node: Node) -> Node:
    if not node.shape:
        return node.tape.entrywise("abs", node)
    square = linear.plain(linear.total(node * node, tuple(range(len(node.shape))), False))
    return node.tape.entrywise("power", square, detail=0.5)
