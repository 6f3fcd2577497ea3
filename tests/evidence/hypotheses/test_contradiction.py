"""Hypotheses that exclude each other are found out, with a proof; those that hold at some point never are."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from derive.evidence.hypotheses.contradiction import contradiction
from derive.instances.admission import bounds
from derive.instances.draft import Draft
from derive.instances.draws import draw
from derive.instances.patterns import symbols
from derive.instances.styles import STYLES
from derive.language.relations import Relation
from derive.language.tensor import Number
from tests.instances.obligations import Shapes, obligation

X: Shapes = {"x": "n"}
A: Shapes = {"A": "n,d"}
S: Shapes = {"S": "n,n;symmetric"}
P: Shapes = {"P": "n,n;psd"}
F: Shapes = {"f": "n;nonnegative"}

CONTRADICTIONS: list[tuple[str, Shapes, tuple[str, ...]]] = [
    ("an empty interval", {"e": ""}, ("e > 0", "e < 1", "e >= 2")),
    ("a chain of bounds", {"a": "", "b": "", "c": ""}, ("a < b", "b < c", "c < a")),
    ("sums of scalars", {"a": "", "b": ""}, ("a + b >= 3", "a <= 1", "b <= 1")),
    ("a positive scalar below a negative number", {"R": ";positive"}, ("R <= -1",)),
    ("linked scalars", {"a": "", "b": ";positive"}, ("a >= b + 1", "a <= 1")),
    ("multiples", X, ("2*x <= 1", "x >= 1")),
    ("balls", X, ("norm(x) <= 1", "norm(x) >= 2")),
    ("squared balls", X, ("norm(x)**2 <= 1", "norm(x) >= 2")),
    ("squares of scalars", {"R": ""}, ("R >= 4", "R**2 < 16")),
    ("order 1 below order 2", X, ("norm(x, 1) < norm(x)",)),
    ("order inf above order 2", X, ("norm(x, inf) > norm(x)",)),
    ("operator above Frobenius norm", A, ("opnorm(A) > norm(A)",)),
    ("eigenvalues out of order", S, ("lambda_min(S) > lambda_max(S)",)),
    ("singular values out of order", A, ("sigma_min(A) >= 2", "opnorm(A) <= 1")),
    ("entries above the norm", X, ("norm(x) <= 1", "x >= 2")),
    ("an entry above the norm", X, ("norm(x) <= 1", "x[i] >= 2")),
    ("a row above its norm", {"X": "n,d"}, ("norm(X[i]) <= 1", "norm(X[i]) >= 2")),
    ("an entry above its bound", X, ("x <= 1", "x[i] >= 2")),
    ("many entries above the norm", X, ("norm(x, 1) <= 1", "x >= 1", "n >= 2")),
    ("an entry of a simplex above 1", F, ("sum(f) == 1", "f[i] > 1")),
    ("a norm of a simplex above 1", F, ("sum(f) == 1", "norm(f) > 1")),
    ("few entries for a sum", X, ("sum(x) > 5", "x <= 1", "n <= 4")),
    ("a negative sum of positive entries", X, ("x > 0", "sum(x) <= 0")),
    ("Cauchy-Schwarz", {"x": "n", "y": "n"}, ("norm(x) <= 1", "norm(y) <= 1", "x @ y >= 2")),
    ("a negative trace", P, ("trace(P) == -1",)),
    ("a traceless definite matrix", {"P": "n,n;pd"}, ("trace(P) == 0",)),
    ("a psd matrix below zero", P, ("P << -1*eye(n)",)),
    ("an empty Loewner interval", S, ("S >> 2*eye(n)", "S << eye(n)")),
    ("a Loewner bound beside an eigenvalue", S, ("S >> 2", "lambda_min(S) <= 1")),
    ("a negative Gram matrix", A, ("A.T @ A << -1",)),
    ("orthonormal columns in too few rows", A, ("A.T @ A == eye(d)", "n < d")),
    ("orthonormal rows in too few columns", A, ("A @ A.T == eye(n)", "d < n")),
    ("independent columns in too few rows", A, ("sigma_min(A) > 0", "n < d")),
    ("a size below 1", X, ("n < 1",)),
    ("sizes in two orders", A, ("n < d", "n > d")),
    ("a size between neighbours", A, ("n < d", "d < n + 1")),
    ("an exponential that is not positive", {"t": ""}, ("exp(t) <= 0",)),
    ("an exponential below its tangent", {"t": ""}, ("exp(t) < 1", "t > 0")),
    ("a hyperbolic tangent of 1", {"t": ""}, ("tanh(t) >= 1",)),
    ("a softmax that sums to 2", X, ("sum(softmax(x)) == 2",)),
]


@pytest.mark.parametrize(
    ("shapes", "given"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS]
)
def test_a_contradiction_is_proved(shapes: Shapes, given: tuple[str, ...]) -> None:
    """The reason names a hypothesis, and what else it takes."""
    relations = obligation(shapes, *given, indices="i").given
    reason = contradiction(relations) or ""
    assert reason.endswith("exclude each other")
    assert any(repr(relation) in reason for relation in relations)


@pytest.mark.parametrize(
    ("shapes", "given"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS]
)
def test_each_hypothesis_alone_is_possible(shapes: Shapes, given: tuple[str, ...]) -> None:
    """Where it takes several hypotheses, no one of them is called impossible."""
    for text in given if len(given) > 1 else ():
        assert contradiction(obligation(shapes, text, indices="i").given) is None


def test_a_hypothesis_that_has_no_part_is_not_named() -> None:
    """Of four hypotheses the two that contradict each other are named."""
    given = ("a >= 1", "x >= 0", "norm(x) <= 5", "a <= 0")
    assert contradiction(obligation({"a": "", "x": "n"}, *given).given) == (
        "no instance: a <= 0, a >= 1 exclude each other"
    )


EVERYTHING: Shapes = {
    "x": "n", "y": "n", "z": "d", "f": "n;nonnegative", "a": "", "b": "", "r": ";positive", "A": "n,d",
    "S": "n,n;symmetric", "P": "n,n;psd", "Q": "n,n;orthogonal",
}  # fmt: skip

MEASURED = (
    "a", "b", "r", "a + b", "2*a - b", "a**2", "a*b", "abs(a)", "exp(a)", "log(r)", "tanh(a)", "relu(a)", "sqrt(r)",
    "maximum(a, b)", "x[i]", "f[i]", "x[0]", "f[0]", "sum(x)", "sum(f)", "x @ y", "x @ x", "sum(f**2)", "max(x)",
    "min(x)",
    "norm(x)", "norm(x, 1)", "norm(x, inf)", "norm(x)**2", "norm(f)", "norm(f, 1)", "norm(x - y)", "norm(A @ z)",
    "norm(A[i])", "opnorm(A)", "norm(A)", "sigma_min(A)", "lambda_min(S)", "lambda_max(S)", "opnorm(S)", "trace(P)",
    "lambda_min(P)", "lambda_max(A.T @ A)", "trace(Q)", "opnorm(Q)", "sum(softmax(x))", "n", "d", "n*r", "sum(x)/n",
    "x", "f", "2*x", "abs(x)", "x**2", "x - y", "softmax(x)", "A @ z", "diag(P)", "f*x",
)  # fmt: skip


def _point(rng: Random) -> Draft:
    """Any values with the declared properties."""
    sizes = {"n": rng.choice((1, 2, 3)), "d": rng.choice((1, 2, 3)), "m": 1}
    found = symbols(obligation(EVERYTHING).left)
    empty = Draft(sizes, {"i": 0}, tuple({"i": k} for k in range(sizes["n"])), {})
    styles = STYLES[:5]
    return Draft(
        sizes,
        empty.positions,
        empty.everywhere,
        {name: draw(rng, symbol, empty.shape(symbol), rng.choice(styles)) for name, symbol in found.items()},
    )


def _true_at(draft: Draft, rng: Random) -> list[Relation]:
    """Hypotheses that hold at the point, some with equality."""
    given: list[Relation] = []
    for text in rng.sample(MEASURED, 6):
        side = obligation(EVERYTHING, f"{text} >= 0", indices="i").given[0].left
        both = bounds(side, draft)
        if both is None:
            continue
        low, high = min(both[0].flat), max(both[1].flat)
        room = rng.choice((Fraction(0), Fraction(0), Fraction(1, 10), Fraction(3)))
        upper, lower = Relation("<=", side, Number(high + room)), Relation(">=", side, Number(low - room))
        given += rng.choice(([upper], [lower], [upper, lower]))
    return given


@pytest.mark.parametrize("seed", range(60))
def test_hypotheses_that_hold_at_a_point_are_never_contradictory(seed: int) -> None:
    """Bounds of norms, spectra, sums, entries, sizes and functions, all met by one point."""
    rng = Random(seed)
    given = _true_at(_point(rng), rng)
    assert given
    assert contradiction(given) is None


def test_expressions_with_a_long_beginning_in_common_are_not_taken_for_one() -> None:
    """They differ in their last term alone."""
    names = [f"coefficient_{number}" for number in range(20)]
    shapes: Shapes = dict.fromkeys([*names, "a", "b"], "")
    common = " + ".join(names)
    given = (f"exp({common} + a) >= 2", f"exp({common} + b) <= 1")
    assert contradiction(obligation(shapes, *given).given) is None
    assert contradiction(obligation(shapes, given[0], given[0].replace(">= 2", "<= 1")).given) is not None
