"""Instances repeated along a dimension: a bound that lacks a factor of a size fails where that size is large.

Along each axis of the dimension the entries are repeated, so a sum over it is multiplied and its terms stay as they
are. Hypotheses that do not survive this are found out when the instance is verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

import numpy as np

from derive.instances.draft import Draft
from derive.instances.sizes import Shapes, Sizes
from derive.language.dimensions import Dimension
from derive.language.symbols import Symbol

TIMES = (8, 64)
"""How often entries are repeated."""

LARGEST = 1024
"""Entries of all symbols above which an instance is not repeated."""


def repeated(draft: Draft, symbols: Mapping[str, Symbol], shapes: Shapes) -> Iterator[Draft]:
    """The instance repeated along each of its dimensions in turn, a few times and many times."""
    for name in shapes.names:
        if not all(_plain(axis, name) for symbol in symbols.values() for axis in symbol.shape):
            continue
        for times in TIMES:
            sizes = {**draft.sizes, name: times * draft.sizes[name]}
            if _entries(symbols, sizes) <= LARGEST and shapes.admissible(sizes):
                yield _repeated(draft, symbols, sizes, name, times, shapes)


def _plain(axis: Dimension, name: str) -> bool:
    """Is the axis of this dimension itself, or of others alone?"""
    return name not in axis.names or axis == Dimension.symbol(name)


def _entries(symbols: Mapping[str, Symbol], sizes: Sizes) -> int:
    return sum(prod(axis.size(sizes) for axis in symbol.shape) for symbol in symbols.values())


def _repeated(
    draft: Draft, symbols: Mapping[str, Symbol], sizes: Sizes, name: str, times: int, shapes: Shapes
) -> Draft:
    values = {}
    for key, symbol in symbols.items():
        counts = [times if name in axis.names else 1 for axis in symbol.shape]
        values[key] = np.tile(draft.values[key], counts) if counts else draft.values[key]
    return Draft(sizes, draft.positions, shapes.all_positions(sizes), values)
