"""Steps of a proof checked at points of the hypotheses: no bound is exceeded there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from flint import arb, ctx

from derive.language.derivatives import Definition
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Size, Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import elementwise
from derive.verify.balls import PRECISION, Balls
from derive.verify.convexity import CONVEXITIES, bends
from derive.verify.directions import along, derivative, directions
from derive.verify.generic import Generic
from derive.verify.measures import AT_A_POINT, exceeds, known, measure
from derive.verify.relations import scope_of
from derive.verify.scope import Scope
from derive.verify.search import admitted
from derive.verify.statement import Statement
from derive.verify.steps import Step
from derive.verify.values import Evaluation

ATTEMPTS = 160
ENOUGH = 6
"""Points drawn, and those under the hypotheses that are enough."""

Place = tuple[Evaluation, Scope]


class Instances:
    """Points at which the hypotheses of a statement certainly hold."""

    def __init__(
        self,
        statement: Statement,
        changed: Mapping[str, Tensor],
        partners: Mapping[str, str],
        generic: Generic,
        key: str,
    ) -> None:
        self._generic = generic
        self.larger_sizes = False
        self.partners = partners
        self._statement, self._changed, self._key = statement, changed, key

    @cached_property
    def places(self) -> list[Place]:
        """The points, drawn when the first step asks for them.

        Where there are none because a size would have to be larger than points have them, it may be smaller.
        """
        found = self._drawn(self._statement)
        if found:
            return found
        given = tuple(relation for relation in self._statement.given if not _asks_for_a_large_size(relation))
        self.larger_sizes = len(given) < len(self._statement.given)
        return self._drawn(replace(self._statement, given=given)) if self.larger_sizes else []

    def _drawn(self, statement: Statement) -> list[Place]:
        found: list[Place] = []
        for point in admitted(statement, self._key, ATTEMPTS):
            with ctx.workprec(PRECISION):
                evaluation = Evaluation(Balls(), point.sizes)
                values = scope_of(point, evaluation.arithmetic)
                for name, expression in self._changed.items():
                    values = values.binding(name, evaluation.value(expression, values))
                found.append((evaluation, values))
            if len(found) == ENOUGH:
                break
        return found

    def contradict(self, step: Step, variables: Mapping[str, str]) -> bool | None:
        """Is the bound of a step certainly exceeded at a point? None where it has a value at none of them."""
        told = False
        places = self.places or ([] if step.premises else self._generic.places)  # a fact needs no hypothesis
        with ctx.workprec(PRECISION):
            for evaluation, values in places:
                try:
                    bound = evaluation.value(step.value, values).scalar
                    for found in self._measured(step, evaluation, values, variables):
                        if exceeds(step.measure, found, bound):
                            return True
                        told = True
                except Unknown:
                    continue
        return False if told else None

    def _measured(self, step: Step, evaluation: Evaluation, values: Scope, moving: Mapping[str, str]) -> Iterator[Any]:
        """What the measure certainly reaches at a point."""
        functions = evaluation.functions
        if step.measure in AT_A_POINT:
            yield measure(step.measure, evaluation.value(step.subject, values), functions)
        elif step.measure.startswith("lipschitz "):
            yield from self._ratio(step, evaluation, values, moving)
        elif step.measure == "identity":
            yield functions.number(1)
        elif step.measure in CONVEXITIES:
            yield from bends(step, evaluation, values, moving)
        elif known(step.measure):
            yield from _derivatives(step, evaluation, values, moving)

    def _ratio(self, step: Step, evaluation: Evaluation, values: Scope, moving: Mapping[str, str]) -> Iterator[Any]:
        """The difference at two points over how far they are apart."""
        if not set(moving) <= self.partners.keys():
            raise Unknown("no second point")
        other = values
        apart = arb(0)
        for name, order in moving.items():
            first, second = values[name], values[self.partners[name]]
            apart += measure(order, elementwise(lambda a, b: a - b, first, second), evaluation.functions)
            other = other.binding(name, second)
        if not apart > 0:
            return
        one, two = evaluation.value(step.subject, values), evaluation.value(step.subject, other)
        gap = elementwise(lambda a, b: a - b, one, two)
        yield measure(step.measure.removeprefix("lipschitz "), gap, evaluation.functions) / apart


def _asks_for_a_large_size(relation: Relation) -> bool:
    """``n >= t`` of a size n: drawn points have small sizes."""
    return isinstance(relation.left if relation.sign in (">=", ">") else relation.right, Size)


def _derivatives(step: Step, evaluation: Evaluation, values: Scope, moving: Mapping[str, str]) -> Iterator[Any]:
    """The norm of a derivative in the one variable that moves, along it or as eigenvalues of the Hessian."""
    symbols = [n for n in step.subject.walk() if isinstance(n, Symbol) and n.name in moving]
    if len({symbol.name for symbol in symbols}) != 1:
        raise Unknown("a derivative in several variables, or in none")
    variable = symbols[0]
    if step.measure in ("convexity", "smoothness"):
        hessian = derivative(step.subject, variable, 2)
        if len(variable.shape) != 1:
            raise Unknown("a Hessian that is no matrix")
        yield measure(ENDS[step.measure], evaluation.value(hessian, values), evaluation.functions)
        return
    kind, k = step.measure[0], int(step.measure[1:])
    value = evaluation.value(derivative(step.subject, variable, k), values)
    for direction in directions(values[variable.name].shape, evaluation):
        slope = along(value, direction, k, evaluation.zero)
        if kind == "S":
            yield measure("upper", slope, evaluation.functions) - measure("lower", slope, evaluation.functions)
        else:
            yield measure("2" if kind == "D" else "inf", slope, evaluation.functions)


ENDS = {"convexity": "lambda_min", "smoothness": "lambda_max"}


def moving(step: Step, variables: Mapping[str, str], changed: Sequence[str]) -> dict[str, str]:
    """The symbols that move in a step: new variables where its subject has them."""
    names = {node.name for node in step.subject.walk() if isinstance(node, (Symbol, Definition))}
    inside = [name for name in changed if name in names]
    return dict.fromkeys(inside, "2") if inside else dict(variables)
