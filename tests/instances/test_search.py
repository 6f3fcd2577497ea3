"""Instances satisfy every hypothesis exactly, vary in size and scale, and depend on seed and claim alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import pytest

from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.hypotheses.contradiction import contradiction
from derive.evidence.vacuity import examine
from derive.instances.drawn import Drawn
from derive.instances.search import Instance, instances
from derive.language.symbols import dim, symbol
from derive.language.tensor import Tensor
from derive.language.text import parse_relations
from derive.obligation import Obligation
from tests.instances.obligations import Shapes, obligation


def some(claim: Obligation, count: int = 8, seed: int = 1) -> list[Instance]:
    return list(islice(instances(claim, seed), count))


def examined(claim: Obligation) -> Evidence | Inapplicable:
    return examine(claim, Drawn(claim, 1))


def value(instance: Instance, name: str) -> Any:
    return np.array(instance.point.values[name], dtype=object)


def unit(size: int) -> Any:
    return np.array([[Fraction(int(i == j)) for j in range(size)] for i in range(size)], dtype=object)


def minors(matrix: Any) -> list[Fraction]:
    """The leading principal minors, by exact elimination."""
    found, rest, product = [], matrix.copy(), Fraction(1)
    while rest.size:
        product *= rest[0, 0]
        found.append(product)
        if not product:
            break
        rest = rest[1:, 1:] - np.outer(rest[1:, 0], rest[0, 1:]) / rest[0, 0]
    return found


SATISFIED: list[tuple[Shapes, tuple[str, ...], Any]] = [
    ({"A": "n,n;symmetric"}, (), lambda i: (value(i, "A") == value(i, "A").T).all()),
    ({"A": "n,n;skew"}, (), lambda i: (value(i, "A") == -value(i, "A").T).all()),
    ({"A": "n,n;pd"}, (), lambda i: min(minors(value(i, "A"))) > 0),
    ({"A": "n,n;pd positive"}, (), lambda i: min(minors(value(i, "A"))) > 0 and (value(i, "A") > 0).all()),
    ({"Q": "n,n;orthogonal"}, (), lambda i: (value(i, "Q").T @ value(i, "Q") == unit(len(value(i, "Q")))).all()),
    ({"x": "n;positive", "k": ";integer"}, (), lambda i: (value(i, "x") > 0).all() and value(i, "k").item() % 1 == 0),
    ({"x": "n", "R": ";positive"}, ("norm(x) <= R",), lambda i: sum(value(i, "x") ** 2) <= value(i, "R").item() ** 2),
    ({"x": "n"}, ("norm(x) == 1",), lambda i: sum(value(i, "x") ** 2) == 1),
    ({"x": "n"}, ("x @ x == 2",), lambda i: sum(value(i, "x") ** 2) == 2),
    ({"X": "n,d"}, ("(X**2).sum(axis=1) == 1",), lambda i: ((value(i, "X") ** 2).sum(axis=1) == 1).all()),
    ({"b": "n"}, ("b >= 0", "norm(b, 1) <= 1"), lambda i: (value(i, "b") >= 0).all() and value(i, "b").sum() <= 1),
    ({"p": "n"}, ("p >= 0", "sum(p) == 1"), lambda i: (value(i, "p") >= 0).all() and value(i, "p").sum() == 1),
    ({"P": "n,d"}, ("P.sum(axis=1) == 1", "P >= 0"), lambda i: (value(i, "P").sum(axis=1) == 1).all()),
    ({"a": "n"}, ("a*a == 1",), lambda i: (abs(value(i, "a")) == 1).all()),
    ({"M": "n,d"}, ("M*M == M",), lambda i: set(value(i, "M").flat) <= {0, 1}),
    (
        {"Q": "n,d"},
        ("Q.T @ Q == eye(d)",),
        lambda i: (value(i, "Q").T @ value(i, "Q") == unit(i.point.sizes["d"])).all(),
    ),
    ({"P": "n,n"}, ("P @ P == P",), lambda i: (value(i, "P") @ value(i, "P") == value(i, "P")).all()),
    (
        {"t": "", "u": ""},
        ("t >= 0", "t <= 1", "u > t"),
        lambda i: 0 <= value(i, "t") <= 1 and value(i, "u") > value(i, "t"),
    ),
    ({"x": "n", "s": ""}, ("s == sum(x)",), lambda i: value(i, "s").item() == value(i, "x").sum()),
    (
        {"A": "n,n", "B": "n,n"},
        ("B == inv(A)",),
        lambda i: (value(i, "A") @ value(i, "B") == unit(len(value(i, "A")))).all(),
    ),
    ({"A": "n,n"}, ("A == A.T", "trace(A) == 1"), lambda i: (value(i, "A") == value(i, "A").T).all()),
    ({"x": "n", "y": "n"}, ("x @ y == 0",), lambda i: value(i, "x") @ value(i, "y") == 0),
    (
        {"A": "n,d", "w": "n;nonnegative", "x": "d", "b": "n"},
        ("A.T @ (w*w*(A @ x - b)) == 0",),
        lambda i: not any(value(i, "A").T @ (value(i, "w") ** 2 * (value(i, "A") @ value(i, "x") - value(i, "b")))),
    ),
    ({"A": "n,n"}, ("det(A) == 1",), lambda i: minors(value(i, "A"))[-1] in (0, 1)),
    (
        {"a": "n", "X": "n,n"},
        ("a @ X @ a > 0.01",),
        lambda i: value(i, "a") @ value(i, "X") @ value(i, "a") > Fraction(1, 100),
    ),
    (
        {"A": "n,n;symmetric"},
        ("A >> 2*eye(n)",),
        lambda i: min(minors(value(i, "A") - 2 * unit(len(value(i, "A"))))) >= 0,
    ),
    (
        {"S": "n,n;symmetric", "R": ";positive"},
        ("S << R", "S >> -R"),
        lambda i: min(minors(value(i, "R") * unit(len(value(i, "S"))) - value(i, "S"))) >= 0,
    ),
    ({"x": "n", "y": "n"}, ("norm(x - y) <= 1",), lambda i: sum((value(i, "x") - value(i, "y")) ** 2) <= 1),
]


@pytest.mark.parametrize(("shapes", "given", "holds"), SATISFIED, ids=lambda x: "holds" if callable(x) else str(x)[:50])
def test_every_instance_satisfies_the_hypotheses(shapes: Shapes, given: tuple[str, ...], holds: Any) -> None:
    """Each property and hypothesis holds exactly, and arrays larger than one entry are among the instances."""
    found = some(obligation(shapes, *given))
    assert len(found) == 8
    assert all(holds(instance) for instance in found)
    assert any(max(instance.point.sizes.values(), default=9) > 1 for instance in found)


def test_an_operator_norm_is_bounded_and_the_bound_is_attained() -> None:
    """``opnorm(A) <= R``: R^2 I - A^T A is never indefinite, and singular at some instance."""
    rests = []
    for instance in some(obligation({"A": "n,d", "R": ";positive"}, "opnorm(A) <= R"), 24):
        a, r = value(instance, "A"), value(instance, "R").item()
        rests.append(minors(r * r * unit(a.shape[1]) - a.T @ a))
    assert all(minor >= 0 for rest in rests for minor in rest)
    assert any(rest[-1] == 0 for rest in rests)


@pytest.mark.parametrize("given", [("norm(x) <= 1",), ("x <= 1", "x >= 0"), ("norm(x, 1) <= 1",), ("sum(x) <= 1",)])
def test_edges_and_interior_are_both_tried(given: tuple[str, ...]) -> None:
    """Some instances meet a bound with equality, others stay inside."""
    total = {"norm(x) <= 1": lambda x: sum(x**2), "norm(x, 1) <= 1": lambda x: abs(x).sum(), "sum(x) <= 1": sum}
    measure = total.get(given[0], max)
    values = [measure(value(instance, "x")) for instance in some(obligation({"x": "n"}, *given), 24)]
    assert 1 in values
    assert any(v < 1 for v in values)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ("n >= d", lambda n, d: n >= d),
        ("n == 2*d", lambda n, d: n == 2 * d),
        ("n < d", lambda n, d: n < d),
        ("n >= 9", lambda n, d: n >= 9),
        ("n*d == 6", lambda n, d: n * d == 6),
    ],
)
def test_relations_between_dimensions_hold(given: str, allowed: Any) -> None:
    """Only sizes that the hypotheses allow are tried, and more than one where there is more than one."""
    found = [instance.point.sizes for instance in some(obligation({"A": "n,d"}, given))]
    assert all(allowed(sizes["n"], sizes["d"]) for sizes in found)
    assert len({tuple(sizes.items()) for sizes in found}) > 1


def test_sizes_begin_with_one_and_go_both_ways() -> None:
    """n = d = 1 comes first; n < d and n > d follow."""
    found = [instance.point.sizes for instance in some(obligation({"A": "n,d"}), 6)]
    assert found[0] == {"n": 1, "d": 1}
    assert any(sizes["n"] < sizes["d"] for sizes in found)
    assert any(sizes["n"] > sizes["d"] for sizes in found)


def test_distinct_index_symbols_need_room() -> None:
    """k != l excludes n = 1, and the positions differ."""
    claim = obligation({"x": "n"}, "x[k] >= x[l]", "k != l", indices="k l")
    found = some(claim)
    assert found
    assert all(instance.point.indices["k"] != instance.point.indices["l"] for instance in found)


def test_a_fixed_entry_needs_room() -> None:
    """x[2] exists from n = 3 on."""
    assert {instance.point.sizes["n"] >= 3 for instance in some(obligation({"x": "n"}, "x[2] > 0"))} == {True}


def test_a_hypothesis_about_an_index_holds_at_every_position() -> None:
    """norm(X[i]) == 1 bounds all rows."""
    for instance in some(obligation({"X": "n,d"}, "norm(X[i]) == 1", indices="i")):
        assert ((value(instance, "X") ** 2).sum(axis=1) == 1).all()


def test_instances_vary_in_scale_and_are_seldom_degenerate() -> None:
    """Tiny and large entries occur; arrays of equal entries are fewer than one in five."""
    found = [value(instance, "x") for instance in some(obligation({"x": "n"}), 40)]
    assert any(max(abs(x)) < Fraction(1, 1000) for x in found)
    assert any(max(abs(x)) >= 20 for x in found)
    wide = [x for x in found if len(x) > 1]
    assert sum(len(set(x)) == 1 for x in wide) < len(wide) / 5
    assert any(0 in x for x in found)


def test_the_same_seed_gives_the_same_instances() -> None:
    """Seed and claim id determine the instances; another seed or id gives others."""
    points = [
        [instance.point for instance in some(obligation({"x": "n"}, name=name), seed=seed)]
        for name, seed in (("paper/a", 1), ("paper/a", 1), ("paper/a", 2), ("paper/b", 1))
    ]
    assert points[0] == points[1]
    assert points[0] != points[2]
    assert points[0] != points[3]


def test_the_domain_of_the_claim_is_preferred() -> None:
    """Where the claim takes a logarithm of x, most instances have x > 0 though no hypothesis says so."""
    names: dict[str, Tensor] = {"x": symbol("x", dim("n"))}
    relation = parse_relations("sum(log(x)) == 0", names)[0]
    found = some(Obligation("paper/log", relation.sign, relation.left, relation.right, ()), 16)
    inside = [all(entry > 0 for entry in value(instance, "x")) for instance in found]
    assert sum(inside) > len(inside) / 2


def test_every_method_meets_the_same_instances() -> None:
    """Iterating again replays what was drawn, also from the middle of another iteration."""
    drawn = Drawn(obligation({"x": "n"}, "norm(x) <= 1"), 1)
    first = list(islice(drawn, 3))
    assert list(islice(drawn, 5))[:3] == first == some(obligation({"x": "n"}, "norm(x) <= 1"), 3)


def test_rejected_draws_are_counted_with_their_reason() -> None:
    """x^T y = -1 at x = 0: counted under that hypothesis."""
    search = instances(obligation({"x": "n", "y": "n"}, "x @ y == -1"), 1)
    assert len(list(islice(search, 40))) == search.kept == 40
    assert search.rejected == search.reasons["x @ y == -1"] > 0
    assert f"{search.rejected} failed: 'x @ y == -1'" in search.rejections()


def test_a_method_says_of_satisfiable_hypotheses_how_many_draws_they_rejected() -> None:
    """The count and the hypothesis stand in the reason; where none was rejected there is nothing to say."""
    claim = obligation({"x": "n", "y": "n"}, "x @ y == -1")
    drawn = Drawn(claim, 1)
    assert len(list(islice(drawn, 40))) == 40
    finding = examine(claim, drawn)
    assert isinstance(finding, Inapplicable)
    assert "failed: 'x @ y == -1'" in finding.reason
    assert examined(obligation({"x": "n"}, "norm(x) <= 1")) == Inapplicable(
        "hypotheses", "the hypotheses can be satisfied"
    )


CONTRADICTIONS: list[tuple[Shapes, tuple[str, ...]]] = [
    ({"x": "n"}, ("norm(x) <= 1", "norm(x) >= 2")),
    ({"x": "n"}, ("x > 0", "x < 0")),
    ({"x": "", "R": ""}, ("x <= R", "R <= 4", "x >= 5")),
    ({"x": "", "y": ""}, ("x < y", "y <= x")),
    ({"x": "n"}, ("x @ x == -1",)),
    ({"R": ";positive"}, ("R <= 0",)),
    ({"Q": "n,d"}, ("Q.T @ Q == eye(d)", "n < d")),
    ({"x": "n"}, ("n < 1",)),
]


@pytest.mark.parametrize(("shapes", "given"), CONTRADICTIONS, ids=lambda case: str(case)[:50])
def test_contradictory_bounds_are_proved_vacuous(shapes: Shapes, given: tuple[str, ...]) -> None:
    """The reason names hypotheses, and indeed nothing is found."""
    claim = obligation(shapes, *given)
    assert "exclude each other" in (contradiction(claim.given) or "")
    assert some(claim) == []


@pytest.mark.parametrize(("shapes", "given", "_"), SATISFIED, ids=lambda x: "holds" if callable(x) else str(x)[:50])
def test_satisfiable_hypotheses_are_not_called_contradictory(shapes: Shapes, given: tuple[str, ...], _: Any) -> None:
    """No proof of vacuity where instances exist."""
    assert contradiction(obligation(shapes, *given).given) is None


def test_a_fruitless_search_says_what_it_searched() -> None:
    """sum(exp(x)) <= -1 has no proof here: the evidence names a search, its sizes and what failed."""
    evidence = examined(obligation({"x": "n"}, "sum(exp(x)) <= -1"))
    assert evidence.method == "hypotheses"
    note = getattr(evidence, "note", "")
    assert "a search over" in note
    assert "n=2" in note
    assert "sum(exp(x)) <= -1" in note


def test_equalities_with_irrational_solutions_are_not_called_vacuous() -> None:
    """sum(exp(x)) == 5 has solutions, though the search among rationals need not meet one."""
    finding = examined(obligation({"x": "n"}, "sum(exp(x)) == 5", "x >= 1/7"))
    assert isinstance(finding, Inapplicable)
    assert "equalities" in finding.reason


def test_scalars_alone_have_instances_enough() -> None:
    """Without dimensions there is one size, and as many instances as elsewhere."""
    assert len(some(obligation({"s": "", "t": ""}), 40)) == 40
