"""The evidence of an enclosure: certificates of true claims with room, none of false ones, witnesses of some."""

from __future__ import annotations

import pytest

from derive.evidence.enclosure import at_sizes, examine
from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from tests.enclosure.claims import BALL, SIMPLEX, B, obligation

UNIT = ("t >= 0", "t <= 1")
SQUARE = ("abs(s) <= 1", "abs(t) <= 1")

# The first statement is false, the second true; the hypotheses are those of both.
PAIRS = [
    ("t*exp(-t) <= 0.367879", "t*exp(-t) <= 0.36788", ("t >= 0", "t <= 5")),
    ("t**2*s - s**3/3 <= 0.66666", "t**2*s - s**3/3 <= 0.6667", SQUARE),
    ("sin(t) - t + t**3/6 <= 0.008", "sin(t) - t + t**3/6 <= 0.0082", UNIT),
    ("abs(s - t)*s <= 1.999999", "abs(s - t)*s <= 2.000001", SQUARE),
    ("relu(s)*tanh(t) <= 0.7615", "relu(s)*tanh(t) <= 0.7617", SQUARE),
    ("1/(1 + t**2) >= 0.500001", "1/(1 + t**2) >= 0.499999", UNIT),
    ("lipschitz(tanh(t)*t, t) <= 1.199", "lipschitz(tanh(t)*t, t) <= 1.2", ("abs(t) <= 5",)),
    ("lipschitz(relu(t)**2, t) <= 1.999", "lipschitz(relu(t)**2, t) <= 2.001", ("abs(t) <= 1",)),
    ("norm(x, 1) <= 1.4142", "norm(x, 1) <= 1.4143", ("norm(x) <= 1", "n == 2")),
    ("x @ softmax(x) >= -0.999", "x @ softmax(x) >= -1.001", ("norm(x, inf) <= 1", "n == 2")),
    ("f @ log(f + 1/10) <= 0.0952", "f @ log(f + 1/10) <= 0.0954", (*SIMPLEX, "n <= 3")),
    ("lambda_max(diag(f) - outer(f, f)) <= 0.499", "lambda_max(diag(f) - outer(f, f)) <= 0.501", (*SIMPLEX, "n <= 3")),
    (f"{B} >> -0.24*eye(n)", f"{B} >> -0.241*eye(n)", (*SIMPLEX, *BALL, "n == 2")),
    (f"lambda_max({B}) <= 0.308", f"lambda_max({B}) <= 0.309", (*SIMPLEX, *BALL, "n == 2")),
    ("opnorm(outer(f, b)) <= 0.99", "opnorm(outer(f, b)) <= 1.01", (*SIMPLEX, *BALL, "n == 2")),
    ("t*s < 1", "t*s < 1.000001", (*UNIT, "s >= 0", "s <= 1")),
]

# False however large the domain is cut: across a pole, a jump, the edge of a domain, and where a face is missing.
FALSE = [
    ("1/t >= -1000", ("t >= -1", "t <= 1")),
    ("1/t**2 <= 1000000", ("t >= -1", "t <= 1")),
    ("log(t) >= -100", UNIT),
    ("lipschitz(sign(t), t) <= 5", ("abs(t) <= 1",)),
    ("lipschitz(heaviside(t)*t**2, t) <= 1.9", ("abs(t) <= 1",)),
    ("lipschitz(grad(relu(t), t), t) <= 1", ("abs(t) <= 1",)),
    ("lipschitz(sqrt(t), t) <= 1000", UNIT),
    ("heaviside(t)*s <= 0.9", SQUARE),
    ("sum(b)*heaviside(b @ f) <= 0.9", (*SIMPLEX, *BALL, "n == 2")),
    ("exp(exp(t)) - exp(exp(t)) <= -1", ("t >= 0", "t <= 1000")),
    ("t <= 0.999999", UNIT),
    ("sum(x) <= 1.99", ("x <= 1", "x >= 0", "n == 2")),
]


def examined(statement: str, *given: str) -> Evidence | Inapplicable:
    claim = obligation(statement, *given)
    return examine(claim, Drawn(claim, 0))


def outcome(statement: str, *given: str) -> str:
    found = examined(statement, *given)
    assert isinstance(found, Evidence)
    return found.outcome


@pytest.mark.parametrize(("false", "true", "given"), PAIRS, ids=[row[1][:40] for row in PAIRS])
def test_of_two_claims_the_true_one_is_certified(false: str, true: str, given: tuple[str, ...]) -> None:
    assert outcome(true, *given) == "certificate"
    assert outcome(false, *given) in ("refutation", "inconclusive")


@pytest.mark.parametrize(("statement", "given"), FALSE, ids=[row[0][:40] for row in FALSE])
def test_a_false_claim_is_never_certified(statement: str, given: tuple[str, ...]) -> None:
    assert outcome(statement, *given) in ("refutation", "inconclusive")


def test_a_violation_that_the_search_sees_is_a_verified_witness() -> None:
    found = examined("t*exp(-t) <= 0.36", "t >= 0", "t <= 5")
    assert isinstance(found, Evidence)
    assert found.outcome == "refutation"
    assert found.witness is not None


def test_a_certificate_names_its_sizes_and_speaks_of_no_other() -> None:
    found = examined("f @ f <= 1.01", *SIMPLEX)
    assert isinstance(found, Evidence)
    assert found.sizes == ({"n": 1}, {"n": 2}, {"n": 3})
    assert "n = 1, 2, 3" in found.note
    assert found.certificate is not None
    assert {case.sizes["n"] for case in found.certificate.cases} == {1, 2, 3}


def test_the_ends_of_the_extreme_value_are_told() -> None:
    found = examined("t*exp(-t) <= 0.37", "t >= 0", "t <= 5")
    assert isinstance(found, Evidence)
    low, high = (float(found.bracket[f"enclosed_{end}"]) for end in ("lower", "upper"))
    assert low <= 0.36787944117144233 <= high <= 0.37
    assert high - low < 0.0025


@pytest.mark.parametrize("statement", ["t == t", "t <= 1"])
def test_what_it_does_not_read_is_inapplicable(statement: str) -> None:
    """An identity, and a symbol that nothing bounds."""
    assert isinstance(examined(statement), Inapplicable)


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ([{}], ""),
        ([{"n": 2}, {"n": 3}], " at n = 2, 3"),
        ([{"n": 1, "d": 2}, {"n": 2, "d": 1}], " at (n, d) = (1, 2), (2, 1)"),
    ],
)
def test_sizes_in_words(sizes: list[dict[str, int]], text: str) -> None:
    assert at_sizes(sizes) == text
