"""The worst case over a class of functions: points, gradients and values that violate a claim most.

In inner products and values the claim and its hypotheses are linear once the parameters are numbers, so that the worst
case is a semidefinite program (Drori and Teboulle 2014; Taylor, Hendrickx and Glineur 2017). Its solution is in floats;
what is made of it are candidates in rationals, which have to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.interpolation.data import Data
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import TURNED

EXTENT = 100
"""How much larger inner products may be than the constants of the claim and its hypotheses; these have no scale."""

VISIBLE = 1e-6
"""The violation, in parts of the largest, above which it is worth a candidate; the solver is good to about 1e-8."""

DENOMINATORS = (1, 2, 4, 10, 100, 1000, 10**4, 10**6)
"""Of the rationals to which the numbers are rounded, in turn."""

Floats = np.ndarray[Any, np.dtype[np.float64]]


def is_installed() -> bool:
    """Is there a solver of semidefinite programs, the extra ``pep``?"""
    return find_spec("cvxpy") is not None and find_spec("clarabel") is not None


def modelling() -> Any:
    """The language in which programs are stated to the solver; it takes long to import, and may be missing."""
    return import_module("cvxpy")


def candidates(data: Data, parameters: Point) -> Iterator[Point]:
    """Points that may violate the claim at these parameters, of few dimensions and with simple numbers first."""
    try:
        solution = Program.of(data, parameters).solution()
    except EvaluationError:  # the claim has no value at these parameters
        return
    if solution is None:
        return
    gram, values = solution
    names = sorted(data.basis)
    for rank in range(1, len(names) + 1):
        vectors = factor(gram, rank)
        for denominator in DENOMINATORS:
            found = {data.basis[name].name: rounded(v, denominator) for name, v in zip(names, vectors.T, strict=True)}
            numbers = dict(zip(data.values, rounded(values, denominator), strict=True))
            yield Point({data.dimension: rank}, {}, {**parameters.values, **found, **numbers})


@dataclass(frozen=True)
class Row:
    """A number that is linear in inner products and values: ``constant + <matrix, G> + weights . v``."""

    constant: float
    matrix: Floats
    weights: Floats

    def of(self, gram: Any, values: Any) -> Any:
        """The number, as an expression of the program."""
        cp = modelling()
        return self.constant + cp.sum(cp.multiply(self.matrix, gram)) + self.weights @ values


@dataclass(frozen=True)
class Program:
    """What the claim leaves over, ``right - left``, and the rows of its hypotheses, which are at most zero or zero."""

    excess: Row
    below: tuple[Row, ...]
    zero: tuple[Row, ...]

    @classmethod
    def of(cls, data: Data, parameters: Point) -> Program:
        """The claim and what ties inner products and values together, at these parameters."""
        claim = data.products
        excess = _row(claim.left - claim.right, data, parameters)
        tied = [(r.sign, row) for r in claim.given if _ties(row := _row(_gap(r), data, parameters))]
        below = tuple(row for sign, row in tied if sign != "==")
        return cls(excess, below, tuple(row for sign, row in tied if sign == "=="))

    def solution(self) -> tuple[Floats, Floats] | None:
        """Inner products and values at which half of the largest violation is left, far within the hypotheses."""
        cp = modelling()
        size, count = len(self.excess.matrix), len(self.excess.weights)
        rows = (self.excess, *self.below, *self.zero)
        constants = [abs(row.constant) for row in rows]
        if not all(np.isfinite(row.constant + row.matrix.sum() + row.weights.sum()) for row in rows):
            return None
        extent = 1 + EXTENT * max(constants)
        gram, values, room = cp.Variable((size, size), PSD=True), cp.Variable(count), cp.Variable()
        excess = self.excess.of(gram, values)
        within = [cp.trace(gram) + cp.norm1(values) <= extent, *(row.of(gram, values) == 0 for row in self.zero)]
        held = [row.of(gram, values) for row in self.below]
        worst = _solved(cp.Maximize(excess), [*within, *(number <= 0 for number in held)])
        if worst is None or worst <= VISIBLE * extent:
            return None
        inside = [*within, *(number + room <= 0 for number in held), room <= extent, excess >= worst / 2]
        if _solved(cp.Maximize(room), inside) is None:
            return None
        return np.asarray(gram.value), np.asarray(values.value)


def _solved(aim: Any, constraints: list[Any]) -> float | None:
    """The value of a program; None where the solver finds none."""
    cp = modelling()
    problem = cp.Problem(aim, constraints)
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # of an inaccurate solution, which is good enough for a candidate
        try:
            problem.solve(solver=cp.CLARABEL)
        except cp.error.SolverError:
            return None
    return float(problem.value) if problem.status in (cp.OPTIMAL, cp.OPTIMAL_INACCURATE) else None


def _gap(relation: Relation) -> Tensor:
    """What is at most zero by a hypothesis, or zero."""
    turned = relation.sign in TURNED
    return relation.right - relation.left if turned else relation.left - relation.right


def _ties(row: Row) -> bool:
    """Does it speak of more than parameters?"""
    return bool(row.matrix.any() or row.weights.any())


def _row(expression: Tensor, data: Data, parameters: Point) -> Row:
    """The coefficients, by values at the unit points: the expression is linear."""
    names = sorted(data.basis)
    unknowns = [*data.pairs, *data.values]

    def value(one: str) -> float:
        at = {**parameters.values, **{name: Fraction(name == one) for name in unknowns}}
        return float(evaluate(expression, Point(parameters.sizes, {}, at), Float64())[()])

    constant = value("")
    matrix = np.zeros((len(names), len(names)))
    for name, pair in data.pairs.items():
        i, k = (names.index(vector) for vector in pair)
        part = (value(name) - constant) / 2
        matrix[i, k] += part
        matrix[k, i] += part
    weights = np.array([value(name) - constant for name in data.values])
    return Row(constant, matrix, weights)


def factor(gram: Floats, rank: int) -> Floats:
    """Vectors of ``rank`` entries, as columns, whose inner products are nearest to these; the first is on an axis."""
    values, vectors = np.linalg.eigh(gram)
    kept = vectors[:, -rank:] * np.sqrt(np.maximum(values[-rank:], 0))
    triangular = np.asarray(np.linalg.qr(kept.T).R)
    signs = np.where(np.diag(triangular) < 0, -1.0, 1.0)
    return np.asarray(signs[:, None] * triangular)


def rounded(numbers: Sequence[float] | Floats, denominator: int) -> tuple[Fraction, ...]:
    """The nearest multiples of ``1/denominator``."""
    return tuple(Fraction(round(float(x) * denominator), denominator) for x in numbers)
