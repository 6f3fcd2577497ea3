"""Planted false bounds: random claims under random hypotheses, just below a value that an instance attains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.scope import Scope
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor, tensor
from derive.obligation import Obligation
from tests.bounds.expressions import KINDS, SYMBOLS, A, P, S, b, c, d, n, p, t, x

y, z = dv.vector("y", d), dv.vector("z", d)
T, w = dv.matrix("T", n, n), dv.vector("w", n)
R, s, r = dv.scalar("R", positive=True), dv.scalar("s"), dv.scalar("r", nonnegative=True)
i = dv.index("i", n)
ALL: dict[str, Any] = {**SYMBOLS, "y": y, "T": T, "w": w, "R": R, "s": s, "r": r}

Values = dict[str, Any]
Projection = Callable[[Values], None]
"""Changes values in place so that hypotheses hold."""


def _scaled(name: str, norm: Callable[[Any], float], limit: Callable[[Values], float]) -> Projection:
    def project(values: Values) -> None:
        size, most = norm(values[name]), limit(values)
        if size > most:
            values[name] = values[name] * (most / size * (1 - 1e-12))

    return project


def _clipped(name: str, low: Callable[[Values], float], high: Callable[[Values], float]) -> Projection:
    def project(values: Values) -> None:
        values[name] = np.clip(values[name], low(values), max(low(values), high(values)))

    return project


def _both(of: Callable[[str], Projection]) -> Projection:
    """The same of x and of y."""

    def project(values: Values) -> None:
        of("x")(values)
        of("y")(values)

    return project


def _root(values: Values) -> float:
    return float(values["R"] ** 0.5)


def _operator(matrix: Any) -> float:
    return float(np.linalg.norm(matrix, 2))


def _radius(values: Values) -> float:
    return float(values["R"])


def _number(value: float) -> Callable[[Values], float]:
    return lambda _: value


def _euclidean(vector: Any) -> float:
    return float(np.linalg.norm(vector))


def _simplex(values: Values) -> None:
    weights = np.abs(values["b"]) + 1e-9
    values["b"] = weights / weights.sum()


def _absolute(matrix: Any) -> float:
    return float(np.abs(matrix).sum())


def _symmetric(values: Values) -> None:
    values["S"] = (values["S"] + values["S"].T) / 2
    size = np.abs(np.linalg.eigvalsh(values["S"])).max()
    values["S"] = values["S"] * min(1.0, _radius(values) / max(size, 1e-9) * (1 - 1e-12))


def _rows(values: Values) -> None:
    size = np.linalg.norm(values["A"], axis=1, keepdims=True)
    values["A"] = values["A"] * np.minimum(1, _radius(values) / np.maximum(size, 1e-9) * (1 - 1e-12))


def _ordered(values: Values) -> None:
    values["t"] = np.maximum(values["t"], values["s"])


Hypothesis = tuple[tuple[Relation, ...], Projection]

INFINITE = _number(1e300)

HYPOTHESES: dict[str, list[Hypothesis]] = {
    "x": [
        ((dv.norm(x) <= R, dv.norm(y) <= R), _both(lambda name: _scaled(name, _euclidean, _radius))),
        ((dv.norm(x) ** 2 <= R, dv.norm(y) ** 2 <= R), _both(lambda name: _scaled(name, _euclidean, _root))),
        ((dv.norm(x, 1) <= 1, dv.norm(y, 1) <= 1), _both(lambda name: _scaled(name, _absolute, _number(1)))),
        ((x >= -2, x <= 1, y >= -2, y <= 1), _both(lambda name: _clipped(name, _number(-2), _number(1)))),
        ((x >= 0, y >= 0), _both(lambda name: _clipped(name, _number(0), INFINITE))),
        ((dv.norm(x) <= 1,), _scaled("x", _euclidean, _number(1))),
    ],
    "A": [
        ((dv.opnorm(A) <= R,), _scaled("A", _operator, _radius)),
        ((dv.norm(A[i]) <= R,), _rows),
        ((dv.norm(A) <= 2,), _scaled("A", _euclidean, _number(2))),
        ((A >= -1, A <= 1), _clipped("A", _number(-1), _number(1))),
    ],
    "b": [
        ((b >= 0, dv.sum(b) == 1), _simplex),
        ((dv.norm(b, 1) <= R,), _scaled("b", _absolute, _radius)),
        ((b >= -1,), _clipped("b", _number(-1), INFINITE)),
    ],
    "t": [
        ((dv.abs(t) <= R,), _clipped("t", lambda v: -_radius(v), _radius)),
        ((t >= s,), _ordered),
        ((t >= -2, t <= -1), _clipped("t", _number(-2), _number(-1))),
        ((t >= Fraction(1, 2),), _clipped("t", _number(0.5), INFINITE)),
        ((t >= 1 - R, t >= 0), _clipped("t", lambda v: max(0.0, 1 - _radius(v)), INFINITE)),
    ],
    "S": [
        ((S << R, S >> -R), _symmetric),
        ((dv.opnorm(S) <= R,), _scaled("S", _operator, _radius)),
        ((dv.norm(S) <= 1,), _scaled("S", _euclidean, _number(1))),
    ],
    "R": [
        ((R >= 1,), _clipped("R", _number(1), INFINITE)),
        ((R >= 4,), _clipped("R", _number(4), INFINITE)),
        ((R <= 2,), _clipped("R", _number(0), _number(2))),
    ],
    "c": [((c >= r + 1,), _clipped("c", lambda v: float(v["r"]) + 1, INFINITE))],
    "p": [((p <= 1,), _clipped("p", _number(0), _number(1)))],
}
"""By the symbol that they speak of; those of R come first where they are applied."""


@dataclass
class Planted:
    """A false claim, and where it fails.

    ``ratio`` is what was found of (smaller side / larger side before it was scaled).
    """

    obligation: Obligation
    sizes: dict[str, int]
    values: Values
    ratio: float


def _drawn(rng: np.random.Generator, sizes: dict[str, int]) -> Values:
    scale = rng.choice([0.1, 0.5, 1.0, 2.0, 4.0])
    values: Values = {}
    for name, symbol in ALL.items():
        values[name] = rng.normal(size=tuple(axis.size(sizes) for axis in symbol.shape)) * scale
        if rng.random() < 0.2:
            values[name] = np.round(values[name])
    return values


def _feasible(values: Values, conditions: list[Projection]) -> Values:
    for name in ("p", "c", "R", "r"):
        values[name] = np.maximum(np.abs(values[name]), 0.0 if name == "r" else 1e-3)
    values["P"] = values["P"] @ values["P"].T
    for project in conditions:
        project(values)
    return values


def scope(sizes: dict[str, int], values: Values) -> Scope:
    nested = {name: _nested(value) for name, value in values.items()}
    return scope_at(Point(sizes, {}, nested), Float64())


def _nested(array: Any) -> Any:
    array = np.asarray(array, dtype=float)
    if array.ndim == 0:
        return Fraction(float(array))
    return tuple(_nested(part) for part in array)


LENGTHS = (dv.norm(x), dv.norm(b), dv.norm(b, 1), dv.norm(p), dv.norm(p, dv.inf), dv.opnorm(A), dv.norm(A))
NAMED = (*LENGTHS, dv.opnorm(S), dv.norm(S), dv.opnorm(P), R, 1 + R, R**2, dv.exp(R), c, dv.abs(t), tensor(1))
"""What a claimed constant is made of."""


def _constant(rng: Random) -> Tensor:
    chosen = [
        rng.choice((*NAMED, n * 1, dv.sqrt(n), d * 1, dv.exp(dv.norm(x) * dv.opnorm(A))))
        for _ in range(rng.randint(1, 4))
    ]
    total = chosen[0]
    for other in chosen[1:]:
        total = total * other if rng.random() < 0.8 else total + other
    return total


def _measured(rng: Random, kind: str, node: Tensor) -> Tensor:
    match kind:
        case "scalar":
            return rng.choice([dv.abs(node), node, -node])
        case "vector":
            return rng.choice([dv.norm(node), dv.norm(node, 1), dv.norm(node, dv.inf), dv.max(node), -dv.min(node)])
    return rng.choice([dv.norm(node), dv.opnorm(node), dv.max(node), -dv.min(node), dv.opnorm(node)])


MOVES: list[tuple[Tensor, Tensor, Any]] = [
    (x, y, 2),
    (x, y, dv.inf),
    (S, T, "fro"),
    (S, T, 2),
    (b, w, 1),
    (b, w, 2),
    (t, s, 2),
]
"""Variables of a Lipschitz claim, their other values, and the norm of the difference."""


def _expression(rng: Random, kinds: list[str], variable: Tensor | None = None) -> tuple[str, Tensor]:
    """A random expression, in the variable if there is one."""
    for _ in range(40):
        kind = rng.choice(kinds)
        node = KINDS[kind](rng, rng.choice((1, 2, 2, 3)))
        if variable is None or any(isinstance(part, Symbol) and part is variable for part in node.walk()):
            return kind, node
    return "scalar", dv.sum(tensor(variable) ** 2)


def statement(rng: Random, flavour: str, larger: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """The smaller side, and the larger one up to a number: a random constant, unless it is given."""
    larger = _constant(rng) if larger is None else larger
    if flavour == "bound":
        return _measured(rng, *_expression(rng, sorted(KINDS))), larger
    if flavour == "lipschitz":
        first, second, order = rng.choice(MOVES)
        kind, node = _expression(rng, sorted(KINDS), first)
        gap = node - dv.subs(node, first, second)
        moved = dv.norm(first - second, order) if first.ndim else dv.abs(first - second)
        if kind == "vector":
            return dv.norm(gap, order if order != "fro" else 2), larger * moved
        return (dv.norm(gap) if kind == "matrix" else dv.abs(gap)), larger * moved
    variable, other = rng.choice([(x, y), (b, w)])
    _, node = _expression(rng, ["scalar"], variable)
    gradient, matrix = dv.grad(node, variable), dv.hessian(node, variable)
    match flavour:
        case "gradient":
            return dv.norm(gradient), larger
        case "hessian":
            return dv.opnorm(matrix), larger
        case "gradient-lipschitz":
            return dv.norm(gradient - dv.subs(gradient, variable, other)), larger * dv.norm(variable - other)
    return dv.opnorm(matrix - dv.subs(matrix, variable, other)), larger * dv.norm(variable - other)


DERIVED = ("gradient", "hessian", "gradient-lipschitz", "hessian-lipschitz")
FLAVOURS = ("bound", "bound", "lipschitz", "lipschitz", *DERIVED)


def hypotheses(rng: Random) -> list[Hypothesis]:
    """About half of the symbols get one."""
    names = ("R", "x", "A", "b", "t", "S", "c", "p")
    return [rng.choice(HYPOTHESES[name]) for name in names if rng.random() < 0.5]


def relations(chosen: list[Hypothesis]) -> tuple[Relation, ...]:
    return tuple(relation for given, _ in chosen for relation in given)


def projections(chosen: list[Hypothesis]) -> list[Projection]:
    return [project for _, project in chosen]


def ratio_at(place: Scope, small: Tensor, large: Tensor) -> float:
    try:
        with np.errstate(all="ignore"):
            above, below = float(place.value(small)), float(place.value(large))
    except (EvaluationError, np.linalg.LinAlgError, OverflowError, ZeroDivisionError):
        return -np.inf
    return above / below if below > 1e-3 and np.isfinite(above) and np.isfinite(below) else -np.inf


def planted(seed: str, factor: Fraction, draws: int, moves: int) -> Planted | None:
    """A claim whose constant is ``factor`` times what an instance attains; None where no attack was found."""
    rng = Random(seed)
    numbers = np.random.default_rng(rng.getrandbits(63))
    small, large = statement(rng, rng.choice(FLAVOURS))
    chosen = hypotheses(rng)
    best, sizes, values = attacked(rng, numbers, small, large, projections(chosen), draws, moves)
    if not 1e-6 < best < 1e12:
        return None
    claimed = (Fraction(best) * factor).limit_denominator(10**9) * large
    if ratio_at(scope(sizes, values), small, claimed) <= 1 + 1e-7:  # too near to be told in doubles
        return None
    return Planted(Obligation(seed, "<=", small, claimed, relations(chosen)), sizes, values, best)


def attacked(
    rng: Random,
    numbers: np.random.Generator,
    small: Tensor,
    large: Tensor,
    conditions: list[Projection],
    draws: int,
    moves: int,
    largest: tuple[int, int] = (4, 3),
) -> tuple[float, dict[str, int], Values]:
    """The largest ratio found, by random draws and then by random moves of one symbol, and where."""
    best: tuple[float, dict[str, int], Values] = (-np.inf, {}, {})
    for k in range(draws + moves):
        fresh = k < draws or not best[1]
        sizes = {"n": rng.randint(1, largest[0]), "d": rng.randint(1, largest[1])} if fresh else best[1]
        values = _drawn(numbers, sizes) if fresh else _moved(rng, numbers, best[2])
        values = _feasible(values, conditions) if fresh else _kept(values, conditions)
        ratio = ratio_at(scope(sizes, values), small, large)
        if ratio > best[0]:
            best = ratio, sizes, values
    return best


def _moved(rng: Random, numbers: np.random.Generator, values: Values) -> Values:
    name = rng.choice(sorted(values.keys() - {"P"}))
    step = numbers.normal(size=values[name].shape) * rng.choice([1, 0.3, 0.1])
    return {**values, name: values[name] + step}


def _kept(values: Values, conditions: list[Projection]) -> Values:
    """Feasible again, P as it is."""
    root = values.pop("P")
    values["P"] = np.zeros_like(root)
    found = _feasible(values, conditions)
    found["P"] = root
    return found
