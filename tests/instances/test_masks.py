"""Masks whose rows have to have many ones, or few: entries are turned over until they do."""

from __future__ import annotations

from itertools import islice

import pytest

from derive.instances.search import instances
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

n, d = dv.dims("n d")
H, G, b = dv.matrix("H", n, d), dv.matrix("G", n, d), dv.scalar("b", positive=True)
MASK = H * H == H

COUNTS = {
    "half of each row": [H @ dv.ones(d) >= d / 2],
    "one of each row": [H @ dv.ones(d) >= 1, H @ dv.ones(d) <= 1],
    "most of all": [dv.sum(H) >= 3 * n * d / 4],
    "few of a column": [dv.ones(n) @ H <= 1],
}


def found(*given: Relation) -> list[str]:
    claim = Obligation("masks", "<=", dv.sum(H), dv.sum(H), tuple(given))
    search = instances(claim, 0)
    kept = list(islice(search, 20))
    assert search.rejected <= len(kept)
    return [repr(sorted(instance.point.sizes.items())) for instance in kept]


@pytest.mark.parametrize("name", COUNTS)
def test_masks_with_so_many_ones_are_drawn(name: str) -> None:
    """Twenty instances of several sizes, and fewer draws that fail than are kept."""
    kept = found(MASK, *COUNTS[name])
    assert len(kept) == 20
    assert len(set(kept)) > 3


def test_an_equation_where_a_mask_is_one_is_solved_for_the_array() -> None:
    """Not for the scalar beside it, nor for the mask."""
    claim = Obligation("level", "<=", dv.sum(G), dv.sum(G), (MASK, H * (G - b) == 0, G >= 0, b >= G))
    search = instances(claim, 0)
    assert len(list(islice(search, 20))) == 20
    assert search.rejected <= 20
