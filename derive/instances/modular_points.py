"""Points modulo a prime: random residues for the entries of symbols, which satisfy declared properties and equalities.

Inequalities are left out: where they leave an open set, an identity of analytic functions that holds there holds
everywhere, and residues have no order. A symbol declared positive is a square, so that its roots exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.linear import inverse
from derive.evaluate.point import Point
from derive.evaluate.residues import Residue, Residues
from derive.evaluate.system import Array, array_of, boxed
from derive.instances.equalities import Assign, InPolytope, OfKind, OnSphere, Rescale, SolveAffine
from derive.instances.patterns import symbols
from derive.instances.plan import plan
from derive.instances.repair import Repair
from derive.instances.sizes import counting
from derive.language.arrays import Determinant
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Sum
from derive.obligation import Obligation


class Sampler:
    """Random points modulo a prime for one obligation.

    Attributes:
        equalities: the hypotheses that restrict the points.
    """

    def __init__(self, obligation: Obligation) -> None:
        self.symbols = symbols(*obligation.expressions)
        self.equalities = [r for r in obligation.given if r.sign == "==" and not counting(r)]
        self.repairs = plan(self.equalities).repairs

    @property
    def generic(self) -> bool:
        """Are all entries independent, but for those that are equal by symmetry?"""
        return not self.equalities and not any("orthogonal" in s.properties for s in self.symbols.values())

    def point(self, sizes: Mapping[str, int], indices: Mapping[str, int], system: Residues) -> Point:
        """The point that follows from the system's seed.

        Raises:
            OutsideDomain: this draw meets a division by zero or a root that does not exist.
        """
        values = {name: free(symbol, sizes, system) for name, symbol in self.symbols.items()}
        for repair in self.repairs:
            found = _repaired(repair, Point(sizes, indices, values), system)
            if found is not None:
                values[repair.target.name] = found
        return Point(sizes, indices, values)

    def missed(self, point: Point, system: Residues) -> Relation | None:
        """An equality that the point does not satisfy."""
        return next((relation for relation in self.equalities if not _holds(relation, point, system)), None)


def _holds(relation: Relation, point: Point, system: Residues) -> bool:
    try:
        gap = evaluate(relation.left, point, system) - evaluate(relation.right, point, system)
    except (EvaluationError, InputError):
        return False
    return all(system.is_zero(x) for x in boxed(gap).flat)


def free(symbol: Symbol, sizes: Mapping[str, int], system: Residues) -> Array:
    """Residues for the entries of a symbol: independent, but for what its properties say."""
    shape = tuple(axis.size(sizes) for axis in symbol.shape)
    array = _independent(symbol.name, shape, system)
    if symbol.properties & {"positive", "nonnegative"}:
        array = array_of(system.squares(symbol.name, array.size), shape, object)
    if symbol.symmetric:
        return boxed(array + array.T)
    if "skew" in symbol.properties:
        return boxed(array - array.T)
    return _cayley(array, system) if "orthogonal" in symbol.properties else array


def _independent(name: str, shape: Sequence[int], system: Residues) -> Array:
    count = int(np.prod(shape, dtype=int))
    return array_of(system.randoms(name, count), shape, object)


def _identity(size: int, system: Residues) -> Array:
    numbers = [system.rational(Fraction(int(i == j))) for i in range(size) for j in range(size)]
    return array_of(numbers, (size, size), object)


def _cayley(array: Array, system: Residues) -> Array:
    """``(I - S)^-1 (I + S)`` for the skew part S of a square array."""
    skew, one = array - array.T, _identity(len(array), system)
    return boxed(inverse(one - skew, system) @ (one + skew))


def _orthonormal(name: str, rows: int, columns: int, system: Residues) -> Array | None:
    if columns > rows:
        return None
    return _cayley(_independent(f"{name}'", (rows, rows), system), system)[:, :columns]


def _repaired(repair: Repair, point: Point, system: Residues) -> Array | None:
    """The target's new value, which satisfies the repaired hypothesis; None where that is not known to be possible."""
    shape = tuple(axis.size(point.sizes) for axis in repair.target.shape)
    try:
        match repair:
            case OfKind(target=target, kind=kind):
                return _of_kind(kind, target.name, shape, system)
            case OnSphere():
                return _on_sphere(repair, shape, point, system)
            case Assign(value=value):
                return np.broadcast_to(evaluate(value, point, system), shape).copy()
            case Rescale():
                return _rescaled(repair, point, system)
            case SolveAffine() | InPolytope():
                return _solved(repair, point, system)
    except (Unavailable, InputError):
        pass
    return None


def _of_kind(kind: str, name: str, shape: tuple[int, ...], system: Residues) -> Array | None:
    if kind == "orthonormal columns":
        return _orthonormal(name, shape[0], shape[1], system)
    if kind == "orthonormal rows":
        columns = _orthonormal(name, shape[1], shape[0], system)
        return None if columns is None else columns.T
    bits = [int(x) >> 8 & 1 for x in _independent(f"{name}'", shape, system).flat]
    signs = array_of([system.rational(Fraction(2 * bit - 1)) for bit in bits], shape, object)
    if kind == "signs":
        return signs
    if kind == "mask":
        return boxed((signs + 1) / 2)
    if kind not in ("idempotent", "involution"):
        return None
    basis = _independent(f"{name}'", shape, system)
    diagonal = np.diagonal(signs) if kind == "involution" else (np.diagonal(signs) + 1) / 2
    return boxed((basis * diagonal) @ inverse(basis, system))


def _on_sphere(repair: OnSphere, shape: tuple[int, ...], point: Point, system: Residues) -> Array | None:
    """The vector ``(r, 0, ..., 0)`` reflected in a random hyperplane, for the array or for each row or column."""
    square = evaluate(repair.square, point, system)[()]
    radius = square if repair.rooted else system.power(square, Fraction(1, 2))
    if repair.part == "whole":
        normals = _independent(f"{repair.target.name}'", (1, int(np.prod(shape, dtype=int))), system)
        return _reflected(radius, normals, system).reshape(shape)
    turned = shape if repair.part == "rows" else shape[::-1]
    rows = _reflected(radius, _independent(f"{repair.target.name}'", turned, system), system)
    return rows if repair.part == "rows" else rows.T


def _reflected(radius: Residue, normals: Array, system: Residues) -> Array:
    rows = []
    for normal in normals:
        factor = system.divide(2 * radius * normal[0], (normal * normal).sum())
        row = -normal * factor
        row[0] = row[0] + radius
        rows.append(row)
    return np.stack(rows)


def _rescaled(repair: Rescale, point: Point, system: Residues) -> Array | None:
    now, wanted = evaluate(repair.expression, point, system), evaluate(repair.value, point, system)
    value = np.asarray(point.values[repair.target.name])
    if now.ndim and isinstance(repair.expression, Sum) and len(repair.expression.axes) == 1:
        ratio = np.frompyfunc(system.divide, 2, 1)(np.broadcast_to(wanted, now.shape), now)
        return boxed(value * np.expand_dims(ratio, repair.expression.axes[0])) if now.ndim == value.ndim - 1 else None
    if now.ndim or wanted.ndim:
        return None
    ratio = system.divide(wanted[()], now[()])
    if isinstance(repair.expression, Determinant):
        scaled = value.copy()
        scaled[0] = scaled[0] * boxed(ratio)
        return scaled
    return boxed(value * boxed(system.power(ratio, 1 / repair.degree)))


def _solved(repair: SolveAffine | InPolytope, point: Point, system: Residues) -> Array | None:
    """Equations affine in the target, solved by elimination; the free coordinates stay as they were drawn."""
    start = np.asarray(point.values[repair.target.name])
    sides = list(repair.equations)
    symmetric = 1 if repair.target.symmetric else -1 if "skew" in repair.target.properties else 0

    def residual(value: Array) -> Array:
        moved = Point(point.sizes, point.indices, {**point.values, repair.target.name: value.reshape(start.shape)})
        gaps = [evaluate(a, moved, system) - evaluate(b, moved, system) for a, b in sides]
        if symmetric:
            gaps.append(value.reshape(start.shape) - symmetric * value.reshape(start.shape).T)
        return np.concatenate([boxed(gap).reshape(-1) for gap in gaps])

    origin = residual(_zeros(start.size, system))
    columns = [residual(unit) - origin for unit in _identity(start.size, system)]
    shift = _eliminated(np.stack(columns, axis=1), -residual(start.reshape(-1)), system)
    return None if shift is None else boxed(start + shift.reshape(start.shape))


def _zeros(count: int, system: Residues) -> Array:
    return array_of([system.rational(Fraction(0))] * count, (count,), object)


def _eliminated(matrix: Array, right: Array, system: Residues) -> Array | None:
    """A solution of ``matrix @ v = right`` by Gauss and Jordan; None where there is none."""
    rows, columns = matrix.shape
    table = np.concatenate([matrix, right.reshape(rows, 1)], axis=1)
    pivots: list[int] = []
    for column in range(columns):
        rank = len(pivots)
        found = next((k for k in range(rank, rows) if not system.is_zero(table[k, column])), None)
        if found is None:
            continue
        table[[rank, found]] = table[[found, rank]]
        table[rank] = table[rank] * boxed(system.divide(system.rational(Fraction(1)), table[rank, column]))
        for k in range(rows):
            if k != rank:
                table[k] = table[k] - table[rank] * boxed(table[k, column])
        pivots.append(column)
    if any(not system.is_zero(table[k, columns]) for k in range(len(pivots), rows)):
        return None
    solution = _zeros(columns, system)
    for k, column in enumerate(pivots):
        solution[column] = table[k, columns]
    return solution
