"""Runs in doubles, many instances at once: the update is compiled, and stepped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array
from derive.iteration.parts import at_the_start
from derive.language.iteration import AtTime, Run
from derive.language.tensor import Tensor
from derive.simulation.compiled import Compiled, Key, compiled


@dataclass(frozen=True)
class Simulation:
    """A run and what is observed along it, compiled at given sizes.

    Attributes:
        first: what the observed expressions take from the start, ``run(W, 0)``.
    """

    run: Run
    start: Compiled
    first: tuple[AtTime, ...]
    firsts: Compiled
    step: Compiled

    @classmethod
    def of(
        cls, run: Run, observed: Sequence[Tensor], sizes: Mapping[str, int], indices: Mapping[str, int] | None = None
    ) -> Simulation:
        """Compile the run.

        Raises:
            Unavailable: something has no value in doubles, such as what is chosen at each step.
            InputError: a size or position is missing.
        """
        if run.choices:
            raise Unavailable(f"what is chosen at each step ({run.choices[0]!r}) has no value")
        first = at_the_start(run, observed)
        names = run.state_names
        start = compiled(run.starts, sizes, indices=indices)
        firsts = compiled([node.operand for node in first], sizes, changing=names, indices=indices)
        step = compiled([*run.updates, *observed], sizes, changing=names, given=first, indices=indices)
        return cls(run, start, first, firsts, step)

    @property
    def cost(self) -> int:
        """Entries computed at each step of one instance."""
        return sum(int(np.prod(step.shape, dtype=int)) for step in self.step.program.tape.steps)

    def along(self, values: Mapping[Key, Array]) -> Iterator[list[Array]]:
        """What is observed after 0, 1, 2, ... steps, without end.

        Args:
            values: of the free symbols, each with an axis of instances in front, all of the same length.
        """
        count = max((len(array) for array in values.values()), default=1)
        names = self.run.state_names
        begun = self._each(self.start(self.start.fixed(values), {}), count)
        states: dict[Key, Array] = dict(zip(names, begun, strict=True))
        outside = {name: array for name, array in values.items() if name not in names}
        firsts = self._each(self.firsts(self.firsts.fixed(outside), states), count) if self.first else []
        fixed = self.step.fixed({**outside, **dict(zip(self.first, firsts, strict=True))})
        while True:
            found = self._each(self.step(fixed, states), count)
            yield found[len(names) :]
            states = dict(zip(names, found, strict=False))

    @staticmethod
    def _each(arrays: Sequence[Array], count: int) -> list[Array]:
        """One value for all instances as one for each."""
        return [a if len(a) == count else np.broadcast_to(a, (count, *a.shape[1:])) for a in arrays]
