"""The instances of one obligation, drawn once and shared by all methods of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.instances.search import Instance, Search, instances
from derive.obligation import Obligation


class Drawn:
    """A replayable sequence of instances: each iteration starts from the first, and draws only what nobody has drawn.

    Attributes:
        seed: from which, with the obligation's id, every draw follows.
        search: the draws so far, with what was rejected and why.
        settled: whether a method has proved or refuted the obligation: what is left to be found is how near it comes.
    """

    def __init__(self, obligation: Obligation, seed: int) -> None:
        self.obligation = obligation
        self.seed = seed
        self.search: Search = instances(obligation, seed)
        self.settled = False
        self._found: list[Instance] = []

    @property
    def found(self) -> Sequence[Instance]:
        """The instances that somebody has drawn by now."""
        return tuple(self._found)

    def __iter__(self) -> Iterator[Instance]:
        position = 0
        while position < len(self._found) or self._draw():
            yield self._found[position]
            position += 1

    def _draw(self) -> bool:
        found = next(self.search, None)
        if found is None:
            return False
        self._found.append(found)
        return True
