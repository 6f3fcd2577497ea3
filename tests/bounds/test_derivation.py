"""No derived bound is exceeded: random expressions at random points, for every measure."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from derive.bounds.bound import FROM_BELOW, MATRIX_NORMS, RANGES, SPECTRA, VECTOR_NORMS
from derive.bounds.derivation import Derivation
from derive.bounds.hypotheses import facts
from derive.bounds.parameters import Parameters
from derive.evaluate.errors import EvaluationError
from derive.language import api as dv
from tests.bounds.expressions import KINDS, A, P, S, b, bound_at, c, measured, norm, p, points, scope, t, v, values, x

ROUNDING = 1e-9
"""What doubles may lose, relative to the size of what is compared."""

BOX = (A <= 2, A >= -2, x <= 2, x >= -2, b <= 2, b >= -2, S <= 2, S >= -2, t <= 2, t >= -2, dv.norm(x) <= 4)
"""Hypotheses that all points meet."""

MEASURES = {
    "scalar": ("inf", *sorted(RANGES)),
    "vector": (*VECTOR_NORMS, *sorted(RANGES)),
    "matrix": (*MATRIX_NORMS, *sorted(RANGES)),
}


def exceeded(measure: str, found: float, bound: float) -> bool:
    slack = ROUNDING * (1 + abs(found) + abs(bound))
    return found < bound - slack if measure in FROM_BELOW else found > bound + slack


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", KINDS)
def test_no_measure_exceeds_its_bound(kind: str, seed: int) -> None:
    """Norms, ranges and, of symmetric matrices, extreme eigenvalues."""
    rng = Random(f"{kind} {seed}")
    node = KINDS[kind](rng, rng.choice((1, 2, 2, 3)))
    derivation = Derivation(facts((), Parameters(), {}))
    for point in points(rng, 4):
        place = scope(point)
        array = place.value(node)
        symmetric = kind == "matrix" and np.allclose(array, array.T, rtol=1e-12, atol=0)
        for measure in (*MEASURES[kind], *(sorted(SPECTRA) if symmetric else ())):
            for bound in derivation.bounds(measure, node):
                limit = bound_at(bound, derivation.facts.parameters, place)
                assert not exceeded(measure, measured(measure, array), limit), (measure, node, bound.rule)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", KINDS)
def test_no_two_points_are_further_apart_than_the_lipschitz_bound(kind: str, seed: int) -> None:
    """One symbol moves within a box; all else stays."""
    rng = Random(f"lipschitz {kind} {seed}")
    node = KINDS[kind](rng, rng.choice((1, 2, 2, 3)))
    for variable, order in (("x", "2"), ("b", "2"), ("S", "fro"), ("t", "inf")):
        derivation = Derivation(facts(BOX, Parameters(), {variable: order}))
        for point in points(rng, 2):
            sizes = point["sizes"]
            other = {**point, "values": {**point["values"], variable: values(rng, sizes)[variable]}}
            first, second = scope(point), scope(other)
            a, b = first.value(node), second.value(node)
            symbols = {leaf.name: leaf for leaf in node.walk() if getattr(leaf, "name", "") == variable}
            if not symbols:
                continue
            move = first.value(symbols[variable]) - second.value(symbols[variable])
            for measure in MEASURES[kind][:-2]:
                for bound in derivation.bounds(f"lipschitz {measure}", node):
                    limit = bound_at(bound, derivation.facts.parameters, first)
                    gap = norm(measure, a - b)
                    assert not exceeded(measure, gap, limit * norm(order, move)), (measure, node, bound.rule)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", KINDS)
def test_no_derivative_is_longer_than_its_bound(kind: str, seed: int) -> None:
    """First to third derivatives along a direction, by dual numbers, beside the bounds of their norms at that point."""
    rng = Random(f"derivatives {kind} {seed}")
    node = KINDS[kind](rng, rng.choice((1, 2, 2, 3)))
    for variable, order, direction in ((x, "2", v), (b, "2", p), (S, "fro", P), (t, "inf", c)):
        derivation = Derivation(facts((), Parameters(), {variable.name: order}, at_one_point=True))
        along = node
        for k in (1, 2, 3):
            along = dv.jvp(along, variable, direction)
            for point in points(rng, 1):
                place = scope(point)
                length = norm(order, place.value(direction)) ** k
                try:
                    found = norm(order if kind == "scalar" else "fro", place.value(along))
                except EvaluationError:  # a kink, or a function without a derivative
                    continue
                for bound in derivation.bounds(f"D{k}", node):
                    limit = bound_at(bound, derivation.facts.parameters, place)
                    assert not exceeded(f"D{k}", found, limit * length), (k, variable, node, bound.rule)


@pytest.mark.parametrize(
    ("family", "variables"),
    [("", {}), ("lipschitz", {"x": "2", "S": "fro"}), ("derivatives", {"x": "2"})],
    ids=["at a point", "between two points", "derivatives"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_most_expressions_have_bounds(kind: str, family: str, variables: dict[str, str]) -> None:
    """So that the tests above have something to compare: they pass over what has no bound."""
    measures = {"": MEASURES[kind], "lipschitz": [f"lipschitz {order}" for order in MEASURES[kind][:-2]]}
    having = 0
    for seed in range(20):
        rng = Random(f"{family} {kind} {seed}".strip())
        node = KINDS[kind](rng, rng.choice((1, 2, 2, 3)))
        derivation = Derivation(facts(BOX, Parameters(), variables, at_one_point=family == "derivatives"))
        having += any(derivation.bounds(measure, node) for measure in measures.get(family, ("D1", "D2", "D3")))
    assert having > 10
