"""The values of random symbols with given seeds: each seed has a stream of its own for each symbol."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from derive.chance.laws import draws
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.system import Array
from derive.language.chance import RandomSymbol

Stream = Callable[[str], np.random.Generator]
"""A generator of random numbers for each name."""


def drawn(
    symbols: Mapping[str, RandomSymbol],
    sizes: Mapping[str, int],
    seeds: Sequence[int],
    stream: Stream,
    fixed: Collection[str] = (),
) -> dict[str, Array]:
    """A value of each symbol for each seed; of the symbols ``fixed`` the same for all.

    What is drawn depends on the symbol, its shape and the seed alone: a symbol whose shape does not grow with a size
    has the same values at all of them.
    """
    values = {}
    for name, symbol in symbols.items():
        shape = tuple(axis.size(sizes) for axis in symbol.shape)
        law = [evaluate(parameter, Point(sizes), Float64()) for parameter in symbol.parameters]
        places = "x".join(map(str, shape))
        if name in fixed:
            values[name] = draws(symbol, 1, shape, law, stream(f"{name} {places} fixed"))
        else:
            rows = [draws(symbol, 1, shape, law, stream(f"{name} {places} {seed}")) for seed in seeds]
            values[name] = np.concatenate(rows)
    return values
