"""Which free numbers stand for the value of a symbol: entries, a factor of a psd matrix, a skew matrix ..."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from derive.attack import linear
from derive.attack.tape import Node, Tape
from derive.instances.equalities import InPolytope, OfKind, SolveAffine
from derive.instances.intervals import Between
from derive.instances.plan import Plan
from derive.instances.spectra import LoewnerBetween, SingularBetween
from derive.language.symbols import Symbol

FROZEN = "frozen"
DEFINITE = 1e-4
"""The least eigenvalue of positive definite matrices on the tape, as a part of their mean."""

ORTHOGONAL = ("orthogonal", "orthonormal columns", "orthonormal rows")


@dataclass(frozen=True)
class Kind:
    """How a symbol's value is made from as many free numbers as an array of shape ``raw`` has."""

    name: str
    shape: tuple[int, ...]
    raw: tuple[int, ...]


def kinds(found: Mapping[str, Symbol], shapes: Mapping[str, tuple[int, ...]], plan: Plan) -> dict[str, Kind]:
    """The kind of each symbol, by what it is declared to be and by what the hypotheses say of it."""
    return {name: _kind(symbol, shapes[name], plan) for name, symbol in found.items()}


def _kind(symbol: Symbol, shape: tuple[int, ...], plan: Plan) -> Kind:
    repairs = [repair for repair in plan.repairs if repair.target.name == symbol.name]
    for repair in repairs:
        if isinstance(repair, OfKind):
            return _of_kind(repair, shape)
        if isinstance(repair, LoewnerBetween):
            return Kind("psd", shape, shape)
        if isinstance(repair, SingularBetween) and repair.attained:
            return Kind(FROZEN, shape, ())
    if "integer" in symbol.properties:
        return Kind(FROZEN, shape, ())
    for name in ("orthogonal", "pd", "psd", "symmetric", "skew"):
        if name in symbol.properties:
            return Kind(name, shape, shape)
    if any(isinstance(repair, (Between, SolveAffine, InPolytope)) for repair in repairs):
        return Kind("free", shape, shape)
    sign = plan.signs.get(symbol.name, "")
    signed = "positive" in (sign, *symbol.properties), "nonnegative" in (sign, *symbol.properties)
    return Kind("positive" if signed[0] else "nonnegative" if signed[1] else "free", shape, shape)


def _of_kind(repair: OfKind, shape: tuple[int, ...]) -> Kind:
    if repair.kind in ORTHOGONAL:
        size = max(shape)
        fits = shape[0] >= shape[1] if repair.kind == "orthonormal columns" else shape[1] >= shape[0]
        return Kind(repair.kind if fits else FROZEN, shape, (size, size))
    return Kind(FROZEN, shape, ())


def built(kind: Kind, raw: Node, turns: Node | None) -> Node:
    """The value on a tape; ``turns`` are the signs of the columns of an orthogonal matrix."""
    tape = raw.tape
    match kind.name:
        case "positive":
            return tape.entrywise("exp", raw)
        case "nonnegative":
            return tape.entrywise("abs", raw)
        case "psd":
            return linear.plain(linear.product(_turned(raw), raw))
        case "pd":
            return _definite(linear.plain(linear.product(_turned(raw), raw)))
        case "symmetric":
            return (raw + _turned(raw)) * tape.constant(np.float64(0.5))
        case "skew":
            return raw - _turned(raw)
    if kind.name in ORTHOGONAL:
        return _cayley(kind, raw, turns)
    return raw


def _turned(matrix: Node) -> Node:
    return linear.plain(linear.taken(matrix, np.transpose))


def _definite(gram: Node) -> Node:
    """Well inside of the cone, where inverses are numbers."""
    mean = linear.plain(linear.total(linear.taken(gram, np.diagonal), (0,), False))
    share = gram.tape.constant(np.eye(gram.shape[0]) * DEFINITE / gram.shape[0])
    return gram + share * (mean + gram.tape.constant(np.float64(1e-200)))


def _cayley(kind: Kind, raw: Node, turns: Node | None) -> Node:
    """``(I - S)^-1 (I + S) D`` of the skew part S, D diagonal of signs; some of its columns or rows."""
    tape = raw.tape
    skew = raw - _turned(raw)
    one = tape.constant(np.eye(raw.shape[0]))
    full = linear.plain(linear.product(linear.inverse(one - skew), one + skew))
    full = full if turns is None else full * turns
    return linear.plain(linear.taken(full, lambda array: array[: kind.shape[0], : kind.shape[1]]))


def constant(tape: Tape, value: object) -> Node:
    """A symbol that stays as it is."""
    return tape.constant(np.asarray(value, dtype=np.float64))
