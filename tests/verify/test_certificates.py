"""Certificates are re-verified leaf by leaf; one that was changed, or that belongs to a larger domain, falls."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

import derive as dv
from derive.examination import judged
from derive.record import CaseRecord, CertificateRecord, ClaimRecord, Verdict
from derive.verify.check import check_claim
from derive.verify.level import Finding, Level

n = dv.dims("n")
s, t = dv.scalar("s"), dv.scalar("t")
f, b = dv.vector("f", n, nonnegative=True), dv.vector("b", n)  # type: ignore[arg-type]
J = dv.diag(f) - dv.outer(f, f)
g = f * (f - b) - (f @ (f - b)) * f
B = J @ J + dv.diag(g) - dv.outer(g, f) - dv.outer(f, g)
SIMPLEX = [f.sum() == 1, dv.norm(b, 1) <= 1, n == 2]  # type: ignore[comparison-overlap]

CLAIMS: dict[str, tuple[dv.Relation, list[dv.Relation]]] = {
    "polynomial": (t**2 + s**2 - t * s >= -1 / 100, [abs(t) <= 1, abs(s) <= 1]),
    "signed": (B << dv.eye(n) / 3, [*SIMPLEX, b >= 0]),  # type: ignore[arg-type]
    "spectrum": (B >> -dv.eye(n) / 4, SIMPLEX),  # type: ignore[arg-type]
}


@cache
def recorded(name: str) -> ClaimRecord:
    statement, given = CLAIMS[name]
    return judged(
        dv.Paper("paper").claim(name, statement, given=given), 0, ("attack", "norm calculus", "polynomial certificate")
    )


def certificate_of(name: str) -> CertificateRecord:
    (found,) = (e.certificate for e in recorded(name).evidence if e.certificate is not None)
    return found


def checked(name: str, certificate: CertificateRecord) -> Finding:
    claim = recorded(name)
    evidence = tuple(
        msgspec.structs.replace(e, certificate=certificate) if e.certificate else e for e in claim.evidence
    )
    return check_claim(msgspec.structs.replace(claim, evidence=evidence)).finding


def with_first_case(name: str, **changes: object) -> CertificateRecord:
    found = certificate_of(name)
    first: CaseRecord = msgspec.structs.replace(found.cases[0], **changes)
    return msgspec.structs.replace(found, cases=(first, *found.cases[1:]))


def restated(name: str, **changes: object) -> Finding:
    claim = recorded(name)
    assert claim.statement is not None
    statement = msgspec.structs.replace(claim.statement, **changes)
    return check_claim(msgspec.structs.replace(claim, statement=statement)).finding


@pytest.mark.parametrize("name", CLAIMS)
def test_a_certificate_stands(name: str) -> None:
    assert recorded(name).verdict is Verdict.CERTIFIED
    assert checked(name, certificate_of(name)).level is Level.VERIFIED


@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize("end", [0, -1])
def test_a_dropped_leaf_falls(name: str, end: int) -> None:
    tree = certificate_of(name).cases[0].tree
    letters = [k for k, letter in enumerate(tree) if letter.islower()]
    cut = tree[: letters[end]] + tree[letters[end] + 1 :]
    assert checked(name, with_first_case(name, tree=cut)).level is Level.FALLEN


@pytest.mark.parametrize("name", CLAIMS)
def test_leaves_left_over_fall(name: str) -> None:
    tree = certificate_of(name).cases[0].tree + "n"
    assert checked(name, with_first_case(name, tree=tree)).level is Level.FALLEN


@pytest.mark.parametrize("name", CLAIMS)
def test_a_dropped_case_falls(name: str) -> None:
    found = certificate_of(name)
    for k in range(len(found.cases)):
        cases = found.cases[:k] + found.cases[k + 1 :]
        assert checked(name, msgspec.structs.replace(found, cases=cases)).level is Level.FALLEN


@pytest.mark.parametrize("name", CLAIMS)
def test_a_box_that_leaves_out_points_falls(name: str) -> None:
    first = certificate_of(name).cases[0].parameters[0]
    for low, high in ((first.low, "1/3"), ("1/3", first.high)):
        narrow = msgspec.structs.replace(first, low=low, high=high)
        changed = with_first_case(name, parameters=(narrow, *certificate_of(name).cases[0].parameters[1:]))
        assert checked(name, changed).level is Level.FALLEN


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("polynomial", {"given": ("abs(t) <= 2", "abs(s) <= 1")}),
        ("spectrum", {"given": ("sum(f) == 2", "norm(b, 1) <= 1", "n == 2")}),
        ("spectrum", {"given": ("sum(f) == 1", "norm(b, 1) <= 2", "n == 2")}),
    ],
)
def test_a_wider_domain_falls(name: str, changes: dict[str, object]) -> None:
    assert restated(name, **changes).level is Level.FALLEN


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("polynomial", "t**2 + s**2 - t*s >= 1/100"),
        ("polynomial", "t**2 + s**2 - 3*t*s >= -1/100"),
        ("spectrum", "J @ J + diag(g) - outer(g, f) - outer(f, g) >> -eye(n)/8"),
    ],
)
def test_a_moved_bound_falls(name: str, relation: str) -> None:
    definitions = {"J": "diag(f) - outer(f, f)", "g": "f*(f - b) - (f @ (f - b))*f"} if name == "spectrum" else {}
    assert restated(name, relations=(relation,), definitions=definitions).level is Level.FALLEN


@pytest.mark.parametrize("given", [("abs(t) <= 1",), ("abs(t) <= 1", "s <= 1")])
def test_an_unbounded_domain_is_not_re_verified(given: tuple[str, ...]) -> None:
    assert restated("polynomial", given=given).level is Level.OPEN


def test_an_inequality_that_changes_with_the_order_is_not_shown_for_all_orders() -> None:
    relation = "J @ J + diag(g) - outer(g, f) - outer(f, g) >> (f[0] - 4)*eye(n)"
    definitions = {"J": "diag(f) - outer(f, f)", "g": "f*(f - b) - (f @ (f - b))*f"}
    assert restated("spectrum", relations=(relation,), definitions=definitions).level is Level.FALLEN


@pytest.mark.parametrize(
    "changes",
    [
        {"sizes": {}},
        {"sizes": {"n": -2}},
        {"sizes": {"n": 10**9}},
        {"sizes": {"n": 2, "m": 2}},
        {"largest": {"f": 7}},
        {"ordered": ((0, 9),), "ordered_symbol": "f"},
        {"ordered": ((0, 1),), "ordered_symbol": "q"},
        {"fixed": {"b": ["one", "0"]}},
        {"fixed": {"b": ["1"]}},
        {"goal": 2},
        {"parameters": ()},
        {"tree": "Znn"},
    ],
)
def test_a_case_that_does_not_fit_the_claim_falls(changes: dict[str, object]) -> None:
    assert checked("spectrum", with_first_case("spectrum", **changes)).level is Level.FALLEN


def test_a_box_between_what_is_no_number_falls() -> None:
    first = msgspec.structs.replace(certificate_of("polynomial").cases[0].parameters[0], low="minus one")
    changed = with_first_case("polynomial", parameters=(first,))
    assert checked("polynomial", changed).level is Level.FALLEN
