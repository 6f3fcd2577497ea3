"""Slopes, ranges and derivatives of functions of one variable: sharp where proved, and never below the truth."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
import sympy as sp

from derive.bounds.goals import goals, prove
from derive.bounds.univariate import highest, steepest
from derive.bounds.univariate_reading import continuous, reading
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.language.paper import Paper
from derive.language.symbols import dim, symbol
from derive.language.tensor import Tensor
from derive.obligation import obligations

Given = tuple[str, ...]

SLOPES: list[tuple[str, str, Given]] = [
    # a function, its Lipschitz constant (or a decimal just above it), and hypotheses
    ("x*sigmoid(x)", "1.09983933", ()),
    ("x*tanh(log(1 + exp(x)))", "1.08849817", ()),
    ("sigmoid(x)*(1 - sigmoid(x))", "1/(6*sqrt(3))", ()),
    ("tanh(x)**3", "3/4", ()),
    ("1 - tanh(x)**2", "4/(3*sqrt(3))", ()),
    ("exp(-x**2)", "sqrt(2)*exp(-1/2)", ()),
    ("exp(-x**2/2)", "exp(-1/2)", ()),
    ("x*exp(-x**2)", "1", ()),
    ("x/(1 + x**2)", "1", ()),
    ("1/(1 + x**2)", "3*sqrt(3)/8", ()),
    ("log(1 + exp(x)) - x/2", "1/2", ()),
    ("log(1 + x**2)", "1", ()),
    ("sqrt(1 + x**2)", "1", ()),
    ("x/sqrt(1 + x**2)", "1", ()),
    ("x*arctan(x)", "pi/2", ()),
    ("gelu(x)", "1.1289042", ()),
    ("x*erf(x)", "1.2578083", ()),
    ("sin(2*x)*cos(x)", "2", ()),
    ("sin(x)**3", "2/sqrt(3)", ()),
    ("sin(x) + cos(x)", "sqrt(2)", ()),
    ("exp(sin(x))", "1.4585286", ()),
    ("sin(x)*exp(-x**2)", "1", ()),
    ("tanh(x)*sigmoid(x)", "(1 + sqrt(2))/4", ()),
    ("log(cosh(x))", "1", ()),
    ("softplus(x)*sigmoid(x)", "1.04533340", ()),
    ("relu(1 - x)", "1", ()),
    ("2*relu(1 - x)", "2", ()),
    ("abs(x)/(1 + abs(x))", "1", ()),
    ("x/(1 + abs(x))", "1", ()),
    ("exp(-abs(x))", "1", ()),
    ("log1p(abs(x))", "1", ()),
    ("sign(x)*relu(abs(x) - 1)", "1", ()),
    ("maximum(minimum(x, 1), -1)", "1", ()),
    ("maximum(x, x/100)", "1", ()),
    ("x*minimum(maximum(x + 3, 0), 6)/6", "3/2", ()),
    ("relu(x) + exp(minimum(x, 0)) - 1", "1", ()),
    ("maximum(abs(x) - 1/2, 0)", "1", ()),
    ("x**3", "12", ("x <= 2", "x >= -2")),
    ("x*exp(x)", "2*e", ("x <= 1", "x >= -1")),
    ("x*exp(-x)", "1", ("x >= 0",)),
    ("log(x)*x", "1 + log(3)", ("x >= 1", "x <= 3")),
    ("1/x", "4", ("x >= 1/2",)),
    ("sqrt(x)", "1/2", ("x >= 1",)),
    ("relu(x)**2", "6", ("x <= 3", "x >= -3")),
]


def proved(statement: str, given: Given, shape: str = "") -> bool:
    paper = Paper("univariate")
    paper.names |= {"d": dim("d")}
    for name in ("x", "y"):
        paper.names[name] = symbol(name, *([paper.names["d"]] if shape else []))
    claim = paper.claim("claim", statement, given=list(given))
    assert claim.problem is None, claim.problem
    return all(any(prove(goal)[0] for goal in goals(obligation)) for obligation in obligations(claim))


def two_points(phi: str, constant: str) -> str:
    return f"abs(({phi}) - ({at_y(phi)})) <= ({constant})*abs(x - y)"


def at_y(text: str) -> str:
    return re.sub(r"\bx\b", "y", text)


def both(given: Given) -> Given:
    """The hypotheses at both points."""
    return (*given, *map(at_y, given))


@pytest.mark.parametrize(("phi", "constant", "given"), SLOPES, ids=[case[0] for case in SLOPES])
def test_the_sharp_constant_is_proved(phi: str, constant: str, given: Given) -> None:
    assert proved(two_points(phi, constant), both(given))


@pytest.mark.parametrize(("phi", "constant", "given"), SLOPES, ids=[case[0] for case in SLOPES])
def test_a_constant_that_is_one_percent_too_small_is_not(phi: str, constant: str, given: Given) -> None:
    assert not proved(two_points(phi, f"99/100*({constant})"), both(given))


RANGES: list[tuple[str, str, Given]] = [
    # what holds, and what does not, under which hypotheses
    ("sigmoid(x)*(1 - sigmoid(x)) <= 1/4", "sigmoid(x)*(1 - sigmoid(x)) <= 0.2499", ()),
    ("x/(1 + x**2) <= 1/2", "x/(1 + x**2) <= 0.499", ()),
    ("x*exp(-x) <= exp(-1)", "x*exp(-x) <= 0.3678", ()),
    ("x*sigmoid(x) >= -0.27846455", "x*sigmoid(x) >= -0.278", ()),
    ("x**2*exp(-x**2) <= exp(-1)", "x**2*exp(-x**2) <= exp(-2)", ()),
    ("exp(x) - x >= 1", "exp(x) - x >= 1.001", ()),
    ("x - log(1 + x) >= 0", "x - log(1 + x) >= 0.001", ("x >= 0",)),
    ("x*log(x) >= -exp(-1)", "x*log(x) >= -0.36", ("x >= 1/10",)),
    ("cos(x) + sin(x) <= sqrt(2)", "cos(x) + sin(x) <= 1.4", ()),
    ("abs(x)*exp(-abs(x)) <= exp(-1)", "abs(x)*exp(-abs(x)) <= 0.36", ()),
    ("x*(1 - x) <= 1/4", "x*(1 - x) <= 0.24", ()),
    ("tanh(x)*relu(x) >= 0", "tanh(x)*relu(x) >= 0.001", ()),
]


@pytest.mark.parametrize(("true", "false", "given"), RANGES, ids=[case[0] for case in RANGES])
def test_the_sharp_range_is_proved_and_a_smaller_one_is_not(true: str, false: str, given: Given) -> None:
    assert proved(true, given)
    assert not proved(false, given)


@pytest.mark.parametrize(
    "statement",
    [
        "norm(x*sigmoid(x) - y*sigmoid(y)) <= 1.0999*norm(x - y)",
        "norm(x*sigmoid(x) - y*sigmoid(y), 1) <= 1.0999*norm(x - y, 1)",
        "norm(tanh(x)**3 - tanh(y)**3, inf) <= 3/4*norm(x - y, inf)",
    ],
)
def test_a_slope_serves_every_entrywise_norm(statement: str) -> None:
    assert proved(statement, (), shape="d")


@pytest.mark.parametrize(
    "phi", ["sign(x)", "x + sign(x)", "heaviside(x)*exp(-x)", "arctan(1/x)", "abs(x)/x", "1/x", "log(abs(x))", "x**2"]
)
def test_a_jump_a_pole_and_growth_have_no_lipschitz_constant(phi: str) -> None:
    assert not proved(two_points(phi, "1000000"), ())


@pytest.mark.parametrize(
    ("phi", "order", "value"),
    [
        ("sigmoid(x)", 2, "sqrt(3)/18"),
        ("sigmoid(x)", 3, "1/8"),
        ("tanh(x)", 2, "4*sqrt(3)/9"),
        ("softplus(x)", 2, "1/4"),
        ("log(1 + x**2)", 2, "2"),
        ("x*sigmoid(x)", 2, "1/2"),
        ("gelu(x)", 2, "sqrt(2/pi)"),
        ("exp(-x**2/2)", 3, None),
    ],
)
def test_derivatives_of_higher_order(phi: str, order: int, value: str | None) -> None:
    """Closed forms where there are any; the third derivative of a Gaussian peaks at sqrt(3 - sqrt(6))."""
    found = bound(phi, order)
    assert found is not None
    if value is None:
        assert 1.3801 < float(found) < 1.3802
    else:
        assert sp.simplify(found - sp.sympify(value)) == 0


@pytest.mark.parametrize("phi", ["abs(x)", "relu(x)", "relu(x)**2*sign(x)", "x*abs(x)*abs(x - 1)"])
def test_a_kink_has_no_second_derivative(phi: str) -> None:
    assert bound(phi, 3) is None


def parsed(phi: str) -> Tensor:
    paper = Paper("univariate")
    paper.names["x"] = symbol("x")
    return paper.let("f", phi)


def bound(phi: str, order: int, low: sp.Expr = -sp.oo, high: sp.Expr = sp.oo) -> sp.Expr | None:
    found = reading(parsed(phi))
    assert found is not None
    return steepest(found[0], low, high, order, continuous(parsed(phi)))


LEAVES = ("x", "x", "x", "1", "2", "1/2", "-1", "x/2", "3*x", "(1 - x)")
UNARY = ("exp", "tanh", "sigmoid", "softplus", "relu", "abs", "sin", "cos", "arctan", "erf", "log", "sqrt", "-", "gelu")
PLACES = np.concatenate([np.linspace(-3, 3, 6001), np.linspace(-40, 40, 2000), np.linspace(-300, 300, 2000)])


def composition(rng: Random, depth: int) -> str:
    """A random function as text; denominators and what stands under a root or a logarithm are mostly positive."""
    if depth == 0:
        return rng.choice(LEAVES)
    first, second = composition(rng, depth - 1), composition(rng, rng.randint(0, depth - 1))
    kind = rng.randint(0, 9)
    if kind < 4:
        name = rng.choice(UNARY)
        return f"{name}({f'1 + ({first})**2' if name in ('log', 'sqrt') and rng.random() < 0.8 else first})"
    return {
        4: f"({first})*({second})",
        5: f"({first} + {second})",
        6: f"({first})/(1 + ({second})**2)",
        7: f"exp(-({first})**2)",
        8: f"maximum({first}, {second})",
        9: f"({first})*sigmoid({second})",
    }[kind]


ENDS = [(-sp.oo, sp.oo), (sp.S.Zero, sp.oo), (-sp.oo, sp.Rational(3, 2)), (-sp.Integer(2), sp.Integer(1))]


@pytest.mark.parametrize("seed", range(60))
def test_no_quotient_and_no_value_exceeds_its_bound(seed: int) -> None:
    """Random compositions at 10,000 points: difference quotients between neighbours, and values."""
    rng = Random(f"compositions {seed}")
    phi = composition(rng, rng.choice((1, 2, 2, 3)))
    found, (low, high) = reading(parsed(phi)), rng.choice(ENDS)
    if found is None:
        return
    steep = steepest(found[0], low, high, 1, continuous(parsed(phi)))
    upper, lower = highest(found[0], low, high), highest(-found[0], low, high)
    if steep is upper is lower is None:
        return
    at = np.unique(PLACES[(float(low) <= PLACES) & (float(high) >= PLACES)])
    values = evaluated(phi, at)
    with np.errstate(invalid="ignore"):  # where it overflows it has no bounds
        rounding = 1e-13 * (1 + np.abs(values[:-1]) + np.abs(values[1:]))
        quotients = (np.abs(np.diff(values)) - rounding) / np.diff(at)
    for limit, attacked in ((steep, quotients), (upper, values), (lower, -values)):
        if limit is not None:
            assert np.nanmax(attacked) <= float(limit) + 1e-9 * (1 + abs(float(limit))), (phi, low, high)


def evaluated(phi: str, at: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The values by the evaluator, which shares nothing with the reading of the function."""
    paper = Paper("univariate")
    paper.names["x"] = symbol("x", dim("d"))
    node = paper.let("f", phi)
    point = Point({"d": len(at)}, {}, {"x": [Fraction(float(entry)) for entry in at]})
    with np.errstate(all="ignore"):
        return np.asarray(scope_at(point, Float64()).value(node), dtype=float)
