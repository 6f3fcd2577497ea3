"""An instance is settled at the precision that it takes: towers of exponentials, cancellation, and beside kinks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.evaluate.point import Point
from derive.evidence.complex_step import ComplexStep
from derive.evidence.explicit_entries import EntryByEntry
from derive.evidence.finite_difference import Quotients
from derive.evidence.trials.trial import Oracle, tried
from derive.evidence.witness.verification import verify
from derive.language import api as dv
from derive.language.relations import Relation
from derive.obligation import Obligation

d = dv.dim("d")
x, y = dv.vector("x", d), dv.vector("y", d)
s, t = dv.scalar("s"), dv.scalar("t")
FORMULAS = Oracle("formulas", "balls", EntryByEntry(), 192, Fraction(1, 2))
QUOTIENTS = Oracle("quotients", "balls", Quotients(), 224, Fraction(1, 5))
STEPS = Oracle("steps", "balls", ComplexStep(), 128, Fraction(1, 3))


def obliged(relation: Relation) -> Obligation:
    return Obligation("paper/claim", relation.sign, relation.left, relation.right, ())


def at(number: Fraction | int, other: Fraction | int = 1) -> Point:
    values = {"s": Fraction(number), "t": Fraction(other), "x": (Fraction(number), Fraction(other), Fraction(0))}
    return Point({"d": 3}, {}, values)


exp, softmax = dv.exp, dv.softmax
TOWERS: dict[str, tuple[Any, Any, Any, Point]] = {
    "exp of exp of exp": (exp(exp(exp(s)) + t), exp(exp(exp(s))) * exp(t), exp(exp(exp(s))) * exp(-t), at(5)),
    "softmax of softmax": (softmax(softmax(x)).sum(), 1 + 0 * s, 1 + 1e-25 * exp(s), at(7, -90)),
    "log of sums": (dv.log(exp(x).sum()) - dv.logsumexp(x), 0 * s, 1e-50 + 0 * s, at(-300, -301)),
    "cancellation": ((exp(s) + exp(-s)) - exp(s), exp(-s), 2 * exp(-s), at(500)),
    "saturation": (dv.sigmoid(s) - 1, -dv.sigmoid(-s), dv.sigmoid(-s), at(400)),
    "next to 1e90": ((s + 10**90) - 10**90, s, 2 * s, at(Fraction(1, 10**9))),
    "root of a square": (dv.sqrt((exp(s) + 1) ** 2) - exp(s), 1 + 0 * s, 1 + exp(-s), at(500)),
}


@pytest.mark.parametrize(("left", "right", "point"), [(a, b, p) for a, b, _, p in TOWERS.values()], ids=TOWERS.keys())
def test_a_nested_identity_is_settled(left: Any, right: Any, point: Point) -> None:
    """It agrees in half of the bits that it took."""
    trial = tried(FORMULAS, obliged(left == right), point)
    assert trial.fate == "holds"
    assert trial.comparison is not None
    assert trial.comparison.error_bar <= 2.0 ** -(trial.precision // 2)


@pytest.mark.parametrize(("left", "wrong", "point"), [(a, b, p) for a, _, b, p in TOWERS.values()], ids=TOWERS.keys())
def test_a_nested_error_is_seen_and_verified(left: Any, wrong: Any, point: Point) -> None:
    claim = obliged(left == wrong)
    trial = tried(FORMULAS, claim, point)
    assert trial.fate == "violated"
    assert verify(claim, point, trial.precision) is not None


def test_precision_grows_only_where_it_has_to() -> None:
    assert tried(FORMULAS, obliged(exp(s) * exp(t) == exp(s + t)), at(3)).precision == 192
    assert tried(FORMULAS, obliged(exp(exp(exp(s))) * exp(t) == exp(exp(exp(s)) + t)), at(5)).precision > 192


def test_what_is_out_of_reach_stays_open_and_costs_little() -> None:
    """exp(exp(exp(exp(9)))) has no first digit at any precision that is tried; nor is 2^-20000 seen beside 1."""
    tower = exp(exp(exp(exp(s))))
    assert tried(FORMULAS, obliged(tower * exp(t) == exp(exp(exp(exp(s))) + t)), at(9)).fate == "open"
    hidden = tried(FORMULAS, obliged((1 + exp(-s)) - 1 == exp(-s)), at(14000))
    assert hidden.fate == "open"
    assert hidden.precision == 384


DISTANCES = [Fraction(sign, 10**power) for sign in (1, -1) for power in (3, 9, 30, 100)]


@pytest.mark.parametrize("oracle", [FORMULAS, QUOTIENTS], ids=lambda oracle: oracle.method)
@pytest.mark.parametrize("distance", DISTANCES, ids=lambda distance: f"{float(distance):.0e}")
def test_beside_a_kink_a_derivative_is_judged(distance: Fraction, oracle: Oracle) -> None:
    """However close: the steps become shorter than the distance."""
    slope = dv.grad(dv.relu(s - 1) * exp(s), s)
    right = dv.heaviside(s - 1) * exp(s) + dv.relu(s - 1) * exp(s)
    point = at(1 + distance)
    assert tried(oracle, obliged(slope == right), point).fate == "holds"
    assert tried(oracle, obliged(slope == right + 1), point).fate == "violated"


@pytest.mark.parametrize("oracle", [FORMULAS, QUOTIENTS], ids=lambda oracle: oracle.method)
@pytest.mark.parametrize(
    ("operand", "named"),
    [(dv.relu(s - t), "relu(s - t)"), (abs(x).sum(), "abs(x)[2]"), (dv.maximum(s, t), "maximum(s, t)")],
    ids=["relu", "abs", "maximum"],
)
def test_at_a_kink_nothing_is_decided(operand: Any, named: str, oracle: Oracle) -> None:
    variable = x if "x" in named.split("(")[1] else s
    trial = tried(oracle, obliged(dv.grad(operand, variable) == dv.grad(0 * s + 3 * variable.sum(), variable)), at(1))
    assert (trial.fate, trial.kink, trial.precision) == ("kink", named, oracle.precision)


def test_a_small_entry_is_judged_by_its_own_terms() -> None:
    """An error bar far below the entry of 1e60 hides nothing of the entry of 1, in formulas, quotients and steps."""
    model = 10**60 * x[0] ** 2 + x[1] ** 2
    right = 2 * 10**60 * x[0] * dv.eye(d)[0] + 2 * x[1] * dv.eye(d)[1]
    wrong = 2 * 10**60 * x[0] * dv.eye(d)[0] - 2 * x[1] * dv.eye(d)[1]
    for oracle in (FORMULAS, QUOTIENTS, STEPS):
        assert tried(oracle, obliged(dv.grad(model, x) == right), at(3)).fate == "holds"
        assert tried(oracle, obliged(dv.grad(model, x) == wrong), at(3)).fate == "violated"
