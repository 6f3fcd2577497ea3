"""Runs of the exponential network: the induction simulated at growing widths, beside a loop written by hand.

    python -m benchmarks.simulation [--widths 100 1000 ...] [--data-sets 20] [--steps 60]

Both take the same draws, and record at every step how far the weights have moved, the ratio of the losses, how far the
kernel has moved and its least eigenvalue. What they record has to agree. The exit code is 0 where it does and derive
needs at most ``SECONDS`` for all widths together, and at most ``RATIO`` times as long as the loop.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # both on one core, as derive's own processes

import numpy as np
import numpy.typing as npt

from checks import exp_network_5_scaling as network
from derive.instances.seeds import stream
from derive.language.chance import RandomSymbol, event_of
from derive.language.tensor import Tensor
from derive.simulation.compiled import symbols_in
from derive.simulation.draw import drawn
from derive.simulation.trial import tried

Array = npt.NDArray[np.float64]

SECONDS, RATIO = 60.0, 3.0
"""What derive may take for all widths together, and beside the loop."""

INPUTS, DIMENSION = 4, 8

AGREEMENT = 1e-6
"""By how much what is recorded may differ, relative to the largest value of the run: runs amplify roundings."""

draws = partial(stream, 0, "benchmark")


@dataclass(frozen=True)
class Course:
    """What is recorded after 0, 1, ..., steps: a row a step, a column a data set."""

    moved: Array
    ratio: Array
    kernel: Array
    least: Array


def induction(steps: int) -> Tensor:
    """The event that all four bounds of the induction hold, as the catalogue states it, for so many steps."""
    return event_of([network.thm.always(event.event, until=steps) for event in network.induction])


def by_derive(width: int, data_sets: int, steps: int) -> tuple[bool, Course]:
    """Whether the induction holds for all data sets, and what was recorded."""
    sizes = {"n": INPUTS, "d": DIMENSION, "m": width}
    seen = tried(induction(steps), sizes, range(data_sets), draws)
    kinds = len(network.induction)
    sides = [
        np.concatenate([np.stack(curve.left) for curve in seen.curves[k::kinds]], axis=1) for k in range(kinds - 1)
    ]
    least = np.concatenate([np.stack(curve.right) for curve in seen.curves[kinds - 1 :: kinds]], axis=1)
    return bool(seen.values.all()), Course(*sides, least)


def values(width: int, data_sets: int) -> Mapping[str, Array]:
    """The same draws."""
    symbols = {k: x for k, x in symbols_in([induction(1)], ()).items() if isinstance(x, RandomSymbol)}
    return drawn(symbols, {"n": INPUTS, "d": DIMENSION, "m": width}, range(data_sets), draws)


def by_hand(found: Mapping[str, Array], data_sets: int, steps: int) -> Course:
    """The loop that one would write for this network alone, one data set after the other."""
    rows = [_one(*(found[name][k] for name in ("X_u", "W_u", "a_u", "u_0")), steps) for k in range(data_sets)]
    return Course(*(np.stack(column, axis=1) for column in zip(*rows, strict=True)))


def _one(X: Array, start: Array, a: Array, direction: Array, steps: int) -> tuple[Array, Array, Array, Array]:
    m, n, gram = start.shape[1], len(X), X @ X.T
    Z = X @ start
    E = np.exp(Z)
    H0 = gram * (E @ E.T) / m
    lam, B, h = 4 * np.linalg.eigvalsh(H0)[0] / 3, np.abs(Z).max(), H0.diagonal().max()
    size = m * lam**2 / (128 * np.exp(B + 0.5) * n**1.5 * h)
    eta = lam / (32 * m * np.linalg.norm(H0, 2) ** 2)
    e = size * direction
    y = E @ a - e
    W = start.copy()
    course: list[tuple[float, float, float, float]] = []
    for _ in range(steps + 1):
        H = gram * (E @ E.T) / m
        moved = np.sqrt(((W - start) ** 2).sum(axis=0).max())
        W -= eta * (X.T @ (e[:, None] * a * E))
        E = np.exp(X @ W)
        after = E @ a - y
        course.append((moved, after @ after / (e @ e), np.linalg.norm(H - H0), np.linalg.eigvalsh(H)[0]))
        e = after
    moved_, ratio, kernel, least = (np.array(column) for column in zip(*course, strict=True))
    return moved_, ratio, kernel, least


def agree(one: Course, other: Course) -> bool:
    """Is the same recorded, but for roundings?"""
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("moved", "ratio", "kernel", "least")]
    return all(np.allclose(x, y, rtol=0, atol=AGREEMENT * np.abs(y).max()) for x, y in pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 where the aims are reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--widths", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--data-sets", type=int, default=20)
    parser.add_argument("--steps", type=int, default=60)
    options = parser.parse_args(arguments)
    print(f"{options.data_sets} data sets, n = {INPUTS}, d = {DIMENSION}, {options.steps} steps each\n")
    print(f"{'m':>8}  {'derive':>9}  {'by hand':>9}  {'ratio':>6}  holds  agree")
    mine, hand, right = 0.0, 0.0, True
    for width in options.widths:
        start = time.perf_counter()
        holds, found = by_derive(width, options.data_sets, options.steps)
        spent = time.perf_counter() - start
        start = time.perf_counter()
        expected = by_hand(values(width, options.data_sets), options.data_sets, options.steps)
        loop = time.perf_counter() - start
        same = agree(found, expected)
        print(f"{width:>8}  {spent:>7.2f} s  {loop:>7.2f} s  {spent / loop:>6.2f}  {holds!s:5}  {same!s:5}")
        mine, hand, right = mine + spent, hand + loop, right and holds and same
    print(f"{'all':>8}  {mine:>7.2f} s  {hand:>7.2f} s  {mine / hand:>6.2f}")
    return 0 if right and mine <= SECONDS and mine <= RATIO * hand else 1


if __name__ == "__main__":
    raise SystemExit(main())
