"""Experiments as an author writes them, in Python and as text, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import derive as dv
from derive.language.errors import InputError, ShapeError
from derive.language.experiment import Exponent, Frequency, Least, size_for
from derive.language.latex import latex
from derive.language.paper import Paper
from derive.language.plain import identity, plain
from derive.language.text import parse_tensor

m, n = dv.dims("m n")
g, h = dv.gaussian("g", m), dv.gaussian("h", n)
x = dv.vector("x", m)
run = dv.iterate(x, x / 2, start=g)

EXPERIMENTS = {
    "frequency": dv.frequency(dv.norm(g) <= 3, seeds=20, at=m == 4),
    "several": dv.frequency([run.first(dv.norm(x) <= 1) <= 5, run.always(x <= 2, 3)], at=[m == 4, n == 2]),
    "exponent": dv.exponent(dv.norm(g) * dv.norm(h), m, [10, 20, 40], seeds=5, fixed=h, at=n == 3),
    "multiple": dv.exponent(dv.norm(g), 2 * m, [10, 20]),
    "least": dv.exponent(dv.least(m, dv.norm(g) >= dv.norm(h), [1, 2, 4]), n, [2, 3]),
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_is_read_from_the_text_that_it_prints(name: str) -> None:
    node = EXPERIMENTS[name]
    assert identity(parse_tensor(plain(node), {"g": g, "h": h, "x": x, "m": m, "n": n})) == identity(node)


def test_what_an_experiment_consists_of() -> None:
    frequency, exponent = EXPERIMENTS["frequency"], EXPERIMENTS["exponent"]
    assert isinstance(frequency, Frequency)
    assert isinstance(exponent, Exponent)
    assert (frequency.seeds, frequency.sizes) == (20, {"m": 4})
    assert (exponent.over, exponent.fixed, exponent.sizes) == ((10, 20, 40), (h,), {"n": 3})
    least = dv.least(2 * m, dv.norm(g) >= 1, [2, 4])
    assert isinstance(least, Least)
    assert least.over == (2, 4)


def test_latex() -> None:
    assert latex(EXPERIMENTS["frequency"]) == r"\mathrm{freq}_{20}[\|g\|_2 \le 3 \mid m = 4]"


def test_which_size_makes_a_multiple() -> None:
    assert size_for(2 * m, 10) == {"m": 5}
    with pytest.raises(InputError, match="cannot be 11"):
        size_for(2 * m, 11)
    with pytest.raises(InputError, match="no size that can grow"):
        size_for(m * n, 12)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: dv.exponent(g, m, [1, 2]), "needs a scalar"),
        (lambda: dv.exponent(dv.norm(g), m, [10]), "two sizes"),
        (lambda: dv.exponent(dv.norm(g), m, [20, 10]), "do not increase"),
        (lambda: dv.exponent(dv.norm(g), m, [1, 2.5]), "no whole number"),
        (lambda: dv.exponent(dv.norm(g), m, [1, 2], fixed=x), "not random"),
        (lambda: dv.exponent(dv.norm(g), dv.norm(g), [1, 2]), "no size"),
        (lambda: dv.frequency(dv.norm(g), seeds=10), "event"),
        (lambda: dv.frequency(dv.norm(g) <= 1, seeds=0), "from 1 to"),
        (lambda: dv.frequency(dv.norm(g) <= 1, at=m <= 4), "fixes no size"),
        (lambda: dv.frequency(dv.norm(g) <= 1, at=dv.norm(g) == 4), "no size that can grow"),
    ],
)
def test_mistakes_are_told_where_they_are_written(write: Callable[[], object], message: str) -> None:
    with pytest.raises((InputError, ShapeError), match=message):
        write()


@pytest.mark.parametrize(
    ("claim", "problem"),
    [
        (dv.frequency(dv.norm(g) <= 1) >= 0.5, "m has no value"),
        (dv.frequency(dv.norm(g) <= dv.scalar("R"), at=m == 2) >= 0.5, "R has no value"),
        (dv.frequency(dv.norm(x) <= 1, at=m == 2) >= 0.5, "x has no value"),
    ],
)
def test_an_experiment_in_which_something_has_no_value_is_ill_posed(claim: dv.Relation, problem: str) -> None:
    stated = Paper("p").claim("c", claim)
    assert stated.problem is not None
    assert problem in stated.problem


def test_a_claim_on_an_experiment_is_of_that_kind() -> None:
    stated = Paper("p").claim("c", EXPERIMENTS["frequency"] >= 0.5)
    assert (stated.kind, stated.problem) == ("experiment", None)
