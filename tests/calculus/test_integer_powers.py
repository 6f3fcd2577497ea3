"""Powers whose exponents are integer symbols: the laws that hold for bases of either sign, and no others."""

from __future__ import annotations

import pytest

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.judge import judge
from derive.language.paper import Paper
from derive.language.symbols import dim, scalar, symbol

n = dim("n")
NAMES = {
    "n": n,
    **{name: scalar(name, integer=True) for name in "kl"},
    **{name: scalar(name) for name in "stuv"},
    "r": scalar("r", positive=True),
    **{name: symbol(name, n) for name in "xy"},
}


def proved(statement: str) -> bool:
    (relation,) = Paper("p", names=dict(NAMES)).claim("a", statement).relations
    try:
        return difference(relation.left, relation.right).proved
    except Undecidable:
        return False


@pytest.mark.parametrize(
    "statement",
    [
        "(s*t)**l == s**l * t**l",
        "(s/t)**(l - 1) == s**(l - 1) / t**(l - 1)",
        "((x @ y) / t)**l == (x @ y)**l * t**(-l)",
        "(2*s)**l == 2**l * s**l",
        "(-s)**(2*l) == s**(2*l)",
        "(-s)**(2*l + 1) == -s**(2*l + 1)",
        "(-s)**(l + 2) == (-s)**l * s**2",
        "abs(s**l) == abs(s)**l",
        "abs(r * s**(l - 1)) == r * abs(s)**(l - 2) * abs(s)",
        "abs((x @ y)**l) == abs(x @ y)**l",
        "sqrt(s**(2*l)) == abs(s)**l",
        "grad(s**l, s) == l * s**(l - 1)",
        "grad((x @ y)**l, x) == l * (x @ y)**(l - 1) * y",
        "x @ grad((x @ y)**l, x) == l * (x @ y)**l",
        "grad(norm(x)**(-l), x) == -l * norm(x)**(-l - 2) * x",
    ],
)
def test_laws_of_powers(statement: str) -> None:
    assert proved(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "(-s)**l == s**l",
        "(-s)**l == -s**l",
        "(-s)**(3*l) == s**(3*l)",
        "(-s)**(l*k) == s**(l*k)",
        "abs(s)**l == s**l",
        "sqrt(s**(2*l)) == s**l",
        "(s + t)**l == s**l + t**l",
        "abs(s**l) == s**l",
        "abs(s)**(2*l + 1) == s**(2*l + 1)",
        "(s*t)**l == s**l * t**k",
        "grad(s**l, s) == l * s**(l - 2)",
        "grad(abs(s)**l, s) == l * abs(s)**(l - 1)",
    ],
)
def test_what_holds_for_some_signs_or_exponents_alone(statement: str) -> None:
    assert not proved(statement)


def test_what_is_derived_is_told_as_a_power() -> None:
    """``exp(l log t)`` is a notation of the calculus alone."""
    record = judge(Paper("p", names=dict(NAMES)).claim("a", "grad(norm(x)**(-l), x) == l * norm(x)**(-l - 2) * x"))
    assert r"\log" not in (record.difference_tex or r"\log")
    assert "-l" in (record.repair_tex or "")
