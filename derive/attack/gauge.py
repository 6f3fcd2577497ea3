"""How far an inequality fails at given values, in doubles: a quick look before anything is verified."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from derive.attack.problem import margin
from derive.attack.recorded import scope
from derive.attack.tape import Code, Tape
from derive.evaluate.system import Array
from derive.instances.sizes import Positions, Sizes
from derive.language.symbols import Symbol
from derive.obligation import Obligation

COPIES = 8
"""Nearby values, each entry off by up to ``ROUNDING`` of itself, whose margins are compared."""

ROUNDING = 1e-15
DOUBT = 10.0
"""How many times as large as the spread of these margins a violation has to be."""

NOISE = 1e-12
"""Relative margins that are nothing."""


class Gauge:
    """``(left - right)/(|left| + |right|)`` at one size, for one instance at a time."""

    def __init__(
        self, obligation: Obligation, symbols: Mapping[str, Symbol], sizes: Sizes, positions: Positions
    ) -> None:
        tape = Tape()
        shapes = {name: tuple(axis.size(sizes) for axis in s.shape) for name, s in symbols.items()}
        values = {name: tape.input(shape) for name, shape in shapes.items()}
        self.names = list(values)
        self.node = margin(obligation, scope(tape, sizes, positions, values))
        self.code = Code(tape, [self.node])

    def convincing(self, values: Mapping[str, Array], noise: float) -> bool:
        """Is there a violation that roundings of the values do not make or unmake?"""
        row = []
        for name in self.names:
            value = np.asarray(values[name], dtype=np.float64)
            turns = np.cos(0.7 * np.arange(COPIES * value.size) ** 2).reshape((COPIES, *value.shape))
            turns[0] = 0.0
            row.append(value * (1 + ROUNDING * turns))
        found = np.broadcast_to(self.code.run(row)[self.node.place], (COPIES,))
        return bool(found[0] > noise + DOUBT * np.ptp(found))
