"""What is said along a run, from what is observed after each number of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array
from derive.iteration.parts import Along, relations
from derive.language.chance import Event
from derive.language.iteration import AtTime, HittingTime
from derive.language.tensor import Tensor


@dataclass(frozen=True)
class Series:
    """The values of something after 0, 1, 2, ... steps, with an axis of instances behind that of steps.

    What has the same value at all times has one row.
    """

    values: Array

    def after(self, steps: Sequence[int]) -> Array:
        """For each instance the value after a number of steps of its own."""
        count = self.values.shape[1]
        rows = np.zeros(count, dtype=int) if len(self.values) == 1 else np.asarray(steps)
        found: Array = self.values[rows, np.arange(count)]
        return found


def observed(nodes: Sequence[Along]) -> list[Tensor]:
    """What has to be observed after each step.

    Raises:
        Unavailable: an event is no conjunction of inequalities.
    """
    return [expression for node in nodes for expression in _observed(node)]


def _observed(node: Along) -> list[Tensor]:
    if isinstance(node, AtTime):
        return [node.operand]
    return [side for relation in relations(node.event) for side in (relation.left, relation.right)]


def series(nodes: Sequence[Along], columns: Sequence[Array]) -> Mapping[Along, Series]:
    """The series of each node, from those of what ``observed`` asks for, in its order."""
    rest = iter(columns)
    return {node: _series(node, rest) for node in nodes}


def _series(node: Along, rest: Iterator[Array]) -> Series:
    if isinstance(node, AtTime):
        return Series(next(rest))
    each = [_holds(relation, next(rest), next(rest)) for relation in relations(node.event)]
    held: Array = np.asarray(np.stack(each).all(axis=0))
    if isinstance(node, HittingTime):
        first = np.where(held.any(axis=0), held.argmax(axis=0), len(held))  # at least that many, where it never does
        return Series(first[None].astype(float))
    return Series(np.minimum.accumulate(held.astype(float), axis=0))


SIGNS = {"<=": np.less_equal, "<": np.less, ">=": np.greater_equal, ">": np.greater, "==": np.equal}


def _holds(relation: Event, left: Array, right: Array) -> Array:
    """After each step, for each instance: does the relation hold in every entry?"""
    if relation.sign not in SIGNS:
        raise Unavailable(f"a relation {relation.sign} of doubles")
    found = SIGNS[relation.sign](left, right)
    return np.asarray(found.reshape(*found.shape[:2], -1).all(axis=2))
