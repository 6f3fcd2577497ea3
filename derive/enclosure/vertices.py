"""Reduction: where the goals are concave in a symbol that ranges over a polytope, its vertices suffice.

A goal is ``G(b) >= 0`` entrywise, or ``G(b)`` positive definite, and the values of b that satisfy it are a convex set:
G is affine in b, or its entries are concave, or the goal is ``norm(T(b)) <= c(b)`` with T and c affine. A convex set
that contains the vertices of a polytope contains the polytope. That G is affine is seen on the recorded code: no
derivative in b depends on b; that an entry is concave, where its second derivatives are numbers that form a negative
semidefinite matrix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from derive.enclosure.domain import Domain, ordered, values
from derive.enclosure.patterns import sum_of
from derive.enclosure.recording import Recorded, Recording, Tape
from derive.enclosure.scope import recorded_scope
from derive.evaluate.duals import Duals
from derive.evaluate.errors import EvaluationError
from derive.evaluate.system import Array, System, array_of
from derive.instances import rational
from derive.instances.definite import semidefinite
from derive.instances.patterns import strip, symbols
from derive.language.arrays import Norm
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Tensor

NAME = "vertices: where the inequality holds is convex in {}, so that the vertices of its polytope suffice"

MOST_CORNERS = 64
"""Corners of a box that are examined one by one."""

JUMPS = ("step", "kink")
"""Steps whose derivative is zero though they are not constant."""

Vertex = tuple[Fraction, ...]


def vertices(symbol: Symbol, given: Sequence[Relation], found: Domain) -> list[Vertex] | None:
    """The vertices of a polytope that contains all values of the symbol; None where its hypotheses are of other forms.

    The forms: ``norm(b, 1) <= c``, ``sum(b) <= c`` and ``sum(b) == c`` of nonnegative entries, bounds of the entries.
    """
    about = [relation for relation in given if symbol.name in symbols(relation.left, relation.right)]
    if any(len(symbols(relation.left, relation.right)) > 1 for relation in about):
        return None
    read = [_form(relation, symbol, found) for relation in about]
    if None in read or not found.low[symbol.name]:
        return None
    forms = {name: end for form in read if form is not None for name, end in form.items()}
    low = found.low[symbol.name]
    nonnegative = all(end is not None and end >= 0 for end in low)
    size = len(low)
    if nonnegative and "sum" in forms:
        return _scaled_units(size, forms["sum"], signed=False)
    total = min((forms[name] for name in ("ball", "total") if name in forms), default=None)
    if nonnegative and total is not None:
        return [(Fraction(0),) * size, *_scaled_units(size, total, signed=False)]
    if "ball" in forms:
        return _scaled_units(size, forms["ball"], signed=True)
    return _corners(found, symbol.name)


def _form(relation: Relation, symbol: Symbol, found: Domain) -> dict[str, Fraction] | None:
    """What a hypothesis on the symbol alone says; None where it is of no known form."""
    forms: dict[str, Fraction] = {}
    for small, large in ordered(relation):
        inner, end = strip(small), values(found, large, upper=True) if symbol.name not in symbols(large) else None
        single = end[0] if end is not None and len(end) == 1 else None
        if (_entries_of(inner, symbol) and end is not None) or _entries_of(strip(large), symbol):
            forms["box"] = Fraction(0)
        elif isinstance(inner, Norm) and inner.order == "1" and _is(inner.operand, symbol) and single is not None:
            forms["ball"] = single
        elif (summed := sum_of(inner)) is not None and _is(summed, symbol) and single is not None:
            exact = values(found, large, upper=False) == [single]
            forms["sum" if relation.sign == "==" and exact else "total"] = single
        elif relation.sign != "==":
            return None
    return forms or None


def _is(side: Tensor, symbol: Symbol) -> bool:
    side = strip(side)
    return isinstance(side, Symbol) and side.name == symbol.name


def _entries_of(side: Tensor, symbol: Symbol) -> bool:
    """Is it the symbol, its absolute value or its largest absolute value?"""
    if isinstance(side, Apply) and side.function == "abs":
        return _is(side.arguments[0], symbol)
    return _is(side, symbol) or (isinstance(side, Norm) and side.order == "inf" and _is(side.operand, symbol))


def _scaled_units(size: int, length: Fraction, signed: bool) -> list[Vertex]:
    signs = (1, -1) if signed else (1,)
    return [tuple(s * length if k == i else Fraction(0) for k in range(size)) for s in signs for i in range(size)]


def _corners(found: Domain, name: str) -> list[Vertex] | None:
    """The corners of the box of the entries."""
    ends = [(low, high) for low, high in zip(found.low[name], found.high[name], strict=True) if low is not None]
    pairs = [(low, high) if low != high else (low,) for low, high in ends if high is not None]
    if len(pairs) < len(found.low[name]) or 2 ** sum(len(pair) - 1 for pair in pairs) > MOST_CORNERS:
        return None
    return list(product(*pairs))


@dataclass(frozen=True)
class Moving:
    """A symbol whose entries move, the others fixed at any value: recorded with derivatives in its entries."""

    symbol: Symbol
    others: Mapping[str, Symbol]
    sizes: Mapping[str, int]
    indices: Mapping[str, int]

    def affine(self, expressions: Sequence[Tensor]) -> bool:
        """Are the expressions affine in the symbol: does no derivative depend on it, and nothing jump in it?"""
        tape = self._tape()
        system = Duals(Recording(tape))
        values = self._values(expressions, tape, system)
        if values is None:
            return False
        slopes = [slope for x in values for slope in system.split(x)[1].values()]
        return not self._depends(tape, [*slopes, *tape.results(JUMPS)])

    def concave(self, expressions: Sequence[Tensor]) -> bool:
        """Are the entries concave in the symbol, with second derivatives that are numbers?"""
        tape = self._tape()
        inner = Duals(Recording(tape))
        outer = Duals(inner)
        values = self._values(expressions, tape, outer)
        if values is None or self._depends(tape, tape.results(JUMPS)):
            return False
        hessians = [self._hessian(x, inner, outer) for x in values]
        return all(hessian is not None and semidefinite(-hessian) for hessian in hessians)

    def _hessian(self, x: Any, inner: Duals, outer: Duals) -> Array | None:
        """The second derivatives of a number, where all of them are numbers."""
        count = prod(self._shape(self.symbol))
        found: Array = rational.array([Fraction(0)] * count**2, (count, count))
        for k, slope in outer.split(x)[1].items():
            for j, second in inner.split(slope)[1].items():
                if second.value is None:
                    return None
                found[k, j] = second.value
        return found

    def _shape(self, symbol: Symbol) -> tuple[int, ...]:
        return tuple(axis.size(self.sizes) for axis in symbol.shape)

    def _tape(self) -> Tape:
        return Tape(sum(prod(self._shape(symbol)) for symbol in self.others.values()))

    def _values(self, expressions: Sequence[Tensor], tape: Tape, system: Duals) -> list[Any] | None:
        """The entries of the expressions, the symbol's own being variables at every level; None where one has none."""
        arguments = iter(tape.arguments)
        arrays: dict[str, Array] = {}
        for name, symbol in self.others.items():
            shape = self._shape(symbol)
            entries = [next(arguments) for _ in range(prod(shape))]
            seeded = [_seeded(system, x, k) for k, x in enumerate(entries)] if name == self.symbol.name else entries
            arrays[name] = array_of(seeded, shape, object)
        try:
            scope = recorded_scope(tape, self.sizes, self.indices, arrays, system)
            return [x for expression in expressions for x in scope.value(expression).flat]
        except EvaluationError:
            return None

    def _depends(self, tape: Tape, results: Iterable[Recorded]) -> bool:
        """Does one of the results depend on the symbol?"""
        first = 0
        for name, symbol in self.others.items():
            count = prod(self._shape(symbol))
            if name == self.symbol.name:
                own = set(range(first, first + count))
            first += count
        return any(own & tape.needs(x) for x in results)


def _seeded(system: System, x: Any, key: int) -> Any:
    """The variable ``key``, at every level of the dual numbers."""
    return system.seed(_seeded(system.base, x, key), key) if isinstance(system, Duals) else x
