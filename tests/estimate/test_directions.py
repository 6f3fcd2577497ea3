"""Directions follow from the seed and the names alone, and move every entry."""

import numpy as np

from derive.estimate.directions import direction, generator


def test_the_same_seed_gives_the_same_direction_and_another_gives_another() -> None:
    x = np.arange(1.0, 6.0)
    first, same, other, named = (
        direction(generator(seed, name), x) for seed, name in ((0, "a"), (0, "a"), (1, "a"), (0, "b"))
    )
    assert first.tolist() == same.tolist()
    assert first.tolist() != other.tolist()
    assert first.tolist() != named.tolist()


def test_every_entry_moves_in_proportion_to_its_size() -> None:
    x = np.array([[1e-12, -1.0], [1e12, 0.0]])
    moved = np.abs(direction(generator(0), x))
    assert np.all(moved >= 0.5 * np.abs(x))
    assert np.all(moved <= 1.5 * np.where(x == 0, 1e12, np.abs(x)))
    assert np.all(moved > 0)


def test_the_origin_is_left_by_steps_of_length_one() -> None:
    moved = np.abs(direction(generator(0), np.zeros(3)))
    assert np.all((moved >= 0.5) & (moved <= 1.5))
