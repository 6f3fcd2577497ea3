"""Branch and bound: the unit cube of a case cut into leaves until the goal holds on each, or the budget is spent.

The search runs in intervals of doubles, a batch of boxes at a time, the oldest first. A box that seems to be a leaf is
examined again in balls (``Leaves``) and cut further where these are not sure. So every leaf of a finished tree
rests on balls and exact dyadic corners alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from derive.enclosure.boxes import Found, examine
from derive.enclosure.definite import Doubles
from derive.enclosure.leaf import Leaves
from derive.enclosure.problem import Problem

Places = npt.NDArray[np.intp]

BATCH = 1024
LARGEST_BATCH = 4_000_000
"""Results of steps that a batch may hold at once."""
FEW = 64
"""Boxes waiting below which halves are cut again at once: a batch of few boxes takes as long as one of many."""

DEEPEST = 40
"""Cuts along one axis after which a box is left open: its corners have to be exact in doubles."""

AXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

NATURAL, MEAN_VALUE, OUTSIDE = "n", "m", "o"


@dataclass
class Budget:
    """The work that may still be done, in steps of recorded code on one box; it is counted, not timed."""

    left: int
    whole: Budget | None = None

    def spend(self, work: int) -> bool:
        self.left -= work
        if self.whole is not None:
            self.whole.left -= work
        return self.left >= 0 and (self.whole is None or self.whole.left >= 0)

    def part(self, work: int) -> Budget:
        """A budget for a part of the work, which counts for the whole as well."""
        return Budget(work, self)


@dataclass
class Tree:
    """A bisection: of each node the leaf's letter, or the axis of the cut and the first of its two children."""

    letters: list[str] = field(default_factory=lambda: [""])
    children: list[int] = field(default_factory=lambda: [0])

    def cut(self, nodes: Places, axes: Places) -> Places:
        """Cut nodes; the first of the two new children of each."""
        first = len(self.letters) + 2 * np.arange(len(nodes))
        for node, axis, child in zip(nodes.tolist(), axes.tolist(), first.tolist(), strict=True):
            self.letters[node] = AXES[axis]
            self.children[node] = child
        self.letters += [""] * (2 * len(nodes))
        self.children += [0] * (2 * len(nodes))
        return first

    def text(self) -> str:
        """The letters in preorder."""
        letters = []
        pending = [0]
        while pending:
            node = pending.pop()
            letters.append(self.letters[node])
            if self.children[node]:
                pending += [self.children[node] + 1, self.children[node]]
        return "".join(letters)


@dataclass(frozen=True)
class Searched:
    """What a search found.

    Attributes:
        tree: the finished bisection, as text; None where boxes are left open.
        least: a lower bound of the goal's numbers on the domain.
        lowest: the least of them at the midpoint of a box, about, and the parameters there.
        size: the largest absolute value of the least number at a midpoint: what is small beside it is small.
        boxes: how many were examined.
        inside: leaves on which there may be points of the domain.
    """

    tree: str | None
    least: float
    lowest: tuple[float, tuple[Fraction, ...]] | None
    size: float
    boxes: int
    inside: int


class Search:
    """The bisection of one case, carried on until it is finished or the budget is spent."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.leaves = Leaves(problem)
        self.tree = Tree()
        dimension = problem.dimension
        self.nodes = np.zeros(1, dtype=np.intp)
        self.low, self.high = np.zeros((1, dimension)), np.ones((1, dimension))
        self.least = np.inf
        self.open_least = np.full(1, -np.inf)
        self.lowest: tuple[float, tuple[Fraction, ...]] | None = None
        self.size = 0.0
        self.boxes = 0
        self.inside = 0
        self.stuck = np.inf

    def run(self, budget: Budget) -> Searched:
        """Cut until no box is left open, or the budget is spent."""
        while len(self.nodes):
            batch = min(BATCH, len(self.nodes), LARGEST_BATCH // max(self.problem.work, 1) + 1)
            if not budget.spend(batch * max(self.problem.work, 1)):
                break
            self._examine(batch, budget)
        finished = not len(self.nodes) and self.stuck == np.inf
        least = min(self.least, self.stuck, self.open_least.min(initial=np.inf))
        return Searched(self.tree.text() if finished else None, least, self.lowest, self.size, self.boxes, self.inside)

    def _examine(self, batch: int, budget: Budget) -> None:
        nodes, low, high = self.nodes[:batch], self.low[:batch], self.high[:batch]
        self.nodes, self.low, self.high = self.nodes[batch:], self.low[batch:], self.high[batch:]
        self.open_least = self.open_least[batch:]
        found = examine(self.problem, low, high)
        self.boxes += batch
        self._note_lowest(found, low, high)
        open_boxes = np.ones(batch, dtype=bool)
        for k in np.flatnonzero(found.outside | found.natural | found.mean_value):
            letter = self._letter(found, k, low[k], high[k], budget)
            open_boxes[k] = not letter
            self.tree.letters[nodes[k]] = letter
            if letter not in ("", OUTSIDE):
                self.inside += 1
                self.least = min(self.least, float(found.least[k]))
        deep = open_boxes & ((high - low).max(axis=1, initial=0.0) <= 2.0**-DEEPEST)
        self.stuck = min(self.stuck, float(found.least[deep].min(initial=np.inf)))
        self._cut(np.flatnonzero(open_boxes & ~deep), nodes, low, high, found)

    def _letter(self, found: Found, k: np.intp, low: Doubles, high: Doubles, budget: Budget) -> str:
        """The letter of what seems to be a leaf; empty where balls are not sure."""
        box = list(zip(low.tolist(), high.tolist(), strict=True))
        if found.outside[k] and self.leaves.outside(box):
            return OUTSIDE
        vectors = None if found.vectors is None else found.vectors[k]
        for letter, seems in ((NATURAL, found.natural[k]), (MEAN_VALUE, found.mean_value[k])):
            affordable = seems and budget.spend(BALLS_WORK * self.problem.work)
            if affordable and self.leaves.hold(box, letter == MEAN_VALUE, vectors):
                return letter
        return ""

    def _cut(self, cut: Places, nodes: Places, low: Doubles, high: Doubles, found: Found) -> None:
        """Bisect these boxes of a batch, and their halves again while few boxes wait; they are examined last."""
        boxes = nodes[cut], low[cut], high[cut], found.least[cut]
        axes = found.axis[cut]
        while len(boxes[0]):
            boxes = self._halves(*boxes, axes)
            if len(self.nodes) + len(boxes[0]) >= FEW:
                break
            axes = np.argmax(boxes[2] - boxes[1], axis=1)
        self.nodes = np.concatenate([self.nodes, boxes[0]])
        self.low, self.high = np.concatenate([self.low, boxes[1]]), np.concatenate([self.high, boxes[2]])
        self.open_least = np.concatenate([self.open_least, boxes[3]])

    def _halves(
        self, nodes: Places, low: Doubles, high: Doubles, least: Doubles, axes: Places
    ) -> tuple[Places, Doubles, Doubles, Doubles]:
        """The halves of boxes, each beside the other."""
        first = self.tree.cut(nodes, axes)
        rows = np.arange(len(nodes))
        lower, upper = high.copy(), low.copy()
        middle = low[rows, axes] + (high[rows, axes] - low[rows, axes]) / 2
        lower[rows, axes] = middle
        upper[rows, axes] = middle
        both = np.stack([first, first + 1], axis=1).reshape(-1)
        return both, _interleaved(low, upper), _interleaved(lower, high), np.repeat(least, 2)

    def _note_lowest(self, found: Found, low: Doubles, high: Doubles) -> None:
        finite = np.isfinite(found.middle)
        self.size = max(self.size, float(np.abs(found.middle[finite]).max(initial=0.0)))
        k = int(np.argmin(found.middle))
        value = float(found.middle[k])
        if np.isfinite(value) and (self.lowest is None or value < self.lowest[0]):
            middle = low[k] + (high[k] - low[k]) / 2
            self.lowest = value, tuple(Fraction(float(t)) for t in middle)


BALLS_WORK = 8
"""What a step costs in balls, in steps of a batch."""


def _interleaved(first: Doubles, second: Doubles) -> Doubles:
    """The rows of two arrays in turn."""
    return np.stack([first, second], axis=1).reshape(-1, first.shape[1])
