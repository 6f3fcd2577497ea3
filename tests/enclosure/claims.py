"""Inequalities as text, and the code of their cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derive.enclosure.cases import cases
from derive.enclosure.problem import Problem, problem
from derive.enclosure.readings import reading
from derive.instances.patterns import symbols
from derive.language.claims import Claim
from derive.language.symbols import dim, symbol
from derive.language.tensor import Tensor
from derive.language.text import parse_relations
from derive.obligation import Obligation, obligations

SHAPES = {"s": "", "t": "", "r": "", "x": "n", "y": "n", "z": "n", "w": "m", "f": "n;nonnegative", "b": "n", "u": "3"}
SHAPES |= {"A": "n,m", "S": "n,n;symmetric", "P": "n,n;psd"}
"""The symbols of all claims here: a shape, and the properties after a semicolon."""

SIMPLEX = ("sum(f) == 1",)
BALL = ("norm(b, 1) <= 1",)

J = "(diag(f) - outer(f, f))"
G = "(f*(f - b) - (f @ (f - b))*f)"
B = f"({J} @ {J} + diag({G}) - outer({G}, f) - outer(f, {G}))"
"""The Hessian of softmax regression is ``A^T B A`` at ``f = softmax(A x)``."""


def names() -> dict[str, Tensor]:
    found: dict[str, Tensor] = {size: dim(size) for size in ("n", "m")}
    for name, text in SHAPES.items():
        sizes, _, properties = text.partition(";")
        axes = [found[size] if size in found else int(size) for size in sizes.split(",") if size]
        found[name] = symbol(name, *axes, **dict.fromkeys(properties.split(), True))
    return found


NAMES = names()


def obligation(statement: str, *given: str) -> Obligation:
    """The inequality; a Lipschitz constant is lowered to two points."""
    hypotheses = tuple(relation for text in given for relation in parse_relations(text, NAMES))
    claim = Claim("paper/claim", "bound", tuple(parse_relations(statement, NAMES)), hypotheses)
    return obligations(claim)[0]


def problems(statement: str, *given: str, sizes: Mapping[str, int] | None = None) -> Iterator[Problem]:
    """The code of every case of every goal, nothing replaced."""
    found = reading(obligation(statement, *given))
    for goal in found.goals:
        for case in cases(goal, found.subject, found.watched, found.given, sizes or {}, {}).cases:
            yield problem(goal, found.watched, found.given, symbols(*found.subject), case)
