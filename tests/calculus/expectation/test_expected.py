"""Random integrands: the closed form has the value that enumeration and Gaussian quadrature give at explicit sizes.

The oracle sums the integrand, written a second time in NumPy, over all outcomes of the discrete laws and over the nodes
of product rules, which are exact for polynomials of high degree. It shares nothing with the calculus.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from random import Random

import numpy as np
import pytest

from derive.calculus.lower import lower_together
from derive.language.api import (
    bernoulli,
    cos,
    dims,
    exp,
    expectation,
    gaussian,
    matrix,
    norm,
    one_hot,
    rademacher,
    sin,
    sphere,
    uniform,
    vector,
)
from derive.language.tensor import Tensor

from ..form_values import FormValues

Arrays = Mapping[str, np.ndarray]
Rule = list[tuple[np.ndarray, float]]
"""The values of an array with their weights."""

SIZES = {"d": 2, "m": 2}
SHAPES: dict[str, tuple[int, ...]] = {"x": (2,), "y": (2,), "A": (2, 2)}
NODES = 14

d, m = dims("d m")
x, y, A = vector("x", d), vector("y", d), matrix("A", d, d)
w, W = gaussian("w", d), gaussian("W", m, d)
s, b, u = rademacher("s", d), bernoulli("b", d, p=x[0] ** 2), uniform("u", d, low=-1, high=2)
o, P = sphere("o", d), one_hot("P", m, d)


@dataclass(frozen=True, eq=False)
class Unit:
    """A factor of an integrand, in derive and in NumPy on a batch of outcomes, and the random symbols in it."""

    tensor: Tensor
    values: Callable[[Arrays], np.ndarray]
    symbols: str


UNITS = [
    Unit(w @ x, lambda at: at["w"] @ at["x"], "w"),
    Unit(w @ A @ w, lambda at: np.einsum("ni,ij,nj->n", at["w"], at["A"], at["w"]), "w"),
    Unit(exp(w @ y), lambda at: np.exp(at["w"] @ at["y"]), "w"),
    Unit(w[1] ** 2, lambda at: at["w"][:, 1] ** 2, "w"),
    Unit(exp(-(norm(A @ w) ** 2) / 4), lambda at: np.exp(-((at["w"] @ at["A"].T) ** 2).sum(axis=1) / 4), "w"),
    Unit(exp(norm(w) ** 2 / 8), lambda at: np.exp((at["w"] ** 2).sum(axis=1) / 8), "w"),
    Unit(cos(w @ x + y[0]), lambda at: np.cos(at["w"] @ at["x"] + at["y"][0]), "w"),
    Unit(sin(w @ y), lambda at: np.sin(at["w"] @ at["y"]), "w"),
    Unit(cos(W @ y).sum(), lambda at: np.cos(at["W"] @ at["y"]).sum(axis=1), "W"),
    Unit(exp(W @ x).sum(), lambda at: np.exp(at["W"] @ at["x"]).sum(axis=1), "W"),
    Unit(exp(-((W @ y) ** 2) / 4).sum(), lambda at: np.exp(-((at["W"] @ at["y"]) ** 2) / 4).sum(axis=1), "W"),
    Unit((W @ y).sum(), lambda at: (at["W"] @ at["y"]).sum(axis=1), "W"),
    Unit(norm(W @ x) ** 2, lambda at: ((at["W"] @ at["x"]) ** 2).sum(axis=1), "W"),
    Unit(W[0] @ w, lambda at: np.einsum("ni,ni->n", at["W"][:, 0], at["w"]), "wW"),
    Unit(s @ A @ s, lambda at: np.einsum("ni,ij,nj->n", at["s"], at["A"], at["s"]), "s"),
    Unit(exp(s @ x), lambda at: np.exp(at["s"] @ at["x"]), "s"),
    Unit((s * exp(s * x)) @ y, lambda at: (at["s"] * np.exp(at["s"] * at["x"])) @ at["y"], "s"),
    Unit(s[0], lambda at: at["s"][:, 0], "s"),
    Unit(exp((s * x) @ w), lambda at: np.exp(np.einsum("ni,i,ni->n", at["s"], at["x"], at["w"])), "sw"),
    Unit(b @ A @ b, lambda at: np.einsum("ni,ij,nj->n", at["b"], at["A"], at["b"]), "b"),
    Unit(exp(b @ y), lambda at: np.exp(at["b"] @ at["y"]), "b"),
    Unit(u @ A @ u, lambda at: np.einsum("ni,ij,nj->n", at["u"], at["A"], at["u"]), "u"),
    Unit(exp(u @ y), lambda at: np.exp(at["u"] @ at["y"]), "u"),
    Unit(u[1], lambda at: at["u"][:, 1], "u"),
    Unit((o @ x) ** 2, lambda at: (at["o"] @ at["x"]) ** 2, "o"),
    Unit(o @ A @ o, lambda at: np.einsum("ni,ij,nj->n", at["o"], at["A"], at["o"]), "o"),
    Unit((P @ x).sum(), lambda at: (at["P"] @ at["x"]).sum(axis=1), "P"),
    Unit(norm(P.T @ P) ** 2, lambda at: (np.einsum("nki,nkj->nij", at["P"], at["P"]) ** 2).sum(axis=(1, 2)), "P"),
    Unit(P[0] @ y, lambda at: at["P"][:, 0] @ at["y"], "P"),
]


def independent(values: np.ndarray, weights: np.ndarray, shape: tuple[int, ...]) -> Rule:
    """All arrays of independent entries, each with the given values and weights."""
    places = range(len(values))
    chosen = product(places, repeat=math.prod(shape))
    return [(values[list(at)].reshape(shape), float(np.prod(weights[list(at)]))) for at in chosen]


def rule(name: str, at: Arrays) -> Rule:
    """A rule that integrates over one random symbol."""
    size, rows = SIZES["d"], SIZES["m"]
    match name:
        case "w" | "W":
            nodes, weights = np.polynomial.hermite_e.hermegauss(NODES if name == "w" else NODES - 6)
            shape = (size,) if name == "w" else (rows, size)
            return independent(nodes, weights / math.sqrt(2 * math.pi), shape)
        case "s":
            return independent(np.array([-1.0, 1.0]), np.array([0.5, 0.5]), (size,))
        case "b":
            p = float(at["x"][0]) ** 2
            return independent(np.array([0.0, 1.0]), np.array([1 - p, p]), (size,))
        case "u":
            nodes, weights = np.polynomial.legendre.leggauss(NODES)
            return independent(0.5 + 1.5 * nodes, weights / 2, (size,))
        case "o":
            angles = 2 * math.pi * np.arange(4 * NODES) / (4 * NODES)
            return [(np.array([math.cos(a), math.sin(a)]), 1 / len(angles)) for a in angles]
    places = product(range(size), repeat=rows)
    return [(np.eye(size)[list(at)], size ** -float(rows)) for at in places]


def integral(units: list[Unit], at: Arrays) -> float:
    """The mean of the product of the units over all outcomes."""
    names = sorted({name for unit in units for name in unit.symbols})
    rules = [rule(name, at) for name in names]
    outcomes = list(product(*rules))
    weights = np.array([math.prod(weight for _, weight in outcome) for outcome in outcomes])
    batch = {name: np.array([outcome[k][0] for outcome in outcomes]) for k, name in enumerate(names)}
    values = math.prod((unit.values({**at, **batch}) for unit in units), start=np.ones(len(outcomes)))
    return float(weights @ values)


def of_closed_form(operand: Tensor, at: Arrays) -> float:
    lowering, [array] = lower_together([expectation(operand)])
    return float(FormValues(SIZES, {}, at, lowering.splits).array(array.form, array.axes))


def chosen_units(seed: int) -> list[Unit]:
    """Up to three factors, of not too many outcomes together; no wave beside a quadratic exponent or signs."""
    random = Random(seed)
    waves = [unit for unit in UNITS if "cos(" in repr(unit.tensor) or "sin(" in repr(unit.tensor)]
    against_waves = [
        unit
        for unit in UNITS
        if "exp(-" in repr(unit.tensor) or "exp(norm" in repr(unit.tensor) or unit.symbols == "sw"
    ]
    units = random.choices(UNITS, k=random.choice([1, 2, 2, 3]))
    if any(unit in waves for unit in units):
        units = [unit for unit in units if unit not in against_waves]
    heavy = {name for unit in units for name in unit.symbols}
    return units if len(heavy) < 3 and not {"w", "W"} <= heavy else units[:1]


def arrays(seed: int) -> Arrays:
    random = np.random.default_rng(seed)
    return {name: random.uniform(0.2, 0.5, shape) * random.choice([-1, 1], shape) for name, shape in SHAPES.items()}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: repr(unit.tensor))
def test_the_mean_of_one_factor(unit: Unit) -> None:
    at = arrays(7)
    assert of_closed_form(unit.tensor, at) == pytest.approx(integral([unit], at), rel=1e-5)


@pytest.mark.parametrize("seed", range(60))
def test_the_mean_of_a_product(seed: int) -> None:
    units, at = chosen_units(seed), arrays(seed)
    operand = units[0].tensor
    for unit in units[1:]:
        operand = operand * unit.tensor
    assert of_closed_form(operand, at) == pytest.approx(integral(units, at), rel=1e-4, abs=1e-7)
