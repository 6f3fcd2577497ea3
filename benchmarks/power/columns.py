"""The columns of the tables: which problems, and whether their derivative is right."""

from __future__ import annotations

from dataclasses import dataclass

from .problems import (
    JAX_DIRECTION,
    TORCH_DIRECTION,
    Draw,
    bowl,
    entry,
    kinked,
    orthogonal,
    regression,
    scaled,
    second_term,
    softmax,
)


@dataclass(frozen=True)
class Column:
    """Problems of one kind; ``draw(k)`` is the k-th."""

    label: str
    draw: Draw
    right: bool = False


@dataclass(frozen=True)
class Group:
    """Columns on the same model and the same points."""

    name: str
    columns: tuple[Column, ...]
    scalar: bool = True


def _entries(draw: Draw, *errors: float) -> tuple[Column, ...]:
    return tuple(Column(f"{error:.0e}".replace("e-0", "e-"), entry(error, draw)) for error in errors)


def _right(draw: Draw) -> Column:
    return Column("right", draw, right=True)


_PLAIN, _LARGE = regression(), regression(n=64, d=32)
_SMALL, _SATURATED = regression(scale=0.05), regression(scale=8.0)
_BESIDE, _FAR_BESIDE = regression(constant=1e4), regression(constant=1e8)
_AT, _NEXT = kinked(0.0), kinked(1e-9)
_MAP = softmax(1000)
_TINY = bowl(2e-9)

PLAIN = Group(
    "n=8, d=5",
    (
        _right(_PLAIN),
        Column("x2", scaled(2.0, _PLAIN)),
        *_entries(_PLAIN, 1e-2, 1e-3, 1e-4, 1e-6),
        Column("term", second_term(0.01, _PLAIN)),
    ),
)
LARGE = Group("n=64, d=32", (_right(_LARGE), *_entries(_LARGE, 1e-4, 1e-6)))
AT_A_KINK = Group("at a kink", (_right(_AT), *_entries(_AT, 1e-2)))

USUAL = (
    PLAIN,
    Group("A x 0.05", (_right(_SMALL), *_entries(_SMALL, 1e-2), Column("term", second_term(0.01, _SMALL)))),
    Group("A x 8", (_right(_SATURATED), Column("x2", scaled(2.0, _SATURATED)))),
    Group("+ 1e4", (_right(_BESIDE),)),
)

BEYOND = (
    AT_A_KINK,
    Group("1e-9 from it", (_right(_NEXT), *_entries(_NEXT, 1e-2))),
    Group("+ 1e8", (_right(_FAR_BESIDE), *_entries(_FAR_BESIDE, 1e-2))),
    LARGE,
)

BLIND = (
    Group(
        "error orthogonal to",
        (Column("jax's", orthogonal(JAX_DIRECTION, _PLAIN)), Column("torch's", orthogonal(TORCH_DIRECTION, _PLAIN))),
    ),
    Group("1000 outputs", (_right(_MAP), Column("0.5 %", scaled(1.005, _MAP))), scalar=False),
    Group("1e-9 ||x||^2", (_right(_TINY), Column("-g", scaled(-1.0, _TINY)))),
)

TABLES = (("softmax regression", USUAL), ("kinks, constants, sizes", BEYOND), ("blind spots", BLIND))
