"""Means in every number system: textbook identities hold at a point, and what has no closed form is declined."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

import derive as dv
from derive.evaluate.balls import Balls
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.multiprecision import Multiprecision
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.evaluate.residues import Residues
from derive.evaluate.symbolic import Formulas
from derive.evaluate.system import System, boxed
from derive.language.tensor import Tensor, tensor

n, d, m = dv.dim("n"), dv.dim("d"), dv.dim("m")
x, y, r = dv.vector("x", d), dv.vector("y", d), dv.vector("r", n)
t, q = dv.scalar("t"), dv.scalar("q")
A = dv.matrix("A", n, d)
g, w, W = dv.gaussian("g"), dv.gaussian("w", d), dv.gaussian("W", d, m)
s, a, z = dv.rademacher("s", n), dv.rademacher("a", m), dv.bernoulli("z", n, p=q)
u, v = dv.uniform("u", low=-1, high=2), dv.sphere("v", d)
P, Q = dv.one_hot("P", m, n), dv.one_hot("Q", m, n, p=r)

POINT = Point(
    {"n": 3, "d": 2, "m": 2},
    {},
    {
        "x": (Fraction(1, 2), Fraction(-1, 3)),
        "y": (Fraction(1, 4), Fraction(2, 3)),
        "r": (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)),
        "t": Fraction(1, 5),
        "q": Fraction(1, 3),
        "A": ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(-1)), (Fraction(1, 2), Fraction(0))),
    },
)
E, Pr, V = dv.expectation, dv.probability, dv.variance

POLYNOMIAL: dict[str, tuple[Tensor, Tensor | int | Fraction]] = {
    "a linear form of a Gaussian": (E((w @ x) ** 4), 3 * (x @ x) ** 2),
    "moments of entries": (E(dv.outer(w, w) * (w @ x) ** 2), (x @ x) * dv.eye(d) + 2 * dv.outer(x, x)),
    "Wishart": (E(W @ W.T), m * dv.eye(d)),
    "variance of a sum of signs": (V(s @ A), (A**2).sum(axis=0)),
    "a product of independent means": (E((s @ A @ x) * (w @ y)), 0 * t),
    "binomial variance": (V(z.sum()), n * q * (1 - q)),
    "powers of 0 and 1": (E((z**3).sum()), n * q),
    "uniform moments": (E(u**3 + u**2), Fraction(5, 4) + 1),
    "a point of a sphere": (E(dv.outer(v, v)), dv.eye(d) / d),
    "fourth moments of a sphere": (E((v @ x) ** 4), 3 * (x @ x) ** 2 / (d * (d + 2))),
    "a square of a sphere": (E((v @ v) ** 3), 1),
    "a sample with replacement": (E((P @ A).sum(axis=0)), m * A.sum(axis=0) / n),
    "a weighted sample": (E(Q @ A), dv.outer(dv.ones(m), r @ A)),
    "different rows of a sample": (E((Q @ A)[0] * (Q @ A)[1]), (r @ A) ** 2),
    "a square of a norm": (E(dv.norm(W @ W.T @ x) ** 0 * dv.norm(w + x) ** 2), d + x @ x),
    "a square of a size": (E(abs(w * x) ** 2), x**2),
    "a mean within a mean": (E((w @ x - E(w @ x + 1)) ** 2), x @ x + 1),
    "a derivative within": (E(dv.grad((w @ x) ** 3, w)), 3 * (x @ x) * x),
    "a derivative around": (dv.grad(E((w @ x) ** 2), x), 2 * x),
    "a derivative in a parameter": (dv.grad(E(z.sum() ** 2), q), n + 2 * n * (n - 1) * q),
}
EXPONENTIAL: dict[str, tuple[Tensor, Tensor | int]] = {
    "a linear form": (E(dv.exp(w @ x)), dv.exp(x @ x / 2)),
    "the kernel of exp": (E(dv.exp(w @ x) * dv.exp(w @ y)), dv.exp((x + y) @ (x + y) / 2)),
    "a sum of neurons": (
        E((a * dv.exp(W.T @ x)).sum() * (a * dv.exp(W.T @ y)).sum()),
        m * dv.exp((x + y) @ (x + y) / 2),
    ),
    "a polynomial beside it": (E((w @ x) * dv.exp(w @ y)), (x @ y) * dv.exp(y @ y / 2)),
    "a quotient": (E(w @ x / dv.exp(w @ y)), -(x @ y) * dv.exp(y @ y / 2)),
    "signs": (E(dv.exp(t * s.sum())), dv.cosh(t) ** n),
    "odd powers of signs": (E(s[0] * dv.exp(t * s[0])), dv.sinh(t)),
    "products of signs": (E(dv.exp(t * s[0] * s[1])), dv.cosh(t)),
    "numbers 0 and 1": (E(dv.exp(t * z.sum())), (1 - q + q * dv.exp(t)) ** n),
    "a uniform number": (E(dv.exp(t * u)), (dv.exp(2 * t) - dv.exp(-t)) / (3 * t)),
    "a power of a uniform number": (
        E(u * dv.exp(t * u)),
        dv.grad((dv.exp(2 * t) - dv.exp(-t)) / (3 * t), t),
    ),
    "unit vectors": (E(dv.exp((Q @ A @ x)[0])), r @ dv.exp(A @ x)),
    "a hyperbolic cosine": (E(dv.cosh(w @ x)), dv.exp(x @ x / 2)),
    "a derivative within": (E(dv.grad(dv.exp(w @ x), x)), x * dv.exp(x @ x / 2)),
    "a derivative around": (dv.grad(E(dv.exp(w @ x)), x), x * dv.exp(x @ x / 2)),
    "a Hessian": (dv.hessian(E(dv.exp(w @ x)), x), (dv.eye(d) + dv.outer(x, x)) * dv.exp(x @ x / 2)),
    "Stein's lemma": (E(dv.grad(dv.exp(w @ x), w)), E(w * dv.exp(w @ x))),
}
ROOTED: dict[str, tuple[Tensor, Tensor | int]] = {
    "a square": (E(dv.exp(t * (w @ w))), (1 - 2 * t) ** (-d / 2)),
    "a square and a linear form": (
        E(dv.exp(t * (w @ w) + w @ x)),
        (1 - 2 * t) ** (-d / 2) * dv.exp(x @ x / (2 - 4 * t)),
    ),
    "a form of rank one": (E(dv.exp(-t * (w @ x) ** 2)), (1 + 2 * t * (x @ x)) ** (-Fraction(1, 2))),
    "signs times a Gaussian": (E(dv.exp(t * g * s[0])), dv.exp(t**2 / 2)),
    "a Gaussian times another": (E(dv.exp(t * w[0] * w[1])), (1 - t**2) ** (-Fraction(1, 2))),
}
EVENTS: dict[str, tuple[Tensor, Tensor | int | Fraction]] = {
    "half of all signs": (Pr(s.sum() >= 1), Fraction(1, 2)),
    "all of several": (Pr([z[0] >= 1, z[1] <= 0]), q * (1 - q)),
    "every entry": (Pr(z >= 1), q**3),
    "a condition": (E(s.sum(), given=s.sum() >= 1), Fraction(3, 2)),
    "a condition on what is independent": (E((g + t) ** 2, given=s[0] == 1), 1 + t**2),
    "a probability under a condition": (Pr(z.sum() >= 2, given=z[0] >= 1), 1 - (1 - q) ** 2),
    "an absolute value": (E(abs(s.sum())), Fraction(3, 2)),
    "an indicator in a sum": (E(g**2 * dv.indicator(s[0] >= 0) + t), Fraction(1, 2) + t),
    "an event of a matrix": (Pr(dv.diag(s) << 0), Fraction(1, 8)),
    "an event without chance": (Pr(x @ x >= 0), 1),
}
SYSTEMS: dict[str, Callable[[], System]] = {
    "float64": Float64,
    "mpmath": Multiprecision,
    "balls": lambda: Balls(128, strict=True),
    "rationals": Rationals,
    "residues": lambda: Residues("a"),
    "formulas": Formulas,
}


def agree(left: Tensor, right: Tensor | int | Fraction, system: System) -> bool:
    """Are the sides equal at the point, as far as the system can tell?"""
    with system.context():
        gap = list(boxed(evaluate(left, POINT, system) - evaluate(tensor(right), POINT, system)).flat)
        if isinstance(system, Balls):
            return all(x.contains(0) and x.rad() < 2**-100 for x in gap)
        if isinstance(system, Residues):
            return all(map(system.is_zero, gap))
        if isinstance(system, Formulas):
            return all(abs(complex(x)) < 1e-12 for x in gap)
        if isinstance(system, Float64):
            return bool(np.allclose(gap, 0, atol=1e-12))
        if isinstance(system, Rationals):
            return all(x == 0 for x in gap)
        return all(abs(x) < 1e-40 for x in gap)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("case", POLYNOMIAL)
def test_means_of_polynomials_are_exact_in_every_system(case: str, system: str) -> None:
    left, right = POLYNOMIAL[case]
    assert agree(left, right, SYSTEMS[system]())


@pytest.mark.parametrize("system", sorted(SYSTEMS.keys() - {"rationals"}))
@pytest.mark.parametrize("case", EXPONENTIAL)
def test_means_of_exponentials_are_exact(case: str, system: str) -> None:
    assert agree(EXPONENTIAL[case][0], EXPONENTIAL[case][1], SYSTEMS[system]())


@pytest.mark.parametrize("system", ["float64", "mpmath", "balls", "formulas"])
@pytest.mark.parametrize("case", ROOTED)
def test_means_of_exponentials_of_squares_are_exact(case: str, system: str) -> None:
    assert agree(ROOTED[case][0], ROOTED[case][1], SYSTEMS[system]())


@pytest.mark.parametrize("case", ["a square", "a square and a linear form", "signs times a Gaussian"])
def test_roots_of_residues_are_those_of_the_claim(case: str) -> None:
    """Whose point is so that what is under roots are quotients of numbers up to 16, which are squares."""
    assert agree(*ROOTED[case], Residues("a"))


@pytest.mark.parametrize("system", ["float64", "mpmath", "balls", "rationals"])
@pytest.mark.parametrize("case", sorted(EVENTS.keys() - {"an event of a matrix"}))
def test_means_over_few_outcomes_are_exact(case: str, system: str) -> None:
    assert agree(EVENTS[case][0], EVENTS[case][1], SYSTEMS[system]())


@pytest.mark.parametrize("system", ["float64", "balls"])
def test_an_event_of_matrices_is_one_of_eigenvalues(system: str) -> None:
    left, right = EVENTS["an event of a matrix"]
    assert agree(left, right, SYSTEMS[system]())


WAVES: dict[str, tuple[Tensor, Tensor | int]] = {
    "random features": (
        E(dv.cos(w @ x) * dv.cos(w @ y) + dv.sin(w @ x) * dv.sin(w @ y)),
        dv.exp(-(x - y) @ (x - y) / 2),
    ),
    "a cosine": (E(dv.cos(w @ x + t)), dv.exp(-(x @ x) / 2) * dv.cos(t)),
    "a sine": (E(dv.sin(w @ x + t)), dv.exp(-(x @ x) / 2) * dv.sin(t)),
    "a sine beside a polynomial": (E((w @ y) * dv.sin(w @ x)), (x @ y) * dv.exp(-(x @ x) / 2)),
    "a wave of signs": (E(dv.cos(t * s.sum())), dv.cos(t) ** n),
    "a wave of a uniform number": (E(dv.cos(t * u)), (dv.sin(2 * t) + dv.sin(t)) / (3 * t)),
    "a wave beside an exponential": (
        E(dv.exp(-t * g**2) * dv.cos(g)),
        (1 + 2 * t) ** (-Fraction(1, 2)) * dv.exp(-1 / (2 + 4 * t)),
    ),
    "a derivative within": (E(dv.grad(dv.sin(w @ x), x)), 0 * x),
    "a square": (E(dv.sin(g * t) ** 2), (1 - dv.exp(-2 * t**2)) / 2),
}


@pytest.mark.parametrize("system", ["float64", "mpmath", "balls", "formulas"])
@pytest.mark.parametrize("case", WAVES)
def test_means_of_sines_and_cosines_are_exact(case: str, system: str) -> None:
    assert agree(*WAVES[case], SYSTEMS[system]())


DECLINED = {
    "a cosine of a square": E(dv.cos(w @ w)),
    "an exponential of a sine": E(dv.exp(dv.sin(g))),
    "an arc tangent": E(dv.arctan(w @ x)),
    "a square root": E(dv.norm(w)),
    "a quotient": E(1 / (1 + w @ w)),
    "a piecewise function": E(dv.relu(w @ x)),
    "an event": Pr(w @ x >= t),
    "an exponential of an exponential": E(dv.exp(dv.exp(g))),
    "an exponential of a cubic": E(dv.exp(g**3)),
    "an exponential on a sphere": E(dv.exp(v @ x)),
    "a square of a uniform number": E(dv.exp(u**2)),
    "an eigenvalue": E(dv.opnorm(W)),
    "a maximum": E(dv.max(w)),
    "a comparison under a derivative": E(dv.grad(dv.sqrt(w @ w), w)),
    "too many outcomes": Pr(dv.rademacher("many", 11).sum() >= 1),
    "too many terms": E((W.sum() + w.sum() + dv.gaussian("G", 20, 20).sum()) ** 5),
}


@pytest.mark.parametrize("case", DECLINED)
def test_what_has_no_closed_form_is_declined(case: str) -> None:
    with pytest.raises(Unavailable):
        evaluate(DECLINED[case], POINT, Balls(64))


UNDEFINED = {
    "an infinite mean": E(dv.exp(3 * t * (w @ w))),
    "the end of what is finite": E(dv.exp((w @ w) / 2)),
    "a saddle": E(dv.exp(6 * t * w[0] * w[1])),
    "no probability": E(dv.bernoulli("b", p=1 + t)),
    "probabilities whose sum is not 1": E(dv.one_hot("b", m, d, p=x**2)),
    "no interval": E(dv.uniform("b", low=1, high=t) ** 2),
    "a condition that cannot be met": E(s.sum(), given=s.sum() >= 4),
}


@pytest.mark.parametrize("system", ["balls", "rationals"])
@pytest.mark.parametrize("case", UNDEFINED)
def test_what_has_no_value_is_certainly_outside_the_domain(case: str, system: str) -> None:
    with pytest.raises(OutsideDomain) as refused:
        evaluate(UNDEFINED[case], POINT, SYSTEMS[system]())
    assert refused.value.certain


def test_an_event_at_its_boundary_is_open_in_balls() -> None:
    """sqrt(2)^2 against 2: more bits cannot tell, and rounding must not decide."""
    with pytest.raises(OutsideDomain) as refused:
        evaluate(Pr(s[0] * dv.sqrt(2 + 0 * t) ** 2 <= 2), POINT, Balls(64))
    assert not refused.value.certain
