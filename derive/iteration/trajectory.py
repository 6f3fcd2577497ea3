"""Runs in doubles, many instances at once: the update is compiled, and stepped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from derive.evaluate.system import Array
from derive.language.errors import InputError
from derive.language.iteration import Run
from derive.language.tensor import Tensor
from derive.simulation.compiled import compiled


def followed(
    run: Run,
    observed: Sequence[Tensor],
    sizes: Mapping[str, int],
    values: Mapping[str, Array],
    indices: Mapping[str, int] | None = None,
) -> Iterator[list[Array]]:
    """The values of ``observed`` after 0, 1, 2, ... steps, without end.

    Args:
        values: of the symbols that are free in the run and in what is observed, each with an axis of instances in
            front, all of the same length.

    Raises:
        Unavailable: something has no value in doubles.
        InputError: the choices of the run are arbitrary; or a size, position or value is missing.
    """
    if run.choices:
        raise InputError(
            f"{run.choices[0]!r} is chosen at each step and has no value", hint="state a rule that fixes it"
        )
    count = max((len(array) for array in values.values()), default=1)
    start = compiled(run.starts, sizes, indices=indices)
    begun = start(start.fixed(values), {})
    names = run.state_names
    states = {name: _repeated(array, count) for name, array in zip(names, begun, strict=True)}
    step = compiled([*run.updates, *observed], sizes, changing=names, indices=indices)
    fixed = step.fixed({name: array for name, array in values.items() if name not in names})
    while True:
        found = [_repeated(array, count) for array in step(fixed, states)]
        yield found[len(names) :]
        states = dict(zip(names, found, strict=False))


def _repeated(array: Array, count: int) -> Array:
    """One value for all instances as one for each."""
    return array if len(array) == count else np.broadcast_to(array, (count, *array.shape[1:]))
