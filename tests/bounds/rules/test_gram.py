"""Spectra from entries and entries from spectra: attained bounds are proved, and smaller ones are not."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language.paper import Paper
from derive.language.symbols import dim, symbol
from derive.obligation import obligations

NEAR = ("diag(G) == 1", "abs(G - eye(d)) <= r")
POSITIVE = (*NEAR, "(d - 1)*r < 1")
P, R = "A @ inv(A.T @ A) @ A.T", "A @ inv(A.T @ A + eye(d)) @ A.T"

PROVED = [
    ("lambda_max(G) <= 1 + (d - 1)*r", NEAR),
    ("lambda_min(G) >= 1 - (d - 1)*r", NEAR),
    ("opnorm(G) <= 1 + (d - 1)*r", POSITIVE),
    ("inv(G) << eye(d)/(1 - (d - 1)*r)", POSITIVE),
    ("v @ inv(G) @ v <= norm(v)**2/(1 - (d - 1)*r)", POSITIVE),
    ("v @ inv(S) @ v >= 0", ("S >> eye(d)",)),
    ("v @ (inv(S) @ v) <= norm(v)**2/c", ("S >> c*eye(d)",)),
    (f"{P} << eye(n)", ()),
    (f"{P} >> 0", ()),
    (f"diag({P}) <= 1", ()),
    (f"diag({P}) >= 0", ()),
    ("diag(A.T @ A) <= opnorm(A)**2", ()),
]

NOT_PROVED = [
    ("lambda_max(G) <= 1 + r", NEAR),
    ("lambda_max(G) <= 1 + (d - 2)*r", NEAR),
    ("lambda_min(G) >= 1 - (d - 2)*r", NEAR),
    ("lambda_max(G) <= 1 + (d - 1)*r", ("diag(G) <= 2", "abs(G - eye(d)) <= r")),
    ("lambda_max(G) <= 1 + (d - 1)*r", ("diag(G) == 1",)),
    ("inv(G) << eye(d)/(1 - (d - 1)*r)", NEAR),
    ("inv(G) << eye(d)/(1 - (d - 1)*r)", (*NEAR, "(d - 1)*r < 2")),
    ("inv(G) << eye(d)/(1 - (d - 1)*r)", (*NEAR, "(d - 1)*r <= 1")),
    ("v @ inv(G) @ v <= norm(v)**2/(1 + (d - 1)*r)", POSITIVE),
    ("v @ inv(S) @ w >= 0", ("S >> eye(d)",)),
    ("v @ inv(S) @ v >= 0", ("S << eye(d)",)),
    ("v @ inv(S) @ v <= norm(v)**2/c", ("S << c*eye(d)",)),
    ("inv(M) << eye(d)/c", ("sigma_min(M) >= c",)),
    (f"{P} << eye(n)/2", ()),
    (f"{R} << eye(n)/2", ()),
    ("diag(A @ A.T) <= 1", ()),
    ("diag(A @ inv(A.T @ A)**2 @ A.T) <= 1", ()),
]


def proved(statement: str, given: tuple[str, ...]) -> bool:
    paper = Paper("gram")
    paper.names |= {"n": dim("n"), "d": dim("d")}
    n, d = paper.names["n"], paper.names["d"]
    shapes = {"A": (n, d), "M": (d, d), "v": (d,), "w": (d,)}
    paper.names |= {name: symbol(name, *shape) for name, shape in shapes.items()}
    paper.names |= {name: symbol(name, d, d, symmetric=True) for name in ("G", "S")}
    paper.names |= {"r": symbol("r", nonnegative=True), "c": symbol("c", positive=True)}
    claim = paper.claim("claim", statement, given=list(given))
    assert claim.problem is None, claim.problem
    return all(any(prove(goal)[0] is not None for goal in goals(part)) for part in obligations(claim))


@pytest.mark.parametrize(("statement", "given"), PROVED)
def test_an_attained_bound_is_proved(statement: str, given: tuple[str, ...]) -> None:
    assert proved(statement, given)


@pytest.mark.parametrize(("statement", "given"), NOT_PROVED)
def test_a_bound_that_fails_somewhere_is_not_proved(statement: str, given: tuple[str, ...]) -> None:
    assert not proved(statement, given)
