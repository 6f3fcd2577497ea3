"""Instances at larger sizes than those at which every method looks: what is claimed of wide networks is tried there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.instances.search import Instance, Search, instances
from derive.instances.sizes import Sizes
from derive.instances.styles import STYLES
from derive.obligation import Obligation

FACTOR = 8
"""By what one dimension at a time is made larger."""

DRAWS = 2
"""Draws at one choice of sizes."""

WIDE = 2
"""Instances at which a dimension is wide enough."""

LARGEST = 2**10
"""Up to where dimensions are doubled in search of an instance where none was found."""

STYLE = next(style for style in STYLES if style.name == "decimals")


def grown(obligation: Obligation, seed: int) -> Iterator[Instance]:
    """Instances in which one dimension is large, each in turn."""
    search = instances(replace(obligation, id=f"{obligation.id} grown"), seed)
    base = _base(search)
    for name in base:
        found = search.at({**base, name: base[name] * FACTOR}, STYLE, DRAWS)
        if found is not None:
            yield found


def wide_enough(obligation: Obligation, seed: int) -> Iterator[Instance]:
    """Instances where small sizes had none: one dimension is doubled until the hypotheses hold, then doubled again."""
    search = instances(replace(obligation, id=f"{obligation.id} wide"), seed)
    base = _base(search)
    for name in base:
        kept = 0
        sizes = dict(base)
        while sizes[name] < LARGEST and kept < WIDE:
            sizes[name] *= 2
            found = search.at(sizes, STYLE, DRAWS)
            if found is not None:
                kept += 1
                yield found


def _base(search: Search) -> Sizes:
    """The smallest sizes without a one, or the smallest."""
    every = search.shapes.sizes() or [dict.fromkeys(search.shapes.names, 2)]
    return dict(next((sizes for sizes in every if min(sizes.values(), default=2) > 1), every[0]))
