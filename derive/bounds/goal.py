"""A goal of the norm calculus, and how norms of differences are read in a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from derive.bounds.hypotheses import Facts
from derive.bounds.norm_names import canonical
from derive.bounds.parameters import Parameters
from derive.bounds.relations import least_values, signs
from derive.bounds.rules.softmax import unnamed
from derive.language.arrays import Norm, Spectral, Vec
from derive.language.rank import Rank
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Extremum, Negative, Tensor


@dataclass(frozen=True)
class Goal:
    """``measure(subject) <= claimed`` (``>=`` for measures from below), and the facts to use.

    ``loewner``: is it asked that the subject be symmetric, too? ``strict``: that both sides differ? ``value``: the
    measure as an expression with a value at an instance; None of a Lipschitz constant.
    """

    measure: str
    subject: Tensor
    claimed: sp.Expr
    facts: Facts
    loewner: bool = False
    strict: bool = False
    value: Tensor | None = None


def parameters_of(given: Sequence[Relation]) -> Parameters:
    """No parameters yet, and what the hypotheses say of those to come."""
    positive, nonnegative = signs(given)
    return Parameters(positive=positive, nonnegative=nonnegative, least=least_values(given), given=tuple(given))


def measures(side: Tensor) -> Iterator[tuple[str, Tensor]]:
    """The measure that a side is, and of what."""
    match side:
        case Norm(operand=operand, order=order):
            yield canonical(order, operand.ndim), operand
        case Spectral(kind="opnorm", operand=operand):
            yield "op", operand
        case Spectral(kind="lambda_max", operand=operand):
            yield "lambda_max", operand
        case Rank(operand=operand):
            yield "rank", operand
        case Apply(function="abs", arguments=(argument,)):
            yield "inf", argument
        case Extremum(kind="max", operand=Apply(function="abs", arguments=(argument,))) if not side.ndim:
            yield "inf", argument


def moving(variable: Symbol) -> dict[str, str]:
    """The variable in its Euclidean norm."""
    return {variable.name: {0: "inf", 1: "2"}.get(variable.ndim, "fro")}


def move_of(node: Tensor, pairs: Mapping[str, Symbol]) -> tuple[str, str] | None:
    """The symbol and the order where the node is ``||x - y||`` for one of the pairs."""
    found = list(measures(node))
    if not found:
        return None
    order, gap = found[0]
    if isinstance(gap, Add) and isinstance(gap.right, Negative):
        sides = [unnamed(side) for side in (gap.left, gap.right.operand)]
        if order == "2" and all(isinstance(side, Vec) for side in sides):  # ||vec(X)||_2 = ||X||_F
            order, sides = "fro", [side.operand for side in sides if isinstance(side, Vec)]
        names = [side.name for side in sides if isinstance(side, Symbol)]
        for name, partner in pairs.items():
            if sorted(names) == sorted([name, partner.name]):
                return name, order
    return None
