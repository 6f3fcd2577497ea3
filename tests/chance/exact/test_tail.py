"""Probabilities in balls: beside closed forms, and beside draws."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from flint import arb

from derive import (
    abs as absolute,
    bernoulli,
    dims,
    exp,
    eye,
    gaussian,
    log,
    matrix,
    max,
    maximum,
    min,
    norm,
    one_hot,
    probability,
    rademacher,
    relu,
    scalar,
    sphere,
    uniform,
    vector,
)
from derive.chance.exact.laws import chi_square
from derive.chance.exact.tail import probability as exact
from derive.chance.sampling import Trials
from derive.evaluate.balls import Balls
from derive.evaluate.errors import Unavailable
from derive.evaluate.point import Point
from derive.language.chance import Probability
from derive.language.relations import Relation

n, d, m = dims("n d m")
X, a, t = matrix("X", n, d), vector("a", d), scalar("t")
g, h, W = gaussian("g", d), gaussian("h"), gaussian("W", d, m)
s, z = rademacher("s", d), bernoulli("z", d, p=Fraction(1, 10))
u, S, P = uniform("u", low=-1, high=3), sphere("S", m, d), one_hot("P", m, d)

ROWS = tuple(tuple(map(Fraction, row)) for row in (("1", "0", "0"), ("3/5", "4/5", "0"), ("0", "3/5", "-4/5")))
VALUES = {"X": ROWS, "a": ROWS[1], "t": Fraction(3, 2)}
SIZES = {"n": 3, "d": 3, "m": 2}
DRAWS = 20_000


def ball(event: Relation | list[Relation], given: Relation | None = None, **values: str) -> arb:
    node = probability(event, given)
    assert isinstance(node, Probability)
    balls = Balls(128)
    with balls.context():
        return exact(node, Point(SIZES, {}, {**VALUES, **{k: Fraction(x) for k, x in values.items()}}), balls)


def normal(x: arb) -> arb:
    return (1 + (x / arb(2).sqrt()).erf()) / 2


EVENTS = [
    max(absolute(X @ W)) <= t,
    max(absolute(X @ g)) <= t,
    min(X @ g) >= -t,
    norm(g) <= t,
    norm(g) ** 2 - d <= t,
    absolute(norm(g) ** 2 - d) <= t,
    norm(2 * g) >= t,
    norm(g, 1) <= 2 * t,
    norm(g, float("inf")) <= t,
    a @ g <= t,
    exp(a @ g) <= t,
    (a @ g) ** 2 <= t,
    (a @ g) ** 3 <= t,
    relu(h) <= t / 2,
    maximum(h, g[0]) <= t,
    maximum(h, -h) + 1 <= t,
    s.sum() >= t,
    a @ s <= t / 3,
    z.sum() <= t,
    u <= t,
    absolute(u) <= t,
    log(u + 2) <= t / 2,
    S[0] @ a <= t / 3,
    max(absolute(S @ a)) <= t / 3,
    (P @ a).sum() <= t,
    h + 2 * g[1] - g[0] > t,
]


@pytest.mark.parametrize("event", EVENTS, ids=repr)
def test_the_frequency_of_draws_lies_where_the_ball_says(event: Relation) -> None:
    """Within five standard deviations, or the ball is wider than those."""
    node = probability(event)
    assert isinstance(node, Probability)
    found = Trials.of(node, Point(SIZES, {}, VALUES), np.random.default_rng(11)).more(DRAWS)
    frequency, room = found.happened / found.runs, 5 * 0.5 / DRAWS**0.5
    chance = ball(event)
    assert chance.lower() - room <= frequency <= chance.upper() + room
    assert chance.lower() >= 0
    assert chance.upper() <= 1


NARROW = [k for k, event in enumerate(EVENTS) if k not in (0, 1, 2, 7)]
"""All but the events about several forms that correlate, which lie between bounds."""


@pytest.mark.parametrize("event", [EVENTS[k] for k in NARROW], ids=repr)
def test_a_known_law_leaves_no_doubt(event: Relation) -> None:
    assert float(ball(event).rad()) < 1e-15


def test_linear_forms_have_a_normal_distribution() -> None:
    with Balls(128).context():
        expected = normal(arb(3) / 2 / arb(5).sqrt())
        assert ball(g[0] - 2 * g[1] <= t).overlaps(expected)
        assert ball(absolute(h) <= t).overlaps(2 * normal(arb(3) / 2) - 1)


def test_independent_events_multiply() -> None:
    """Of different entries, and of orthogonal forms."""
    with Balls(128).context():
        one, two = ball(g[0] <= t), ball(3 * g[0] - 4 * g[1] <= t)
        assert ball([g[0] <= t, g[1] <= t, h <= t]).overlaps(one**3)
        assert ball([3 * g[0] - 4 * g[1] <= t, 4 * g[0] + 3 * g[1] <= t]).overlaps(two**2)


def test_proportional_forms_are_one() -> None:
    with Balls(128).context():
        assert ball([g[0] + g[1] <= t, -3 * g[0] - 3 * g[1] <= t]).overlaps(
            ball(g[0] + g[1] <= t) - ball(g[0] + g[1] <= -t / 3)
        )


def test_two_that_correlate_are_integrated() -> None:
    """Sheppard 1899: P[x >= 0, y >= 0] = 1/4 + arcsin(rho)/(2 pi)."""
    with Balls(128).context():
        expected = arb(1) / 4 + (arb(3) / 5).asin() / (2 * arb.pi())
        found = ball([g[0] >= 0, 3 * g[0] + 4 * g[1] >= 0])
        assert found.overlaps(expected)
        assert float(found.rad()) < 1e-15


def test_small_tails_keep_their_precision() -> None:
    with Balls(128).context():
        found = ball(h >= 10)
        assert 0 < found < arb("1e-22")
        assert found.rel_accuracy_bits() > 100


@pytest.mark.parametrize("least", range(8))
def test_sums_of_signs_are_binomial(least: int) -> None:
    """Three signs: k of them are 1."""
    chance = sum(comb(3, k) for k in range(4) if 2 * k - 3 >= least) / 8
    assert ball(s.sum() >= least).overlaps(arb(chance))
    strict = sum(comb(3, k) for k in range(4) if 2 * k - 3 > least) / 8
    assert ball(s.sum() > least).overlaps(arb(strict))


def test_squares_of_different_weights_lie_between_multiples_of_chi_squares() -> None:
    found = ball(g[0] ** 2 + 4 * g[1] ** 2 <= t)
    with Balls(128).context():
        assert found.lower() <= ball(4 * g[0] ** 2 + 4 * g[1] ** 2 <= t).lower()
        assert found.upper() >= ball(g[0] ** 2 + g[1] ** 2 <= t).upper()


@pytest.mark.parametrize("count", [100, 999, 1000])
def test_many_squares_lie_about_their_number(count: int) -> None:
    """Chebyshev: k squares have mean k and variance 2k; the ball is narrow all the same."""
    with Balls(128).context():
        for share in ("0.8", "0.9", "1.1"):
            found = chi_square(count, count * arb(share))
            assert float(found.rad()) < 1e-15
            assert found < 0.5 if share < "1" else found > 1 - 2 / (count * arb("0.01"))


def test_squares_of_unit_vectors_are_themselves() -> None:
    """Two entries are drawn of (3/5, 4/5, 0): their squares are below 1/2 for 0 and 0, 0 and 3/5, 3/5 and 0."""
    with Balls(128).context():
        assert ball(norm(P @ a) ** 2 >= Fraction(1, 2)).overlaps(arb(6) / 9)
        assert ball(norm(P @ a) ** 2 >= Fraction(37, 25)) == 0


def test_a_matrix_of_one_entry_is_a_number() -> None:
    """In the Loewner order as in that of numbers."""
    column, same = a[:, None], eye(1)
    sample = P @ column
    with Balls(128).context():
        assert ball(sample.T @ sample >> same / 2).overlaps(ball(norm(P @ a) ** 2 >= Fraction(1, 2)))
        assert ball(sample.T @ sample << same / 2).overlaps(ball(norm(P @ a) ** 2 <= Fraction(1, 2)))


def test_a_larger_matrix_is_left_alone() -> None:
    with pytest.raises(Unavailable):
        ball((P @ X.T).T @ (P @ X.T) << eye(n))


def test_a_condition_restricts() -> None:
    with Balls(128).context():
        assert ball(h <= 1, h <= 2).overlaps(ball(h <= 1) / ball(h <= 2))
        assert ball(h <= 1, g[0] <= 2).overlaps(ball(h <= 1))


@pytest.mark.parametrize(
    ("event", "chance"),
    [(norm(g) >= -1, 1), (exp(h) <= -1, 0), (norm(g) ** 2 < -t, 0), (t <= 1, 0), (absolute(h) >= -t, 1)],
)
def test_what_no_draw_changes_is_certain(event: Relation, chance: int) -> None:
    assert ball(event) == chance


@pytest.mark.parametrize("event", [g[0] * h <= g[1] * g[1] * h, exp(h) <= exp(g[0]), h == 0, h / g[0] <= t], ids=repr)
def test_an_event_whose_law_is_not_known_is_left_alone(event: Relation) -> None:
    with pytest.raises(Unavailable):
        ball(event)
