"""Whether a relation certainly holds, or certainly fails, at a point: in fractions, else in balls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import chain

from flint import ctx

from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.verify.arithmetic import Arithmetic, Unknown
from derive.verify.arrays import Array, build, elementwise, matmul, transposed
from derive.verify.balls import PRECISION, Balls
from derive.verify.points import Point, places, symbols_in
from derive.verify.rationals import Rationals
from derive.verify.scope import Scope, scope
from derive.verify.statement import Statement
from derive.verify.values import Evaluation


class At:
    """A point, and what relations are there; values are shared by all relations that are asked about."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self._known = [(evaluation, _scope(point, evaluation)) for evaluation in _evaluations(point)]

    def holds(self, relation: Relation, indices: Mapping[str, int] | None = None) -> bool | None:
        """Whether the relation certainly holds; None where it has no value, or none that is told from the others.

        ``indices`` are other positions than those of the point.
        """
        with ctx.workprec(PRECISION):
            for evaluation, values in self._known:
                try:
                    answer = certain(relation, evaluation, values.at(indices or {}))
                except Unknown:
                    continue
                if answer is not None:
                    return answer
        return None

    def defined(self, relation: Relation) -> bool:
        """Whether both sides have a value in balls."""
        evaluation, values = self._known[-1]
        with ctx.workprec(PRECISION):
            try:
                evaluation.value(relation.left, values)
                evaluation.value(relation.right, values)
            except Unknown:
                return False
        return True

    def has(self, symbol: Symbol) -> bool | None:
        """Whether the value of a symbol certainly has its properties."""
        with ctx.workprec(PRECISION):
            return _all(self._property(name, symbol) for name in sorted(symbol.properties))

    def given(self, hypothesis: Relation, statement: Statement) -> bool | None:
        """Whether a hypothesis certainly holds, at every position of the index symbols in it."""
        return _all(self.holds(hypothesis, indices) for indices in places(hypothesis, statement, self.point))

    def admitted(self, statement: Statement) -> bool | None:
        """Whether all hypotheses and properties certainly hold; False where one certainly fails."""
        answers = (self.given(hypothesis, statement) for hypothesis in statement.given)
        return _all(chain(map(self.has, symbols_in(statement)), answers))

    def _property(self, name: str, symbol: Symbol) -> bool | None:
        value = self.point.values[symbol.name]
        if name in ("positive", "nonnegative", "integer"):
            tests = {
                "positive": lambda z: z > 0,
                "nonnegative": lambda z: z >= 0,
                "integer": lambda z: z.denominator == 1,
            }
            return all(map(tests[name], value.entries))
        turned = transposed(value, (1, 0))
        if name == "orthogonal":
            product = matmul(value, turned, Fraction(0))
            return all(product[at] == (at[0] == at[1]) for at in _squares(product))
        sign = -1 if name == "skew" else 1
        if any(value[at] != sign * turned[at] for at in _squares(value)):
            return False
        return True if name in ("symmetric", "skew") else _definite(value, strict=name == "pd")


def _all(answers: Iterable[bool | None]) -> bool | None:
    """Whether all are true; False as soon as one is, else None where one is not known."""
    unsure = False
    for answer in answers:
        if answer is False:
            return False
        unsure = unsure or answer is None
    return None if unsure else True


def _squares(matrix: Array) -> list[tuple[int, int]]:
    return [(i, j) for i in range(matrix.shape[0]) for j in range(matrix.shape[1])]


def _definite(matrix: Array, strict: bool) -> bool:
    """Symmetric elimination in fractions: every pivot positive, or zero with the rest of its row."""
    rest = [list(row) for row in matrix.rows]
    while rest:
        pivot, row = rest[0][0], rest[0][1:]
        if pivot < 0 or (pivot == 0 and (strict or any(row))):
            return False
        rest = [
            [z - (row[i] * row[j] / pivot if pivot else 0) for j, z in enumerate(below[1:])]
            for i, below in enumerate(rest[1:])
        ]
    return True


def _evaluations(point: Point) -> tuple[Evaluation, ...]:
    return tuple(Evaluation(arithmetic, point.sizes) for arithmetic in (Rationals(), Balls()))


def _scope(point: Point, evaluation: Evaluation) -> Scope:
    with ctx.workprec(PRECISION):
        return scope_of(point, evaluation.arithmetic)


def scope_of(point: Point, arithmetic: Arithmetic) -> Scope:
    """The values of a rational point as numbers of an arithmetic."""
    values = {name: elementwise(arithmetic.rational, value) for name, value in point.values.items()}
    return scope(values, point.indices)


TURNED = {">=": "<=", ">": "<", ">>": "<<"}


def certain(relation: Relation, evaluation: Evaluation, values: Scope) -> bool | None:
    sign, small, large = relation.sign, relation.left, relation.right
    if sign in TURNED:
        sign, small, large = TURNED[sign], large, small
    first, second = evaluation.value(small, values), evaluation.value(large, values)
    if sign == "<<":
        return _below(first, second, evaluation)
    gap = elementwise(lambda a, b: b - a, first, second)
    answers = [_entry(sign, evaluation.arithmetic.sign(entry)) for entry in gap.entries]
    if sign == "!=":  # of arrays: they differ in some entry
        return True if True in answers else None if None in answers else False
    return _all(answers)


def _entry(sign: str, gap: int | None) -> bool | None:
    """What the sign of ``right - left`` says of ``left sign right``."""
    if gap is None:
        return None
    return {"==": gap == 0, "!=": gap != 0, "<=": gap >= 0, "<": gap > 0}[sign]


def _below(small: Array, large: Array, evaluation: Evaluation) -> bool | None:
    """The Loewner order; a scalar stands for that multiple of the identity."""
    gap = loewner_gap(small, large, evaluation)
    sign = evaluation.arithmetic.sign
    mirrored = {sign(gap[(i, j)] - gap[(j, i)]) for i, j in _squares(gap) if i < j}
    if mirrored & {-1, 1}:
        return False
    if isinstance(evaluation.arithmetic, Rationals):
        return _definite(gap, strict=False)
    least = sign(evaluation.arithmetic.spectral("lambda_min", gap.rows))
    if least is None:
        return None
    return least >= 0


def loewner_gap(small: Array, large: Array, evaluation: Evaluation) -> Array:
    """``large - small`` as a matrix."""
    order = next(side.shape[0] for side in (small, large) if side.shape)
    first, second = (_as_matrix(side, order, evaluation) for side in (small, large))
    return elementwise(lambda a, b: b - a, first, second)


def _as_matrix(side: Array, order: int, evaluation: Evaluation) -> Array:
    if side.shape:
        return side
    return build((order, order), lambda at: side.scalar if at[0] == at[1] else evaluation.zero)
