"""The repairs of ``derive.instances`` in doubles, on a tape: maps of free values onto those that hypotheses allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np

from derive.attack import linear
from derive.attack.recorded import TracedScope, scope
from derive.attack.tape import Node, Tape
from derive.evaluate.duals import Dual, Duals
from derive.instances.approach import Approach
from derive.instances.equalities import Assign, InPolytope, OnSphere, Rescale, SolveAffine
from derive.instances.intervals import Between
from derive.instances.repair import Repair
from derive.instances.scaling import Scale
from derive.instances.sizes import Positions, Sizes
from derive.instances.spectra import LoewnerBetween, SingularBetween
from derive.language.arrays import Determinant, Spectral
from derive.language.tensor import Number, Sum, Tensor

TINY = 1e-280


class Retraction:
    """Applies repairs to values on a tape, at all positions of the index symbols."""

    def __init__(self, tape: Tape, sizes: Sizes, everywhere: Sequence[Positions], values: Mapping[str, Node]) -> None:
        self.tape = tape
        self.sizes = sizes
        self.everywhere = everywhere
        self.values = dict(values)

    def apply(self, repair: Repair) -> None:
        """Set the repair's target; where the repair has no form in doubles it is left as it is."""
        found = self.repaired(repair)
        if found is not None:
            self.values[repair.target.name] = found

    def repaired(self, repair: Repair) -> Node | None:
        value = self.values[repair.target.name]
        match repair:
            case Between(lower=lower, upper=upper):
                return self._between(repair, value, lower, upper)
            case Scale(expression=expression, bound=bound, degree=degree, upper=upper):
                return value * self._factor(expression, bound, degree, upper)
            case SingularBetween(lower=lower, upper=upper):
                return self._singular(repair, value)
            case OnSphere():
                return self._on_sphere(repair, value)
            case Rescale(expression=expression, value=wanted, degree=degree):
                return self._rescaled(value, expression, wanted, degree)
            case Assign(value=wanted):
                return linear.plain(linear.repeated(self._at(wanted)[0], value.shape))
            case SolveAffine() | InPolytope():
                return self._solved(repair, value)
            case LoewnerBetween():
                return self._loewner(repair, value)
            case Approach(degree=degree) if degree is not None:
                return self._approached(repair, value)
        return None

    def _scopes(self) -> list[TracedScope]:
        return [scope(self.tape, self.sizes, positions, self.values) for positions in self.everywhere]

    def _at(self, expression: Tensor) -> list[Node]:
        """The values at all positions."""
        return list({node.place: node for node in (s.node(expression) for s in self._scopes())}.values())

    def _number(self, value: float) -> Node:
        return self.tape.constant(np.float64(value))

    def _between(
        self,
        repair: Between,
        value: Node,
        lower: Sequence[tuple[Tensor, bool]],
        upper: Sequence[tuple[Tensor, bool]],
    ) -> Node | None:
        declared = () if not repair.target.properties & {"positive", "nonnegative"} else ((Number(Fraction(0)), True),)
        low = self._end([e for e, _ in (*lower, *declared)], value.shape, "maximum")
        high = self._end([e for e, _ in upper], value.shape, "minimum")
        magnitude = self.tape.entrywise("abs", value)
        if low is not None and high is not None:
            share = (self.tape.entrywise("fold", value) + self._number(1)) * self._number(0.5)
            return low + (high - low) * share
        return low + magnitude if low is not None else high - magnitude if high is not None else None

    def _end(self, bounds: Sequence[Tensor], shape: tuple[int, ...], pick: str) -> Node | None:
        nodes = [self._fitted(node, shape, pick) for bound in bounds for node in self._at(bound)]
        return reduce(lambda x, y: self.tape.entrywise(pick, x, y), nodes) if nodes else None

    def _fitted(self, node: Node, shape: tuple[int, ...], pick: str) -> Node:
        """A bound as an array of the shape: of a larger array the tightest entries."""
        extra = len(node.shape) - len(shape)
        kind = "max" if pick == "maximum" else "min"
        if extra > 0:
            node = linear.plain(linear.extremum(kind, node, tuple(range(extra))))
        return linear.plain(linear.repeated(node, shape))

    def _factor(self, expression: Tensor, bound: Tensor, degree: Fraction, upper: bool, attained: bool = False) -> Node:
        """How much to scale by so that all entries, at all positions, meet their bounds."""
        pairs = [(s.node(expression), s.node(bound)) for s in self._scopes()]
        entries = [self._ratio(now, wanted, upper) for now, wanted in pairs]
        ratio = reduce(lambda x, y: self.tape.entrywise("minimum" if upper else "maximum", x, y), entries)
        if not attained:
            ratio = self.tape.entrywise("minimum" if upper else "maximum", ratio, self._number(1))
        return self.tape.entrywise("power", ratio, detail=float(1 / degree))

    def _ratio(self, now: Node, wanted: Node, upper: bool) -> Node:
        quotient = self.tape.entrywise("divide", wanted, self.tape.entrywise("maximum", now, self._number(TINY)))
        axes = tuple(range(len(quotient.shape)))
        return linear.plain(linear.extremum("min" if upper else "max", quotient, axes)) if axes else quotient

    def _singular(self, repair: SingularBetween, value: Node) -> Node:
        for side, kind, upper in ((repair.lower, "sigma_min", False), (repair.upper, "opnorm", True)):
            if side is not None:
                factor = self._factor(Spectral(kind, repair.target), side[0], Fraction(1), upper)
                value = value * factor
                self.values[repair.target.name] = value
        return value

    def _on_sphere(self, repair: OnSphere, value: Node) -> Node:
        axes = {"whole": tuple(range(len(value.shape))), "rows": (1,), "columns": (0,)}[repair.part]
        squares = linear.plain(linear.total(value * value, axes, True))
        wanted = self._at(repair.square)[0]
        wanted = wanted * wanted if repair.rooted else wanted
        return value * self.tape.entrywise("power", self.tape.entrywise("divide", wanted, squares), detail=0.5)

    def _rescaled(self, value: Node, expression: Tensor, wanted: Tensor, degree: Fraction) -> Node | None:
        here = self._scopes()[0]
        now, goal = here.node(expression), here.node(wanted)
        if isinstance(expression, Determinant) or len(now.shape) not in (0, len(value.shape) - 1):
            return None
        ratio = self.tape.entrywise("divide", goal, now)
        if now.shape and isinstance(expression, Sum) and len(expression.axes) == 1:
            axis = expression.axes[0] % len(value.shape)
            kept = tuple(1 if k == axis else size for k, size in enumerate(value.shape))
            return value * linear.plain(linear.reshaped(linear.repeated(ratio, now.shape), kept))
        if now.shape:
            return None
        return value * self.tape.entrywise("power", ratio, detail=float(1 / degree))

    def _solved(self, repair: SolveAffine | InPolytope, value: Node) -> Node:
        """The nearest solution of affine equations: ``x - J^T (J J^T)^-1 (J x - b)``."""
        size, here = value.size, self._scopes()[0]
        system = Duals(here.system)
        seeds = self.tape.constant(np.eye(size).reshape((size, *value.shape)), 1)
        seeded: linear.Value = Dual(1, value, {0: seeds})
        inner = here.child(arrays={repair.target.name: seeded}, system=system)
        residuals, slopes = [], []
        for left, right in repair.equations:
            a, b = linear.matched(inner.value(left), inner.value(right))
            number, tangents = system.split(a - b)
            count = int(np.prod(linear.shape(number), dtype=int))
            residuals.append(linear.undirected(linear.plain(linear.reshaped(number, (count,)))))
            lowered = linear.lowered(tangents[0])
            slopes.append(linear.plain(linear.reshaped(lowered, (count, size))))
        for residual, slope in zip(residuals, slopes, strict=True):
            gram = linear.product(slope, linear.taken(slope, np.transpose))
            ridge = self.tape.constant(1e-12 * np.eye(gram.shape[0]))
            step = linear.product(linear.product(linear.inverse(gram + ridge), residual), slope)
            value = value - linear.plain(linear.reshaped(step, value.shape))
        return value

    def _loewner(self, repair: LoewnerBetween, value: Node) -> Node | None:
        """``value`` is psd."""
        one = self.tape.constant(np.eye(value.shape[0]))
        ends = [None if side is None else self._at(side)[0] for side in (repair.lower, repair.upper)]
        low, high = ends
        if low is not None and high is not None:
            if low.shape or high.shape:
                return self._between_matrices(one * low if not low.shape else low, high, value)
            top = self.tape.apply("spectral", (value,), (), "lambda_max")
            share = self.tape.entrywise("divide", value, self.tape.entrywise("maximum", top, self._number(1)))
            return one * low + share * (high - low)
        if low is not None:
            return (low if low.shape else one * low) + value
        assert high is not None
        return (high if high.shape else one * high) - value

    def _between_matrices(self, low: Node, high: Node, value: Node) -> Node:
        """``low + W (1 + S W)^-1``, with W the width and S psd: all that lies between, but for singular ends of W."""
        one = self.tape.constant(np.eye(value.shape[0]))
        width = (high if high.shape else one * high) + -low
        shrunk = linear.inverse(one + linear.product(value, width))
        return low + linear.plain(linear.product(width, shrunk))

    def _approached(self, repair: Approach, value: Node) -> Node | None:
        centre = self.repaired(repair.centre)
        if centre is None or repair.degree is None:
            return None
        factor = self._factor(repair.expression, repair.bound, repair.degree, repair.upper)
        return centre + (value - centre) * factor
