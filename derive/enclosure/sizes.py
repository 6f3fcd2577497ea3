"""The sizes and positions at which an inequality is enclosed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from derive.instances.sizes import Shapes, Sizes
from derive.language.tensor import IndexSum, IndexSymbol, Tensor

LARGEST_BOUNDED = 5
LARGEST_UNBOUNDED = 3
"""Up to which size a dimension is enclosed: one that the hypotheses bound, and one that they do not."""

FEW = 2
"""Dimensions that are taken as far as that; of more there are too many combinations."""

BEYOND = (6, 7, 8, 16, 100)
"""Sizes at which is seen whether the hypotheses bound a dimension."""

MOST_SIZES = 12


def stated_sizes(shapes: Shapes) -> tuple[list[Sizes], bool]:
    """The sizes to enclose, the smallest first, and whether they are all that the hypotheses seem to allow."""
    names = shapes.names
    ranges = range(1, (LARGEST_BOUNDED if len(names) <= FEW else LARGEST_UNBOUNDED) + 1)
    near = [dict(zip(names, row, strict=True)) for row in product(ranges, repeat=len(names))]
    found = sorted(filter(shapes.admissible, near), key=lambda sizes: (sum(sizes.values()), list(sizes.values())))
    bounded = not any(map(shapes.admissible, _far(names, near)))
    if not bounded:
        found = [sizes for sizes in found if max(sizes.values(), default=1) <= LARGEST_UNBOUNDED]
    return found[:MOST_SIZES], bounded and len(found) <= MOST_SIZES


def _far(names: list[str], near: list[Sizes]) -> Iterator[Sizes]:
    """Sizes near by, one of them replaced by a large one; and all of them large."""
    for size in BEYOND:
        yield from ({**sizes, name: size} for sizes in near for name in names)
        if names:
            yield dict.fromkeys(names, size)


def positions(shapes: Shapes, sizes: Mapping[str, int], *expressions: Tensor) -> list[dict[str, int]]:
    """All positions of the index symbols on which the expressions depend."""
    free = set().union(*(free_indices(expression) for expression in expressions))
    rows = ({name: k for name, k in row.items() if name in free} for row in shapes.positions(sizes))
    return list({tuple(row.items()): row for row in rows}.values())


def free_indices(expression: Tensor) -> frozenset[str]:
    """The index symbols that no sum binds."""
    found: dict[int, frozenset[str]] = {}
    for node in expression.walk():
        below = frozenset[str]().union(*(found[id(child)] for child in node.children()))
        if isinstance(node, IndexSymbol):
            below = frozenset({node.name})
        found[id(node)] = below - {node.index.name} if isinstance(node, IndexSum) else below
    return found[id(expression)]
