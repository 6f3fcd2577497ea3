"""A run of an iteration at given sizes, compiled with all that is said along it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array
from derive.language.iteration import Always, AtTime, HittingTime, Run
from derive.language.tensor import Tensor
from derive.simulation.compiled import compiled
from derive.simulation.watch import Watched, watched

Along = AtTime | HittingTime | Always
"""What is said along a run."""

Steps = int | HittingTime
"""When it is said: after a number of steps, or when an event happens for the first time."""


@dataclass
class Curve:
    """Both sides of a relation after 0, 1, 2, ... steps, for each instance; no number once its time is over.

    Of arrays it is the entry that comes nearest to a violation.
    """

    relation: Watched
    left: list[Array] = field(default_factory=list)
    right: list[Array] = field(default_factory=list)


@dataclass(frozen=True)
class Observed:
    """The values of nodes for each instance, the curves of all relations that were watched, and the steps taken."""

    values: Mapping[Tensor, Array]
    curves: Sequence[Curve]
    steps: int


class Stepper:
    """The run, what is said along it, and the code that steps it.

    Attributes:
        times: when each of the nodes that has a time is asked.
        longest: the steps after which an event that has not happened is taken not to happen.
        relations: of each event, those that have to hold.
        slack: by how much each relation is weakened, see ``Watched.holds``.
    """

    def __init__(
        self,
        run: Run,
        nodes: Sequence[Along],
        times: Mapping[Along, Steps],
        longest: int,
        sizes: Mapping[str, int],
        slack: float = 0.0,
    ) -> None:
        if run.choices:
            raise Unavailable(f"what is chosen at each step ({run.choices[0]!r}) has no value")
        self.run, self.times, self.longest, self.slack = run, times, longest, slack
        self.hits = [node for node in nodes if isinstance(node, HittingTime)]
        self.always = [node for node in nodes if isinstance(node, Always)]
        self.at = [node for node in nodes if isinstance(node, AtTime)]
        events: list[HittingTime | Always] = [*self.hits, *self.always]
        self.relations = {node: list(watched(node.event)) for node in events}
        sides = [side for relations in self.relations.values() for r in relations for side in (r.left, r.right)]
        outputs = [*run.updates, *sides, *(node.operand for node in self.at)]
        self.step = compiled(outputs, sizes, changing=run.state_names)
        self.first = compiled(run.starts, sizes)

    def parted(
        self, outputs: Sequence[Array]
    ) -> tuple[dict[HittingTime | Always, list[tuple[Array, Array]]], dict[AtTime, Array]]:
        """Of the outputs of a step the sides of each relation, by the event, and the operands."""
        rest = iter(outputs[len(self.run.updates) :])
        sides = {node: [(next(rest), next(rest)) for _ in relations] for node, relations in self.relations.items()}
        return sides, dict(zip(self.at, rest, strict=True))
